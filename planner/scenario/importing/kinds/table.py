"""Tables with one leg a row: CSV, TSV and Parquet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from planner.core.errors import Problem, ScenarioError
from planner.scenario.importing.base import Part, importer
from planner.scenario.reading.airports import Atlas
from planner.scenario.reading.legs.columns import Texts
from planner.scenario.reading.legs.files import KINDS, DataFile
from planner.scenario.reading.legs.opening import opened
from planner.scenario.reading.legs.written import LegTable


@importer("table", "tables with one leg a row, and a mapping of their columns", *KINDS)
def read(files: Sequence[DataFile], table: LegTable, _atlas: Atlas) -> Iterator[Part]:
    """Each file for itself."""
    fixed = {"departs": table.departs, "arrives": table.arrives}
    needed = ["from", "to"]
    for key, time in fixed.items():
        needed.append(f"{key}_date" if time else key)
        if time and not getattr(table.columns, f"{key}_date"):
            hint = f"name it: columns = {{ {key}_date = … }}"
            raise ScenarioError(
                [Problem(table.where.of(key), f"{key}: there is no column of dates to go with it", hint)]
            )
    for file in files:
        utc = table.times != "local"
        frame = opened(file, table.columns, needed, "[[leg_tables]]", table.only, utc)
        times = {key: Texts.all(f"{time:%H:%M}", len(frame.rows)) for key, time in fixed.items() if time}
        yield Part(file=file, frame=evolve(frame, columns={**frame.columns, **times}))
