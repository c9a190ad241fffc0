"""Times in calendars: which form they are written in, and time zones described with their changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from planner.core.time import at_zone, zone
from planner.report.calendar.happening import Instant


def local(instant: Instant) -> datetime:
    """The time in its zone; in UTC where clocks show it twice, as programs do not agree which of the two is meant."""
    shown = at_zone(instant.minutes, instant.zone)
    twice = shown.replace(fold=0).utcoffset() != shown.replace(fold=1).utcoffset()
    return shown.astimezone(UTC) if twice else shown


def time_zone(name: str, first: date, last: date) -> Timezone:
    """A zone's offset on a date and each change of it up to another date.

    `icalendar` can do that too, but begins a change to later clocks an hour late: RFC 5545 counts the beginning in the
    offset before the change.
    """
    found = Timezone()
    found.add("tzid", name)
    moment, end = datetime.combine(first, time(), UTC), datetime.combine(last, time(), UTC)
    before = moment.astimezone(zone(name))
    found.add_component(_observance(before, before))
    while moment < end:
        following = moment + timedelta(days=1)
        if _offset(moment, name) != _offset(following, name):
            moment = _change(moment, following, name)
            before = (moment - timedelta(seconds=1)).astimezone(zone(name))
            found.add_component(_observance(before, moment.astimezone(zone(name))))
        moment = following
    return found


def _observance(before: datetime, begins: datetime) -> TimezoneStandard | TimezoneDaylight:
    """The offset that holds from an instant on; `before` is the instant before it."""
    part = TimezoneDaylight() if begins.dst() else TimezoneStandard()
    offset = before.utcoffset()
    assert offset is not None
    part.add("dtstart", (begins.astimezone(UTC) + offset).replace(tzinfo=None))
    part.add("tzoffsetfrom", offset)
    part.add("tzoffsetto", begins.utcoffset())
    part.add("tzname", begins.tzname())
    return part


def _change(low: datetime, high: datetime, name: str) -> datetime:
    """The first instant, to the second, with the offset of `high`; both are in UTC, with one change between them."""
    old = _offset(low, name)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // timedelta(seconds=2) * timedelta(seconds=1)
        if _offset(middle, name) == old:
            low = middle
        else:
            high = middle
    return high


def _offset(moment: datetime, name: str) -> tuple[timedelta | None, timedelta | None]:
    """The offset from UTC, and how much of it is summer time: a zone may change one without the other."""
    shown = moment.astimezone(zone(name))
    return shown.utcoffset(), shown.dst()
