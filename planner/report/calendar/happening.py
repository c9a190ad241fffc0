"""What stands in a calendar, before it is written as one."""

from __future__ import annotations

from datetime import date, datetime

from attrs import frozen

from planner.core.time import at_zone


@frozen
class Instant:
    """UTC minutes, to be shown in a time zone (IANA name)."""

    minutes: int
    zone: str


@frozen(kw_only=True)
class Happening:
    """One event. `key` names it among those of its trip, whatever its dates.

    From an instant to an instant, or whole days from `begins` to the day before `ends`. `alarms` are local times, for
    events of whole days. `busy`: the traveller can do nothing else then. `url` is an address of the web, or "".
    """

    key: tuple[str, ...]
    summary: str
    lines: tuple[str, ...]
    begins: Instant | date
    ends: Instant | date
    location: str = ""
    busy: bool = False
    alarms: tuple[datetime, ...] = ()
    url: str = ""

    @property
    def first_day(self) -> date:
        """The local date on which it begins."""
        if isinstance(self.begins, Instant):
            return at_zone(self.begins.minutes, self.begins.zone).date()
        return self.begins


def title(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
