"""The journey: its legs in local times and days of the trip, what is shown at each desk, what happens between."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal

from attrs import frozen

from planner.answer import Plan
from planner.itinerary.journey import Journey, Touch
from planner.report.told.desks import DeskTold, desks
from planner.report.words import count, day, days_later, duration, place_name, port_name
from planner.scenario.node import Mode
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Leg


@frozen(kw_only=True)
class PortTold:
    """A port. `town` is where people say they are; `full` has its name and id, `short` the town and the id."""

    id: str
    name: str
    town: str
    full: str  # «Beijing Capital International Airport (PEK)»
    short: str  # «Beijing (PEK)»


@frozen(kw_only=True)
class Between:
    """What happens after a leg, or before the first one, in a sentence; a night or more somewhere, or an event.

    `minutes` and `nights` are those between two legs; `first` and `last` the dates of an event, `label` its name, `day`
    the day of the trip on which it begins.
    """

    sort: Literal["airside", "stay", "event"]
    port: str  # "" for an event
    text: str
    minutes: int = 0
    nights: int = 0
    event: str = ""
    label: str = ""
    day: int = 0
    first: date | None = None
    last: date | None = None


@frozen(kw_only=True)
class LegTold:
    """A leg. Times are local; days of the trip count from 1, the local date of the first departure.

    `shift` is how many days the date of arrival is after that of departure, below 0 over the date line.
    """

    number: int
    id: str
    mode: Mode
    operator: str
    from_: PortTold
    to: PortTold
    departs: datetime
    arrives: datetime
    day: int
    arrival_day: int
    shift: int
    desks: tuple[DeskTold, ...]  # for each traveller: check-in, exit, entry
    after: tuple[Between, ...]

    @property
    def arrival(self) -> str:
        """Time of arrival, with how many dates later that is: «17:25 +1 day»."""
        return f"{self.arrives:%H:%M}{f' {days_later(self.shift)}' if self.shift else ''}"


@frozen(kw_only=True)
class Row:
    """A row of the journey as a table: a leg, or what happens between legs, with its day and date if it has any."""

    day: int | None
    on: date | None
    leg: LegTold | None
    text: str  # "" for a leg


@frozen(kw_only=True)
class TripTold:
    """The whole journey; without legs, nobody travels."""

    before: tuple[Between, ...]  # events at home
    legs: tuple[LegTold, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """Legs, nights and events in order."""
        found = [_row(item) for item in self.before]
        for leg in self.legs:
            found.append(Row(day=leg.day, on=leg.departs.date(), leg=leg, text=""))
            found += [_row(item) for item in leg.after]
        return tuple(found)

    @property
    def limited(self) -> bool:
        """Whether some stay has a last lawful day, so that it is to be said what «until» means."""
        return any(desk.until_on for leg in self.legs for desk in leg.desks)


def _row(item: Between) -> Row:
    if item.sort != "event":
        return Row(day=None, on=None, leg=None, text=item.text)
    last = f", until {day(item.last)}" if item.last and item.last != item.first else ""
    return Row(day=item.day, on=item.first, leg=None, text=f"{item.label}{last}")


def trip(plan: Plan) -> TripTold:
    """The journey of a plan."""
    journey = plan.journey
    return TripTold(
        before=tuple(_events(journey, None)),
        legs=tuple(_leg(journey, number, leg) for number, leg in enumerate(journey.legs, 1)),
    )


def _leg(journey: Journey, number: int, leg: Leg) -> LegTold:
    first, departs, arrives = journey.legs[0].departs.date(), leg.departs.date(), leg.arrives.date()
    touch = journey.touches[number - 1 : number]
    return LegTold(
        number=number,
        id=leg.id,
        mode=leg.mode,
        operator=leg.operator,
        from_=_port(journey.scenario, leg.from_),
        to=_port(journey.scenario, leg.to),
        departs=leg.departs,
        arrives=leg.arrives,
        day=(departs - first).days + 1,
        arrival_day=(arrives - first).days + 1,
        shift=(arrives - departs).days,
        desks=tuple(desks(journey, leg)),
        after=(*(_between(journey.scenario, change) for change in touch), *_events(journey, leg)),
    )


def _port(scenario: Scenario, port: str) -> PortTold:
    return PortTold(
        id=port,
        name=scenario.name_of(port),
        town=scenario.town_of(port),
        full=port_name(scenario, port),
        short=place_name(scenario, port),
    )


def _between(scenario: Scenario, touch: Touch) -> Between:
    """What happens between a leg and the next."""
    minutes = touch.outbound.departs_utc - touch.inbound.arrives_utc
    nights = (touch.outbound.departs.date() - touch.inbound.arrives.date()).days
    if touch.mode == "airside":
        text = f"change at {place_name(scenario, touch.port)} without leaving the transit area, {duration(minutes)}"
        return Between(sort="airside", port=touch.port, text=text, minutes=minutes, nights=nights)
    length = count(nights, "night") if nights > 0 else duration(minutes)
    text = f"in {place_name(scenario, touch.port)} for {length}"
    return Between(sort="stay", port=touch.port, text=text, minutes=minutes, nights=nights)


def _events(journey: Journey, after: Leg | None) -> Iterator[Between]:
    """The events attended on visits that begin with the arrival of a leg (None: before the first one)."""
    booked = {booking.event for booking in journey.itinerary.bookings}
    for event in journey.scenario.trip.events:
        for visit in journey.visits_to(event.at) if event.id in booked else ():
            begun = visit.arrives_on is None or visit.arrives_on <= event.first_day
            stayed = visit.departs_on is None or event.end <= visit.departs_on
            if begun and stayed and visit.inbound == after:
                last = f" to {day(event.end)}" if event.end != event.first_day else ""
                yield Between(
                    sort="event",
                    port="",
                    text=f"{event.label}: {day(event.first_day)}{last}",
                    event=event.id,
                    label=event.label,
                    day=(event.first_day - journey.legs[0].departs.date()).days + 1,
                    first=event.first_day,
                    last=event.end,
                )
