"""Lengths of time as law writes them: days, calendar months, years, or hours on a clock."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Literal

from attrs import frozen

Unit = Literal["hours", "days", "months", "years"]
WRITTEN = r"^\s*(\d{1,6})\s*(hour|day|month|year)s?\s*$"


@frozen
class Period:
    """A length of time: `Period(90, "days")`, `Period(6, "months")`, `Period(240, "hours")`."""

    count: int
    unit: Unit = "days"

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read «90 days», «6 months», «10 years», «240 hours». Raises ValueError on anything else."""
        match = re.match(WRITTEN, text)
        if match is None:
            raise ValueError("a period such as '90 days', '6 months', '10 years' or '240 hours'")
        return cls(int(match[1]), match[2] + "s")  # type: ignore[arg-type]

    def __str__(self) -> str:
        return f"{self.count} {self.unit if self.count != 1 else self.unit[:-1]}"

    def after(self, day: date) -> date:
        """The civil date this long after `day`; months are clamped to the month's end.

        Hours have no civil date: they raise ValueError. Dates past year 9999 clamp to the last one.
        """
        if self.unit == "hours":
            raise ValueError("hours run on a clock, not on the calendar")
        try:
            if self.unit == "days":
                return day + timedelta(days=self.count)
            months = self.count * (12 if self.unit == "years" else 1)
            return add_months(day, months)
        except (OverflowError, ValueError):
            return date.max

    def last_day(self, first: date, count_from: Literal["entry_day", "day_after"]) -> date:
        """Last civil date inside a stay limit that starts on `first`.

        With `entry_day` the first date is day 1 (30 days from 1 June end on 30 June); with `day_after`
        counting starts on the next date (they end on 1 July).
        """
        end = self.after(first)
        return end - timedelta(days=1) if count_from == "entry_day" else end


def add_months(day: date, months: int) -> date:
    """Add calendar months (possibly negative), clamped to the end of the month: 31 January + 1 = 28 February."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
