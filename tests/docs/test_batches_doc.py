"""docs/batches.md: the columns it tells of are those there are, and its example can be read."""

from __future__ import annotations

import re
from pathlib import Path

from attrs import fields

from planner.batching.rows import STATUSES, Row
from planner.batching.table import COLUMNS, parties
from tests.docs.shown import ROOT

PAGE = (ROOT / "docs" / "batches.md").read_text(encoding="utf-8")


def told(heading: str) -> list[str]:
    """The names in the first column of the first table under a heading."""
    part = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.*?) \|", part, re.MULTILINE)
    return [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]


def test_columns_of_lists() -> None:
    assert sorted(told("A group list")) == sorted(COLUMNS)


def test_columns_of_results() -> None:
    assert told("The rows") == [field.name for field in fields(Row)]
    assert all(f"`{status}`" in PAGE for status in STATUSES)


def test_the_list(tmp_path: Path) -> None:
    (block,) = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "guests.csv").write_text(block, encoding="utf-8")
    assert {name: len(rows) for name, rows in parties(tmp_path / "guests.csv").items()} == {"perez": 2, "cy": 1}
