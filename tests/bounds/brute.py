"""Relaxed problems solved by going through every journey: what the sweeps are held against."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product
from random import Random

import numpy as np
from hypothesis import strategies as st

from planner.bounds.relaxed import ANY_DAY, Relaxed, Wish

DAYS = 8
FIRST = 730_000


@st.composite
def problems(draw: st.DrawFn, most_legs: int = 9, most_wishes: int = 3) -> Relaxed:
    """Small problems; most have a journey, and wishes at its ports."""
    return _problem(Random(draw(st.integers(0, 10**9))), most_legs, most_wishes)


def _problem(r: Random, most_legs: int, most_wishes: int) -> Relaxed:
    ports = r.randint(2, 4)
    route = [r.randrange(ports) for _ in range(r.randint(2, min(5, most_legs + 1)))]
    legs, moment = [], r.randint(0, 3)  # a quarter of a day is the unit of time
    for origin, target in pairwise(route):
        takes, change = r.randint(1, 3), r.randint(0, 2)
        legs.append((origin, target, moment, takes, change, r.randint(0, 9)))
        moment += takes + change + r.randint(0, 7)
    for _ in range(r.randint(0, most_legs - len(legs))):
        ends, moment = (r.randrange(ports), r.randrange(ports)), r.randint(0, DAYS * 4 - 2)
        legs.append((*ends, moment, r.randint(1, 6), r.randint(0, 3), r.randint(0, 9)))
        if r.random() < 0.6:  # one of the others again, on another day
            origin, target, moment, *rest = r.choice(legs)
            legs[-1] = (origin, target, moment % 4 + 4 * r.randrange(DAYS - 1), *rest)
    if r.random() < 0.05:
        legs = []
    r.shuffle(legs)
    wishes = tuple(_wish(r, ports, route) for _ in range(r.randint(0, most_wishes)))
    same = [tuple(b for b, other in enumerate(wishes) if (other.ports == wish.ports).all()) for wish in wishes]
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
        first=np.array([r.random() < 0.9 for _ in legs], dtype=bool),
        last=np.array([r.random() < 0.9 for _ in legs], dtype=bool),
        nightly=np.array([r.choice([0, 0, 1, 5]) for _ in range(ports)], dtype=np.int64),
        start=route[0] if r.random() < 0.9 else r.randrange(ports),
        goal=route[-1] if r.random() < 0.9 else r.randrange(ports),
        fixed=r.choice([0, 7]),
        wishes=wishes,
        apart=tuple(dict.fromkeys(group for group in same if len(group) > 1)) if r.random() < 0.5 else (),
    )


def _wish(r: Random, ports: int, route: list[int]) -> Wish:
    mask = np.zeros(ports, dtype=bool)
    mask[[r.choice(route), r.randrange(ports)][: r.randint(1, 2)]] = True
    return Wish(
        ports=mask,
        arrive_by=r.choice([ANY_DAY, ANY_DAY, FIRST + r.randint(0, DAYS)]),
        leave_from=r.choice([-ANY_DAY, -ANY_DAY, FIRST + r.randint(0, DAYS)]),
        least=r.choice([0, 0, 0, 1, 2]),
        most=r.choice([ANY_DAY, ANY_DAY, 2, 3]),
        from_start=r.random() < 0.5,
        to_end=r.random() < 0.7,
        ordered=r.random() < 0.4,
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
