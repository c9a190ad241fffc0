"""Searching through bounds gives what searching the whole gives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from unittest import mock

from planner.answer import Answer, Conflict
from planner.answering import Wanted, answers_of
from planner.network.runs import TooLarge as TooManyRuns
from planner.scenario.scenario import Scenario
from planner.solving import band, begin
from planner.solving.band import Banded
from planner.solving.client import Effort
from planner.solving.search import Whole
from planner.testing.oracle.best import TooLarge
from planner.testing.requiring import require


def assert_band_changes_nothing(scenario: Scenario, crowd: int) -> None:
    """The same plan or as small a conflict through a band as without; `crowd` legs are a crowd. Raises TooLarge."""
    try:
        whole = Whole.of(scenario, _effort())
    except TooManyRuns:
        raise TooLarge from None
    expected, found = _last(answers_of(scenario, whole, Wanted())), banded(scenario, crowd)
    require(found.status == expected.status, f"whole: {expected.status}, through bounds: {found.status}")
    if expected.plan is not None and found.plan is not None:
        costs = [found.plan.cost, expected.plan.cost, found.bound]
        require(len({*costs}) == 1, f"costs through bounds, of the whole, and the bound: {costs}")
        plans = expected.plan.itinerary, found.plan.itinerary
        require(plans[0] == plans[1], f"whole: {plans[0]}, through bounds: {plans[1]}")
    if found.conflict is not None and expected.conflict is not None:
        sizes = [len(found.conflict.facts), len(expected.conflict.facts)]
        require(found.conflict.smallest and len({*sizes}) == 1, f"facts through bounds, and of the whole: {sizes}")
        _minimal(whole, found.conflict)


def _minimal(whole: Whole, conflict: Conflict) -> None:
    for witness in conflict.witnesses:
        others = [fact for fact in whole.facts() if fact.id != witness.without.id]
        alone = whole.holding(others) is not None
        require(witness.alone == alone, f"without {witness.without.id} alone there is a trip: {alone}")
    ids = {fact.id for fact in conflict.facts}
    facts = [fact for fact in whole.facts() if fact.id in ids]
    require(whole.holding(facts) is None, f"{sorted(ids)} can hold together")
    for left_out in facts:
        rest = [fact for fact in facts if fact is not left_out]
        require(whole.holding(rest) is not None, f"{sorted(ids)} does not need {left_out.id}")


def banded(scenario: Scenario, crowd: int) -> Answer:
    """The answer with a band that starts with so few legs that it has to grow."""
    small = {(begin, "EXPLAINED_WHOLE"): -1, (band, "FIRST_BAND"): 1, (band, "GROWTH"): 2, (band, "CROWD"): crowd}
    with ExitStack() as stack:
        for (module, name), value in small.items():
            stack.enter_context(mock.patch.object(module, name, value))
        return _last(answers_of(scenario, Banded.of(scenario, _effort()), Wanted()))


def _effort() -> Effort:
    return Effort.starting_now(120, 2, 0)


def _last(found: Iterator[Answer]) -> Answer:
    *_, answer = found
    return answer
