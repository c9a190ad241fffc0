"""A conflict as a short argument: the verdict, then each statement in a sentence, with where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from attrs import frozen

from planner.answer import Conflict
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

    @property
    def where(self) -> str:
        """«trip.toml:219», «rulebooks/us.toml:36»."""
        place = self.facts[0].place
        if not place.file:
            return ""
        file = place.file if place.file.startswith("rulebooks/") else PurePath(place.file).name
        return f"{file}:{place.line}" if place.line else file


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


def argument(page: Page, scenario: Scenario, conflict: Conflict) -> None:
    """Add the verdict and the sentences of a conflict that has facts."""
    size = len(conflict.facts)
    if size == 1:
        page.add("No valid trip: this statement alone rules out every trip.")
    else:
        page.add(f"No valid trip: these {size} statements cannot hold together{_proved(conflict)}.")
    said = statements(scenario, conflict)
    for changeable, title in ((True, "What could be changed:"), (False, "What could not:")):
        part = [statement for statement in said if statement.changeable is changeable]
        if part and len({item.changeable for item in said}) > 1:
            page.add(title)
        for statement in part:
            where = f" ({statement.where})" if statement.where else ""
            page.add(f"{statement.number}. {statement.text}{where}.", 0, 3)


def _proved(conflict: Conflict) -> str:
    if conflict.smallest:
        return "; no fewer would do" if len(conflict.facts) > 1 else ""
    return f" (a smallest such set has at least {conflict.at_least}, at most {conflict.at_most}: time ran out)"


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
