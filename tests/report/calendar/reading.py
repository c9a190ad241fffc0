"""Calendars read back by another library than the one that wrote them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from io import StringIO
from typing import Any

import vobject
from dateutil.tz import tzical

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def events(text: str) -> list[Any]:
    """The events of a calendar, in the file's order."""
    known = vars(vobject.icalendar)["__tzidMap"]  # it would keep the zones of files read before
    for name in known.keys() - {"UTC"}:
        del known[name]
    (calendar,) = vobject.readComponents(text, validate=True)
    return list(calendar.contents.get("vevent", []))


def zones(text: str) -> dict[str, tzinfo]:
    """The time zones as the calendar describes them. (Events in London vobject reads in pytz's zone of that name.)"""
    described = re.findall(r"BEGIN:VTIMEZONE.*?END:VTIMEZONE", text, re.DOTALL)
    if not described:
        return {}
    read = tzical(StringIO("\r\n".join(described)))
    return {name: read.get(name) for name in read.keys()}  # noqa: SIM118


def minutes(value: datetime) -> int:
    """UTC minutes of a time read."""
    return (value.astimezone(UTC) - EPOCH) // timedelta(minutes=1)


def span(event: Any) -> tuple[int, int]:
    """UTC minutes of an event's begin and end."""
    return minutes(event.dtstart.value), minutes(event.dtend.value)
