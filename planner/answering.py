"""From a scenario to its answers: search, confirm; of an impossible one, explain."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import evolve, fields, frozen, resolve_types

from planner.answer import Answer, Choice, ReadingUsed
from planner.choosing.alternatives import Alternatives
from planner.choosing.front import Front
from planner.choosing.searched import choice_of
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


@frozen(kw_only=True)
class Wanted:
    """How much is told besides the cheapest plan, or a smallest conflict: `conflicts` None means all of them."""

    conflicts: int | None = 1
    repairs: int = 0
    alternatives: int = 0
    front: bool = False


def answers(scenario: Scenario, effort: Effort, wanted: Wanted) -> Iterator[Answer]:
    """Ever better answers, at least one. Raises InternalError."""
    began = time.monotonic()
    prepare()
    readings = _readings(scenario)
    known = Answer(status="undecided", scenario=scenario, readings=readings)
    try:
        search = searching(scenario, effort)
        for answer in answers_of(scenario, search, wanted):
            stats = {**search.stats, "seconds": round(time.monotonic() - began, 3), "peak_mb": peak_memory()}
            known = evolve(answer, stats=stats, readings=readings)
            yield _ended(known, effort)
    except TooLarge:
        note = f"nothing was searched: {len(scenario.legs)} legs meet in more ways than this version can weigh"
        yield Answer(status="undecided", scenario=scenario, readings=readings, notes=(note,))
    except OutOfTime:
        yield _ended(known, effort)
    except MemoryError:
        effort.without_memory()
        yield _ended(known, effort)


def answers_of(scenario: Scenario, search: Search, wanted: Wanted) -> Iterator[Answer]:
    """What a search finds, checked. Raises OutOfTime, TooLarge, InternalError."""
    best, effort = search.cheapest(), search.effort
    if best.status != "infeasible":
        answer = _found(scenario, best, effort)
        yield answer
        if answer.status == "optimal" and wanted.alternatives:
            for more in _others(scenario, answer, effort, wanted.alternatives):
                answer = more
                yield answer
        if answer.status == "optimal" and wanted.front:
            yield from _front(scenario, answer, best, effort)
        return
    from planner.explaining.conflicts import Explaining  # loads a SAT solver

    notes = (best.note,) if best.note else ()
    effort.tell("explaining")
    try:
        for told in Explaining.of(scenario, explained_by(scenario, search)).conflicts(wanted.conflicts):
            answer = _impossible(scenario, told, notes)
            effort.tell("explaining", at_least=told.conflicts[0].at_least, at_most=told.conflicts[0].at_most)
            yield answer
        if wanted.repairs and not _without_legs(answer):
            yield from _repaired(answer, effort, wanted.repairs)
    except OutOfTime:
        note = f"two solves say that no trip is possible; {effort.ending} before the reason was found and confirmed"
        yield Answer(status="undecided", scenario=scenario, notes=(*notes, note))


def _without_legs(answer: Answer) -> bool:
    """Whether legs are what lacks: then it helps to write some down, not to give up what is wanted."""
    lacks = answer.conflict is not None and answer.conflict.structural
    return bool(lacks) and not answer.scenario.legs and not answer.scenario.timetable


def _others(scenario: Scenario, answer: Answer, effort: Effort, count: int) -> Iterator[Answer]:
    """The answer with alternatives to its plan."""
    assert answer.plan is not None
    effort.tell("looking for alternatives")
    alternatives, found = Alternatives(scenario, effort.unwatched), list[Choice]()
    for choice in alternatives.after(answer.plan, count):
        found.append(choice)
        yield evolve(answer, alternatives=tuple(found), alternatives_complete=False)
    notes = answer.notes if alternatives.finished else (*answer.notes, _CUT.format(alternatives.reason, "alternatives"))
    yield evolve(answer, alternatives=tuple(found), alternatives_complete=alternatives.finished, notes=notes)


def _front(scenario: Scenario, answer: Answer, best: Found, effort: Effort) -> Iterator[Answer]:
    """The answer with the front that its plan begins."""
    effort.tell("looking for quicker trips")
    front = Front(scenario, effort.unwatched)
    for choices in front.choices(choice_of(best)):
        answer = evolve(answer, front=choices, front_complete=False)
        yield answer
    notes = answer.notes if front.finished else (*answer.notes, _CUT.format(front.reason, "quicker trips"))
    yield evolve(answer, front_complete=front.finished, notes=notes)


_CUT = "{}; this ended the look for {}, so there may be more"


def _repaired(answer: Answer, effort: Effort, count: int) -> Iterator[Answer]:
    """The answer with what would help."""
    from planner.explaining.repairs import Repairing

    effort.tell("looking for repairs", repairs=0)
    repairing = Repairing(answer.scenario, effort.unwatched)
    answer = evolve(answer, repairs=(), repairs_complete=False)
    for found in repairing.repairs(count):
        answer = evolve(answer, repairs=found)
        effort.tell("looking for repairs", repairs=len(found))
        yield answer
    if repairing.finished:
        answer = evolve(answer, repairs_complete=True)
    else:
        more = "there may be more, or cheaper ones that disturb as much"
        note = f"{effort.ending} while looking for what would help: {more}"
        answer = evolve(answer, notes=(*answer.notes, note))
    yield answer


def _ended(answer: Answer, effort: Effort) -> Answer:
    """The answer, with a word about it if somebody stopped the search, or something went wrong with the machine."""
    if not effort.stopped:
        trouble = effort.trouble
        return evolve(answer, trouble=trouble.ending, notes=(*answer.notes, trouble.note)) if trouble.ending else answer
    unproved = answer.conflict is not None and not answer.conflict.smallest
    early = answer.status in ("feasible", "undecided") or unproved
    said = any(effort.ending in note for note in answer.notes)
    note = ("interrupted before the search had come to its end",) if early and not said else ()
    return evolve(answer, interrupted=True, notes=(*answer.notes, *note))


def _found(scenario: Scenario, best: Found, effort: Effort) -> Answer:
    notes: tuple[str, ...] = (best.note,) if best.note else ()
    if best.status == "undecided":
        return Answer(status="undecided", scenario=scenario, bound=best.bound, notes=notes)
    if best.status == "optimal":
        notes += ("Proved cheapest by two different solves; the checker replayed and confirmed the plan",)
        if not best.unique:
            notes += (f"{effort.ending} while choosing among equally cheap plans",)
    return Answer(status=best.status, scenario=best.scenario, plan=plan_of(best), bound=best.bound, notes=notes)


def _impossible(scenario: Scenario, told: Told, notes: tuple[str, ...]) -> Answer:
    conflict, *others = told.conflicts
    sure = ["Proved impossible by two different solves; for each statement the checker confirmed a trip without it"]
    if conflict.corrections:
        trips = len(conflict.corrections)
        words = "1 further trip, checked, proves" if trips == 1 else f"{trips} further trips, checked, prove"
        sure.append(f"No fewer statements would do: {words} it")
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
