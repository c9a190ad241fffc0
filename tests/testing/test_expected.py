"""Scenario files against their `[expect]` tables, by hand and through pytest."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.core.errors import ScenarioError
from planner.testing.expected import differences, expected

SCENARIO = """
today = 2025-01-01
currency = "USD"
rates = { date = 2025-01-01, values = { EUR = 2 } }
travellers = [{ id = "ana", passports = [{ id = "p", state = "DE" }] }]
trip = { start = "TXL", end = "MUC" }
legs = [
    { id = "late", from = "TXL", to = "MUC", departs = 2025-02-01T09:00:00, arrives = 2025-02-01T10:00:00, price = 50 },
    { id = "soon", from = "TXL", to = "MUC", departs = 2025-01-01T09:00:00, arrives = 2025-01-01T10:00:00, price = 60 },
]
"""
IMPOSSIBLE = SCENARIO.replace('end = "MUC" }', 'end = "MUC", return_by = 2025-01-01, budget = 55 }')
RIGHT = '[expect]\nstatus = "optimal"\ncost = "25 EUR"\nlegs = ["late"]\npapers = []\nconflicts = []\n'
CONFLICT = ["trip.budget", "trip.return_by"]


def written(folder: Path, text: str) -> Path:
    path = folder / "x.toml"
    path.write_text(text, encoding="utf-8")
    return path


def told(folder: Path, text: str) -> list[str]:
    return [str(item).removeprefix(f"{folder}/") for item in differences(written(folder, text))]


def test_what_is_as_expected_differs_in_nothing(tmp_path: Path) -> None:
    assert told(tmp_path, SCENARIO + RIGHT) == []
    conflict = f'[expect]\nstatus = "infeasible"\nprinted = {CONFLICT[::-1]}\nconflicts = [{CONFLICT[::-1]}]\n'
    assert told(tmp_path, IMPOSSIBLE + conflict) == []
    assert told(tmp_path, SCENARIO) == []
    assert told(tmp_path, SCENARIO + "[expect]\n") == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('status = "infeasible"', "x.toml:12:10: status: expected infeasible, found optimal"),
        ("cost = 51", "x.toml:12:8: cost: expected USD 51, found USD 50"),
        ('legs = ["soon"]', "x.toml:12:8: legs: expected [soon], found [late]"),
        ('papers = ["ana exit TXL p"]', "x.toml:12:10: papers: expected [ana exit TXL p], found []"),
        ('printed = ["trip.budget"]', "x.toml:12:11: printed: expected [trip.budget], found no conflict"),
        ('conflicts = [["b", "a"]]', "x.toml:12:13: conflicts: expected [[a, b]], found []"),
    ],
)
def test_what_differs_is_told_at_its_place(tmp_path: Path, line: str, found: str) -> None:
    assert told(tmp_path, f"{SCENARIO}[expect]\n{line}\n") == [found]


def test_an_impossible_trip_has_no_cost(tmp_path: Path) -> None:
    assert told(tmp_path, IMPOSSIBLE + "[expect]\ncost = 1\nlegs = []\nconflicts = []\n") == [
        "x.toml:12:8: cost: expected USD 1, found no trip",
        "x.toml:13:8: legs: expected [], found no trip",
        "x.toml:14:13: conflicts: expected [], found [[trip.budget, trip.return_by]]",
    ]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("[expect]\ncots = 1\n", "x.toml:12:1: unknown key 'cots' in [expect] (did you mean 'cost'?)"),
        ('[expect]\nstatus = "possible"\n', "expected 'optimal' or 'infeasible', found the text 'possible'"),
        ("expect = 3\n", "expect: expected a table"),
    ],
)
def test_mistakes_in_the_table_are_told(tmp_path: Path, table: str, told: str) -> None:
    text = SCENARIO + table if table.startswith("[") else table + SCENARIO
    with pytest.raises(ScenarioError) as error:
        expected(written(tmp_path, text))
    assert told in str(error.value)


def test_pytest_collects_the_files_that_the_setting_names(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nplan_scenarios = trips/*.toml\n")
    folder = pytester.mkdir("trips")
    (folder / "good.toml").write_text(SCENARIO + RIGHT)
    (folder / "bad.toml").write_text(SCENARIO + "[expect]\ncost = 51\n")
    (folder / "broken.toml").write_text(SCENARIO.replace("start", "strat"))
    pytester.makefile(".toml", other="no scenario")
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(["*bad.toml:12:8: cost: expected USD 51, found USD 50", "*did you mean 'start'?*"])


def test_a_pattern_that_no_file_matches_is_warned_of(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nplan_scenarios = trips/*.toml\n  trip/*.toml\n")
    pytester.mkdir("trips").joinpath("mine.toml").write_text(SCENARIO)
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider")
    result.stdout.fnmatch_lines(["*plan_scenarios: no file in * matches 'trip/*.toml'"])
    result.stdout.no_fnmatch_line("*matches 'trips/*.toml'")


def test_without_the_setting_nothing_is_collected(pytester: pytest.Pytester) -> None:
    pytester.makefile(".toml", other="no scenario")
    pytester.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes()
