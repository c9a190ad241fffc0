"""When papers are ready, for solving; the checker has its own reading in `planner.itinerary.ready`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from planner.core.time import is_business_day
from planner.scenario.documents import Acquirable
from planner.scenario.scenario import Scenario


def ready_days(scenario: Scenario, item: Acquirable, days: Iterable[int]) -> list[int]:
    """Ready day for each application day (ordinals): lead days, then business days there, not before hand-over."""
    floor = item.handed_over_from.toordinal() if item.handed_over_from else 0
    holidays = scenario.holidays.get(item.lead.calendar, frozenset())
    one = timedelta(days=1)
    found = []
    for day in days:
        try:
            ready = date.fromordinal(day) + timedelta(days=item.lead.days)
            left = item.lead.business_days
            while left:
                ready += one
                left -= is_business_day(ready, holidays)
        except (OverflowError, ValueError):
            ready = date.max
        found.append(max(ready.toordinal(), floor))
    return found
