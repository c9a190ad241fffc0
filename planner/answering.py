"""From a scenario to its answers: search, confirm; of an impossible one, explain."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import evolve, fields, resolve_types

from planner.answer import Answer, ReadingUsed
from planner.core.memory import peak_memory
from planner.network.runs import TooLarge
from planner.scenario.node import TerritoryRef, ZoneRef
from planner.scenario.scenario import Scenario
from planner.solving.begin import explained_by, searching
from planner.solving.client import Effort, prepare
from planner.solving.confirmed import plan_of
from planner.solving.search import Found, OutOfTime, Search

if TYPE_CHECKING:
    from planner.explaining.conflicts import Told


def answers(scenario: Scenario, effort: Effort, limit: int | None, repairs: int) -> Iterator[Answer]:
    """Ever better answers, at least one; if there is no plan, up to `limit` conflicts (None: all) and so many repairs.

    Raises InternalError.
    """
    began = time.monotonic()
    prepare()
    readings = _readings(scenario)
    try:
        search = searching(scenario, effort)
        for answer in answers_of(scenario, search, limit, repairs):
            stats = {**search.stats, "seconds": round(time.monotonic() - began, 3), "peak_mb": peak_memory()}
            yield evolve(answer, stats=stats, readings=readings)
    except TooLarge:
        note = f"nothing was searched: {len(scenario.legs)} legs meet in more ways than this version can weigh"
        yield Answer(status="undecided", scenario=scenario, readings=readings, notes=(note,))
    except OutOfTime:
        yield Answer(status="undecided", scenario=scenario, readings=readings)


def answers_of(scenario: Scenario, search: Search, limit: int | None = 1, repairs: int = 0) -> Iterator[Answer]:
    """What a search finds, checked. Raises OutOfTime, TooLarge, InternalError."""
    best = search.cheapest()
    if best.status != "infeasible":
        yield _found(scenario, best)
        return
    from planner.explaining.conflicts import Explaining  # loads a SAT solver

    notes = (best.note,) if best.note else ()
    try:
        for told in Explaining.of(scenario, explained_by(scenario, search)).conflicts(limit):
            answer = _impossible(scenario, told, notes)
            yield answer
        if repairs:
            yield from _repaired(answer, search.effort, repairs)
    except OutOfTime:
        note = "two solves say that no trip is possible; time ran out before the reason was found and confirmed"
        yield Answer(status="undecided", scenario=scenario, notes=(*notes, note))


def _repaired(answer: Answer, effort: Effort, count: int) -> Iterator[Answer]:
    """The answer with what would help."""
    from planner.explaining.repairs import Repairing

    repairing = Repairing(answer.scenario, effort)
    answer = evolve(answer, repairs=(), repairs_complete=False)
    for found in repairing.repairs(count):
        answer = evolve(answer, repairs=found)
        yield answer
    if repairing.finished:
        answer = evolve(answer, repairs_complete=True)
    else:
        note = "time ran out while looking for what would help: there may be more, or cheaper ones that disturb as much"
        answer = evolve(answer, notes=(*answer.notes, note))
    yield answer


def _found(scenario: Scenario, best: Found) -> Answer:
    notes: tuple[str, ...] = (best.note,) if best.note else ()
    if best.status == "undecided":
        return Answer(status="undecided", scenario=scenario, bound=best.bound, notes=notes)
    if best.status == "optimal":
        notes += ("Proved cheapest by two different solves; the checker replayed and confirmed the plan",)
        if not best.unique:
            notes += ("time ran out while choosing among equally cheap plans",)
    return Answer(status=best.status, scenario=best.scenario, plan=plan_of(best), bound=best.bound, notes=notes)


def _impossible(scenario: Scenario, told: Told, notes: tuple[str, ...]) -> Answer:
    conflict, *others = told.conflicts
    sure = ["Proved impossible by two different solves; for each statement the checker confirmed a trip without it"]
    if conflict.corrections:
        trips = len(conflict.corrections)
        sure.append(
            f"No fewer statements would do: {trips} further {'trip' if trips == 1 else 'trips'}, checked, prove it"
        )
    return Answer(
        status="infeasible",
        scenario=scenario,
        conflict=conflict,
        more_conflicts=tuple(others),
        conflicts_complete=told.complete,
        notes=(*notes, *sure),
    )


def _readings(scenario: Scenario) -> tuple[ReadingUsed, ...]:
    return tuple(
        ReadingUsed(
            id=reading.id,
            question=reading.question,
            answer=scenario.answer_to(reading.id),
            declared=reading.id in scenario.readings,
        )
        for reading in scenario.law.readings
        if reading.id in scenario.readings or _concerns(scenario, reading.id)
    )


def _concerns(scenario: Scenario, reading: str) -> bool:
    """Whether an entry of law that depends on a reading, and has not ended, is about a place that a leg touches."""
    ports: set[str] = {port for leg in scenario.legs for port in (leg.from_, leg.to)}
    ports.update(scenario.timetable.ports if scenario.timetable is not None else ())
    territories = {scenario.territory_of(port) for port in ports}
    places = {
        getattr(entry, column.name)
        for entry in (*scenario.law.admissions, *scenario.law.rules)
        if entry.reading == reading and (entry.effective_to is None or entry.effective_to >= scenario.today)
        for column in fields(resolve_types(type(entry)))
        if column.type in (ZoneRef, TerritoryRef)
    }
    return any(scenario.is_in(place, territory, scenario.today) for place in places for territory in territories)
