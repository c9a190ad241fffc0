"""Families of facts: what belongs together is looked at as one thing, until it matters which part of it counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence, Set

from planner.rules.facts import Fact


def family(fact: Fact) -> str:
    """The family of a fact: of law its rulebook; else what it is about, such as a stop with its dates, or a visa."""
    if fact.place.file.startswith("rulebooks/"):
        return fact.place.file
    about, dot, _ = fact.id.rpartition(".")
    return about if dot and about.count(".") else fact.id


class Families:
    """Facts as nodes: a family that is not opened yet is one node, each fact of an opened one a node of its own.

    A set of nodes that meets every correction set is no larger than any conflict that does, so sizes counted in nodes
    are lower bounds.
    """

    def __init__(self) -> None:
        self._node: dict[str, str] = {}
        self._members: defaultdict[str, list[str]] = defaultdict(list)
        self._met: dict[str, int] = {}  # nodes in the order of the facts; by name, answers would depend on names

    def learn(self, facts: Sequence[Fact]) -> None:
        """Facts that there are; one that comes later than its family stands alone."""
        grouped: defaultdict[str, list[str]] = defaultdict(list)
        for fact in facts:
            if fact.id not in self._node:
                grouped[f"family {family(fact)}"].append(fact.id)
        for node, members in grouped.items():
            together = len(members) > 1 and node not in self._members
            for name in members:
                self._node[name] = node if together else name
                self._members[self._node[name]].append(name)
                self._met.setdefault(self._node[name], len(self._met))

    @property
    def known(self) -> Set[str]:
        """The facts that it has learnt of."""
        return self._node.keys()

    def nodes(self, facts: Iterable[str]) -> list[str]:
        """The nodes that some facts stand in, each once, in a fixed order."""
        return sorted({self._node[name] for name in facts}, key=self._met.__getitem__)

    def members(self, nodes: Iterable[str]) -> set[str]:
        """All facts of some nodes."""
        return {name for node in nodes for name in self._members[node]}

    def open(self, facts: Collection[str]) -> bool:
        """Open the families of these facts; whether any was closed."""
        closed = {self._node[name] for name in facts} - set(facts)
        for node in closed:
            self._open(node)
        return bool(closed)

    def _open(self, node: str) -> None:
        for name in self._members.pop(node):
            self._node[name] = name
            self._members[name] = [name]
            self._met.setdefault(name, len(self._met))
