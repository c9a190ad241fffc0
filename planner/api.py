"""The library's front door: `load` a scenario, `plan` it.

>>> from planner import load, plan
>>> answer = plan(load("scenarios/pyongyang-marathon.toml"))
>>> answer.status
'optimal'
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import evolve, fields, resolve_types

from planner.answer import Answer, Conflict, Plan, ReadingUsed
from planner.core.errors import InternalError, Place, Problem, ScenarioError, did_you_mean
from planner.core.memory import peak_memory
from planner.explain.conflicts import all_conflicts, preferred_conflict
from planner.itinerary.replay import Unreal
from planner.model.build import Model, build
from planner.network.reach import lacking
from planner.network.runs import TooLarge
from planner.rules.base import rules_of, table_kinds
from planner.rules.facts import Fact
from planner.scenario.node import TerritoryRef, ZoneRef
from planner.scenario.reading import read_file, read_text
from planner.scenario.scenario import Scenario
from planner.solving.client import Effort, prepare
from planner.solving.search import Found, OutOfTime, Search, Whole, Witness
from planner.verify.checker import verify
from planner.verify.conflict import broken_facts, meets
from planner.verify.timeline import preparation

MOST_WORKERS = 256
SMALL = 40  # legs up to which the exact model of all of them is as quick as looking for a part of them


def load(path: str | Path) -> Scenario:
    """Read a scenario file. Raises ScenarioError with every problem found in it."""
    return read_file(Path(path), table_kinds())


def loads(text: str, file: str = "<text>") -> Scenario:
    """Read a scenario from a text; `file` is what messages call it. Raises ScenarioError."""
    return read_text(text, table_kinds(), file)


def for_travellers(scenario: Scenario, names: str | Iterable[str]) -> Scenario:
    """The same scenario for one or some of its travellers, by id or name.

    Raises ScenarioError if one is unknown or none is named.
    """
    wanted: set[str] = set()
    problems = []
    for name in [names] if isinstance(names, str) else names:
        found = [t.id for t in scenario.travellers if name in (t.id, t.name)]
        wanted.update(found)
        if not found:
            known = list(dict.fromkeys(name for t in scenario.travellers for name in (t.id, t.name) if name))
            problems.append(Problem(Place(""), f"no traveller is called {name!r}", did_you_mean(name, known)))
    if not wanted and not problems:
        problems.append(Problem(Place(""), "there is nobody to plan for: no traveller is named"))
    if problems:
        raise ScenarioError(problems)
    trip = scenario.trip
    events = [
        evolve(event, travellers=tuple(t for t in event.travellers if t in wanted))
        for event in trip.events
        if not event.travellers or wanted & set(event.travellers)
    ]
    return evolve(
        scenario,
        travellers=tuple(t for t in scenario.travellers if t.id in wanted),
        trip=evolve(trip, events=tuple(events)),
    )


def plan(scenario: Scenario, *, time_limit: float = 60.0, workers: int = 2, seed: int = 0) -> Answer:
    """The cheapest valid itinerary, proved, or a minimal conflict, proved; or as much of that as time allows.

    `time_limit` is in seconds and covers everything. A completed proof does not depend on `workers` or `seed`.
    Raises ValueError for senseless arguments, InternalError if the checker does not confirm what the solver claims.
    """
    if not time_limit >= 0 or not 1 <= workers <= MOST_WORKERS or not 0 <= seed < 2**31 - 1:
        raise ValueError(f"time_limit at least 0, workers from 1 to {MOST_WORKERS}, seed from 0 to 2**31 - 2")
    began = time.monotonic()
    effort = Effort.starting_now(time_limit, workers, seed)
    prepare()
    readings = _readings(scenario)
    try:
        search = _search(scenario, effort, small=scenario.timetable is None and len(scenario.legs) <= SMALL)
        answer = answer_of(scenario, search)
    except TooLarge:
        note = f"nothing was searched: {len(scenario.legs)} legs meet in more ways than this version can weigh"
        return Answer(status="undecided", scenario=scenario, readings=readings, notes=(note,))
    except OutOfTime:
        return Answer(status="undecided", scenario=scenario, readings=readings)
    stats = {**search.stats, "seconds": round(time.monotonic() - began, 3), "peak_mb": peak_memory()}
    return evolve(answer, stats=stats, readings=readings)


def _search(scenario: Scenario, effort: Effort, small: bool) -> Search:
    if small:
        return Whole.of(scenario, effort)
    from planner.solving.band import Banded

    return Banded.of(scenario, effort)


def _first_model(scenario: Scenario) -> Model:
    if scenario.timetable is None:
        return build(scenario)
    from planner.solving.band import Banded

    return Banded.of(scenario, Effort.starting_now(60.0, 1, 0)).first_model()


def conflicts(scenario: Scenario, *, time_limit: float = 60.0) -> list[tuple[Fact, ...]]:
    """Every minimal conflict of a scenario that has no plan; none if it has one. Raises TimeoutError.

    Of a scenario with a table of legs, those among the facts that its bounds and the models of its bands speak of.
    """
    effort = Effort.starting_now(time_limit, 1, 0)
    try:
        search = _search(scenario, effort, small=scenario.timetable is None)
        if scenario.timetable is not None:
            search.cheapest()  # what its models speak of counts as well
        return list(all_conflicts(lambda some: search.holding(some) is not None, search.facts(), effort))
    except (OutOfTime, TooLarge):
        raise TimeoutError("time ran out before all conflicts were found") from None


def dump_model(scenario: Scenario) -> str:
    """The scenario's 0-1 program as JSON, for bug reports: numbers only, no name, paper or date of anyone.

    Of a scenario with a table of legs, those that the exact model is first asked about.
    """
    program = _first_model(scenario).program
    return json.dumps(
        {
            "options": program.options,
            "variables": program.size,
            "facts": [{"literal": program.literal(fact), "kind": fact.kind} for fact in program.facts],
            "blocks": [{"fact": fact, "options": options.tolist()} for fact, options in program.blocks],
            "disjunctions": [list(clause.literals) for clause in program.every_disjunction()],
            "linears": [
                {"variables": row.variables, "weights": row.weights, "low": row.low, "high": row.high, "fact": row.fact}
                for row in program.every_linear()
            ],
            "cost": {"variables": program.cost_variables, "weights": program.cost_weights},
        }
    )


def answer_of(scenario: Scenario, search: Search) -> Answer:
    """What a search finds, checked. Raises OutOfTime, TooLarge, InternalError."""
    best = search.cheapest()
    notes: tuple[str, ...] = (best.note,) if best.note else ()
    if best.status == "undecided":
        return Answer(status="undecided", scenario=scenario, bound=best.bound, notes=notes)
    if best.status == "infeasible":
        try:
            conflict = _conflict(scenario, search)
        except OutOfTime:
            note = "two solves say that no trip is possible; time ran out before the reason was found and confirmed"
            return Answer(status="undecided", scenario=scenario, notes=(*notes, note))
        note = "Proved impossible by two different solves; for each statement the checker confirmed a trip without it"
        return Answer(status="infeasible", scenario=scenario, conflict=conflict, notes=(*notes, note))
    if best.status == "optimal":
        notes += ("Proved cheapest by two different solves; the checker replayed and confirmed the plan",)
        if not best.unique:
            notes += ("time ran out while choosing among equally cheap plans",)
    found = _plan(best)
    return Answer(status=best.status, scenario=best.scenario, plan=found, bound=best.bound, notes=notes)


def _plan(best: Found) -> Plan:
    scenario, chosen = best.scenario, best.itinerary
    assert chosen is not None
    assert best.cost is not None
    rules = rules_of(scenario)
    verdict = verify(scenario, chosen, rules)
    if verdict.structural or verdict.broken or verdict.journey is None or verdict.cost != best.cost:
        details = [*verdict.structural, *(f"{b.fact.id}: {b.how}" for b in verdict.broken)]
        details.append(f"cost {best.cost} by the solver, {verdict.cost} by the checker")
        raise InternalError("the checker does not confirm the plan: " + "; ".join(details))
    return Plan(
        itinerary=chosen,
        journey=verdict.journey,
        cost=best.cost,
        costs=verdict.costs,
        preparation=preparation(scenario, chosen, rules),
        reminders=tuple(reminder for rule in rules for reminder in rule.reminders(verdict.journey)),
    )


def _conflict(scenario: Scenario, search: Search) -> Conflict:
    facts = preferred_conflict(lambda some: search.holding(some) is not None, search.facts())
    if not search.refuted(facts):
        raise InternalError("two solves disagree on whether a conflict's facts can hold together")
    for fact in facts:
        others = [other for other in facts if other != fact]
        witness = search.holding(others)
        if witness is None:
            raise InternalError(f"a conflict is not minimal: it remains without {fact.id}")
        _confirm_witness(witness, others)
    return Conflict(facts=facts, structural=lacking(scenario))


def _confirm_witness(witness: Witness, facts: Sequence[Fact]) -> None:
    ids, rules = {fact.id for fact in facts}, rules_of(witness.scenario)
    try:
        confirmed = meets(witness.scenario, witness.itinerary, ids, rules)
    except Unreal as unreal:
        raise InternalError("a conflict's witness is no possible journey: " + "; ".join(unreal.problems)) from unreal
    if not confirmed:
        broken = ids & broken_facts(witness.scenario, witness.itinerary, rules)
        raise InternalError("the checker does not confirm a conflict's witness: " + ", ".join(sorted(broken)))


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
