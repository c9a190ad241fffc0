"""The smallest conflicts, in order, each proved: implicit hitting sets.

Every trip breaks some facts, of which each conflict contains one: a correction set. A smallest conflict is a smallest
set of facts that meets all correction sets, so both are found together, each bounding the other (Ignatiev, Previti,
Liffiton, Marques-Silva, CP 2015; Gamba, Bogaerts, Guns, JAIR 78, 2023). Families of facts are opened only where that
matters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from attrs import define, field, frozen

from planner.explaining.families import Families
from planner.explaining.first import grown, minimal_conflict
from planner.explaining.order import Order
from planner.solving.client import Effort
from planner.solving.hitting import HittingSets
from planner.solving.oracle import Impossible, Oracle, Possible

REFINED = 60  # a core of more facts is not made minimal just to see whether it is smaller


@frozen
class Progress:
    """A minimal conflict, and how many facts any (further) conflict has at least.

    `final` says that it is the first in order (`Order`) of those not told yet.
    """

    conflict: frozenset[str]
    at_least: int
    final: bool = False


@define(eq=False)
class Smallest:
    """Finds the conflicts of a scenario in order. `corrections` are all correction sets found so far."""

    oracle: Oracle
    effort: Effort
    order: Order
    corrections: list[Possible] = field(factory=list)
    told: list[frozenset[str]] = field(factory=list)
    _families: Families = field(factory=Families)
    _best: frozenset[str] | None = None
    _sets: list[frozenset[str]] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        self._families.learn(self.oracle.facts)

    def conflicts(self) -> Iterator[Progress]:
        """Ever better answers: for each conflict in order, those on the way to it and then itself, `final`.

        Ends when there is no further conflict. Nothing at all: all facts can hold together. Raises OutOfTime.
        """
        while True:
            yield from self._next()
            if self._best is None:
                return
            self.told.append(self._best)
            if not self._best:
                return

    def _next(self) -> Iterator[Progress]:
        self._best = None
        if not self.told:
            answer = self.oracle.ask([fact.id for fact in self.oracle.facts])
            if isinstance(answer, Possible):
                return
            self._best = minimal_conflict(self.oracle, self.order, answer.core)
            yield Progress(self._best, min(1, len(self._best)))
        for found in self._least(frozenset(), None):
            self._best = found.conflict or self._best
            if self._best is not None and not found.final:
                yield Progress(self._best, max(1, found.at_least) if self._best else 0)
        if self._best is not None:
            self._best = self._first_of_equals(self._best)
            yield Progress(self._best, len(self._best), final=True)

    def _first_of_equals(self, best: frozenset[str]) -> frozenset[str]:
        """Of the conflicts of that size, the one that does without the least telling facts."""
        needed = 0
        while needed < len(best):
            least_first = self.order.least_telling_first(best)
            rank, kept = self.order.rank[least_first[needed]], set(least_first[:needed])
            barred = frozenset(n for n, other in self.order.rank.items() if other >= rank and n not in kept)
            better = None
            for found in self._least(barred, len(best)):
                better = found.conflict or better
            if better is None or len(better) > len(best):
                needed += 1
            else:
                best = better
        return best

    def _least(self, barred: frozenset[str], limit: int | None) -> Iterator[Progress]:
        """A smallest conflict that contains no barred fact and none told before; with a limit, of no more facts.

        Progress without a conflict (an empty set) only bounds. The last one, if there is such a conflict, is final.
        """
        for known in self.told:
            self._families.open(known)
        if barred and isinstance(self.oracle.ask(self.order.rank.keys() - barred), Possible):
            return  # what is not barred can hold together
        sets, at_least = self._hitting(barred), 0
        best = self._best if not barred else None
        while True:
            chosen = sets.least()
            if chosen is None or (limit is not None and len(chosen) > limit):
                return
            if best is not None and len(chosen) >= len(best):
                yield Progress(best, len(best), final=True)
                return
            if len(chosen) > at_least:
                at_least = len(chosen)
                yield Progress(frozenset(), at_least)
            core, corrected = self._corrected(sets, self._families.members(chosen) - barred, barred)
            if core is None:
                return  # what is not barred can hold together
            if not corrected:
                if self._families.open(core):
                    sets = self._hitting(barred)
                    continue
                yield Progress(core, len(core), final=True)
                return
            if best is not None and len(core) <= REFINED:
                smaller = minimal_conflict(self.oracle, self.order, core)
                if len(smaller) < len(best) and not any(known <= smaller for known in self.told):
                    best = smaller
                    yield Progress(best, at_least)

    def _corrected(
        self, sets: HittingSets[str], facts: set[str], barred: Collection[str]
    ) -> tuple[frozenset[str] | None, bool]:
        """Correction sets that some facts do not meet, until they do: then a core of them, and whether any was found.

        No core: whatever is added, the facts can hold together.
        """
        corrected = False
        while True:
            answer = self.oracle.most(facts, barred)
            if isinstance(answer, Impossible):
                return answer.core, corrected
            broken = self._add(answer if barred else grown(self.oracle, answer)) - frozenset(barred)
            sets.hit(self._families.nodes(broken))
            if not broken:
                return None, True
            facts, corrected = facts | broken, True

    def _add(self, found: Possible) -> frozenset[str]:
        if not found.broken <= self._families.known:
            self.order.learn(self.oracle.facts)
            self._families.learn(self.oracle.facts)
        if found.broken not in self._sets:
            self._sets.append(found.broken)
            self.corrections.append(found)
        return found.broken

    def _hitting(self, barred: frozenset[str]) -> HittingSets[str]:
        sets = HittingSets[str](self.effort)
        for broken in self._sets:
            sets.hit(self._families.nodes(broken - barred))
        for known in self.told:
            if not known & barred:
                sets.not_all(known)
        return sets
