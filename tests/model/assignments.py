"""Itineraries as assignments of a model's variables, and the other way round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from random import Random

import numpy as np

from planner.itinerary.choices import Application, Booking, Itinerary, StayChoice
from planner.itinerary.replay import Unreal
from planner.itinerary.structure import issuable_in
from planner.model.build import Model, itinerary
from planner.model.program import Linear, Values
from planner.rules.statements import Ids
from planner.rules.tables import END, START
from planner.scenario.scenario import Scenario
from planner.solving.client import Effort, Solver
from planner.testing.oracle.routes import Route, routes
from planner.verify.checker import costed
from planner.verify.conflict import meets


def solver_of(model: Model, seed: int = 0) -> Solver:
    """A solver with time enough."""
    return Solver(model.program, Effort.starting_now(60, 1, seed))


# ---- from an itinerary to an assignment


def options_of(model: Model, plan: Itinerary) -> list[int] | None:
    """The options that an itinerary takes (visits and stops aside, which follow), or None if one does not exist."""
    options = model.options
    position = {leg.id: number for number, leg in enumerate(model.scenario.legs)}
    runs: list[tuple[int, ...]] = []
    for number, leg in enumerate(plan.legs):
        if number and plan.touches[number - 1] == "airside":
            runs[-1] += (position[leg],)
        else:
            runs.append((position[leg],))
    if not set(runs) <= set(options.runs.legs) or not set(plan.fares) <= set(options.fares):
        return None
    rows = [options.runs.legs.index(run) for run in runs]
    changes = options.changes
    taken = [*options.runs.ids[rows].tolist(), *(options.fares[fare] for fare in plan.fares)]
    wanted = [
        _only(changes.ids[(changes.before == before) & (changes.after == after)])
        for before, after in zip([START, *rows], [*rows, END], strict=True)
    ]
    crossings = [row for row in rows if options.runs.crosses[row]]
    for person, choices in plan.stays.items():
        table, last = options.stays_with_last(person)
        for choice, before, after in zip(choices, [START, *crossings], [*crossings, END], strict=True):
            mask = (table.entry_run == before) & (table.exit_run == after) & (table.ground == choice.ground)
            mask &= (table.passport == choice.passport) & (table.exit_passport == choice.exit_passport)
            if after == END:
                mask &= last == (rows[-1] if rows else START)
            wanted.append(_only(table.ids[mask]))
    for made in plan.applications:
        papers = options.applications(made.traveller)
        mask = (papers.acquirable == made.acquirable) & (papers.passport == made.passport)
        wanted.append(_only(papers.ids[mask & (papers.apply_on == made.on.toordinal())]))
    for booked in plan.bookings:
        lists = options.bookings(booked.traveller)
        mask = (lists.event == booked.event) & (lists.passport == booked.passport)
        wanted.append(_only(lists.ids[mask & (lists.book_on == booked.on.toordinal())]))
    found = [option for option in wanted if option is not None]
    return [*taken, *found] if len(found) == len(wanted) else None


def _only(ids: Ids) -> int | None:
    """The one option that fits; None if none does."""
    assert len(ids) <= 1, "two options say the same"
    return int(ids[0]) if len(ids) else None


def fixing(model: Model, taken: Iterable[int]) -> tuple[Linear, ...]:
    """Of everything that makes an itinerary, exactly these options are chosen."""
    options = model.options
    tables = [options.runs.ids, options.changes.ids, np.array(list(options.fares.values()), dtype=np.int64)]
    for person in model.scenario.travellers:
        tables += [options.stays(person.id).ids, options.applications(person.id).ids, options.bookings(person.id).ids]
    chosen = tuple(taken)
    others = tuple(set(np.concatenate(tables).tolist()).difference(chosen))
    return (
        Linear(chosen, (1,) * len(chosen), len(chosen), None),
        Linear(others, (1,) * len(others), None, 0),
    )


def allowed(model: Model, plan: Itinerary, facts: Collection[str]) -> int | None:
    """What the model says an itinerary costs when these facts are in force, or None if it does not allow it."""
    taken = options_of(model, plan)
    if taken is None:
        return None
    cost = (tuple(model.program.cost_variables), tuple(model.program.cost_weights))
    reply = solver_of(model).ask("optimise", enforced=facts, extra=fixing(model, taken), minimise=cost)
    assert reply.status in ("optimal", "infeasible")
    return reply.objective


def confirmed(model: Model, plan: Itinerary, facts: Collection[str]) -> int | None:
    """The same, said by the checker."""
    try:
        journey, _ = costed(model.scenario, plan)
        return journey.cost if meets(model.scenario, plan, facts) else None
    except Unreal:
        return None


# ---- random itineraries, written from docs/semantics.md without a look at the model


def random_itineraries(scenario: Scenario, rules: Iterable[object], random: Random, count: int) -> Iterator[Itinerary]:
    """Itineraries that are structurally possible, or nearly: papers may be relied on that are not obtained."""
    found = list(islice(routes(scenario), 200))
    for _ in range(count if found else 0):
        yield _itinerary(scenario, list(rules), random.choice(found), random)


def _itinerary(scenario: Scenario, rules: list[object], route: Route, random: Random) -> Itinerary:
    stays: dict[str, tuple[StayChoice, ...]] = {}
    applications: list[Application] = []
    bookings: list[Booking] = []
    span = (scenario.last_departure - scenario.today).days
    careful = random.random() < 0.7  # obtain everything that may be needed
    for person in scenario.travellers:
        passports = [book.id for book in person.passports]
        passports += [item.passport.id for item in scenario.acquirables if item.passport]
        passports = list(dict.fromkeys(passports))
        grounds = [ground for rule in rules for ground in rule.grounds(scenario, person)]  # type: ignore[attr-defined]
        mine = []
        for number, zone in enumerate(["", *route.entered]):
            entry = random.choice(passports) if number else ""
            offered = [g.id for g in grounds if zone in g.zones and entry in g.passports]
            last = number == len(route.entered)
            mine.append(StayChoice(entry, "" if last else random.choice(passports), random.choice([*offered, ""])))
        stays[person.id] = tuple(mine)
        for item in scenario.acquirables:
            books = issuable_in(scenario, person, item) if item.permission or item.validation else {""}
            for book in sorted(books):
                if span >= 0 and random.random() < (0.95 if careful else 0.4):
                    day = scenario.today + timedelta(days=random.randint(0, random.randint(0, span)))
                    applications.append(Application(person.id, item.id, book, day))
        for event in scenario.trip.events:
            if (not event.travellers or person.id in event.travellers) and random.random() < 0.8:
                day = event.booked_on or _between(scenario.today, event.first_day, random)
                bookings.append(Booking(person.id, event.id, random.choice(event.booked_with or tuple(passports)), day))
    return Itinerary(
        legs=tuple(leg.id for leg in route.legs),
        touches=route.touches,  # type: ignore[arg-type]
        fares=route.fares,
        stays=stays,
        applications=tuple(applications),
        bookings=tuple(bookings),
    )


def _between(first: date, last: date, random: Random) -> date:
    return first + timedelta(days=random.randint(0, max(0, (last - first).days)))


# ---- random assignments


def random_assignment(model: Model, facts: Collection[str], random: Random) -> Values | None:
    """A solution of the model with these facts in force: the one that some random prices make the cheapest."""
    weights = tuple(random.randint(-3, 3) for _ in range(model.program.options))
    reply = solver_of(model, random.randint(0, 99)).ask(
        "optimise", enforced=facts, minimise=(tuple(range(model.program.options)), weights)
    )
    assert reply.status in ("optimal", "infeasible")
    return reply.values


def subsets(model: Model, random: Random) -> Iterator[frozenset[str]]:
    """No fact, all facts, and some."""
    facts = [fact.id for fact in model.program.facts]
    yield frozenset()
    yield frozenset(facts)
    yield frozenset(fact for fact in facts if random.random() < 0.8)


def judge_both_ways(model: Model, random: Random, tries: int) -> Counter[str]:
    """Model and checker agree on random itineraries, and on what the model finds; counts what was seen."""
    seen: Counter[str] = Counter()
    for plan in random_itineraries(model.scenario, model.rules, random, tries):
        for facts in subsets(model, random):
            expected = confirmed(model, plan, facts)
            assert allowed(model, plan, facts) == expected, (plan, sorted(facts))
            seen["refused" if expected is None else "allowed"] += 1
    for facts in subsets(model, random):
        values = random_assignment(model, facts, random)
        if values is not None:
            plan = itinerary(model, values)
            cost = model.program.cost_of(model.program.tightened(values))
            assert confirmed(model, plan, facts) == cost, (plan, sorted(facts))
            seen["found"] += 1
    return seen
