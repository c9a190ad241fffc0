"""Steps in which dates and counts are moved: small ones first, and no further than is of use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from planner.scenario.scenario import Scenario

STEPS = (*range(1, 15), 21, 30, 45, 60, 90)  # days, nights


def later(day: date, until: date) -> Iterator[tuple[int, date]]:
    """By how many days a date is moved, and to which, up to the first that is not before `until`."""
    for step in up_to((until - day).days):
        if day.toordinal() + step <= date.max.toordinal():
            yield step, day + timedelta(days=step)


def earlier(day: date, until: date) -> Iterator[tuple[int, date]]:
    """The same the other way: down to `until`, and never past it."""
    most = (day - until).days
    for step in up_to(most):
        days = min(step, most)
        yield days, day - timedelta(days=days)


def fewer(count: int) -> Iterator[int]:
    """Smaller counts, one by one at first, without 0."""
    yield from (count - step for step in STEPS if step < count)


def more(count: int, until: int) -> Iterator[int]:
    """Greater counts, one by one at first, up to the first that is not below `until`."""
    yield from (count + step for step in up_to(until - count))


def up_to(most: int) -> Iterator[int]:
    """The steps up to the first that is not below `most`."""
    for step in STEPS if most > 0 else ():
        yield step
        if step >= most:
            return


def first_day(scenario: Scenario) -> date:
    """The first civil date on which a leg departs, or `today` if that is later or there is none."""
    days = [leg.departs.date() for leg in scenario.legs]
    if scenario.timetable is not None and len(scenario.timetable):
        days.append(date.fromordinal(int(scenario.timetable.departs_on.min())))
    return max(scenario.today, min(days, default=scenario.today))


def last_day(scenario: Scenario) -> date:
    """The last civil date on which a leg arrives, or `today` if there is none."""
    days = [leg.arrives.date() for leg in scenario.legs]
    if scenario.timetable is not None and len(scenario.timetable):
        days.append(date.fromordinal(int(scenario.timetable.arrives_on.max())))
    return max(days, default=scenario.today)
