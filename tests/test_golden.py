"""What is printed for every impossible scenario that is shipped, to the letter; and that it tells what to do next."""

from __future__ import annotations

import statistics
import tomllib
from pathlib import Path

import pytest

from benchmarks.hard_trips import hard_trip
from planner.answer import Answer
from planner.api import load, loads, plan
from planner.report.page import WIDTH, Page
from planner.report.text import text
from planner.report.text_conflict import argument_text
from planner.report.told.argument import argument

SCENARIOS = Path(__file__).parent.parent / "scenarios"
FOLDER = Path(__file__).parent / "golden"
IMPOSSIBLE = [
    path.stem
    for path in sorted(SCENARIOS.glob("*.toml"))
    if tomllib.loads(path.read_text(encoding="utf-8"))["expect"]["status"] == "infeasible"
]


@pytest.fixture(scope="module")
def answers() -> dict[str, Answer]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(SCENARIOS.parent)
        return {name: plan(load(f"scenarios/{name}.toml")) for name in IMPOSSIBLE}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_the_text(name: str, answers: dict[str, Answer]) -> None:
    assert text(answers[name]) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_it_says_what_a_traveller_can_do_next(name: str, answers: dict[str, Answer]) -> None:
    repairs = answers[name].repairs
    assert repairs
    assert [(r.disruption, r.cost) for r in repairs] == sorted((r.disruption, r.cost) for r in repairs)
    assert "WHAT WOULD HELP" in text(answers[name])


def test_an_argument_takes_seven_lines_at_most_as_a_rule(answers: dict[str, Answer]) -> None:
    hard = [plan(loads(hard_trip(200, seed)), repairs=0) for seed in range(5)]
    lengths = []
    for answer in (*answers.values(), *hard):
        assert answer.conflict is not None
        page = Page()
        argument_text(page, argument(answer.scenario, answer.conflict))
        assert all(len(line.text) <= WIDTH for line in page.lines)
        lengths.append(len(page.lines))
    assert statistics.median(lengths) <= 7
