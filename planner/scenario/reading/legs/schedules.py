"""Legs of schedules, date by date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from planner.core.errors import Problem
from planner.core.money import Price
from planner.scenario.node import LegRef
from planner.scenario.reading.legs.written import WEEKDAYS, Schedule, Weekday
from planner.scenario.reading.walk import place_of
from planner.scenario.travel import Leg

MOST = 100_000  # legs of all schedules of a file
LONGEST_RUN = timedelta(days=3660)  # from the first date of a schedule to its last
LONGEST = 100  # days that a leg may take; more is a slip
_LAST = date(2199, 12, 31) - timedelta(days=LONGEST)  # so that arrivals stay within the years of planning


def legs_of(schedule: Schedule, today: date) -> Iterator[Leg]:
    """The legs that depart today or later, by date. `JS151:2025-03-04` is the one of schedule JS151 on that date."""
    for day in _dates(schedule):
        if today <= day <= _LAST and schedule.arrives_days <= LONGEST:
            yield Leg(
                id=LegRef(f"{schedule.id}:{day}"),
                mode=schedule.mode,
                from_=schedule.from_,
                to=schedule.to,
                departs=datetime.combine(day, schedule.departs),
                arrives=datetime.combine(day + timedelta(days=schedule.arrives_days), schedule.arrives),
                operator=schedule.operator,
                price=price_on(schedule, day),
                per=schedule.per,
                exit_port=schedule.exit_port,
                entry_port=schedule.entry_port,
                where=schedule.where,
            )


def check_schedule(schedule: Schedule) -> Iterator[Problem]:
    """It runs at all, no date is both left out and added, and nobody travels for months."""
    for index, day in enumerate(schedule.also):
        if day in schedule.except_:
            yield Problem(place_of(schedule, "also", index), f"also: {day} is in except, too")
    if schedule.last - schedule.first > LONGEST_RUN and schedule.last <= _LAST:
        message = f"schedule {schedule.id!r} runs for more than ten years"
        yield Problem(schedule.where.of("last"), message, f"from {schedule.first} at most to {_end(schedule)}")
    elif schedule.first <= schedule.last and not _dates(schedule):
        hint = f"days are {', '.join(schedule.days)}, from {schedule.first} to {schedule.last}"
        yield Problem(schedule.where.place, f"schedule {schedule.id!r} runs on no date", hint)
    if schedule.arrives_days > LONGEST:
        message = f"arrives_days: a leg of {schedule.arrives_days} days is longer than the {LONGEST} that are possible"
        yield Problem(schedule.where.of("arrives_days"), message)
    if max(schedule.last, *schedule.also, date.min) > _LAST:
        yield Problem(schedule.where.of("last"), f"schedule {schedule.id!r} runs too far ahead", f"at most to {_LAST}")


def price_on(schedule: Schedule, day: date) -> Price | None:
    """What its leg on a date costs: by the first of `prices` that holds then, else `price`."""
    for open_price in schedule.prices:
        since, until = open_price.from_ or date.min, open_price.to or date.max
        if since <= day <= until and _weekday(day) in open_price.days:
            return open_price.price
    return schedule.price


def _dates(schedule: Schedule) -> list[date]:
    first, last = schedule.first.toordinal(), min(schedule.last, _LAST, _end(schedule)).toordinal()
    regular = (date.fromordinal(number) for number in range(first, last + 1))
    found = {day for day in regular if _weekday(day) in schedule.days}
    return sorted((found | set(schedule.also)) - set(schedule.except_))


def _end(schedule: Schedule) -> date:
    """The last date that counts."""
    return schedule.first + min(LONGEST_RUN, date.max - schedule.first)


def _weekday(day: date) -> Weekday:
    return WEEKDAYS[day.weekday()]
