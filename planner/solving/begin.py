"""How a scenario is searched: a small one as a whole, a large one through its bounds."""

from __future__ import annotations

import numpy as np

from planner.network.columns import all_legs, restricted
from planner.network.runs import TooLarge
from planner.scenario.scenario import Scenario
from planner.solving.client import Effort
from planner.solving.search import OutOfTime, Search, Whole

SMALL = 40  # legs up to which the exact model of all of them is as quick as looking for a part of them
EXPLAINED_WHOLE = 400  # legs up to which one model of all of them is the quickest way to explain


def searching(scenario: Scenario, effort: Effort) -> Search:
    """The search of a scenario. Raises TooLarge, and OutOfTime if no time is left to begin with."""
    if not effort.left:
        raise OutOfTime
    if scenario.timetable is None and scenario.tickets is None and len(scenario.legs) <= SMALL:
        effort.tell("searching")
        return Whole.of(scenario, effort)
    from planner.solving.band import Banded

    effort.tell("bounding")
    return Banded.of(scenario, effort)


def explained_by(scenario: Scenario, search: Search) -> Search:
    """The search by which to explain what another one has found impossible: as a whole, if there are not many legs."""
    table = all_legs(scenario)
    if isinstance(search, Whole) or len(table) > EXPLAINED_WHOLE or not search.effort.left:
        return search
    try:
        return Whole.of(restricted(scenario, table, np.arange(len(table))), search.effort)
    except TooLarge:
        return search
