"""docs/calendar.md and docs/compare.md: their commands print what they show."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.report.compare.differences import IDENTITY
from planner.report.schema import answer_schema
from tests.docs.shown import ROOT, assert_real, blocks

PAGES = [(ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("calendar.md", "compare.md")]
BLOCKS = [block for page in PAGES for block in blocks(page)]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.partition("\n")[0])
def test_the_output_shown_is_real(block: str, tmp_path: Path) -> None:
    assert_real(block, tmp_path)


def test_what_entries_are_known_by_are_keys_that_they_have() -> None:
    """A list that the schema gets new is to be compared entry by entry too, if it has objects."""
    schema = answer_schema()
    tables = {"": schema, **schema["$defs"], "plan": schema["$defs"]["repair"]["properties"]["plan"]}
    lists = {
        key: part["items"]["$ref"].rpartition("/")[2]
        for table in tables.values()
        for key, part in table["properties"].items()
        if "$ref" in part.get("items", {})
    }
    whole = {"corrections", "changes"}  # compared as a whole
    assert set(lists) - whole == set(IDENTITY) - {"repairs", "alternatives", "front"}
    for key, known_by in IDENTITY.items():
        of = lists.get(key) or {"repairs": "repair"}.get(key, "choice")
        assert set(known_by) <= set(schema["$defs"][of]["properties"])
