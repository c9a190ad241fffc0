"""Instants (whole minutes since 1970 UTC) and civil dates (as seen on a calendar at a place)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@cache
def zone(name: str) -> ZoneInfo:
    """The time zone of that IANA name. Raises ZoneInfoNotFoundError for an unknown one."""
    return ZoneInfo(name)


def to_minutes(local: datetime, zone_name: str) -> int:
    """UTC minutes of a wall-clock time at a place; of a repeated hour (clocks put back) the first one."""
    return int((local.replace(tzinfo=zone(zone_name)) - EPOCH) // timedelta(minutes=1))


def at_zone(minutes: int, zone_name: str) -> datetime:
    """The instant of those UTC minutes, as a time in that zone."""
    return (EPOCH + timedelta(minutes=minutes)).astimezone(zone(zone_name))


def to_local(minutes: int, zone_name: str) -> datetime:
    """Wall-clock time at a place (naive) for UTC minutes."""
    return at_zone(minutes, zone_name).replace(tzinfo=None)


def exists(local: datetime, zone_name: str) -> bool:
    """False for a wall-clock time that is skipped there when clocks are put forward."""
    return to_local(to_minutes(local, zone_name), zone_name) == local.replace(second=0, microsecond=0)


def day_start(day: date, zone_name: str) -> int:
    """UTC minutes of 00:00 local on that civil date."""
    return to_minutes(datetime.combine(day, time()), zone_name)


def written(day: date) -> str:
    """«6 June 2025»."""
    return f"{day.day} {day:%B %Y}"


def is_business_day(day: date, holidays: frozenset[date]) -> bool:
    """Monday to Friday, less the place's holidays."""
    return day.weekday() < 5 and day not in holidays


def add_business_days(day: date, count: int, holidays: frozenset[date]) -> date:
    """The date on which `count` business days have passed; the day itself is not counted."""
    while count > 0:
        day += timedelta(days=1)
        if is_business_day(day, holidays):
            count -= 1
    return day


def zone_data(name: str) -> str:
    """A text file of the time-zone data package."""
    import tzdata  # type: ignore[import-untyped]  # importlib.resources would take longer to import than to read

    return (Path(tzdata.__file__).parent / name).read_text(encoding="utf-8")


def zone_data_version() -> str:
    """Version of the time-zone data package in use."""
    from importlib import metadata

    return metadata.version("tzdata")
