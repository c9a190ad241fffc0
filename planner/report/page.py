"""A page of text: lines of a width, wrapped and made harmless, each with how it is to look on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from attrs import define, field, frozen

from planner.core.plain import plain

WIDTH = 80
ROOMY = 60  # columns from which there is room for columns side by side
Look = Literal["plain", "heading", "strong", "dim", "good", "bad", "doubtful"]


@frozen
class Line:
    """A line, and how it looks where a terminal can show it; the first `lead` characters are strong."""

    text: str
    look: Look = "plain"
    lead: int = 0


@define
class Page:
    """Lines of at most `width` columns."""

    width: int = WIDTH
    lines: list[Line] = field(factory=list)

    @property
    def roomy(self) -> bool:
        """Whether there is room for columns side by side."""
        return self.width >= ROOMY

    def add(self, text: str, indent: int = 0, hang: int = 0, look: Look = "plain", lead: str = "") -> None:
        """Add a paragraph that begins with `lead`, indented; its second and later lines by `hang` more."""
        lead = plain(lead)
        wrapped = _wrap(f"{lead}{plain(text)}".split(" "), " " * indent, " " * (indent + hang), self.width)
        first, *rest = wrapped
        strong = min(indent + len(lead), len(first)) if lead else 0
        self.lines += [Line(first, look, strong), *(Line(line, look) for line in rest)]

    def row(self, left: str, right: str, indent: int = 0, look: Look = "plain") -> None:
        """Add a line with something at its right end, below the text if there is no room beside it."""
        right = plain(right)
        self.add(left, indent, 2, look)
        last = self.lines[-1].text
        room = self.width - cell_len(last) - cell_len(right)
        if room < 1:
            self.lines.append(Line(" " * (self.width - cell_len(right)) + right, look))
        else:
            self.lines[-1] = Line(last + " " * room + right, look)

    def columns(self, rows: Sequence[Sequence[str]], looks: Sequence[Look]) -> bool:
        """Add rows of cells side by side; False, and nothing added, if they do not fit.

        The last cell of a row with fewer cells than others may reach over their columns, and is wrapped. `looks` has
        how each row looks.
        """
        table = [[plain(cell) for cell in row] for row in rows]
        most = max(map(len, table))
        widths = [max(cell_len(row[at]) for row in table if len(row) > at + 1) for at in range(most - 1)]
        lines: list[Line] = []
        for row, look in zip(table, looks, strict=True):
            left = "".join(
                cell + " " * (width + 2 - cell_len(cell)) for cell, width in zip(row[:-1], widths, strict=False)
            )
            if len(row) == most and cell_len(left + row[-1]) > self.width:
                return False
            wrapped = _wrap(row[-1].split(" "), left, " " * cell_len(left), self.width)
            lines += (Line(line, look) for line in wrapped)
        self.lines += lines
        return True

    def gap(self) -> None:
        """An empty line, unless one is there already."""
        if self.lines and self.lines[-1].text:
            self.lines.append(Line(""))

    def heading(self, text: str) -> None:
        """A title with its line of dashes."""
        self.gap()
        self.add(text, look="heading")
        self.lines.append(Line("-" * cell_len(self.lines[-1].text), "dim"))

    def text(self) -> str:
        """The whole page without any looks, ending with a line break."""
        return "\n".join(line.text for line in self.lines).rstrip("\n") + "\n"


def cell_len(text: str) -> int:
    """Columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len as measured

    return measured(text)


def _wrap(words: list[str], first: str, rest: str, width: int) -> list[str]:
    lines, line, empty = [], first, True
    for word in words:
        wider = cell_len(line) >= cell_len(rest)  # else a new line would have no more room
        if not empty and wider and cell_len(line) + 1 + cell_len(word) > width:
            lines.append(line.rstrip())
            line, empty = rest, True
        # A word longer than a line is broken, but not an address: it could not be followed any more.
        *heads, last = [word] if "://" in word else _broken(word, width - cell_len(line), width - cell_len(rest))
        for head in heads:
            lines.append(line + head)
            line = rest
        line += last if empty else f" {last}"
        empty = False
    return [*lines, line.rstrip()]


def _broken(word: str, room: int, later: int) -> Iterator[str]:
    """A word in pieces: the first takes at most `room` columns, each one after it `later`, or is one character."""
    start = used = 0
    for at, char in enumerate(word if cell_len(word) > room else ""):
        cells = cell_len(char)
        if used + cells > room and at > start:
            yield word[start:at]
            start, used, room = at, 0, later
        used += cells
    yield word[start:]
