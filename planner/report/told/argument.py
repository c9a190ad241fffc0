"""A conflict as a short argument: the verdict, then each statement in a sentence, with where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from attrs import frozen

from planner.answer import Conflict
from planner.core.errors import Place
from planner.report.words import listed
from planner.rules.facts import Fact, Telling
from planner.scenario.scenario import Scenario


@frozen(kw_only=True)
class Statement:
    """One sentence of the argument, without its full stop; it stands for one fact, or the same of several travellers.

    `where` is its place in few words: «trip.toml:219», or «line 219» if the statement before is in the same file.
    """

    number: int
    text: str
    where: str
    facts: tuple[Fact, ...]

    @property
    def changeable(self) -> bool:
        """Whether the travellers could change it."""
        return self.facts[0].changeable

    @property
    def place(self) -> Place:
        """Where it stands, in full."""
        return self.facts[0].place

    @property
    def source(self) -> str:
        """Where the law that it states comes from, perhaps ""."""
        return self.facts[0].source


@frozen(kw_only=True)
class Argument:
    """The verdict and the statements: what can be changed first, in each part the most telling ones first."""

    verdict: str
    statements: tuple[Statement, ...]


def argument(scenario: Scenario, conflict: Conflict, first: bool = True) -> Argument:
    """The argument of a conflict that has facts; the first one says what is proved of its size."""
    said = _statements(scenario, conflict)
    if len(said) == 1:
        verdict = "No valid trip: this statement alone rules out every trip."
    else:
        proved = _proved(conflict) if first else ""
        verdict = f"No valid trip: these {len(said)} statements cannot hold together{proved}."
    return Argument(verdict=verdict, statements=said)


def _statements(scenario: Scenario, conflict: Conflict) -> tuple[Statement, ...]:
    families: dict[tuple[bool, Telling, str, str], list[Fact]] = {}
    for fact in conflict.facts:
        key = not fact.changeable, fact.telling, fact.kind, _pattern(scenario, fact)
        families.setdefault(key, []).append(fact)
    said, file = [], ""
    for number, ((*_, pattern), facts) in enumerate(sorted(families.items(), key=lambda item: item[0][:2]), 1):
        text, place = _sentence(scenario, pattern, facts), facts[0].place
        said.append(Statement(number=number, text=text, where=_where(place, file), facts=tuple(facts)))
        file = place.file or file
    return tuple(said)


def _where(place: Place, named: str) -> str:
    """«trip.toml:219», «rulebooks/us.toml:36»; «line 36» in the file named last."""
    if place.line and place.file == named:
        return f"line {place.line}"
    file = place.file if place.file.startswith("rulebooks/") else PurePath(place.file).name
    return f"{file}:{place.line}" if place.line else file


def _proved(conflict: Conflict) -> str:
    if conflict.smallest:
        return "; no fewer would do" if len(conflict.facts) > 1 else ""
    least, most = conflict.at_least, conflict.at_most
    return f" (perhaps fewer would do: a smallest such set has at least {least}, at most {most} facts)"


def _pattern(scenario: Scenario, fact: Fact) -> str:
    """The text of a fact with the traveller it is about left open."""
    for traveller in scenario.travellers:
        if fact.id.split(".")[-1] == traveller.id or f".{traveller.id}." in fact.id:
            return fact.text.replace(traveller.label, _SOMEBODY)
    return fact.text


_SOMEBODY = "\0"


def _sentence(scenario: Scenario, pattern: str, facts: Sequence[Fact]) -> str:
    names = listed(_names(scenario, facts))
    text = pattern.replace(_SOMEBODY, names)
    return text[:1].upper() + text[1:].rstrip(".")


def _names(scenario: Scenario, facts: Sequence[Fact]) -> Iterator[str]:
    for traveller in scenario.travellers:
        if any(f".{traveller.id}." in f"{fact.id}." for fact in facts):
            yield traveller.label
