"""The trip in a calendar: legs, stays, and the events attended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from planner.answer import Plan
from planner.itinerary.journey import Crossing, Stay
from planner.report.calendar.happening import Happening, Instant, title
from planner.report.told.desks import DeskTold
from planner.report.told.trip import Between, LegTold, PortTold, trip
from planner.report.words import count, day, duration, listed, moment
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Leg

_DAY = timedelta(days=1)
_SOON = timedelta(days=366)  # a date to leave by that is later need not stand in a title
_DESKS = {"check_in": "check-in", "checks": "border checks between", "exit": "exit", "entry": "entry"}


def travelling(scenario: Scenario, plan: Plan) -> Iterator[Happening]:
    """Legs with what to show at each desk, stays with until when they may last, events attended."""
    told, legs = trip(plan), plan.journey.legs
    undated = [reminder.text for reminder in plan.reminders if not reminder.from_on and not reminder.by_on]
    for leg, said in zip(legs, told.legs, strict=True):
        also = [f"also see to: {text}" for text in undated] if said.number == 1 else []
        yield _leg(scenario, leg, said, also)
    yield from _stays(scenario, plan, told.legs)
    for item in (*told.before, *(item for leg in told.legs for item in leg.after)):
        if item.sort == "event":
            yield _attended(scenario, item)


def _leg(scenario: Scenario, leg: Leg, told: LegTold, also: list[str]) -> Happening:
    operator = f", {told.operator}" if told.operator else ""
    changes = [item.text for item in told.after if item.sort == "airside"]
    return Happening(
        key=("leg", leg.id),
        summary=f"{_town(told.from_)} to {_town(told.to)}",
        lines=(
            f"{told.number}. {told.id} ({told.mode}{operator})",
            f"leave {moment(told.departs)} {told.from_.full}",
            f"arrive {moment(told.arrives)} {told.to.full}",
            *_desks(scenario, told),
            *changes,
            *also,
        ),
        begins=Instant(leg.departs_utc, scenario.ports[leg.from_].timezone),
        ends=Instant(leg.arrives_utc, scenario.ports[leg.to].timezone),
        location=told.from_.full,
        busy=True,
    )


def _town(port: PortTold) -> str:
    return port.id if port.town == port.id else f"{port.town} ({port.id})"


def _desks(scenario: Scenario, told: LegTold) -> Iterator[str]:
    """What everybody shows, desk by desk."""
    for desk in told.desks:
        between = f" {desk.place}" if desk.desk == "checks" else ""
        yield f"{_who(scenario, desk)}{_DESKS[desk.desk]}{between}: {desk.sentence}"


def _who(scenario: Scenario, desk: DeskTold) -> str:
    return f"{desk.who}, " if len(scenario.travellers) > 1 else ""


def _stays(scenario: Scenario, plan: Plan, told: tuple[LegTold, ...]) -> Iterator[Happening]:
    """The party's stays, but that at the start. All of a party enter and leave together; their papers differ."""
    somebody = scenario.travellers[0].id
    for stay in plan.journey.stays[somebody]:
        if stay.entry is None:
            continue
        entered = next(leg for leg in told if leg.id == stay.entry.leg.id)
        entries = [desk for desk in entered.desks if desk.desk == "entry"]
        limits = [desk.until_on for desk in entries if desk.until_on is not None]
        if stay.exit is None and not limits:
            continue  # home, or somewhere for good
        yield _stay(scenario, stay, stay.entry, entries, told)


def _stay(
    scenario: Scenario, stay: Stay, entry: Crossing, entries: list[DeskTold], told: tuple[LegTold, ...]
) -> Happening:
    """Whole days where there is a night between, else from arrival to departure."""
    numbers = {leg.id: leg.number for leg in told}
    first, last = numbers[entry.leg.id], numbers[stay.exit.leg.id] if stay.exit else len(told) + 1
    towns = [item.text for leg in told[first - 1 : last - 1] for item in leg.after if item.sort == "stay"]
    limit = min((desk.until_on for desk in entries if desk.until_on is not None), default=None)
    leave_by = f"; leave by {day(limit)}" if limit is not None and limit - entry.on < _SOON else ""
    begins, ends, length = _times(scenario, entry, stay.exit)
    return Happening(
        key=("stay", stay.zone),
        summary=title(f"{scenario.name_of(stay.zone)}{length}{leave_by}"),
        lines=(*(f"{_who(scenario, desk)}entry: {desk.sentence}" for desk in entries), *towns),
        begins=begins,
        ends=ends,
    )


def _times(scenario: Scenario, entry: Crossing, left: Crossing | None) -> tuple[Instant | date, Instant | date, str]:
    """From when to when a stay is shown, and how long it is in words: of the last one, only its first day is known."""
    nights = (left.on - entry.on).days if left else 0
    if left is None or nights > 0:
        return entry.on, entry.on + (nights + 1) * _DAY, f", {count(nights, 'night')}" if nights else ""
    begins = Instant(entry.at, scenario.ports[entry.leg.to].timezone)
    ends = Instant(left.at, scenario.ports[left.leg.from_].timezone)
    return begins, ends, f", {duration(left.at - entry.at)}"


def _attended(scenario: Scenario, item: Between) -> Happening:
    event = next(event for event in scenario.trip.events if event.id == item.event)
    return Happening(
        key=("event", event.id),
        summary=title(event.label),
        lines=(item.text,),
        begins=event.first_day,
        ends=event.end + _DAY,
        location=listed(map(scenario.name_of, event.at), "or"),
    )
