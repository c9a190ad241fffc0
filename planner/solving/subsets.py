"""Subsets of some things that were not looked at yet: the map of MARCO (Liffiton et al., Constraints 21, 2016)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pysat.solvers import Glucose4


class Unexplored:
    """Every subset of some things, less those ruled out; asked for one, it tends to give a large one."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self._solver = Glucose4()

    def know(self, things: Iterable[str]) -> None:
        """Things that there are."""
        for thing in things:
            if thing not in self._number:
                self._number[thing] = len(self._number) + 1
        self._solver.set_phases(list(self._number.values()))

    def some(self) -> set[str] | None:
        """A subset that is left; None: all are explored."""
        if not self._solver.solve():
            return None
        without = {-literal for literal in self._solver.get_model() if literal < 0}
        return {thing for thing, number in self._number.items() if number not in without}

    def hit(self, things: Collection[str]) -> None:
        """Rule out the subsets that contain none of these."""
        self.know(sorted(things))
        self._solver.add_clause(sorted(self._number[thing] for thing in things))

    def nothing_beyond(self, things: Collection[str]) -> None:
        """Rule out the sets that contain all of these."""
        self._solver.add_clause(sorted(-self._number[thing] for thing in things))
