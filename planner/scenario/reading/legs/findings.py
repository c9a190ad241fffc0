"""Rows of a file that cannot be used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from planner.core.errors import Place, Problem
from planner.scenario.reading.legs.columns import Array, Frame, Unreadable
from planner.scenario.reading.legs.files import DataFile

Say: TypeAlias = Callable[[int], tuple[str, str]]  # what is wrong at a position of a frame, and a hint
SHOWN = 20  # problems of one file that are told one by one
_LOOKED_AT = 1000  # rows among which they are looked for


@define
class Findings:
    """What is wrong with rows of one file, collected column by column."""

    file: DataFile
    frame: Frame
    parts: list[tuple[Array, Say]] = field(factory=list)

    def add(self, wrong: NDArray[np.bool_], say: Say) -> None:
        """Rows of the frame, by a mask, that have something wrong with them."""
        if wrong.any():
            self.parts.append((np.flatnonzero(wrong), say))

    def problems(self) -> Iterator[Problem]:
        """The first of the rows, each thing wrong once, and how many rows more there are."""
        if not self.parts:
            return
        positions = np.unique(np.concatenate([rows for rows, _ in self.parts]))
        shown: dict[tuple[str, str], int] = {}
        for position in positions[:_LOOKED_AT].tolist():
            if len(shown) < SHOWN:
                shown.setdefault(self._said(position), position)
        rest = np.setdiff1d(positions, list(shown.values()))
        first = [int(self.frame.rows[position]) for position in (*shown.values(), *rest[:1])]
        lines = self._lines(first)
        places = [Place(str(self.file.path), lines.get(row, 0), 1 if row in lines else 0, row) for row in first]
        for place, (message, hint) in zip(places, shown, strict=False):
            yield Problem(place, message, hint)
        if len(rest):
            more = "1 more row" if len(rest) == 1 else f"{len(rest):,} more rows"
            yield Problem(places[-1], f"{more} like these cannot be used, from here on")

    def _lines(self, rows: list[int]) -> Mapping[int, int]:
        """The lines on which rows begin, as far as the file still tells."""
        try:
            return self.frame.lines(rows) if self.frame.lines else {}
        except Unreadable:  # it has gone or changed since: the numbers of rows will do
            return {}

    def _said(self, position: int) -> tuple[str, str]:
        for rows, say in self.parts:
            at = int(np.searchsorted(rows, position))
            if at < len(rows) and rows[at] == position:
                return say(position)
        raise AssertionError("a position of one of the parts")
