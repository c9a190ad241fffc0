"""Tiny random instances of the bare problem, and their optimum by going through all journeys."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from attrs import evolve
from hypothesis import strategies as st

from benchmarks.instance import Instance, Visit

PORTS = 4
DAY = 1440


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    """Up to ten legs between four ports in six days; one or two stops; from port 0 to it or to another."""
    hop = st.tuples(
        st.integers(0, PORTS - 1), st.integers(0, PORTS - 1), st.integers(0, 11), st.integers(1, 3), st.integers(1, 9)
    )
    hops = draw(st.lists(hop.filter(lambda hop: hop[0] != hop[1]), min_size=1, max_size=10))
    hops.sort(key=lambda hop: hop[2])
    origin, target, departs, lasts, price = (np.array(column, dtype=np.int32) for column in zip(*hops, strict=True))
    departs, arrives = departs * 700, (departs + lasts) * 700 - 90
    stops = draw(st.lists(st.integers(1, PORTS - 1), min_size=1, max_size=2, unique=True))
    least = draw(st.integers(0, 2))
    return Instance(
        from_port=origin,
        to_port=target,
        departs=departs,
        arrives=arrives,
        departs_on=departs // DAY,
        arrives_on=arrives // DAY,
        price=price,
        start=0,
        goal=draw(st.sampled_from([port for port in range(PORTS) if port not in stops])),
        transfer=draw(st.sampled_from([0, 60, 800])),
        visits=tuple(Visit((port,), least, least + draw(st.integers(0, 2))) for port in stops),
    )


def journeys(instance: Instance) -> Iterator[list[int]]:
    """All sequences of legs from the start to the goal."""
    waiting: list[tuple[int, list[int]]] = [(instance.start, [])]
    while waiting:
        port, legs = waiting.pop()
        if port == instance.goal:
            yield legs
        ready = int(instance.arrives[legs[-1]]) + instance.transfer if legs else 0
        for leg in np.flatnonzero((instance.from_port == port) & (instance.departs >= ready)).tolist():
            waiting.append((int(instance.to_port[leg]), [*legs, leg]))


def made(instance: Instance, legs: list[int]) -> bool:
    """Whether a journey stays as long as wanted at each stop, once at least."""

    def stays(visit: Visit) -> Iterator[bool]:
        for one, two in pairwise(legs):
            nights = int(instance.departs_on[two] - instance.arrives_on[one])
            yield int(instance.to_port[one]) in visit.ports and visit.least <= nights <= visit.most

    return all(any(stays(visit)) for visit in instance.visits)


def optimum(instance: Instance) -> int | None:
    """The least price of a journey that makes all stops."""
    costs = [int(instance.price[legs].sum()) for legs in journeys(instance) if made(instance, legs)]
    return min(costs, default=None)


def without_nights(instance: Instance) -> Instance:
    """The same where it is enough to come to each stop, and no time is needed between legs."""
    return evolve(instance, transfer=0)
