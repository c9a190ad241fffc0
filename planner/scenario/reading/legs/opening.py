"""From a file to a frame: the columns it must have, and what reads it."""

from __future__ import annotations

from collections.abc import Sequence

from planner.core.errors import did_you_mean
from planner.scenario.node import Node
from planner.scenario.reading.legs.columnar import GET_IT, by_columns, by_parquet, installed, parquet_columns
from planner.scenario.reading.legs.columns import Frame, Unreadable
from planner.scenario.reading.legs.delimited import MOST_ROWS, by_csv, content, header
from planner.scenario.reading.legs.files import DataFile
from planner.scenario.reading.legs.written import Only
from planner.scenario.reading.walk import fields

SMALL = 4_000_000  # bytes of CSV; for so little, Polars is not even imported


def opened(
    file: DataFile, columns: Node, needed: Sequence[str], table: str, only: Only | None = None, utc: bool = False
) -> Frame:
    """The columns of a table that a file has; `table` is the header of the scenario's table. Raises Unreadable."""
    if not file.separator:
        found = _found(parquet_columns(file.path), columns, needed, table, 0)
        return by_parquet(file.path, {ours: theirs for ours, (theirs, _) in found.items()}, only or Only(), utc)
    data = content(file.path)
    names, line = header(data, file.separator)
    found = _found(names, columns, needed, table, line)
    places = {ours: place for ours, (_, place) in found.items()}
    if len(data) <= SMALL or not installed():
        frame = by_csv(file.path, data, file.separator, places, MOST_ROWS)
        if frame is not None:
            return frame
    if not installed():
        message = f"files of more than {MOST_ROWS:,} rows are read with Polars, which is not installed"
        raise Unreadable(message, GET_IT)
    frame = by_columns(file.path, data, file.separator, places)
    if frame is None:
        frame = by_csv(file.path, data, file.separator, places, len(data))
    assert frame is not None, "there are no more rows than bytes"
    return frame


def _found(
    names: Sequence[str], written: Node, needed: Sequence[str], table: str, line: int
) -> dict[str, tuple[str, int]]:
    """For each of our columns that is there, what it is called and where it stands."""
    found = {}
    for column in fields(written):
        theirs = getattr(written, column.name)
        if not theirs and column.key not in needed:
            continue
        if names.count(theirs) > 1:
            raise Unreadable(f"there are {names.count(theirs)} columns {theirs!r}", "", line)
        if theirs in names:
            found[column.key] = (theirs, names.index(theirs))
        elif column.key in needed or column.key in written.where.keys:
            hint = did_you_mean(theirs, [name for name in names if name])
            if len(names) == 1 and ";" in names[0]:
                hint = "the columns of a .csv file are separated by commas"
            elif hint.startswith("did"):
                hint = f"{hint} Then write columns = {{ {column.key} = … }} in {table}"
            raise Unreadable(f"there is no column {theirs!r}", hint, line)
    return found
