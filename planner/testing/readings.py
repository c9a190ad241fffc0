"""Both readings of rules on random journeys: what the checks say, and what the statements about options say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise, product
from random import Random

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from planner.itinerary.choices import Application, Booking, Itinerary, StayChoice, TouchMode
from planner.itinerary.journey import Journey
from planner.itinerary.replay import Unreal, replay
from planner.model.options import Options
from planner.rules.base import Rule, rules_of
from planner.rules.statements import AtMost, Block, Clause, Count, Unmet
from planner.rules.tables import END, START
from planner.scenario.scenario import Scenario
from planner.testing.requiring import require
from planner.verify.checker import costed

Chosen = NDArray[np.bool_]


def compare(scenario: Scenario, kinds: set[str], tries: int, seed: int = 0) -> Counter[str]:
    """Let rules of some kinds judge random journeys in both ways; they must break the same facts and cost the same.

    Returns how many journeys broke each fact, or paid for each such kind, and under "" how many were judged.
    """
    random, seen = Random(seed), Counter[str]()
    options = Options(scenario, rules_of(scenario))
    rules = [rule for rule in options.rules if rule.kind in kinds]
    statements = [statement for rule in rules for statement in rule.restrict(options)]
    for _ in range(tries):
        itinerary, chosen = random_journey(options, random)
        try:
            made = replay(scenario, itinerary)
        except Unreal:
            continue  # relies on a paper that is not obtained
        checked = {broken.fact.id for rule in rules for broken in rule.check(made)}
        stated = {
            statement.fact.id if statement.fact else "structure"
            for statement in statements
            if isinstance(statement, Block | Clause | AtMost) and not holds(statement, chosen)
        }
        told = f"restrict() breaks {sorted(stated)}, check() {sorted(checked)}, on {itinerary}"
        require(stated == checked, told)
        paid = {rule.kind for rule in rules if _paid(rule, options, made, chosen)}
        seen.update(["", *checked, *paid])
    return seen


def agree(scenario: Scenario, tries: int) -> None:
    """Let all rules judge random journeys in both ways; they must break the same facts and cost the same.

    Which visit counts for a stop is for the check to choose; statements hold for one way of counting.
    """
    options = Options(scenario, rules_of(scenario))
    said = [s for rule in options.rules for s in rule.restrict(options) if isinstance(s, Block | Clause | AtMost)]
    about_stops = [s for s in said if s.fact is not None and s.fact.kind == "stop"]
    others = [s for s in said if s not in about_stops]
    for itinerary, chosen in journeys(options, Random(0), tries):
        try:
            journey, costs = costed(scenario, itinerary)
        except Unreal:
            continue  # relies on a paper that is not obtained
        checked = {broken.fact.id for rule in options.rules for broken in rule.check(journey)}
        anyway = broken_by(others, chosen)
        stated = [anyway | broken_by(about_stops, way) for way in ways_to_count_stops(options, chosen)]
        require(checked in stated, f"restrict() breaks one of {stated}, check() {sorted(checked)}, on {itinerary}")
        paid = [chosen[c.options].any() if c.once else chosen[c.options].sum() for c in options.charges()]
        total = sum(charge.amount * int(n) for charge, n in zip(options.charges(), paid, strict=True))
        told = f"charges() take {total}, the checker adds up {journey.cost}, on {itinerary}"
        require(total == journey.cost == sum(line.amount for line in costs), told)


def _paid(rule: Rule, options: Options, made: Journey, chosen: Chosen) -> int:
    """What a journey pays for because of a rule, in minor units."""
    charged = sum(
        charge.amount * int(chosen[charge.options].any() if charge.once else chosen[charge.options].sum())
        for charge in rule.charges(options)
    )
    paid = sum(cost.amount for cost in rule.costs(made))
    require(charged == paid, f"{rule.kind}: charges() takes {charged}, costs() {paid}, on {made.itinerary}")
    return charged


def holds(statement: Block | Clause | AtMost, chosen: Chosen) -> bool:
    """Whether a statement is true of the options chosen."""
    match statement:
        case Block(_, ids):
            return not chosen[ids].any()
        case Clause(_, given, then):
            return bool(chosen[then].any()) or not all(chosen[group].any() for group in given)
        case AtMost(_, counts, bound):
            return sum(count.weight * _times(count, chosen) for count in counts) <= bound


def _times(count: Count | Unmet, chosen: Chosen) -> int:
    """How often a term of a sum counts."""
    if isinstance(count, Unmet):
        return int(not all(holds(clause, chosen) for clause in count.clauses))
    return int(chosen[count.options].any() if count.once else chosen[count.options].sum())


def random_journey(options: Options, random: Random) -> tuple[Itinerary, Chosen]:
    """A random walk over runs, then random stays, applications and bookings, with the options they choose."""
    scenario, runs, changes = options.scenario, options.runs, options.changes
    walk = [START]
    ids: list[int] = []
    while walk[-1] != END:
        row = random.choice(np.flatnonzero(changes.before == walk[-1]).tolist() or [-1])
        if row < 0:  # nothing goes on from here
            walk, ids = [START], []
            continue
        ids.append(int(changes.ids[row]))
        walk.append(int(changes.after[row]))
    taken = walk[1:-1]
    ids += [int(runs.ids[run]) for run in taken]
    legs, touches = list[str](), list[TouchMode]()
    for run in taken:
        touches += (["landside"] if legs else []) + ["airside"] * (len(runs.legs[run]) - 1)  # type: ignore[arg-type]
        legs += [scenario.legs[leg].id for leg in runs.legs[run]]
    crossing = [START, *(run for run in taken if runs.crosses[run]), END]
    stays: dict[str, tuple[StayChoice, ...]] = {}
    applications: list[Application] = []
    bookings: list[Booking] = []
    for traveller in scenario.travellers:
        table, last = options.stays_with_last(traveller.id)
        choices = []
        for before, after in pairwise(crossing):
            fits = (table.entry_run == before) & (table.exit_run == after)
            if after == END:
                fits &= last == walk[-2]
            row = random.choice(np.flatnonzero(fits).tolist())
            ids.append(int(table.ids[row]))
            choices.append(StayChoice(str(table.passport[row]), str(table.exit_passport[row]), str(table.ground[row])))
        stays[traveller.id] = tuple(choices)
        papers = options.applications(traveller.id)
        for what in sorted({*zip(papers.acquirable.tolist(), papers.passport.tolist(), strict=True)}):
            if random.random() < 0.8:
                fits = (papers.acquirable == what[0]) & (papers.passport == what[1])
                row = random.choice(np.flatnonzero(fits).tolist())
                ids.append(int(papers.ids[row]))
                applications.append(Application(traveller.id, *what, date.fromordinal(int(papers.apply_on[row]))))
        lists = options.bookings(traveller.id)
        for event in sorted(set(lists.event.tolist())):
            if random.random() < 0.8:
                row = random.choice(np.flatnonzero(lists.event == event).tolist())
                ids.append(int(lists.ids[row]))
                day = date.fromordinal(int(lists.book_on[row]))
                bookings.append(Booking(traveller.id, event, str(lists.passport[row]), day))
    fares = _fares(scenario, legs)
    ids += [options.fares[fare] for fare in fares]
    chosen = np.zeros(options.ids.used, dtype=bool)
    chosen[ids] = True
    return Itinerary(tuple(legs), tuple(touches), fares, stays, tuple(applications), tuple(bookings)), chosen


def _fares(scenario: Scenario, legs: list[str]) -> tuple[str, ...]:
    """Tickets for the legs, those for more legs first."""
    left, bought = list(legs), list[str]()
    for fare in sorted(scenario.fares, key=lambda fare: -len(fare.legs)):
        if all(leg in left for leg in fare.legs):
            bought.append(fare.id)
            left = [leg for leg in left if leg not in fare.legs]
    return tuple(bought)


def broken_by(statements: list[Block | Clause | AtMost], chosen: Chosen) -> set[str]:
    """The facts of the statements that are not true of the options chosen."""
    return {s.fact.id if s.fact else "structure" for s in statements if not holds(s, chosen)}


def journeys(options: Options, random: Random, count: int) -> Iterator[tuple[Itinerary, Chosen]]:
    """Random journeys and the options that they choose, visits to the places that are wanted among them."""
    options.charges()
    for _ in range(count):
        itinerary, chosen = random_journey(options, random)
        chosen[[options.fares[fare] for fare in itinerary.fares]] = True
        runs = sorted(np.flatnonzero(chosen[options.runs.ids]).tolist(), key=lambda run: options.runs.departs[run])
        for place in options.places():
            inside = START if place.starts_inside else None
            table = place.table
            for run in runs:
                if inside is not None and place.leaving[run]:
                    chosen[table.ids[(table.before == inside) & (table.after == run)]] = True
                    inside = None
                if place.entering[run]:
                    inside = run
            if inside is not None:
                last = runs[-1] if runs else START
                chosen[table.ids[(table.before == inside) & (table.after == END) & (table.last_run == last)]] = True
        if random.random() < 0.7:  # a booking without attending is no possible journey; most do not attend
            itinerary = evolve(itinerary, bookings=())
            for traveller in options.scenario.travellers:
                chosen[options.bookings(traveller.id).ids] = False
        yield itinerary, chosen


def ways_to_count_stops(options: Options, chosen: Chosen) -> Iterator[Chosen]:
    """The same choices with each way of saying which visit counts for which stop."""
    ways = []
    for stop in options.scenario.trip.stops:
        table = options.visits(stop.at)
        rows = np.flatnonzero(chosen[table.ids] & (table.before != START)).tolist()
        ways.append([None, *((stop, row) for row in rows)])
    for way in product(*ways):
        counted = [(stop.place, row) for stop, row in filter(None, way)]
        if len(counted) == len(set(counted)):
            counting = chosen.copy()
            for stop, row in filter(None, way):
                counting[options.chosen(stop.id)[row]] = True
            yield counting
