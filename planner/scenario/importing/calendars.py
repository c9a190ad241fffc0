"""On which dates the services of a GTFS feed run, and where its days begin."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from planner.core.time import EPOCH, zone
from planner.scenario.importing.feeds import Feed, day
from planner.scenario.reading.legs.columns import Unreadable

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LONGEST = timedelta(days=11)  # hours of a service's day are at most 240
MOST_DAYS = 4000  # days that one line of a calendar may mean


def services(feed: Feed, first: date | None, last: date | None) -> Mapping[str, list[date]]:
    """The days of each service, in order: those whose trips can depart from `first` to `last`. Raises Unreadable."""
    low = max(first - _LONGEST, date.min) if first and first > date.min + _LONGEST else date.min
    high = last + timedelta(days=1) if last and last < date.max else date.max
    found: dict[str, set[date]] = {}
    if not feed.has("calendar.txt") and not feed.has("calendar_dates.txt"):
        raise Unreadable("the feed has neither calendar.txt nor calendar_dates.txt")
    for row in feed.rows_if_any("calendar.txt", "service_id", "start_date", "end_date"):
        ends = [feed.read(row, key, day, "a date such as 20250403") for key in ("start_date", "end_date")]
        days = found.setdefault(row["service_id"], set())
        wrong = next((key for key in _DAYS if row[key] not in ("0", "1")), "")
        if wrong:
            feed.faults.add(row.place, f"{wrong}: expected 0 or 1, found {row[wrong][:40]!r}")
        elif ends[0] is not None and ends[1] is not None:
            begin, end = max(ends[0], low), min(ends[1], high)
            if (end - begin).days > MOST_DAYS:
                feed.faults.add(row.place, f"the service runs for more than {MOST_DAYS:,} days", "read fewer dates")
                continue
            each = (begin + timedelta(days=number) for number in range((end - begin).days + 1))
            days.update(one for one in each if row[_DAYS[one.weekday()]] == "1")
    for row in feed.rows_if_any("calendar_dates.txt", "service_id", "date", "exception_type"):
        one = feed.read(row, "date", day, "a date such as 20250403")
        days = found.setdefault(row["service_id"], set())
        if row["exception_type"] not in ("1", "2"):
            feed.faults.add(row.place, f"exception_type: expected 1 or 2, found {row['exception_type'][:40]!r}")
        elif one is not None and low <= one <= high:
            days.add(one) if row["exception_type"] == "1" else days.discard(one)
    return {service: sorted(days) for service, days in found.items()}


def beginning(one: date, zone_name: str) -> int:
    """UTC seconds from which the times of a service's day count: noon less twelve hours, on the agency's clock."""
    noon = datetime.combine(one, time(12), tzinfo=zone(zone_name))
    return int((noon - EPOCH).total_seconds()) - 12 * 3600
