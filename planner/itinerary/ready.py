"""When a paper applied for is ready."""

from __future__ import annotations

from datetime import date, timedelta

from planner.core.time import add_business_days
from planner.itinerary.choices import Application
from planner.scenario.scenario import Scenario


def ready_date(scenario: Scenario, application: Application) -> date:
    """The civil date from 00:00 of which what was applied for is usable.

    Lead days, then lead business days, after the application date, and not before `handed_over_from`. Dates past
    year 9999 clamp to the last one. Raises KeyError for an unknown acquirable.
    """
    item = scenario.acquirable_by_id[application.acquirable]
    holidays = scenario.holidays.get(item.lead.calendar, frozenset())
    try:
        ready = application.on + timedelta(days=item.lead.days)
        ready = add_business_days(ready, item.lead.business_days, holidays)
    except OverflowError:
        return date.max
    return max(ready, item.handed_over_from or ready)
