"""Presence in a place lasts across runs inside it, and ends where it is left."""

import numpy as np

from planner.network.presences import spans
from planner.rules.tables import END, START

TIMES = np.array([60, 120, 180])  # departures of runs


def rows(found: object) -> set[tuple[int, int, int]]:
    return {(int(b), int(a), int(z)) for b, a, z in zip(found.before, found.after, found.last, strict=True)}


def mask(*values: int) -> np.ndarray:
    return np.array(values, dtype=bool)


def test_a_single_place_is_left_by_the_next_run() -> None:
    # 0 arrives, 1 leaves
    found = spans([(START, 0), (0, 1), (1, END)], TIMES[:2], mask(1, 0), mask(0, 0), False)
    assert rows(found) == {(0, 1, 0)}


def test_a_run_inside_does_not_end_the_presence() -> None:
    # 0 arrives, 1 moves inside, 2 leaves; one can also leave directly
    changes = [(START, 0), (0, 1), (1, 2), (0, 2), (2, END)]
    found = spans(changes, TIMES, mask(1, 1, 0), mask(0, 1, 0), False)
    assert rows(found) == {(0, 2, 0)}


def test_the_journey_may_begin_and_end_inside() -> None:
    # starts inside, 0 leaves, 1 comes back, 2 moves inside, ends after 1 or after 2
    changes = [(START, END), (START, 0), (0, 1), (1, END), (1, 2), (2, END)]
    found = spans(changes, TIMES, mask(0, 1, 1), mask(0, 0, 1), True)
    assert rows(found) == {(START, END, START), (START, 0, START), (1, END, 1), (1, END, 2)}


def test_what_cannot_follow_makes_no_presence() -> None:
    # 1 leaves before 0 arrives: no change leads from 0 to 1
    found = spans([(START, 0), (START, 1), (0, END), (1, END)], TIMES[:2], mask(1, 0), mask(0, 0), False)
    assert rows(found) == {(0, END, 0)}
