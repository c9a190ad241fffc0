"""How long a stay may last: for the checking side of rules. The solving side has its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Literal

from attrs import evolve, field, frozen

from planner.core.period import Period
from planner.core.time import day_start, to_local
from planner.itinerary.journey import Journey, Stay
from planner.scenario.node import CountFrom


@frozen(kw_only=True)
class Limit:
    """The end of a lawful stay: its last civil date and, where hours count, the instant (wall clock at the entry).

    `why` says what ends it, after «until 3 April, »; "" where that is the limit of the stay itself.
    """

    on: date
    at: datetime | None = None
    why: str = field(default="", eq=False)

    @property
    def order(self) -> tuple[date, datetime]:
        """What limits are compared by: earlier ones are lower."""
        return self.on, self.at or datetime.max


def too_long(stay: Stay, limit: Period, count_from: CountFrom) -> bool:
    """Whether a stay goes on after its limit, in days and months by civil dates, in hours from the instant of entry."""
    if stay.entry is None or stay.last_on is None or stay.last_at is None:
        return False
    if limit.unit == "hours":
        return stay.last_at - stay.entry.at > limit.count * 60
    return stay.last_on > limit.last_day(stay.entry.on, count_from)


def counted(journey: Journey, stay: Stay, length: Period, count_from: CountFrom) -> Limit:
    """The end of a length of time that begins with the entry of a stay."""
    assert stay.entry is not None
    if length.unit == "hours":
        return after_hours(journey, stay, length, "entry")
    return Limit(on=length.last_day(stay.entry.on, count_from))


def after_hours(journey: Journey, stay: Stay, length: Period, clock_from: Literal["entry", "next_midnight"]) -> Limit:
    """The end of a number of hours that run from the entry of a stay, or from the midnight after it."""
    assert stay.entry is not None
    zone = journey.scenario.ports[stay.entry.leg.to].timezone
    start = stay.entry.at
    if clock_from == "next_midnight":
        start = day_start(stay.entry.on + timedelta(days=1), zone)
    end = to_local(start + length.count * 60, zone)
    return Limit(on=(end - timedelta(minutes=1)).date(), at=end)


def drawn_out(journey: Journey, stay: Stay, allowed: Callable[[Journey], bool], days: int) -> Limit | None:
    """The last date to which a stay could go on as the journey's last one, if `allowed` says no at some time.

    None: it still says yes `days` dates after the entry. What is allowed up to a date must be so up to earlier ones.
    """
    assert stay.entry is not None
    assert stay.last_on is not None
    before = journey.stays[stay.traveller][: stay.index]

    def until(day: date) -> bool:
        stays = (*before, evolve(stay, last_on=day))
        return allowed(evolve(journey, stays=journey.stays | {stay.traveller: stays}))

    good, bad = stay.last_on, max(stay.last_on, stay.entry.on) + timedelta(days=days)
    if until(bad):
        return None
    while (bad - good).days > 1:
        middle = good + (bad - good) // 2
        good, bad = (middle, bad) if until(middle) else (good, middle)
    return Limit(on=good)
