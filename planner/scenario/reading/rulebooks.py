"""The rulebooks that come with the planner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from planner.core.errors import Problem, ScenarioError
from planner.core.money import Price
from planner.scenario.law import Entry, Rulebook
from planner.scenario.node import GroundRef
from planner.scenario.reading.checks.ids import used_twice
from planner.scenario.reading.checks.tables import check_tables
from planner.scenario.reading.damage import Damage
from planner.scenario.reading.law import check_readings, merge
from planner.scenario.reading.names import Names, check_references
from planner.scenario.reading.structure import structure
from planner.scenario.reading.text import parse
from planner.scenario.reading.walk import values


def shipped(kinds: Mapping[str, type[Entry]]) -> dict[str, Rulebook]:
    """All rulebooks that come with the planner, by id. Raises ScenarioError if something in them is wrong."""
    return dict(_shipped(tuple(kinds.items())))


@lru_cache(maxsize=8)
def _shipped(kinds: tuple[tuple[str, type[Entry]], ...]) -> dict[str, Rulebook]:
    found = sorted((Path(__file__).parents[2] / "rulebooks").glob("*.toml"))
    texts = {f"rulebooks/{item.name}": item.read_text(encoding="utf-8") for item in found}
    return read_books(texts, dict(kinds))


def read_books(texts: Mapping[str, str], kinds: Mapping[str, type[Entry]]) -> dict[str, Rulebook]:
    """Rulebooks by id, from texts by file name. Raises ScenarioError with all problems in all of them."""
    books: list[Rulebook] = []
    problems: list[Problem] = []
    damage = Damage()
    for file, text in texts.items():
        try:
            data, places = parse(text, file)
        except ScenarioError as error:
            problems += error.problems
            damage |= Damage.of("ports", "territories", "zones", "readings")
            continue
        outcome = structure(data, Rulebook, kinds, places)
        problems += outcome.problems
        damage |= outcome.damage
        books += [outcome.value] if outcome.value is not None else []
    problems += used_twice("rulebook", books)
    problems += _check(books, damage, problems)
    if problems:
        raise ScenarioError(problems)
    return {book.id: book for book in books}


def _check(books: Iterable[Rulebook], damage: Damage, problems: list[Problem]) -> Iterator[Problem]:
    books = list(books)
    law = merge(books, None, problems)
    names = Names.of(law, listed={GroundRef: law.grounds})
    for book in books:
        yield from check_references(names, damage, book)
        yield from check_tables(damage, book)
        if not damage.in_any("readings"):
            yield from check_readings((*book.admissions, *book.rules), law.readings)
        for value in values({Price}, book):
            if not value.value.currency:
                yield Problem(value.place, f"{value.field.key}: a price in a rulebook needs a currency", "'34.50 USD'")
    yield from used_twice("rule or admission", [*law.admissions, *law.rules, *law.acquirables])
