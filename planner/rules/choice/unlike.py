"""Not the same trip again: another route, other dates, or other papers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import frozen

from planner.itinerary.character import Admitted, Character, Way, character
from planner.itinerary.journey import Journey
from planner.rules.choice.beside import Beside, asked
from planner.rules.facts import Broken, Fact
from planner.rules.statements import Clause, Ids, Statement
from planner.rules.tables import View


@frozen(kw_only=True)
class Unlike(Beside):
    """The journey has another character than one that is known; `number` tells such rules apart."""

    number: int
    known: Character

    def _fact(self) -> Fact:
        return asked(f"choice.unlike.{self.number}", "the trip differs from the ones told before")

    def restrict(self, view: View) -> Iterator[Statement]:
        """If everything that makes up the character is chosen, then something is that does not belong to it."""
        groups: dict[Way | Admitted, Ids] = {}
        others: list[Ids] = []
        for alike, rest in (self._ways(view), *(self._entries(view, person.id) for person in view.scenario.travellers)):
            groups |= alike
            others.append(rest)
        if len(groups) == len(self.known):  # else it cannot be made at all
            yield Clause(self._fact(), tuple(groups.values()), np.concatenate(others))

    def _ways(self, view: View) -> tuple[dict[Way | Admitted, Ids], Ids]:
        """The runs that take each known way, and those that take another one too."""
        runs, ways = view.runs, [Way.of(leg) for leg in view.scenario.legs]
        taken = [{ways[leg] for leg in legs} for legs in runs.legs]
        alike: dict[Way | Admitted, Ids] = {}
        for way in self.known:
            found = runs.ids[np.array([way in run for run in taken], dtype=bool)]
            if len(found):
                alike[way] = found
        return alike, runs.ids[np.array([not run <= self.known for run in taken], dtype=bool)]

    def _entries(self, view: View, traveller: str) -> tuple[dict[Way | Admitted, Ids], Ids]:
        """The stays that begin with each known entry of a traveller, and those that begin with another one."""
        stays = view.stays(traveller)
        others = stays.enters.copy()
        alike: dict[Way | Admitted, Ids] = {}
        for known in self.known:
            if isinstance(known, Admitted) and known.traveller == traveller:
                rows = stays.enters & (stays.zone == known.zone)
                rows &= (stays.passport == known.passport) & (stays.ground == known.ground)
                others &= ~rows
                if rows.any():
                    alike[known] = stays.ids[rows]
        return alike, stays.ids[others]

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Compare the characters."""
        if character(journey) == self.known:
            yield Broken(self._fact(), "it is one of them")
