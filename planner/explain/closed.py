"""Which ways to go on each fact of a conflict closes by itself, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from planner.answer import Closed
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
        blocked = [options for blocker, options in model.program.blocks if blocker == literal]
        gone = np.zeros(model.program.options, dtype=bool)
        for options in blocked:
            gone[options] = True
        ways = list(dict.fromkeys(_ways(model.options, gone)))
        if ways:
            found.append(Closed(fact=fact, ways=tuple(ways[:TOLD]), count=len(ways)))
    return tuple(found)


def _ways(options: Options, gone: NDArray[np.bool_]) -> Iterator[str]:
    scenario = options.scenario
    for run in np.flatnonzero(gone[options.runs.ids]).tolist():
        yield "take " + " and ".join(scenario.legs[leg].id for leg in options.runs.legs[run])
    changes = options.changes
    for row in np.flatnonzero(gone[changes.ids]).tolist():
        if changes.before[row] < 0 <= changes.after[row]:
            yield f"leave {changes.end_port[row]} on {_day(changes.departs_on[row])}"
        elif changes.after[row] < 0 <= changes.before[row]:
            yield f"arrive at {changes.port[row]} at the end on {_day(changes.arrives_on[row])}"
        elif changes.before[row] >= 0:
            yield f"change at {changes.port[row]} on {_day(changes.arrives_on[row])}"
    for person in scenario.travellers:
        stays = options.stays(person.id)
        for row in np.flatnonzero(gone[stays.ids] & stays.enters).tolist():
            ground = f" on {stays.ground[row]}" if stays.ground[row] else " on nothing"
            zone = scenario.name_of(str(stays.zone[row]))
            where = f"enter {zone} at {stays.entry_port[row]} on {_day(stays.entry_on[row])}"
            yield f"{person.label}: {where} with passport {stays.passport[row]}{ground}"
        applications = options.applications(person.id)
        for row in np.flatnonzero(gone[applications.ids]).tolist():
            yield f"{person.label}: apply for {applications.acquirable[row]} on {_day(applications.apply_on[row])}"
        bookings = options.bookings(person.id)
        for row in np.flatnonzero(gone[bookings.ids]).tolist():
            day = _day(bookings.book_on[row])
            yield f"{person.label}: book {bookings.event[row]} on {day} with passport {bookings.passport[row]}"


def _day(ordinal: int) -> date:
    return date.fromordinal(int(ordinal))
