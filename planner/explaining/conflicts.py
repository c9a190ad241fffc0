"""Explaining an impossible scenario: conflicts in order, each certified, ever better while time allows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice

from attrs import define, evolve, field, frozen

from planner.answer import Conflict
from planner.core.errors import InternalError
from planner.explaining.asking import oracle_of
from planner.explaining.certificate import Certifier
from planner.explaining.every import every_conflict
from planner.explaining.order import Order
from planner.explaining.smallest import Progress, Smallest
from planner.scenario.scenario import Scenario
from planner.solving.search import OutOfTime, Search


@frozen
class Told:
    """Conflicts in order, all certified. `complete`: there are no others (None: not looked at)."""

    conflicts: tuple[Conflict, ...]
    complete: bool | None = None


@define(eq=False)
class Explaining:
    """Why one scenario is impossible."""

    smallest: Smallest
    certifier: Certifier
    _told: list[Conflict] = field(factory=list)

    @classmethod
    def of(cls, scenario: Scenario, search: Search) -> Explaining:
        """Explain what a search has found impossible."""
        oracle, effort = oracle_of(search), search.effort
        order = Order(oracle.facts)
        return cls(Smallest(oracle, effort, order), Certifier(scenario, search, oracle, order, effort.unwatched))

    def conflicts(self, limit: int | None = 1) -> Iterator[Told]:
        """Ever better answers: the first conflict, at last proved smallest; then more, up to `limit` (None: all).

        It ends early if time runs out. Raises OutOfTime if not even one conflict can be told, InternalError if there is
        none.
        """
        try:
            in_order = self.smallest.conflicts()
            for progress in in_order:
                yield from self._better(progress)
                if progress.final:
                    break
            if not self._told:
                raise InternalError("two solves find that no trip is possible, and explaining finds one")
            if not self._told[0].facts:
                yield Told(tuple(self._told), True)  # whatever the rules: there is nothing else to tell
            elif limit is None:
                yield from self._all()
            elif limit > 1:
                yield from self._next(in_order, limit)
        except OutOfTime:
            if not self._told:
                raise

    def _better(self, progress: Progress) -> Iterator[Told]:
        """The first conflict as far as it is known."""
        if self._told and self._ids(self._told[0]) == progress.conflict:
            self._told = [evolve(self._told[0], at_least=min(progress.at_least, len(progress.conflict)))]
        else:
            self._told = [self.certifier.conflict(progress.conflict, min(progress.at_least, len(progress.conflict)))]
        if progress.final:
            self._told = [self.certifier.sized(self._told[0], self.smallest.corrections)]
            yield Told(tuple(self._told))
            self._told = [self.certifier.priced(self._told[0])]
        yield Told(tuple(self._told))

    def _next(self, in_order: Iterator[Progress], limit: int) -> Iterator[Told]:
        """Further conflicts, each the first in order of those left."""
        final = (progress for progress in in_order if progress.final)
        for progress in islice(final, min(limit - 1, sys.maxsize)):
            self._told.append(self.certifier.conflict(progress.conflict, len(self._told[0].facts)))
            yield Told(tuple(self._told))
        if len(self._told) < limit:
            yield Told(tuple(self._told), True)

    def _all(self) -> Iterator[Told]:
        """All other conflicts, sorted."""
        first = self._ids(self._told[0])
        yield Told(tuple(self._told), False)
        for found in every_conflict(self.smallest.oracle, self.smallest.order, self.smallest.corrections):
            if found != first:
                self._told.append(self.certifier.conflict(found, len(first)))
                self._told.sort(key=lambda conflict: self.smallest.order.key(self._ids(conflict)))
                yield Told(tuple(self._told), False)
        yield Told(tuple(self._told), True)

    @staticmethod
    def _ids(conflict: Conflict) -> frozenset[str]:
        return frozenset(fact.id for fact in conflict.facts)
