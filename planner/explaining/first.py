"""A minimal conflict, quickly; and how a solution grows until it meets as many facts as it can."""

from __future__ import annotations

from collections.abc import Collection

from planner.explaining.order import Order
from planner.solving.oracle import Impossible, Oracle, Possible

FEW = 16  # facts up to which they are tried one by one


def minimal_conflict(oracle: Oracle, order: Order, core: Collection[str]) -> frozenset[str]:
    """A minimal conflict among facts that cannot hold together: least telling facts are tried first for leaving out.

    Deletion, each time with the core that comes back (Marques-Silva, ISMVL 2010); many facts are tried in chunks.
    Raises OutOfTime.
    """
    left = order.least_telling_first(core)
    kept: set[str] = set()
    chunk = _chunk(left)
    while left:
        answer = oracle.ask([*kept, *left[chunk:]])
        if isinstance(answer, Impossible):
            left = [name for name in left[chunk:] if name in answer.core]
            chunk = min(chunk, _chunk(left))
        elif chunk > 1:
            chunk //= 2
        else:
            kept.add(left.pop(0))
            chunk = _chunk(left)
    return frozenset(kept)


def _chunk(left: Collection[str]) -> int:
    return max(1, len(left) // 2) if len(left) > FEW else 1


def grown(oracle: Oracle, found: Possible) -> Possible:
    """A solution that breaks nothing but what another one does, and as little of it as the oracle can make out."""
    while (more := oracle.more(found)) is not None:
        found = more
    return found


def all_but(oracle: Oracle, order: Order, given_up: Collection[str]) -> Possible | Impossible:
    """Whether all facts but some can hold together; facts that come up with an answer count as well.

    Raises OutOfTime.
    """
    while True:
        order.learn(oracle.facts)
        answer = oracle.ask([fact.id for fact in oracle.facts if fact.id not in given_up])
        if isinstance(answer, Impossible) or answer.broken <= set(given_up):
            return answer
