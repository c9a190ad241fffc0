"""What can be wrong with the input, as data: every problem has a place and says what was expected."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from attrs import frozen

from planner.core.alike import look, strange

_LONGEST = 1000  # characters of a message that are told
_LONGEST_NAME = 200  # characters of what is compared: comparing takes a time that grows with the square of them


@frozen(order=True)
class Place:
    """A position in a file; `line` and `column` count from 1, and 0 means the whole file.

    `row` counts the rows of a table of data from 1; 0 where there are none.
    """

    file: str
    line: int = 0
    column: int = 0
    row: int = 0

    def __str__(self) -> str:
        position = f":{self.line}:{self.column}" if self.line else ""
        return f"{self.file}{position}" + (f", row {self.row}" if self.row else "")


@frozen(order=True)
class Problem:
    """One thing wrong with the input: where, what was found, what was expected and, if near, a suggestion."""

    place: Place
    message: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place.file else ""
        return where + _shortened(self.message) + (f" ({_shortened(self.hint)})" if self.hint else "")


class ScenarioError(Exception):
    """The input cannot be used. `problems` holds all that was found, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class InternalError(Exception):
    """The planner disagrees with itself (solver against checker): a bug here, never an answer."""


def _shortened(text: str) -> str:
    """The text, with its middle left out if it is very long: it may quote what somebody made so on purpose."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]} […] {text[-_LONGEST // 2 :]}"


def did_you_mean(found: str, known: Sequence[str], alike: float = 0.6) -> str:
    """Return «did you mean X?» for the nearest of `known`, else a short list of them, else nothing.

    `alike`, from 0 to 1, is how much alike the nearest must be at least.
    """
    alike_to = next((name for name in known if look(name) == look(found)), None) if strange(found) else None
    if alike_to is not None:
        return f"did you mean {alike_to!r}? It looks like that, but {strange(found)}"
    near = []
    if len(found) <= _LONGEST_NAME:
        names = [name.lower() for name in known if len(name) <= _LONGEST_NAME]
        near = difflib.get_close_matches(found.lower(), names, n=1, cutoff=alike)
    if near:
        exact = next(k for k in known if k.lower() == near[0])
        return f"did you mean {exact!r}?"
    if known and len(known) <= 12:
        return "known: " + ", ".join(sorted(known))
    return ""
