"""Presence in a place lasts across runs inside it, and ends where it is left."""

from random import Random

import numpy as np
import pytest

from planner.network import presences
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


def followed(changes: list[tuple[int, int]], ends: np.ndarray, inner: np.ndarray, at_start: bool) -> dict:
    """The presences by following every chain of changes, and which kinds of chains lead to each."""
    found: dict[tuple[int, int, int], set[str]] = {}
    begins = [START] * at_start + [run for run in range(len(ends)) if ends[run] and not inner[run]]
    waiting = [(run, run) for run in begins]
    while waiting:
        first, at = waiting.pop()
        for _, after in [change for change in changes if change[0] == at]:
            if after != END and inner[after]:
                waiting.append((first, after))
            else:
                key = (first, after, at if after == END else first)
                found.setdefault(key, set()).add("straight" if at == first else "winding")
    return found


@pytest.mark.parametrize("seed", range(100))
def test_spans_are_those_that_changes_lead_through(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presences, "BLOCK", 3)
    random = Random(seed)
    count = random.randint(1, 12)
    times = np.array(random.choices(range(4), k=count))  # several runs may depart at the same time
    ends = np.array([random.random() < 0.6 for _ in range(count)])
    inner = ends & np.array([random.random() < 0.5 for _ in range(count)])
    changes = [(b, a) for b in range(count) for a in range(count) if times[b] < times[a] and random.random() < 0.5]
    changes += [(START, run) for run in range(count) if random.random() < 0.5]
    changes += [(run, END) for run in range(count) if random.random() < 0.5]
    at_start = random.random() < 0.5
    found = spans(changes, times, ends, inner, at_start)
    expected = followed(changes, ends, inner, at_start)
    columns = (found.before, found.after, found.last, found.direct, found.winding)
    table = list(zip(*(column.tolist() for column in columns), strict=True))
    assert {(b, a, z): (straight, winding) for b, a, z, straight, winding in table} == {
        key: ("straight" in ways, "winding" in ways) for key, ways in expected.items()
    }
    assert [row[:3] for row in table] == sorted(expected)
