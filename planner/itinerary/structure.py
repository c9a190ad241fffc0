"""Structure: what no itinerary can do, whatever the law. Every function yields its problems as sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from planner.itinerary.choices import Application, Booking, Itinerary
from planner.itinerary.journey import Journey
from planner.itinerary.touches import why_not_airside
from planner.scenario.documents import Acquirable
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Leg
from planner.scenario.trip import Event


def travel_problems(scenario: Scenario, itinerary: Itinerary) -> Iterator[str]:
    """What is wrong with legs, tickets and changes."""
    unknown = [leg for leg in itinerary.legs if leg not in scenario.leg_by_id]
    if unknown:
        yield from (f"there is no leg {leg}" for leg in unknown)
        return
    legs = [scenario.leg_by_id[leg] for leg in itinerary.legs]
    yield from _route_problems(scenario, legs)
    yield from _ticket_problems(scenario, itinerary)
    if len(itinerary.touches) != max(len(legs) - 1, 0):
        yield f"{len(legs)} legs have {max(len(legs) - 1, 0)} changes, not {len(itinerary.touches)}"
        return
    for first, second, mode in zip(legs, legs[1:], itinerary.touches, strict=False):
        if mode == "airside" and first.to == second.from_:
            tickets = [scenario.fare_by_id[fare].legs for fare in itinerary.fares if fare in scenario.fare_by_id]
            one_ticket = any(first.id in ticket and second.id in ticket for ticket in tickets)
            why = why_not_airside(scenario, first, second, one_ticket=one_ticket)
            if why:
                yield f"the change from {first.id} to {second.id} cannot be made airside: {why}"


def _route_problems(scenario: Scenario, legs: Sequence[Leg]) -> Iterator[str]:
    for leg, count in Counter(leg.id for leg in legs).items():
        if count > 1:
            yield f"leg {leg} is travelled {count} times"
    begins = legs[0].from_ if legs else scenario.trip.start
    ends = legs[-1].to if legs else scenario.trip.start
    if begins != scenario.trip.start:
        yield f"the journey starts at {begins}, not at {scenario.trip.start}"
    if ends != scenario.trip.goal:
        yield f"the journey ends at {ends}, not at {scenario.trip.goal}"
    for first, second in pairwise(legs):
        if first.to != second.from_:
            yield f"{second.id} departs from {second.from_}, but {first.id} arrives at {first.to}"
        if second.departs_utc < first.arrives_utc:
            yield f"{second.id} departs before {first.id} arrives"


def _ticket_problems(scenario: Scenario, itinerary: Itinerary) -> Iterator[str]:
    covered: Counter[str] = Counter()
    for bought in itinerary.fares:
        if bought not in scenario.fare_by_id:
            yield f"there is no fare {bought}"
            continue
        wanted = scenario.fare_by_id[bought].legs
        covered.update(wanted)
        if [leg for leg in itinerary.legs if leg in wanted] != list(wanted):
            yield f"fare {bought} is for {', '.join(wanted)} in that order, which is not what is travelled"
    for leg in itinerary.legs:
        if covered[leg] != 1:
            yield f"leg {leg} is covered by {covered[leg]} fares bought, not by one"


# ---- papers


def choice_problems(scenario: Scenario, itinerary: Itinerary, count: int) -> Iterator[str]:
    """What is wrong with the choices for the stays, of which each traveller must have `count`."""
    for name in itinerary.stays:
        if name not in scenario.traveller_by_id:
            yield f"there is no traveller {name}"
    for traveller in scenario.travellers:
        choices = itinerary.stays.get(traveller.id, ())
        if len(choices) != count:
            yield f"{traveller.label} has {count} stays on this journey, but choices for {len(choices)}"
            continue
        if choices[0].passport or choices[0].ground:
            yield f"{traveller.label} has not entered the stay at the start, so nothing is shown for it"
        if choices[-1].exit_passport:
            yield f"{traveller.label} does not leave the last stay, so no passport is shown at its exit"
        shown = [choice.passport for choice in choices[1:]] + [choice.exit_passport for choice in choices[:-1]]
        for passport in dict.fromkeys(shown):
            if passport:
                yield from _passport_problems(scenario, itinerary, traveller, passport)
            else:
                yield f"{traveller.label} shows no passport at a crossing"
        obtained = {(a.acquirable, a.passport) for a in itinerary.applications if a.traveller == traveller.id}
        held = {permission.id for permission in traveller.permissions}
        for choice in choices[1:]:
            item = scenario.acquirable_by_id.get(choice.ground)
            if item is None or item.permission is None or choice.ground in held:
                continue
            if (choice.ground, choice.passport) not in obtained:
                yield f"{traveller.label} relies on {item.label} in passport {choice.passport}, but does not obtain it"


def application_problems(scenario: Scenario, itinerary: Itinerary) -> Iterator[str]:
    """What is wrong with the applications."""
    seen: set[tuple[str, str, str]] = set()
    for application in itinerary.applications:
        traveller = scenario.traveller_by_id.get(application.traveller)
        item = scenario.acquirable_by_id.get(application.acquirable)
        if traveller is None or item is None:
            yield f"{application.traveller} cannot apply for {application.acquirable}: there is no such name"
            continue
        what = f"{traveller.label}'s application for {item.label}"
        key = (application.traveller, application.acquirable, application.passport)
        if key in seen:
            yield f"{what} is made twice for the same passport"
        seen.add(key)
        if not scenario.begun <= application.on <= scenario.last_departure:
            yield f"{what} is on {application.on}, not between {scenario.begun} and {scenario.last_departure}"
        yield from _issue_problems(scenario, itinerary, traveller, item, application)


def _issue_problems(
    scenario: Scenario, itinerary: Itinerary, traveller: Traveller, item: Acquirable, application: Application
) -> Iterator[str]:
    """Whether the paper can be issued in the passport that the application names."""
    what = f"{traveller.label}'s application for {item.label}"
    if item.permission is None and item.validation is None:
        if application.passport:
            yield f"{what} names passport {application.passport}, but belongs to no passport"
    elif application.passport not in issuable_in(scenario, traveller, item):
        yield f"{what} names passport {application.passport!r}, in which it is not issued"
    else:
        yield from _passport_problems(scenario, itinerary, traveller, application.passport)


def issuable_in(scenario: Scenario, traveller: Traveller, item: Acquirable) -> frozenset[str]:
    """The traveller's passports, held or acquirable, in which a permission or validation may be issued."""
    states = {a.passport.id: a.passport.state for a in scenario.acquirables if a.passport}
    states |= {passport.id: passport.state for passport in traveller.passports}
    if item.passports:
        return frozenset(states.keys() & set(item.passports))
    if item.nationalities:
        return frozenset(passport for passport, state in states.items() if state in item.nationalities)
    return frozenset(states)


