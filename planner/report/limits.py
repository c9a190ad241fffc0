"""Until when a stay may last: what its ground says, and counts of days over several stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Literal

from attrs import evolve, frozen

from planner.core.period import Period
from planner.core.time import day_start, to_local
from planner.itinerary.journey import Journey, Stay
from planner.report.grounds import GroundNamed, ground_of
from planner.rules.kinds.rolling_window import RollingWindow
from planner.rules.kinds.transit_without_visa import TransitWithoutVisa
from planner.scenario.documents import Acquirable, NewPermission
from planner.scenario.law import Admission
from planner.scenario.node import CountFrom
from planner.scenario.people import Permission


@frozen(kw_only=True)
class Limit:
    """The end of a lawful stay: its last civil date and, where hours count, the instant (wall clock at the entry)."""

    on: date
    at: datetime | None = None


def until(journey: Journey, stay: Stay) -> Limit | None:
    """Until when a stay may last, all stays before it being as planned. None: nothing limits it, or no entry.

    The date by which one must *enter* is no limit of the stay.
    """
    traveller = journey.scenario.traveller_by_id[stay.traveller]
    ground = ground_of(journey.scenario, traveller, stay.ground)
    if stay.entry is None or ground is None:
        return None
    limits = [limit for limit in (*_limits(journey, stay, ground), *_counts(journey, stay)) if limit.on < date.max]
    return min(limits, key=lambda limit: (limit.on, limit.at or datetime.max), default=None)


def _counts(journey: Journey, stay: Stay) -> Iterator[Limit]:
    """For each rolling window, the last date to which the stay could be drawn out."""
    for rule in journey.scenario.law.rules:
        if isinstance(rule, RollingWindow) and stay.entry is not None and stay.last_on is not None:
            # Longer than the window, and every date in it counts.
            good, bad = stay.last_on, max(stay.last_on, stay.entry.on) + timedelta(days=rule.days + 1)
            if _allows(rule, journey, stay, bad):
                continue
            while (bad - good).days > 1:
                middle = good + (bad - good) // 2
                if _allows(rule, journey, stay, middle):
                    good = middle
                else:
                    bad = middle
            yield Limit(on=good)


def _allows(rule: RollingWindow, journey: Journey, stay: Stay, last: date) -> bool:
    """Whether a rule lets the stay, as the last one of the journey, go on to that date."""
    so_far = (*journey.stays[stay.traveller][: stay.index], evolve(stay, last_on=last))
    drawn_out = evolve(journey, stays=journey.stays | {stay.traveller: so_far})
    fact = rule.fact(journey.scenario, journey.scenario.traveller_by_id[stay.traveller])
    return all(broken.fact != fact for broken in rule.check(drawn_out))


def _limits(journey: Journey, stay: Stay, ground: GroundNamed) -> Iterator[Limit]:
    item = ground.item
    terms: Permission | NewPermission | None = None
    if isinstance(item, Acquirable):
        terms = item.permission
    elif isinstance(item, Permission):
        terms = item
    elif isinstance(item, Admission):
        if item.max_stay is not None:
            yield _counted(journey, stay, item.max_stay, item.count_from)
    elif isinstance(item, TransitWithoutVisa):
        if item.stay.unit == "hours":
            yield _after_hours(journey, stay, item.stay, item.clock_from)
        else:
            yield _counted(journey, stay, item.stay, "entry_day" if item.clock_from == "entry" else "day_after")
    if terms is not None:
        if terms.max_stay is not None:
            yield _counted(journey, stay, terms.max_stay, terms.count_from)
        if terms.valid_after_first_entry is not None:
            first = _first_entry(journey, stay, each_passport=isinstance(item, Acquirable))
            yield _counted(journey, first, terms.valid_after_first_entry, terms.count_from)


def _first_entry(journey: Journey, stay: Stay, *, each_passport: bool) -> Stay:
    """The traveller's first stay that rests on the same ground; each copy of an acquired paper counts for itself."""
    return next(
        other
        for other in journey.stays[stay.traveller]
        if other.entry is not None
        and other.ground == stay.ground
        and (not each_passport or other.passport == stay.passport)
    )


def _counted(journey: Journey, stay: Stay, length: Period, count_from: CountFrom) -> Limit:
    assert stay.entry is not None
    if length.unit == "hours":
        return _after_hours(journey, stay, length, "entry")
    return Limit(on=length.last_day(stay.entry.on, count_from))


def _after_hours(journey: Journey, stay: Stay, length: Period, clock_from: Literal["entry", "next_midnight"]) -> Limit:
    assert stay.entry is not None
    zone = journey.scenario.ports[stay.entry.leg.to].timezone
    start = stay.entry.at
    if clock_from == "next_midnight":
        start = day_start(stay.entry.on + timedelta(days=1), zone)
    end = to_local(start + length.count * 60, zone)
    return Limit(on=(end - timedelta(minutes=1)).date(), at=end)
