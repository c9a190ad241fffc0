"""What is said to have happened before today has, and agrees with where the trip starts."""

from __future__ import annotations

from collections.abc import Iterator

from planner.core.errors import Problem
from planner.scenario.people import PastStay, Traveller
from planner.scenario.reading.checks.case import Case, problem


def check_past(case: Case) -> Iterator[Problem]:
    """Births, past stays and bookings made lie before today; who is still somewhere starts there."""
    if not case.whole("today"):
        return
    today = case.written.today
    for traveller in case.written.travellers:
        if traveller.born is not None and traveller.born > today:
            yield problem(traveller, "born", f"born ({traveller.born}) lies after today ({today})")
        for stay in traveller.past_stays:
            yield from _past(case, stay) if stay.from_ > today or stay.to else _still_there(case, traveller, stay)
    for event in case.written.trip.events:
        if event.booked_on is not None and event.booked_on > today:
            message = f"booked_on ({event.booked_on}) lies after today ({today})"
            yield problem(event, "booked_on", message, "leave it out if the booking is still to be made")


def _past(case: Case, stay: PastStay) -> Iterator[Problem]:
    today = case.written.today
    if stay.from_ > today:
        yield problem(
            stay, "from", f"a past stay cannot begin after today ({today})", "future stays are found by planning"
        )
    elif stay.to and stay.to > today:
        yield problem(stay, "to", f"a past stay cannot end after today ({today})", "leave out `to` if it still lasts")


def _still_there(case: Case, traveller: Traveller, stay: PastStay) -> Iterator[Problem]:
    """A stay without an end lasts until the trip leaves that place: the trip starts there, or in a zone around it."""
    scenario = case.scenario
    start = scenario.ports.get(scenario.trip.start)
    if start is None or not case.whole("zones", "rulebooks", "territories", "ports"):
        return
    places, day = (stay.territory, start.territory), scenario.today
    zones = (zone.id for zone in scenario.law.zones)
    if scenario.permission_zone(places[0], day) == scenario.permission_zone(places[1], day):
        return
    if not any(all(scenario.in_clock(zone, place, day) for place in places) for zone in zones):
        message = (
            f"a past stay of {traveller.id!r} in {scenario.name_of(stay.territory)} still lasts, but the trip starts "
            f"at {start.id}, in {scenario.name_of(start.territory)}"
        )
        yield problem(stay, "territory", message, "add `to`, the last day there")
