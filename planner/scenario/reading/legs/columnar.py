"""Parquet files and large CSV files, read by Polars. Nothing else in the planner knows of it."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from planner.scenario.reading.legs.columns import Amounts, Column, Frame, Lines, Stamps, Texts, Unreadable
from planner.scenario.reading.legs.delimited import header, lines, plain
from planner.scenario.reading.legs.trial import survived
from planner.scenario.reading.legs.written import Only

if TYPE_CHECKING:
    import polars as pl

MOST_ROWS = 20_000_000  # of one Parquet file
GET_IT = "pip install 'entry-planner[tables]'"
_ROW = "\0row"
_A_MINUTE = {"ms": 60_000, "us": 60_000_000, "ns": 60_000_000_000}


def installed() -> bool:
    """Whether Polars is there."""
    return importlib.util.find_spec("polars") is not None


def parquet_columns(path: Path) -> list[str]:
    """The names of a Parquet file's columns."""
    if not installed():
        raise Unreadable("Parquet files are read with Polars, which is not installed", GET_IT)
    import polars as pl

    with _told(path):
        lazy = _scan(path)
        rows = lazy.select(pl.len()).collect().item()
        if rows > MOST_ROWS:  # a small file may say that it has more than there is memory for
            raise Unreadable(
                f"there are {rows:,} rows; at most {MOST_ROWS:,} of a file are read", "split the file by date"
            )
        return lazy.collect_schema().names()


def by_parquet(path: Path, wanted: Mapping[str, str], only: Only, utc: bool) -> Frame:
    """Some columns of a Parquet file, by name of ours and theirs, for the rows that `only` does not rule out.

    Rows may be left in that a closer look at times and texts rules out.
    """
    import polars as pl

    with _told(path):
        if not survived(path, wanted.values()):
            raise Unreadable("this cannot be read as Parquet", "the file is damaged, or there is too little memory")
        lazy = _scan(path)
        schema = lazy.collect_schema()
        if not {*wanted.values()} <= {*schema.names()}:
            raise Unreadable("the file was changed while it was read")
        types = {ours: schema[theirs] for ours, theirs in wanted.items()}
        for ours, theirs in wanted.items():
            _check_type(ours, theirs, types[ours], utc)
        lazy = lazy.select(pl.col(_ROW), *(pl.col(theirs).alias(ours) for ours, theirs in wanted.items()))
        lazy = lazy.with_columns(pl.col(ours).cast(pl.String) for ours in wanted if _is_text(ours, types[ours]))
        if isinstance(types.get("departs"), pl.Datetime):
            lazy = _between(lazy, only)
        return _frame(_among(lazy, only).collect())


def by_columns(path: Path, data: bytes, separator: str, wanted: Mapping[str, int]) -> Frame | None:
    """The same for a CSV file, by number of the column; None if Polars might understand the file in another way."""
    import polars as pl

    if not plain(data, separator):
        return None
    names, last = header(data, separator)
    start = 0
    for _ in range(last):
        start = data.find(b"\n", start) + 1 or len(data)
    try:
        read = pl.read_csv(
            io.BytesIO(data[start:]) if data[start:].strip() else b"\n",
            has_header=False,
            separator=separator,
            schema={f"{number}": pl.String for number in range(len(names))},
            row_index_name=_ROW,
            row_index_offset=1,
        )
    except pl.exceptions.PolarsError:
        return None
    cells = (pl.col(f"{number}").alias(ours) for ours, number in wanted.items())
    frame = _frame(read.select(pl.col(_ROW), *cells), partial(lines, path, separator))
    return frame.without_blanks()


