"""Which ways to go on each fact of a conflict closes by itself: alike but for the date, they are one way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from planner.answer import Closed
from planner.core.time import written
from planner.model.options import Options
from planner.rules.facts import Fact
from planner.solving.search import Search, Whole

TOLD = 20  # ways told of one fact


def closed_ways(search: Search, facts: Sequence[Fact]) -> tuple[Closed, ...]:
    """For each fact that blocks options, what these are; nothing where there is no one model of all legs."""
    if not isinstance(search, Whole):
        return ()
    model = search.model
    found = []
    for fact in facts:
        literal = model.program.literal(fact)
        gone = np.zeros(model.program.options, dtype=bool)
        for blocker, options in model.program.blocks:
            if blocker == literal:
                gone[options] = True
        days: defaultdict[str, set[int]] = defaultdict(set)
        for way, day in _ways(model.options, gone):
            days[way].add(int(day))
        if days:
            told = tuple(f"{way} {_when(dates)}" for way, dates in days.items())
            found.append(Closed(fact=fact, ways=told[:TOLD], count=len(told)))
    return tuple(found)


def _ways(options: Options, gone: NDArray[np.bool_]) -> Iterator[tuple[str, int]]:
    """What is gone, in words, each with its date (a proleptic ordinal)."""
    scenario, runs, changes = options.scenario, options.runs, options.changes
    for run in np.flatnonzero(gone[runs.ids]).tolist():
        yield "taking " + " and ".join(scenario.legs[leg].id for leg in runs.legs[run]), runs.departs_on[run]
    for row in np.flatnonzero(gone[changes.ids]).tolist():
        if changes.before[row] < 0 <= changes.after[row]:
            yield f"leaving {changes.end_port[row]}", changes.departs_on[row]
        elif changes.after[row] < 0 <= changes.before[row]:
            yield f"ending the trip in {changes.port[row]}", changes.arrives_on[row]
        elif changes.before[row] >= 0:
            yield f"changing at {changes.port[row]}", changes.arrives_on[row]
    for person in scenario.travellers:
        stays = options.stays(person.id)
        for row in np.flatnonzero(gone[stays.ids] & stays.enters).tolist():
            ground = f" on {stays.ground[row]}" if stays.ground[row] else ", admitted by nothing,"
            zone = f"{scenario.name_of(str(stays.zone[row]))} at {stays.entry_port[row]}"
            yield f"{person.label} entering {zone} with passport {stays.passport[row]}{ground}", stays.entry_on[row]
        applications = options.applications(person.id)
        for row in np.flatnonzero(gone[applications.ids]).tolist():
            item = scenario.acquirable_by_id[str(applications.acquirable[row])]
            yield f"{person.label} applying for {item.label}", applications.apply_on[row]
        bookings = options.bookings(person.id)
        for row in np.flatnonzero(gone[bookings.ids]).tolist():
            way = f"{person.label} booking {bookings.event[row]} with passport {bookings.passport[row]}"
            yield way, bookings.book_on[row]


def _when(days: set[int]) -> str:
    first, last = (written(date.fromordinal(day)) for day in (min(days), max(days)))
    return f"on {first}" if len(days) == 1 else f"from {first} to {last}"