def _passport_problems(scenario: Scenario, itinerary: Itinerary, traveller: Traveller, passport: str) -> Iterator[str]:
    """A passport that is used must be held or applied for."""
    if any(held.id == passport for held in traveller.passports):
        return
    sources = {item.id for item in scenario.acquirables if item.passport and item.passport.id == passport}
    if not sources:
        yield f"{traveller.label} has no passport {passport}"
    elif not any(a.traveller == traveller.id and a.acquirable in sources for a in itinerary.applications):
        yield f"{traveller.label} uses passport {passport}, but does not obtain it"


def booking_problems(journey: Journey) -> Iterator[str]:
    """What is wrong with the bookings of a journey."""
    scenario, itinerary = journey.scenario, journey.itinerary
    events = {event.id: event for event in scenario.trip.events}
    seen: set[tuple[str, str]] = set()
    for booking in itinerary.bookings:
        traveller, event = scenario.traveller_by_id.get(booking.traveller), events.get(booking.event)
        if traveller is None or event is None:
            yield f"{booking.traveller} cannot book {booking.event}: there is no such name"
            continue
        what = f"{traveller.label}'s booking of {event.label}"
        if (booking.traveller, booking.event) in seen:
            yield f"{what} is made twice"
        seen.add((booking.traveller, booking.event))
        if event.travellers and booking.traveller not in event.travellers:
            yield f"{what} is not wanted"
        if not attended(journey, event):
            yield f"{what} is pointless: the party is not there from {event.first_day} to {event.end}"
        yield from _date_problems(scenario, event, booking, what)
        if event.booked_with and booking.passport not in event.booked_with:
            yield f"{what} is registered with {booking.passport}, but was made with {', '.join(event.booked_with)}"
        yield from _passport_problems(scenario, itinerary, traveller, booking.passport)


def _date_problems(scenario: Scenario, event: Event, booking: Booking, what: str) -> Iterator[str]:
    if event.booked_on is not None:
        if booking.on != event.booked_on:
            yield f"{what} is on {booking.on}, but was made on {event.booked_on}"
    elif not scenario.begun <= booking.on <= event.first_day:
        yield f"{what} is on {booking.on}, not between {scenario.begun} and {event.first_day}"


def attended(journey: Journey, event: Event) -> bool:
    """Whether the party is on one visit to the event's place from its first day to its last."""
    return any(
        (visit.arrives_on is None or visit.arrives_on <= event.first_day)
        and (visit.departs_on is None or visit.departs_on >= event.end)
        for visit in journey.visits_to(event.at)
    )
