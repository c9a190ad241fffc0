"""Columns of texts as the bytes of a file: CSV, or Parquet with timestamps and numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from planner.scenario.reading.legs.columnar import GET_IT, installed
from planner.scenario.reading.legs.columns import Unreadable

ENDS = (".csv", ".parquet")
_TIMES, _NUMBERS = ("departs", "arrives"), ("price",)


def saved(columns: Mapping[str, Sequence[str]], name: str) -> bytes:
    """The bytes of a file of that name. Raises Unreadable where Polars is needed and missing."""
    return _parquet(columns) if name.lower().endswith(".parquet") else _csv(columns)


def _csv(columns: Mapping[str, Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return text.getvalue().encode()


def _parquet(columns: Mapping[str, Sequence[str]]) -> bytes:
    if not installed():
        raise Unreadable("Parquet files are written with Polars, which is not installed", GET_IT)
    import polars as pl

    frame = pl.DataFrame({name: pl.Series(name, texts, dtype=pl.String) for name, texts in columns.items()})
    frame = frame.with_columns(
        *(pl.col(name).str.to_datetime("%Y-%m-%dT%H:%MZ", time_zone="UTC") for name in _TIMES if name in columns),
        *(pl.col(name).replace("", None).cast(pl.Float64) for name in _NUMBERS if name in columns),
        *(pl.col(name).cast(pl.Categorical) for name in ("from", "to", "operator", "mode", "per") if name in columns),
    )
    file = io.BytesIO()
    frame.write_parquet(file)
    return file.getvalue()
