"""The law that is asked: rulebooks by id, and a scenario in which nothing happens yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from planner.core.errors import Place, Problem, ScenarioError, did_you_mean
from planner.core.money import Price
from planner.rules.base import table_kinds
from planner.scenario.law import Rulebook
from planner.scenario.reading import read_rulebooks
from planner.scenario.reading.checks.travel import FIRST_YEAR, LAST_YEAR
from planner.scenario.reading.walk import values

ELSEWHERE, FARTHER = "elsewhere", "another place"  # places of which no law speaks
_CURRENCY = "USD"


def rulebooks(ids: Iterable[str] | None) -> tuple[Rulebook, ...]:
    """Some of the rulebooks that come with the planner; None: all. Raises ScenarioError for unknown ids."""
    shipped = read_rulebooks(table_kinds())
    if ids is None:
        return tuple(shipped.values())
    names = list(ids)
    refuse(
        f"book: unknown rulebook {name!r}|{did_you_mean(name, sorted(shipped))}"
        for name in names
        if name not in shipped
    )
    return tuple(shipped[name] for name in names)


def refuse(messages: Iterable[str]) -> None:
    """Raise what is wrong, if anything: «message|hint»."""
    problems = [Problem(Place(""), *message.split("|", 1)) for message in messages]
    if problems:
        raise ScenarioError(problems)


def wrong_days(named: Iterable[tuple[str, object]]) -> Iterator[str]:
    """What is wrong with dates, by the name of what they are given for; None is no date, and no mistake."""
    for name, value in named:
        if value is not None and (isinstance(value, datetime) or not isinstance(value, date)):
            yield f"{name}: expected a date, found {value!r}"
        elif value is not None and not FIRST_YEAR <= value.year <= LAST_YEAR:
            yield f"{name}: the year {value.year} is out of range|dates go from {FIRST_YEAR} to {LAST_YEAR}"


def empty_scenario(books: Iterable[Rulebook], today: date) -> dict[str, Any]:
    """What a file says that uses some rulebooks and knows places of which no law speaks."""
    codes = {value.value.currency for value in values({Price}, *books)} - {"", _CURRENCY}
    return {
        "today": today,
        "currency": _CURRENCY,
        "rates": {"date": today, "values": dict.fromkeys(sorted(codes), 1)},  # amounts are shown as they stand
        "rulebooks": [book.id for book in books],
        "territories": [{"id": name, "name": name} for name in (ELSEWHERE, FARTHER)],
    }
