"""Presence in places: from an arrival there to the next departure to elsewhere."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from planner.rules.tables import END, START, Column

Rows = NDArray[np.int64]


@frozen(eq=False)
class Spans:
    """Pairs of runs between which one stays in a place: in by `before`, out by `after`, `last` the last run inside.

    `before` is START where the journey begins inside, `after` END where it ends inside. `last` equals `before`
    where the place is left by the next run taken.
    """

    before: Rows
    after: Rows
    last: Rows


def spans(
    changes: list[tuple[int, int]],
    count: int,
    starts_in: Column,
    ends_in: Column,
    inner: Column,
    start_in: bool,
) -> Spans:
    """Every possible presence in a place.

    `changes` are the pairs (before, after) of consecutive runs, with START and END at the journey's ends;
    `starts_in`/`ends_in` say for each of the `count` runs whether it departs from, arrives in the place; `inner`
    whether it stays inside all the way, so that travelling on it does not end the presence. `start_in`: whether
    the journey starts inside the place.
    """
    onward: dict[int, list[int]] = defaultdict(list)
    for before, after in changes:
        onward[before].append(after)
    found: list[tuple[int, int, int]] = []
    beginnings = [run for run in range(count) if ends_in[run] and not inner[run]]
    if start_in:
        beginnings.insert(0, START)
    for beginning in beginnings:
        seen, waiting = {beginning}, [beginning]
        ends: set[tuple[int, int]] = set()
        while waiting:
            inside = waiting.pop()
            for after in onward.get(inside, ()):
                if after == END:
                    ends.add((END, inside))
                elif not inner[after]:
                    ends.add((after, beginning))  # which run was the last inside does not matter for an exit
                elif after not in seen:
                    seen.add(after)
                    waiting.append(after)
        found.extend((beginning, after, last) for after, last in sorted(ends))
    table = np.array(found, dtype=np.int64).reshape(-1, 3)
    return Spans(table[:, 0], table[:, 1], table[:, 2])
