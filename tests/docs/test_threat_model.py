"""docs/threat-model.md: every test that it names is there; docs/scenarios.md: the limits are those of the program."""

from __future__ import annotations

import ast
import re

import pytest

from planner.batching import table
from planner.core import money
from planner.scenario.reading import text, values
from planner.scenario.reading.checks import limits, travel
from planner.scenario.reading.legs import columnar, delimited, files, schedules
from tests.docs.shown import ROOT

NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "docs/threat-model.md").read_text(encoding="utf-8"))
LIMITS = {
    "travellers": limits.MOST_TRAVELLERS,
    "stops; events": limits.MOST_STOPS,
    "`[[acquirables]]`": limits.MOST_ACQUIRABLES,
    "legs in the file itself; legs of all its schedules": limits.MOST_LEGS,
    "characters of a text": values.LONGEST,
    "a whole number, such as of nights": values.MOST,
    "parts of a key with dots": text.DEEPEST,
    "files that one pattern matches": files.MOST_FILES,
    "rows of a Parquet file of legs": columnar.MOST_ROWS,
    "rows of a group list": table.MOST_ROWS,
    "megabytes of a scenario, a rulebook, a plan": text.LARGEST_FILE // 10**6,
    "megabytes of text in a table, unpacked": delimited.LARGEST // 10**6,
}


def test_there_are_tests_named() -> None:
    assert len(NAMED) > 30


@pytest.mark.parametrize("file", sorted({file for file, _ in NAMED}))
def test_each_test_named_is_there(file: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    there = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert {name for other, name in NAMED if other == file} <= there


def test_the_limits_are_those_of_the_program() -> None:
    page = (ROOT / "docs/scenarios.md").read_text(encoding="utf-8")
    part = page[page.index("## Limits") :].partition("\n## ")[0]
    told = dict(re.findall(r"^\| (.+?) \| ([\d,]+) \|$", part, re.MULTILINE))
    assert told == {name: f"{most:,}" for name, most in LIMITS.items()}
    assert limits.MOST_EVENTS == limits.MOST_STOPS
    assert schedules.MOST == limits.MOST_LEGS
    assert f"{travel.FIRST_YEAR} to {travel.LAST_YEAR}" in part
    assert (limits.MOST_COST, money.LARGEST) == (10**15, 10**13)
    assert "10,000,000,000,000.00" in part
    assert "100,000,000,000.00" in part
