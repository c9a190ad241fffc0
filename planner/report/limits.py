"""Until when a stay may last, by all rules together."""

from __future__ import annotations

from datetime import date

from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Rule, rules_of
from planner.rules.stay_limits import Limit


def until(journey: Journey, stay: Stay) -> Limit | None:
    """Until when a stay may last, all stays before it being as planned. None: nothing limits it, or no entry."""
    found = deciding(journey, stay)
    return found[0] if found else None


def deciding(journey: Journey, stay: Stay) -> tuple[Limit, Rule] | None:
    """The same, with the rule that says so; of several the first one.

    The date by which one must *enter* is no limit of the stay.
    """
    if stay.entry is None:
        return None
    limits = ((rule.last_lawful(journey, stay), rule) for rule in rules_of(journey.scenario))
    found = [(limit, rule) for limit, rule in limits if limit is not None and limit.on < date.max]
    return min(found, key=lambda pair: pair[0].order, default=None)
