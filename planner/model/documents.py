"""Application and booking options: what could be applied for or booked, in which passport, on which date."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from planner.rules.leads import ready_days
from planner.rules.statements import Ids
from planner.rules.tables import Applications, Bookings
from planner.scenario.holdings import issued_in, passports_of
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario
from planner.scenario.trip import Event


def application_rows(scenario: Scenario, traveller: Traveller, take: Callable[[int], Ids]) -> Applications:
    """Each acquirable × passport it may be issued in × date from `today` to the last departure of any leg."""
    days = range(scenario.today.toordinal(), scenario.last_departure.toordinal() + 1)
    rows: list[tuple[str, str]] = []
    dates: list[tuple[int, int]] = []
    for item in scenario.acquirables:
        ready = ready_days(scenario, item, days)
        for passport in issued_in(scenario, traveller, item):
            rows.extend([(item.id, passport)] * len(days))
            dates.extend(zip(days, ready, strict=True))
    names = np.array(rows, dtype=str).reshape(-1, 2)
    times = np.array(dates, dtype=np.int64).reshape(-1, 2)
    return Applications(
        ids=take(len(rows)),
        acquirable=names[:, 0],
        passport=names[:, 1],
        apply_on=times[:, 0],
        ready_on=times[:, 1],
    )


def booking_rows(scenario: Scenario, traveller: Traveller, take: Callable[[int], Ids]) -> Bookings:
    """Each event the traveller wants × passport × date from `today` to the event's first day."""
    states = passports_of(scenario, traveller)
    rows = [
        (event.id, passport, state, day)
        for event in scenario.trip.events
        if not event.travellers or traveller.id in event.travellers
        for passport, state in states.items()
        if not event.booked_with or passport in event.booked_with
        for day in _booking_days(scenario, event)
    ]
    return Bookings(
        ids=take(len(rows)),
        event=np.array([row[0] for row in rows], dtype=str),
        passport=np.array([row[1] for row in rows], dtype=str),
        state=np.array([row[2] for row in rows], dtype=str),
        book_on=np.array([row[3] for row in rows], dtype=np.int64),
    )


def _booking_days(scenario: Scenario, event: Event) -> range:
    if event.booked_on is not None:
        return range(event.booked_on.toordinal(), event.booked_on.toordinal() + 1)
    return range(scenario.today.toordinal(), event.first_day.toordinal() + 1)
