"""Sums over many options, and what is left of them without some."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from planner.model.sums import Flow, Sums, spread
from planner.rules.statements import Ids
from tests.programs import ids


def terms(sums: Sums) -> list[dict[int, int]]:
    """For each sum, the weight of each option in it."""
    parts = zip(sums.starts[:-1].tolist(), sums.starts[1:].tolist(), strict=True)
    return [dict(zip(sums.options[a:b].tolist(), sums.weights[a:b].tolist(), strict=True)) for a, b in parts]


def gone(count: int, *options: int) -> NDArray[np.bool_]:
    """Of so many options, those that are never chosen."""
    mask = np.zeros(count, dtype=bool)
    mask[list(options)] = True
    return mask


PARTS: tuple[tuple[Ids, Ids, int], ...] = ((ids(2, 0, 2), ids(5, 6, 7), 1), (ids(0, 2), ids(8, 9), -1))


def test_each_sum_has_its_options_of_all_parts() -> None:
    made = Sums.of(4, *PARTS, low=None)
    assert terms(made) == [{6: 1, 8: -1}, {}, {5: 1, 7: 1, 9: -1}, {}]
    assert made.low is None
    assert Sums.of(4, *PARTS).low == 0


def test_without_options_that_are_never_chosen() -> None:
    made = Sums.of(4, *PARTS, low=None)
    assert terms(made.without(gone(10, 7))) == [{6: 1, 8: -1}, {5: 1, 9: -1}]
    assert terms(made.without(gone(10, 6, 8))) == [{5: 1, 7: 1, 9: -1}]
    assert terms(made.without(gone(10, 5, 6, 7, 8, 9))) == []
    assert made.without(gone(10, 7)).low is None
    assert made.without(gone(10)).starts.tolist() == [0, 2, 5]


@pytest.mark.parametrize(
    ("low", "first", "all_gone"),
    [
        (0, (), set()),
        (0, (1,), {0, 1}),
        (0, (4,), {2, 3, 4}),  # 3 is balanced by 4 alone, and 2 by 3
        (None, (4,), {4}),  # 3 may be chosen without
        (None, (0,), {0}),
        (None, (3,), {2, 3, 4}),
    ],
)
def test_what_is_chosen_only_with_what_is_not_goes_too(
    low: int | None, first: tuple[int, ...], all_gone: set[int]
) -> None:
    """0 with 1, 2 with 3 and 4 with 3."""
    chain = Sums.of(3, (ids(0, 1, 2), ids(0, 2, 4), 1), (ids(0, 1, 2), ids(1, 3, 3), -1), low=low)
    mask = gone(6, *first)
    spread(mask, [chain])
    assert set(np.flatnonzero(mask).tolist()) == all_gone


# Two changes, 0 and 1; the first has two arcs, 2 and 3, the second is its own.
FLOW = Flow(
    ids(2, 3),
    (Sums.of(1, (ids(0, 0), ids(2, 3), 1), (ids(0), ids(0), -1)),),
    ids(0, 0, 1),
    ids(2, 3, 1),
    ids(10, 20, 30),
)


@pytest.mark.parametrize(
    ("limit", "dearer"),
    [(30, []), (29, [1]), (20, [1]), (19, [1, 3]), (10, [1, 3]), (9, [0, 1, 2, 3])],
)
def test_a_change_is_too_dear_with_all_its_arcs(limit: int, dearer: list[int]) -> None:
    assert FLOW.dearer(limit).tolist() == dearer


def test_a_flow_without_some_arcs() -> None:
    fewer = FLOW.without(gone(4, 3))
    assert fewer.ids is FLOW.ids
    assert (fewer.change.tolist(), fewer.arc.tolist(), fewer.least.tolist()) == ([0, 1], [2, 1], [10, 30])
    assert [terms(sums) for sums in fewer.sums] == [[{2: 1, 0: -1}]]
    assert fewer.dearer(9).tolist() == [0, 1, 2]
