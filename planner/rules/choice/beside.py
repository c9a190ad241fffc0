"""What rules beside a scenario have in common."""

from __future__ import annotations

from typing import ClassVar

from planner.rules.base import Rule
from planner.rules.facts import Fact, Telling


class Beside(Rule):
    """A rule of no kind: it is in force where a scenario has it in `beside`. It has one fact."""

    kind: ClassVar[str] = "choice"
    summary: ClassVar[str] = "What is asked for while choices are compared."
    catalogue: ClassVar[tuple[str, ...]] = ()
    table: ClassVar[bool] = False


def asked(id_: str, text: str) -> Fact:
    """The fact of such a rule: a wish that the travellers could give up."""
    return Fact(id=id_, text=text, telling=Telling.WISH, kind=Beside.kind, changeable=True)
