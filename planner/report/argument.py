"""A conflict as a short argument: the verdict, then each statement in a sentence, with where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from attrs import frozen

from planner.answer import Conflict
from planner.core.errors import Place
from planner.report.words import Page, count, listed
from planner.rules.facts import Fact
from planner.scenario.scenario import Scenario


@frozen
class Statement:
    """One sentence of the argument; it stands for one fact, or for the same about several travellers."""

    number: int
    text: str
    facts: tuple[Fact, ...]

    @property
    def changeable(self) -> bool:
        """Whether the travellers could change it."""
        return self.facts[0].changeable


def statements(scenario: Scenario, conflict: Conflict) -> list[Statement]:
    """The sentences, what can be changed first, each part in the order of the way."""
    families: dict[tuple[bool, str, str], list[Fact]] = {}
    for fact in conflict.facts:
        families.setdefault((not fact.changeable, fact.kind, _pattern(scenario, fact)), []).append(fact)
    ordered = sorted(families.items(), key=lambda item: item[0][0])
    return [
        Statement(number, _sentence(scenario, pattern, facts), tuple(facts))
        for number, ((_, _, pattern), facts) in enumerate(ordered, 1)
    ]


def argument(
    page: Page, scenario: Scenario, conflict: Conflict, first: bool = True, ending: str = "time ran out"
) -> None:
    """Add the verdict and the sentences of a conflict that has facts; the first one says what is proved of its size.

    `ending` is why no more is proved, if something is left open (`Answer.ending`).
    """
    said = statements(scenario, conflict)
    if len(said) == 1:
        page.add("No valid trip: this statement alone rules out every trip.")
    else:
        proved = _proved(conflict, ending) if first else ""
        page.add(f"No valid trip: these {len(said)} statements cannot hold together{proved}.")
    file = ""
    for statement, before in zip(said, (None, *said), strict=False):
        if before is not None and before.changeable and not statement.changeable:
            page.add("What could not be changed:")
        place = statement.facts[0].place
        page.add(f"{statement.number}. {statement.text}{_where(place, file)}.", 0, 3)
        file = place.file or file


def _where(place: Place, named: str) -> str:
    """« (trip.toml:219)», « (rulebooks/us.toml:36)»; « (line 36)» in the file named last."""
    if not place.file:
        return ""
    if place.line and place.file == named:
        return f" (line {place.line})"
    file = place.file if place.file.startswith("rulebooks/") else PurePath(place.file).name
    return f" ({file}:{place.line})" if place.line else f" ({file})"


def _proved(conflict: Conflict, ending: str) -> str:
    if conflict.smallest:
        return "; no fewer would do" if len(conflict.facts) > 1 else ""
    least, most = conflict.at_least, conflict.at_most
    return f" ({ending}: a smallest such set has at least {least}, at most {most} facts)"


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


def more_than(facts: Sequence[Fact]) -> str:
    """Some facts in half a sentence, the first two told, the others counted."""
    told = [fact.text for fact in facts[:2]]
    if len(facts) > 2:
        told.append(count(len(facts) - 2, "other statement"))
    return listed(told)
