"""When alarms go off: in the morning, and not while somebody sits in an aeroplane."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from planner.scenario.travel import Leg

_DAY = timedelta(days=1)
_MORNING, _NOON, _EVENING = time(9), time(12), time(18)
_AHEAD = (7, 1, 0)  # days before a last date on which its alarms go off


def alarm_on(on: date) -> datetime:
    """The alarm for something to do on a date."""
    return datetime.combine(on, _MORNING)


def alarms_before(on: date, earliest: date, legs: Sequence[Leg]) -> tuple[datetime, ...]:
    """The alarms for a last date, none before `earliest`, but always one for the day itself.

    On a day of travel it goes off before the departure, where that is not before `earliest`.
    """
    found = [_before_travel(on - days * _DAY, legs) for days in _AHEAD]
    last = found[-1] if found[-1].date() >= earliest else alarm_on(on)
    return tuple(sorted({*(at for at in found if at.date() >= earliest), last}))


def _before_travel(on: date, legs: Sequence[Leg]) -> datetime:
    """In the morning of a day; in the evening before if a leg departs before noon; of a longer leg, when it departs."""
    under_way = (leg for leg in legs if leg.departs.date() <= on <= max(leg.departs.date(), leg.arrives.date()))
    leg = next(under_way, None)
    if leg is not None and leg.departs.date() < on:
        return _before_travel(leg.departs.date(), legs)
    if leg is not None and leg.departs.time() < _NOON:
        return datetime.combine(on - _DAY, _EVENING)
    return alarm_on(on)
