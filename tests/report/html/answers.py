"""Answers to write as HTML: solved once, kept for all tests of a process."""

from __future__ import annotations

from functools import cache

from attrs import evolve

from planner import Answer, load, plan
from planner.core.errors import Place
from planner.rules.facts import Fact, Telling
from tests.report.answers import infeasible, undecided
from tests.report.html.scenarios import BAD_SOURCES, HOSTILE, around, hostile


@cache
def answer(name: str) -> Answer:
    """The answer by a short name: a scenario file, or one of those made for these tests."""
    made = {"pacific": around("AKL", "LAX", "AKL"), "world": around("LHR", "BKK", "SYD", "LAX", "LHR")}
    if name == "hostile":
        return plan(hostile())
    if name == "hostile conflict":
        return _hostile_conflict()
    if name == "choices":
        return plan(load("scenarios/pyongyang-marathon.toml"), alternatives=2, front=True)
    if name == "undecided":
        return undecided()
    return plan(made[name] if name in made else load(f"scenarios/{name}.toml"))


def _hostile_conflict() -> Answer:
    """A conflict with statements that try to break out of the page."""
    given = infeasible()
    assert given.conflict is not None
    facts = tuple(
        Fact(
            id=f"event.{number}",
            text=text,
            telling=Telling.WISH,
            kind=f"kind{number}",
            place=Place(f"{text}.toml", 40, 1),
            source=BAD_SOURCES[number % len(BAD_SOURCES)],
            changeable=number < 5,
        )
        for number, text in enumerate(HOSTILE)
    )
    conflict = evolve(given.conflict, facts=facts, structural=HOSTILE)
    return evolve(given, conflict=conflict, more_conflicts=(conflict,), notes=HOSTILE)
