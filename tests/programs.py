"""Random small 0-1 programs, and what can be said of them by going through all choices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, product

import numpy as np
from attrs import frozen
from hypothesis import strategies as st

from planner.rules.facts import Fact, Telling
from planner.rules.statements import AtMost, Block, Clause, Count, Ids, Unmet
from planner.testing.readings import holds


def fact(name: str, telling: Telling = Telling.WISH) -> Fact:
    """A fact of that id."""
    return Fact(id=name, text=name, telling=telling, kind="test")


def ids(*options: int) -> Ids:
    """Option ids."""
    return np.array(options, dtype=np.int64)


@frozen
class Case:
    """Statements over a few options."""

    options: int
    facts: tuple[Fact, ...]
    statements: tuple[Block | Clause | AtMost, ...]

    def choices(self) -> list[frozenset[str | None]]:
        """For every choice of options, the ids of the facts that it breaks (None: structure)."""
        found = []
        for chosen in product([False, True], repeat=self.options):
            taken = np.array(chosen, dtype=bool)
            broken = (s.fact.id if s.fact else None for s in self.statements if not holds(s, taken))
            found.append(frozenset(broken))
        return found

    def spoken(self) -> list[Fact]:
        """The facts that some statement belongs to."""
        return [fact for fact in self.facts if any(s.fact == fact for s in self.statements)]


def possible(choices: Iterable[frozenset[str | None]], facts: Iterable[str]) -> bool:
    """Whether some choice breaks neither the structure nor one of these facts."""
    forbidden = {None, *facts}
    return any(broken.isdisjoint(forbidden) for broken in choices)


def minimal_conflicts(case: Case) -> set[frozenset[str]]:
    """Every set of facts that cannot hold together though all smaller ones can, by trying all sets."""
    choices, names = case.choices(), [fact.id for fact in case.spoken()]
    found: set[frozenset[str]] = set()
    for size in range(len(names) + 1):
        for facts in combinations(names, size):
            if not any(known <= set(facts) for known in found) and not possible(choices, facts):
                found.add(frozenset(facts))
    return found


def preferred(conflicts: Iterable[frozenset[str]], facts: Sequence[Fact]) -> frozenset[str]:
    """The conflict that does without the least telling fact, if any does; of those, without the next …"""
    order = [fact.id for telling in sorted(Telling, reverse=True) for fact in facts[::-1] if fact.telling == telling]
    return min(conflicts, key=lambda conflict: [name in conflict for name in order])


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A few options, facts and statements that often cannot all hold."""
    options = draw(st.integers(2, 5))
    facts = tuple(fact(f"f{number}", draw(st.sampled_from(Telling))) for number in range(draw(st.integers(3, 7))))
    some = st.lists(st.integers(0, options - 1), min_size=1, max_size=3, unique=True).map(lambda found: ids(*found))
    clauses = st.builds(Clause, st.none(), st.lists(some, max_size=2).map(tuple), some | st.just(ids()))
    counts: st.SearchStrategy[Count | Unmet] = st.one_of(
        st.builds(Count, st.integers(1, 3), some, st.booleans()),
        st.builds(Count, st.integers(-2, -1), some),
        st.builds(Unmet, st.integers(1, 3), st.lists(clauses, min_size=1, max_size=2).map(tuple)),
    )
    owner = st.sampled_from(facts) if draw(st.integers(0, 3)) else st.sampled_from((*facts, None))
    statement = st.one_of(
        st.builds(Block, owner, some),
        st.builds(Clause, owner, st.just(()), some),
        st.builds(Clause, owner, st.tuples(some), some | st.just(ids())),
        st.builds(Clause, owner, st.tuples(some, some), some | st.just(ids())),
        st.builds(AtMost, owner, st.lists(counts, min_size=1, max_size=3).map(tuple), st.integers(0, 3)),
    )
    return Case(options, facts, tuple(draw(st.lists(statement, min_size=3, max_size=12))))
