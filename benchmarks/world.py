"""A world of dated legs, as large as wanted: `python -m benchmarks.world FOLDER [--legs N] [--stops N]`.

The routes are real where OpenFlights' table is found (`benchmarks/data.py`); times and fares are pseudo-random, always
the same for the same numbers. The command writes `world.parquet` and `world.toml`, for `plan FOLDER/world.toml`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click
import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from benchmarks.joint import write_tickets
from benchmarks.question import question
from benchmarks.routes import Place, Routes, routes

FIRST_DAY = date(2025, 6, 1)
EPOCH = date(1970, 1, 1)


@frozen(kw_only=True, eq=False)
class World:
    """Legs as columns, by departure. Times are UTC minutes, prices cents. `wanted`: the start, then the stops."""

    places: tuple[Place, ...]
    operators: tuple[str, ...]
    from_port: NDArray[np.int32]
    to_port: NDArray[np.int32]
    departs: NDArray[np.int32]
    arrives: NDArray[np.int32]
    price: NDArray[np.int32]
    operator: NDArray[np.int32]
    wanted: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.from_port)

    def number(self, code: str) -> int:
        """The number of a place."""
        return next(index for index, place in enumerate(self.places) if place.code == code)


def world(legs: int, stops: int, days: int = 30, seed: int = 1, network: Routes | None = None) -> World:
    """Up to some number of legs: every route kept flies once a day from `FIRST_DAY` on.

    Kept are the routes among the start and the stops, then those among ever more of the busiest airports; a larger
    world has all legs of a smaller one with the same stops.
    """
    network = network or routes()
    wanted = network.wanted[: stops + 1]
    kept = np.sort(_busiest_first(network, wanted)[: legs // days])
    rng = np.random.default_rng(seed)
    shape = (len(network.from_port), 1)
    usual = rng.integers(5 * 12, 23 * 12, shape) * 5  # local time of departure, about the same every day
    dearness = rng.lognormal(0, 0.3, shape)
    minute = np.clip(usual + 5 * rng.integers(-12, 13, (shape[0], days)), 0, 1435)[kept]
    dearness = (dearness * rng.lognormal(0, 0.25, (shape[0], days)))[kept]
    length = network.kilometres()[kept, np.newaxis]
    midnight = np.arange(days) * 1440 + (FIRST_DAY - EPOCH).days * 1440
    ahead = np.array([round(place.longitude / 15) * 60 for place in network.places])  # about, of UTC
    departs = (minute + midnight - ahead[network.from_port[kept], np.newaxis]).ravel()
    block = np.repeat((30 + length / 13.5) // 5 * 5 + 5, days)  # minutes; 810 km/h and half an hour for the rest
    fare = np.maximum((3000 + 5.5 * length) * dearness, 1500).ravel()
    order = np.argsort(departs, kind="stable")

    def column(values: NDArray[Any]) -> NDArray[np.int32]:
        return values[order].astype(np.int32)

    return World(
        places=network.places,
        operators=network.operators,
        from_port=column(np.repeat(network.from_port[kept], days)),
        to_port=column(np.repeat(network.to_port[kept], days)),
        departs=column(departs),
        arrives=column(departs + block),
        price=column(fare),
        operator=column(np.repeat(network.operator[kept], days)),
        wanted=wanted,
    )


def write_parquet(path: Path, made: World) -> None:
    """The legs as people have them: from, to, departs, arrives (local), price, operator; sorted by departure."""
    import polars as pl

    codes = pl.Series([place.code for place in made.places])
    pl.DataFrame(
        {
            "from": codes[made.from_port],
            "to": codes[made.to_port],
            "departs": _local(made, made.from_port, made.departs),
            "arrives": _local(made, made.to_port, made.arrives),
            "price": made.price / 100,
            "operator": pl.Series(made.operators)[made.operator],
        }
    ).write_parquet(path)


def _local(made: World, port: NDArray[np.int32], minutes: NDArray[np.int32]) -> Any:
    """Wall-clock times at ports, converted time zone by time zone."""
    import polars as pl

    names, number = np.unique([place.timezone for place in made.places], return_inverse=True)
    zone = number[port]
    by_zone = np.argsort(zone, kind="stable")
    ends = np.searchsorted(zone[by_zone], np.arange(len(names) + 1))
    local = np.empty(len(made), dtype="datetime64[m]")
    for name, first, last in zip(names.tolist(), ends[:-1].tolist(), ends[1:].tolist(), strict=True):
        rows = by_zone[first:last]
        instants = pl.Series(minutes[rows].astype(np.int64) * 60_000).cast(pl.Datetime("ms", "UTC"))
        clock = instants.dt.convert_time_zone(name).dt.replace_time_zone(None)
        local[rows] = clock.to_numpy().astype("datetime64[m]")
    return pl.Series(local.astype("datetime64[ms]"))


def _busiest_first(network: Routes, wanted: tuple[str, ...]) -> NDArray[np.int64]:
    """Routes in the order in which a network grows: by the less busy of their ends; one airline a pair first."""
    flown = np.bincount(np.concatenate([network.from_port, network.to_port]), minlength=len(network.places))
    rank = np.empty(len(network.places), dtype=np.int64)
    rank[np.argsort(-flown, kind="stable")] = np.arange(1, len(network.places) + 1)
    rank[[index for index, place in enumerate(network.places) if place.code in wanted]] = 0
    pair = network.from_port.astype(np.int64) * len(network.places) + network.to_port
    by_pair = np.argsort(pair, kind="stable")
    first = np.concatenate([[True], np.diff(pair[by_pair]) != 0])
    started = np.maximum.accumulate(np.where(first, np.arange(len(pair)), 0))
    nth = np.empty(len(pair), dtype=np.int64)
    nth[by_pair] = np.arange(len(pair)) - started
    order: NDArray[np.int64] = np.lexsort((nth, np.maximum(rank[network.from_port], rank[network.to_port])))
    return order


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--legs", default=2_000_000, show_default=True)
@click.option("--stops", default=5, show_default=True, type=click.IntRange(1, 8))
@click.option("--days", default=30, show_default=True)
@click.option("--tickets", default=0, show_default=True, help="Fares for several legs, in world.fares.parquet.")
@click.option("--passes", default=0, show_default=True, help="As many more, among the stops, of which some win.")
@click.option("--travellers", default=1, show_default=True, type=click.IntRange(1, 8))
def main(folder: Path, legs: int, stops: int, days: int, tickets: int, passes: int, travellers: int) -> None:
    """Write FOLDER/world.parquet, a timetable of the world, and FOLDER/world.toml, a question over it."""
    folder.mkdir(parents=True, exist_ok=True)
    made = world(legs, stops, days)
    write_parquet(folder / "world.parquet", made)
    text = question(made, "world.parquet", travellers=travellers)
    if tickets or passes:
        write_tickets(folder / "world.fares.parquet", made, "world.parquet", tickets, passes)
        text += '\n[[fare_tables]]\nfiles = "world.fares.parquet"\n'
    (folder / "world.toml").write_text(text)
    click.echo(f"{len(made):,} legs between {len(np.unique(made.from_port)):,} airports. Now: plan {folder}/world.toml")


if __name__ == "__main__":
    main()
