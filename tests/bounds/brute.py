"""Relaxed problems solved by going through every journey: what the sweeps are held against."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product

import numpy as np
from hypothesis import strategies as st

from planner.bounds.relaxed import ANY_DAY, Relaxed, Wish

DAYS = 8
FIRST = 730_000


@st.composite
def problems(draw: st.DrawFn, most_legs: int = 9, most_wishes: int = 3) -> Relaxed:
    ports = draw(st.integers(2, 4))
    number = st.integers(0, ports - 1)
    legs = draw(
        st.lists(
            st.tuples(
                number, number, st.integers(0, DAYS * 4 - 2), st.integers(1, 6), st.integers(0, 3), st.integers(0, 9)
            ),
            max_size=most_legs,
        )
    )
    wishes = tuple(draw(st.lists(_wishes(ports), max_size=most_wishes)))
    same = [tuple(b for b, other in enumerate(wishes) if (other.ports == wish.ports).all()) for wish in wishes]
    apart = tuple(dict.fromkeys(group for group in same if len(group) > 1)) if draw(st.booleans()) else ()
    # a quarter of a day is the unit of time
    departs = np.array([leg[2] for leg in legs], dtype=np.int64) * 360 + (FIRST - 719163) * 1440
    arrives = departs + np.array([leg[3] for leg in legs], dtype=np.int64) * 360
    return Relaxed(
        rows=np.arange(len(legs)),
        from_port=np.array([leg[0] for leg in legs], dtype=np.int32),
        to_port=np.array([leg[1] for leg in legs], dtype=np.int32),
        departs=departs,
        ready=arrives + np.array([leg[4] for leg in legs], dtype=np.int64) * 360,
        departs_on=departs // 1440 + 719163,
        arrives_on=arrives // 1440 + 719163,
        cost=np.array([leg[5] for leg in legs], dtype=np.int64),
        first=np.array([draw(st.sampled_from([True, True, False])) for _ in legs], dtype=bool),
        last=np.array([draw(st.sampled_from([True, True, False])) for _ in legs], dtype=bool),
        nightly=np.array([draw(st.sampled_from([0, 0, 1, 5])) for _ in range(ports)], dtype=np.int64),
        start=draw(number),
        goal=draw(number),
        fixed=draw(st.sampled_from([0, 7])),
        wishes=wishes,
        apart=apart,
    )


@st.composite
def _wishes(draw: st.DrawFn, ports: int) -> Wish:
    mask = np.zeros(ports, dtype=bool)
    mask[draw(st.lists(st.integers(0, ports - 1), min_size=1, max_size=2))] = True
    least = draw(st.sampled_from([0, 0, 1, 2]))
    day = st.integers(FIRST, FIRST + DAYS)
    return Wish(
        ports=mask,
        arrive_by=draw(st.one_of(st.just(ANY_DAY), day)),
        leave_from=draw(st.one_of(st.just(-ANY_DAY), day)),
        least=least,
        most=draw(st.one_of(st.just(ANY_DAY), st.integers(least, 3))),
        from_start=draw(st.booleans()),
        to_end=draw(st.booleans()),
        ordered=draw(st.booleans()),
    )


def journeys(problem: Relaxed) -> Iterator[tuple[int, ...]]:
    """Every sequence of legs from the start to the goal, by row; the empty one too."""
    if problem.start == problem.goal:
        yield ()
    paths = [(leg,) for leg in range(len(problem)) if problem.first[leg] and problem.from_port[leg] == problem.start]
    while paths:
        path = paths.pop()
        at = path[-1]
        if problem.last[at] and problem.to_port[at] == problem.goal:
            yield path
        for leg in range(len(problem)):
            if problem.from_port[leg] == problem.to_port[at] and problem.departs[leg] >= problem.ready[at]:
                paths.append((*path, leg))


def cost(problem: Relaxed, path: tuple[int, ...]) -> int:
    """What a journey costs."""
    total = problem.fixed + sum(int(problem.cost[leg]) for leg in path)
    for before, after in pairwise(path):
        nights = int(problem.departs_on[after] - problem.arrives_on[before])
        total += nights * int(problem.nightly[problem.to_port[before]])
    return total


def fulfils(problem: Relaxed, path: tuple[int, ...]) -> bool:
    """Whether a journey fulfils every wish."""
    return frozenset(range(len(problem.wishes))) in fulfilled(problem, path)


def fulfilled(problem: Relaxed, path: tuple[int, ...]) -> set[frozenset[int]]:
    """The sets of wishes that a journey fulfils, one for each way to choose among those that are apart."""
    reached = {frozenset[int]()}
    for occasion in _occasions(problem, path):
        groups = [[w for w in group if w in occasion] for group in problem.apart]
        alone = occasion - {w for group in problem.apart for w in group}
        options = [list(group) for group in groups if group]
        reached = {_after(problem, state, alone | set(picked)) for state in reached for picked in product(*options)}
    return reached


def _after(problem: Relaxed, state: frozenset[int], added: set[int]) -> frozenset[int]:
    done = set(state) | {w for w in added if not problem.wishes[w].ordered}
    for w, wish in enumerate(problem.wishes):
        if wish.ordered:
            if w not in done and w not in added:
                break
            done.add(w)
    return frozenset(done)


def _occasions(problem: Relaxed, path: tuple[int, ...]) -> Iterator[set[int]]:
    """What could be fulfilled at each port and on each leg, in order."""
    if not path:
        yield {
            w for w, wish in enumerate(problem.wishes) if wish.ports[problem.start] and wish.from_start and wish.to_end
        }
        return
    ends = [None, *path], [*path, None]
    for before, after in zip(*ends, strict=True):
        port = problem.start if before is None else problem.to_port[before]
        yield {w for w, wish in enumerate(problem.wishes) if wish.ports[port] and _suits(problem, wish, before, after)}
        if after is not None:
            ways = problem.from_port[after], problem.to_port[after]
            yield {w for w, wish in enumerate(problem.wishes) if wish.ports[ways[0]] and wish.ports[ways[1]]}


def _suits(problem: Relaxed, wish: Wish, before: int | None, after: int | None) -> bool:
    if before is None:
        assert after is not None
        return wish.from_start and problem.departs_on[after] >= wish.leave_from
    if problem.arrives_on[before] > wish.arrive_by:
        return False
    if after is None:
        return wish.to_end
    nights = problem.departs_on[after] - problem.arrives_on[before]
    return bool(problem.departs_on[after] >= wish.leave_from and wish.least <= nights <= wish.most)
