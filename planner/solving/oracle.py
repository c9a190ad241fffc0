"""The questions that explaining asks: can these facts hold together, all others void?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Protocol

from attrs import frozen

from planner.rules.facts import Fact
from planner.solving.search import Witness


@frozen(eq=False)
class Possible:
    """There is a trip that breaks the facts of these ids and no others of the whole scenario.

    Every conflict contains one of them. `solution` is what the oracle makes a witness of.
    """

    broken: frozenset[str]
    solution: Any


@frozen
class Impossible:
    """The facts of these ids, all of them among those asked for, cannot hold together. Not always minimal."""

    core: frozenset[str]


class Oracle(Protocol):
    """Answers about the facts of one scenario, within one effort. Nothing unsettled is ever called impossible."""

    @property
    def facts(self) -> Sequence[Fact]:
        """All facts that may matter; more may come up with an answer that breaks them."""

    def ask(self, enforced: Collection[str]) -> Possible | Impossible:
        """Whether the facts of these ids can hold together, all others void. Raises OutOfTime."""

    def most(self, enforced: Collection[str], barred: Collection[str] = ()) -> Possible | Impossible:
        """The same question; of the other facts not barred, the answer breaks as few as can be told without much ado.

        Raises OutOfTime.
        """

    def more(self, found: Possible) -> Possible | None:
        """A solution that breaks only some of the facts that another one breaks; None if none is known.

        Raises OutOfTime.
        """

    def witness(self, found: Possible) -> Witness:
        """The trip behind an answer."""
