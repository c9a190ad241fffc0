"""Less time from door to door."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import frozen

from planner.itinerary.character import door_to_door
from planner.itinerary.journey import Journey
from planner.rules.choice.beside import Beside, asked
from planner.rules.facts import Broken, Fact
from planner.rules.statements import Clause, Statement
from planner.rules.tables import END, START, View


@frozen(kw_only=True)
class Within(Beside):
    """From the first departure to the last arrival it takes at most so many minutes."""

    minutes: int

    def _fact(self) -> Fact:
        return asked("choice.within", f"the trip takes at most {self.minutes} minutes from door to door")

    def restrict(self, view: View) -> Iterator[Statement]:
        """For each time of departure, exclude the ends that come too late."""
        runs, changes = view.runs, view.changes
        first = (changes.before == START) & (changes.after != END)
        last = (changes.after == END) & (changes.before != START)
        departs, arrives = runs.departs[changes.after[first]], runs.arrives[changes.before[last]]
        begins, ends = changes.ids[first], changes.ids[last]
        for instant in np.unique(departs).tolist():
            late = ends[arrives > instant + self.minutes]
            if len(late):
                yield Clause(self._fact(), (begins[departs == instant], late))

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Measure it."""
        minutes = door_to_door(journey)
        if minutes > self.minutes:
            yield Broken(self._fact(), f"it takes {minutes} minutes")
