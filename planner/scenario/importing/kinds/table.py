"""Tables with one leg a row: CSV, TSV and Parquet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.scenario.importing.base import Part, importer
from planner.scenario.reading.airports import Atlas
from planner.scenario.reading.legs.files import KINDS, DataFile
from planner.scenario.reading.legs.opening import opened
from planner.scenario.reading.legs.written import LegTable

_NEEDED = ("from", "to", "departs", "arrives")


@importer("table", "tables with one leg a row, and a mapping of their columns", *KINDS)
def read(files: Sequence[DataFile], table: LegTable, _atlas: Atlas) -> Iterator[Part]:
    """Each file for itself."""
    for file in files:
        utc = table.times != "local"
        yield Part(file=file, frame=opened(file, table.columns, _NEEDED, "[[leg_tables]]", table.only, utc))
