"""Instances made of dated fares: a table of legs and the scenario that asks for the round trip, as files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

LEAVES, LASTS = 600, 120  # minutes: one flight a day, however short the nights


@frozen(kw_only=True, eq=False)
class Asked:
    """From start to end through all stops, with `least` to `most` nights at each, on flights given as columns.

    `ports` are what `from_port` and `to_port` number; days count from `first_day`; prices are whole dollars.
    `after_all`: legs that leave when the day's other flights have come.
    """

    name: str
    start: str
    end: str
    stops: Mapping[str, tuple[str, ...]]  # ports by the stop's name
    least: int
    most: int
    ports: tuple[str, ...]
    first_day: date
    from_port: NDArray[Any]
    to_port: NDArray[Any]
    day: NDArray[Any]
    price: NDArray[Any]
    after_all: NDArray[np.bool_]


def write(folder: Path, asked: Asked) -> Path:
    """Write `NAME.parquet` and `NAME.toml`; the path of the latter. There is one territory and one clock."""
    import polars as pl

    codes = pl.Series(asked.ports)
    minutes = asked.day * 1440 + np.where(asked.after_all, LEAVES + LASTS, LEAVES)
    departs = np.datetime64(asked.first_day, "m") + minutes
    table = folder / f"{asked.name}.parquet"
    pl.DataFrame(
        {
            "from": codes[asked.from_port],
            "to": codes[asked.to_port],
            "departs": departs.astype("datetime64[ms]"),
            "arrives": (departs + LASTS).astype("datetime64[ms]"),
            "price": asked.price,
        }
    ).write_parquet(table)
    path = folder / f"{asked.name}.toml"
    path.write_text("\n\n".join(_tables(asked, table.name)) + "\n")
    return path


def _tables(asked: Asked, table: str) -> Iterator[str]:
    today, last = asked.first_day - timedelta(days=7), asked.first_day + timedelta(days=int(asked.day.max()))
    yield (
        f'title = "{asked.name}"\ntoday = {today}\ncurrency = "USD"\nrulebooks = []\nlegs = "{table}"\n\n'
        '[[travellers]]\nid = "t"\npassports = { id = "p", state = "XA" }'
    )
    for port in asked.ports:
        yield f'[[ports]]\nid = "{port}"\nterritory = "XA"\ntimezone = "UTC"'
    yield f'[trip]\nstart = "{asked.start}"\nend = "{asked.end}"\nreturn_by = {last}'
    for name, places in asked.stops.items():
        at = ", ".join(f'"{place}"' for place in places)
        nights = f"{{ min = {asked.least}, max = {asked.most} }}"
        yield f'[[trip.stops]]\nid = "{name}"\nat = [{at}]\nnights = {nights}'
