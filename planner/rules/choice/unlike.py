"""Not the same trip again: another route, other dates, or other papers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import frozen

from planner.itinerary.character import Character, Paper, Way, alike, character
from planner.itinerary.journey import Journey
from planner.rules.choice.beside import Beside, asked
from planner.rules.facts import Broken, Fact
from planner.rules.statements import Clause, Ids, Statement
from planner.rules.tables import View


@frozen(kw_only=True)
class Unlike(Beside):
    """The journey is not like one that is known; `number` tells such rules apart."""

    number: int
    known: Character

    def _fact(self) -> Fact:
        return asked(f"choice.unlike.{self.number}", "the trip differs from the ones told before")

    def restrict(self, view: View) -> Iterator[Statement]:
        """If everything that makes up the known trip is chosen, then some other way is taken too."""
        runs, ways = view.runs, [Way.of(leg) for leg in view.scenario.legs]
        taken = [{ways[leg] for leg in legs} for legs in runs.legs]
        given = [
            runs.ids[np.array([part in run for run in taken], dtype=bool)]
            if isinstance(part, Way)
            else _using(view, part)
            for part in self.known
        ]
        if all(map(len, given)):  # else it cannot be made at all
            others = np.array([not run <= self.known for run in taken], dtype=bool)
            yield Clause(self._fact(), tuple(given), runs.ids[others])

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Compare the two."""
        if alike(self.known, character(journey)):
            yield Broken(self._fact(), "it is one of them")


def _using(view: View, paper: Paper) -> Ids:
    """The options with which a traveller uses a paper, or applies for it."""
    stays, applications = view.stays(paper.traveller), view.applications(paper.traveller)
    used = stays.enters & ((stays.passport == paper.id) | (stays.ground == paper.id))
    return np.concatenate([stays.ids[used], applications.ids[applications.acquirable == paper.id]])
