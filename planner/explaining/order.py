"""Which conflicts are told first: the shorter one; of equally long ones the one that does without what tells least."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from planner.rules.facts import Fact


def telling_order(facts: Sequence[Fact]) -> list[Fact]:
    """Facts with the most telling first; equals in the order in which the rules name them."""
    return sorted(facts, key=lambda fact: fact.telling)


class Order:
    """The order of conflicts among some facts. `rank` of a fact is higher the less it tells."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.learn(facts)

    def learn(self, facts: Sequence[Fact]) -> None:
        """All the facts that there are now."""
        self._facts = telling_order(facts)
        self.rank = {fact.id: rank for rank, fact in enumerate(self._facts)}

    def least_telling_first(self, ids: Collection[str]) -> list[str]:
        """The ids by falling rank."""
        return sorted(ids, key=self.rank.__getitem__, reverse=True)

    def key(self, ids: Collection[str]) -> tuple[int, list[int]]:
        """What conflicts are sorted by: their size, then their ranks from the highest down."""
        return len(ids), [self.rank[name] for name in self.least_telling_first(ids)]

    def facts(self, ids: Collection[str]) -> tuple[Fact, ...]:
        """The facts of a conflict, most telling first."""
        return tuple(fact for fact in self._facts if fact.id in ids)
