"""The same some weeks later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from planner.core.period import Period
from planner.rules.base import table_kinds
from planner.scenario.documents import NewPassport
from planner.scenario.node import StayLimit
from planner.scenario.reading import read_mapping
from planner.scenario.reading.walk import values
from planner.scenario.scenario import Scenario
from planner.testing.transforms.effect import Transformed
from planner.testing.transforms.walking import described_ports, mapped, singles

_OF_CALENDAR_YEARS = {"yearly-days", "yearly-entries"}


def shifted(data: Mapping[str, Any], weeks: int) -> Transformed:
    """Every date of the file, those of its law and holidays too, so many weeks later: the same answer, later.

    Raises ValueError where weeks do not keep things as they are: in scenarios that do not say everything themselves,
    count in months, years or calendar years, or have clocks that are changed. The ten years of a new passport do not
    matter.
    """
    described_ports(data)
    time_ = timedelta(weeks=weeks)
    _refuse(read_mapping(data, table_kinds()), [*_days(data)], time_)

    def later(field: Any, value: Any) -> Any:
        if field.type is datetime:
            return _moment(value) + time_
        return _day(value) + time_ if field.type is date else value

    return Transformed(data=mapped(data, later), days=7 * weeks)


def _refuse(scenario: Scenario, days: list[date], time_: timedelta) -> None:
    law = (*scenario.law.admissions, *scenario.law.rules, *scenario.acquirables, *scenario.travellers)
    for found in values({Period, StayLimit}, *law):
        default = isinstance(found.node, NewPassport) and found.value == Period(10, "years")
        if found.value.unit in ("months", "years") and not default:
            raise ValueError(f"{found.field.key} is counted in {found.value.unit}")
    for rule in scenario.law.rules:
        if getattr(rule, "kind", "") in _OF_CALENDAR_YEARS:
            raise ValueError(f"{rule.id} counts in calendar years")
    for port in scenario.ports.values():
        zone = ZoneInfo(port.timezone)
        span = [day for begin, end in _spans(days, time_) for day in _each(begin, end)]
        if len({datetime.combine(day, time(12), UTC).astimezone(zone).utcoffset() for day in span}) > 1:
            raise ValueError(f"the clocks are changed at {port.id}")


def _spans(days: list[date], time_: timedelta) -> Iterator[tuple[date, date]]:
    margin = timedelta(days=2)
    for begin, end in ((min(days), max(days)), (min(days) + time_, max(days) + time_)):
        yield begin - margin, end + margin


def _each(begin: date, end: date) -> Iterator[date]:
    return (begin + timedelta(days=number) for number in range((end - begin).days + 1))


def _days(data: Mapping[str, Any]) -> Iterator[date]:
    """From planning to the last arrival: only then do clocks matter."""
    yield _day(data["today"])
    for field, value in singles({"legs": data.get("legs", ())}):
        if field.type is datetime:
            yield _moment(value).date()


def _moment(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
