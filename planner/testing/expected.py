"""What scenario files expect of their answers, in a table `[expect]`, and where an answer differs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from attrs import frozen

from planner.answer import Answer
from planner.api import load, plan
from planner.core.errors import Place, Problem, ScenarioError
from planner.core.money import Price, show
from planner.itinerary.journey import Journey
from planner.scenario.node import Node
from planner.scenario.reading.structure import structure
from planner.scenario.reading.tables import Table
from planner.scenario.reading.text import parse, read_bytes


@frozen(kw_only=True)
class Expected(Node):
    """The keys of an `[expect]` table; what is left out is not looked at."""

    status: Literal["optimal", "infeasible"] | None = None
    """How the answer must end: with the cheapest trip, or with a proof that there is none."""
    cost: Price | None = None
    """What the cheapest trip costs."""
    legs: tuple[str, ...] | None = None
    """The ids of its legs, in order."""
    papers: tuple[str, ...] | None = None
    """What is shown at its crossings: «traveller entry PORT passport ground», «traveller exit PORT passport»."""
    printed: tuple[str, ...] | None = None
    """The ids of the facts of the conflict that is told, in any order."""
    conflicts: tuple[tuple[str, ...], ...] | None = None
    """Every minimal conflict, by the ids of its facts, in any order; none of a scenario that has a trip."""


@frozen
class Difference:
    """One thing that is not as expected: the key, and both in words."""

    place: Place
    key: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.place}: {self.key}: expected {self.expected}, found {self.found}"


def expected(path: Path) -> Expected | None:
    """The `[expect]` table of a scenario file; None if it has none.

    Raises ScenarioError if the file is no TOML, or something is wrong in that table.
    """
    data, places = parse(read_bytes(path), str(path))
    if "expect" not in data:
        return None
    if not isinstance(data["expect"], Table):
        raise ScenarioError([Problem(places.of(("expect",)), "expect: expected a table", "write [expect]")])
    whole = structure(Table(expect=data["expect"]), _Only, {}, places)
    if whole.problems or whole.value is None:
        raise ScenarioError(whole.problems)
    return whole.value.expect


@frozen(kw_only=True)
class _Only(Node):
    expect: Expected


def differences(path: Path, *, time_limit: float = 60.0) -> tuple[Difference, ...]:
    """Plan a scenario file; where the answer differs from its `[expect]` table (none: the file need only be readable).

    `time_limit` is in seconds; an answer that is not proved by then differs. Raises ScenarioError as `load` does.
    """
    wanted, scenario = expected(path), load(path)
    if wanted is None:
        return ()
    every = wanted.conflicts is not None
    answer = plan(scenario, limit=None if every else 1, repairs=0, time_limit=time_limit)
    found = (Difference(wanted.where.of(key), key, a, b) for key, a, b in _compared(wanted, answer) if a != b)
    return tuple(found)


def _compared(wanted: Expected, answer: Answer) -> Iterator[tuple[str, str, str]]:
    """Key, what is expected, what is found, of all that is expected."""
    if wanted.status is not None:
        yield "status", wanted.status, answer.status
    if wanted.cost is not None:
        cost = answer.plan and f"{show(answer.plan.cost, answer.scenario.currency)}" + _unproved(answer)
        yield "cost", show(answer.scenario.minor(wanted.cost), answer.scenario.currency), cost or "no trip"
    if wanted.legs is not None:
        yield "legs", _list(wanted.legs), _list(answer.plan.itinerary.legs) if answer.plan else "no trip"
    if wanted.papers is not None:
        yield "papers", _list(wanted.papers), _list(papers(answer.plan.journey)) if answer.plan else "no trip"
    if wanted.printed is not None:
        conflict = answer.conflict and _list(sorted(fact.id for fact in answer.conflict.facts))
        yield "printed", _list(sorted(wanted.printed)), conflict or "no conflict"
    if wanted.conflicts is not None:
        told = () if answer.conflict is None else (answer.conflict, *answer.more_conflicts)
        sets = [sorted(fact.id for fact in conflict.facts) for conflict in told]
        all_of_them = "" if answer.plan or answer.conflicts_complete else ", and perhaps more"
        yield "conflicts", _lists(map(sorted, wanted.conflicts)), _lists(sets) + all_of_them


def papers(journey: Journey) -> Iterator[str]:
    """What is shown at every crossing: «traveller direction port passport», and at entries what they rest on."""
    for traveller, stays in journey.stays.items():
        for stay in stays:
            if stay.entry is not None:
                yield f"{traveller} entry {stay.entry.port} {stay.passport} {stay.ground}"
            if stay.exit is not None:
                yield f"{traveller} exit {stay.exit.port} {stay.exit_passport}"


def _unproved(answer: Answer) -> str:
    return "" if answer.status == "optimal" else ", not proved cheapest"


def _list(items: Iterator[str] | list[str] | tuple[str, ...]) -> str:
    return "[" + ", ".join(items) + "]"


def _lists(sets: Iterator[list[str]] | list[list[str]]) -> str:
    return "[" + ", ".join(map(_list, sorted(sets))) + "]"