def _scan(path: Path) -> pl.LazyFrame:
    import polars as pl

    return pl.scan_parquet(
        path.absolute(), glob=False, row_index_name=_ROW, row_index_offset=1, hive_partitioning=False
    )


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What Polars raises about a file it cannot read, in words."""
    import polars as pl

    try:
        yield
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        told = str(error).strip().partition("\n")[0]
        raise Unreadable(f"this cannot be read as Parquet: {told}", "the file may be damaged or cut short") from None


def _is_text(ours: str, kind: pl.DataType) -> bool:
    """Whether a column is read as text: names always are, prices of unusual types so that they stay exact."""
    import polars as pl

    if ours == "price":
        return kind not in (pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32, pl.Float64)
    return ours not in ("departs", "arrives") or not isinstance(kind, pl.Datetime)


def _check_type(ours: str, theirs: str, kind: pl.DataType, utc: bool) -> None:
    import polars as pl

    text = isinstance(kind, pl.String | pl.Categorical | pl.Enum) or kind == pl.Null
    hint = ""
    if ours in ("departs", "arrives"):
        expected, right = "timestamps, or texts such as 2025-04-03 13:25", text or isinstance(kind, pl.Datetime)
        if isinstance(kind, pl.Datetime) and kind.time_zone and not utc:
            expected, right = "local times without a time zone", False
            hint = 'for instants, add times = "utc" to its [[leg_tables]]'
    elif ours == "price":
        expected, right = "numbers", text or kind.is_numeric()
    elif ours.endswith("_date"):
        expected, right = "dates, or texts", text or kind == pl.Date
    else:
        expected, right = "texts", text or (ours in ("id", "operator") and kind.is_integer())
    if not right:
        raise Unreadable(f"column {theirs!r}: expected {expected}, found the type {kind}", hint)


def _between(lazy: pl.LazyFrame, only: Only) -> pl.LazyFrame:
    """Without rows that depart more than a day outside the dates wanted, whatever the time zone."""
    import polars as pl

    def start(day: date, shift: int) -> datetime | None:
        return datetime.combine(day, time()) + timedelta(days=shift)

    when = pl.col("departs").dt.replace_time_zone(None)
    if only.departs_from:
        lazy = lazy.filter(when.is_null() | (when >= start(only.departs_from, -1)))
    if only.departs_to:
        lazy = lazy.filter(when.is_null() | (when < start(only.departs_to, 2)))
    return lazy


def _among(lazy: pl.LazyFrame, only: Only) -> pl.LazyFrame:
    """Without rows to or from other ports than those wanted, or by operators not wanted."""
    import polars as pl

    if only.ports:
        for end in ("from", "to"):
            lazy = lazy.filter(pl.col(end).str.strip_chars().is_in(list(map(str, only.ports))))
    if only.not_operators and "operator" in lazy.collect_schema():
        named = pl.col("operator").str.strip_chars().is_in(list(only.not_operators))
        lazy = lazy.filter(~named.fill_null(False))
    return lazy


def _frame(read: pl.DataFrame, begin: Lines | None = None) -> Frame:
    import polars as pl

    columns = {ours: _column(read[ours]) for ours in read.columns if ours not in (_ROW, "id")}
    ids = read["id"].fill_null("").str.strip_chars().to_list() if "id" in read.columns else None
    return Frame(read[_ROW].cast(pl.Int64).to_numpy(), columns, ids, begin)


def _column(series: pl.Series) -> Column:
    import polars as pl

    kind = series.dtype
    if isinstance(kind, pl.String):
        distinct = series.drop_nulls().unique(maintain_order=True)
        if not len(distinct):
            return Texts(np.full(len(series), -1, dtype=np.int32), [])
        codes = series.cast(pl.Enum(distinct)).to_physical().cast(pl.Int32).fill_null(-1)
        return Texts.of(codes.to_numpy(), distinct.to_list())
    missing = series.is_null().to_numpy()
    numbers = series.to_physical().fill_null(0)
    if isinstance(kind, pl.Datetime):
        return Stamps(numbers.to_numpy(), missing, _A_MINUTE[kind.time_unit])
    return Amounts((numbers if kind == pl.Float64 else numbers.cast(pl.Int64)).to_numpy(), missing)
