"""Which method works out bounds, and what a limit of cost does to them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from attrs import evolve

from planner.bounds import bounding, ng
from planner.bounds.bounding import bound
from planner.bounds.engine import NO_WAY, never
from planner.bounds.ng.bounds import NgBounds
from planner.bounds.relaxed import Relaxed
from planner.bounds.sweep import Bounds, sweep
from tests.bounds.test_engines import two_legs

THERE_AND_BACK = two_legs(4, 2, 5)  # there, back, and back a day later: 6 or 9


def bounded(cap: int | None, problem: Relaxed = THERE_AND_BACK) -> tuple[int | None, list[int]]:
    found = bound(problem, None, cap, 20, never)
    return found.lower, found.through.tolist()


def test_no_journey_may_cost_more_than_the_cap() -> None:
    assert bounded(None) == bounded(9) == (6, [6, 6, 9])
    assert bounded(8) == bounded(6) == (6, [6, 6, NO_WAY])
    assert bounded(5) == (None, [NO_WAY] * 3)


def test_where_there_is_no_journey_a_cap_changes_nothing() -> None:
    nowhere = evolve(THERE_AND_BACK, last=np.zeros(3, dtype=bool))
    assert bounded(None, nowhere) == bounded(9, nowhere) == (None, [NO_WAY] * 3)


def by_routes(monkeypatch: pytest.MonkeyPatch, found: Callable[..., NgBounds | None]) -> None:
    """As if there were more wishes than sets can be kept of, and ng-routes found something."""
    monkeypatch.setattr(bounding, "MOST_STATES", 1)
    monkeypatch.setattr(ng, "ng_bounds", found)


@pytest.mark.parametrize(("lower", "known"), [(6, 8), (int(NO_WAY), int(NO_WAY) + 5)])
def test_many_wishes_are_for_routes(monkeypatch: pytest.MonkeyPatch, lower: int, known: int) -> None:
    asked = []

    def found(*args: object) -> NgBounds:
        asked.append(args)
        return NgBounds(lower, np.array([6, 6, 9]), upper=None, path=None, known=known, rounds=1)

    by_routes(monkeypatch, found)
    answer: Bounds = bound(THERE_AND_BACK, 8, None, 20, never)
    assert asked == [(THERE_AND_BACK, 8, 20, never)]
    assert answer.lower == (None if lower == NO_WAY else lower)
    assert (answer.through.tolist(), answer.wishes, answer.known) == ([6, 6, 9], (0,), min(known, NO_WAY))


def test_few_wishes_are_for_sweeps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ng, "ng_bounds", None)
    assert bounded(None) == (6, [6, 6, 9])


def test_sweeps_serve_where_routes_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    by_routes(monkeypatch, lambda *_: None)
    assert bounded(None) == (6, sweep(THERE_AND_BACK).through.tolist())
