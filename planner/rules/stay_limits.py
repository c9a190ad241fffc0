"""How long a finished stay may last: for the checking side of rules. The solving side has its own."""

from __future__ import annotations

from planner.core.period import Period
from planner.itinerary.journey import Stay
from planner.scenario.node import CountFrom


def too_long(stay: Stay, limit: Period, count_from: CountFrom) -> bool:
    """Whether a stay goes on after its limit, in days and months by civil dates, in hours from the instant of entry."""
    if stay.entry is None or stay.last_on is None or stay.last_at is None:
        return False
    if limit.unit == "hours":
        return stay.last_at - stay.entry.at > limit.count * 60
    return stay.last_on > limit.last_day(stay.entry.on, count_from)
