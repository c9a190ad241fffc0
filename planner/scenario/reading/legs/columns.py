"""What a file's table is read into, whatever reads it: columns of numbers, and of texts by number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]


class Unreadable(Exception):
    """A file that cannot be used at all: what is wrong, a hint, and the line (0: the whole file)."""

    def __init__(self, message: str, hint: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.hint, self.line = hint, line


@frozen(eq=False)
class Texts:
    """A column of texts: for each row the number of its text in `values`, -1 for none."""

    codes: Array
    values: list[str]

    @classmethod
    def of(cls, codes: Array, raw: Sequence[str]) -> Texts:
        """The same column with the spaces around texts taken off, each text once; an empty text is none."""
        number: dict[str, int] = {"": -1}
        values: list[str] = []
        moved = np.empty(len(raw) + 1, dtype=np.int32)
        moved[-1] = -1  # where the code -1 leads
        for index, text in enumerate(raw):
            clean = text.strip()
            if clean not in number:
                number[clean] = len(values)
                values.append(clean)
            moved[index] = number[clean]
        return cls(moved[codes], values)

    @classmethod
    def coded(cls, texts: Sequence[str]) -> Texts:
        """The column that holds some texts."""
        number: dict[str, int] = {}
        codes = np.fromiter((number.setdefault(text, len(number)) for text in texts), np.int32, len(texts))
        return cls.of(codes, list(number))

    @classmethod
    def all(cls, text: str, count: int) -> Texts:
        """The column that holds one text in each of its rows."""
        return cls(np.zeros(count, dtype=np.int32), [text])

    def before(self, other: Texts) -> Texts:
        """The column that holds this one's texts and then the other's, with a space between them."""
        pairs, codes = np.unique(np.stack([self.codes, other.codes]), axis=1, return_inverse=True)
        first, second = [*self.values, ""], [*other.values, ""]
        return Texts.of(codes.ravel(), [f"{first[a]} {second[b]}" for a, b in pairs.T.tolist()])

    def at(self, row: int) -> str:
        """The text of a row."""
        code = int(self.codes[row])
        return self.values[code] if code >= 0 else ""


@frozen(eq=False)
class Stamps:
    """A column of timestamps: whole numbers, so many of them a minute, counted from 1970."""

    numbers: Array
    missing: NDArray[np.bool_]
    a_minute: int


@frozen(eq=False)
class Amounts:
    """A column of prices as int64 or float64."""

    numbers: Array
    missing: NDArray[np.bool_]


Lines: TypeAlias = Callable[[Sequence[int]], Mapping[int, int]]
Column: TypeAlias = Texts | Stamps | Amounts


@frozen(eq=False)
class Frame:
    """Some rows of a file, by their numbers from 1. `columns` go by the planner's names for them.

    `ids` are texts, empty where a row has none; None if the file has no such column. `lines` tells on which lines of
    the file some rows begin, and is None for files without lines.
    """

    rows: Array
    columns: Mapping[str, Column]
    ids: list[str] | None = None
    lines: Lines | None = None

    def times(self, key: str) -> Column:
        """The column of times of that name, with the dates before them where those have a column of their own."""
        column, dates = self.columns[key], self.columns.get(f"{key}_date")
        if not isinstance(column, Texts) or not isinstance(dates, Texts):
            return column
        return dates.before(column)

    def without_blanks(self) -> Frame:
        """Without the rows in which there is nothing, of a frame that holds texts only."""
        texts = {name: column for name, column in self.columns.items() if isinstance(column, Texts)}
        filled = np.array([bool(text) for text in self.ids], dtype=np.bool_) if self.ids else np.False_
        for column in texts.values():
            filled = filled | (column.codes >= 0)
        kept = np.flatnonzero(filled)
        if len(kept) == len(self.rows):
            return self
        ids = None if self.ids is None else [self.ids[position] for position in kept.tolist()]
        columns = {name: evolve(column, codes=column.codes[kept]) for name, column in texts.items()}
        return evolve(self, rows=self.rows[kept], columns=columns, ids=ids)
