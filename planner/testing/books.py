"""What every rulebook must state of itself, whatever the law says: sources, dates, places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeAlias

from planner.rules.base import table_kinds
from planner.scenario.documents import Acquirable
from planner.scenario.law import Entry, Holidays, Rulebook
from planner.scenario.reading import read_rulebooks
from planner.scenario.travel import Territory, Zone

Sourced: TypeAlias = Entry | Acquirable | Territory | Zone | Holidays


def values_of_law(book: Rulebook) -> Iterator[Sourced]:
    """Every value of law in a rulebook."""
    yield from book.territories
    yield from book.zones
    yield from book.admissions
    yield from book.rules
    yield from book.acquirables
    yield from book.holidays


def assert_rulebook(book: Rulebook | str) -> None:
    """Raise AssertionError, with a line for each thing wanting, unless a rulebook can be relied on.

    Every value says where it was read, when, and how good the source is; nothing ends before it begins; holidays fall
    on weekdays of one year, each once; it covers the territories that it describes, and says since when. Of what can be
    said of the law itself, nothing. `book` may be the id of an installed one.
    """
    known = read_rulebooks(table_kinds())
    if isinstance(book, str):
        if book not in known:
            raise AssertionError(f"there is no rulebook {book!r}; known: {', '.join(known)}")
        book = known[book]
    others = {str(territory.id) for other in known.values() for territory in other.territories}
    wanting = [*_unsourced(book), *_out_of_order(book), *_uncovered(book, others)]
    if wanting:
        raise AssertionError("\n".join(wanting))


def _unsourced(book: Rulebook) -> Iterator[str]:
    for item in values_of_law(book):
        for key in ("source", "read_on", "grade"):
            if not getattr(item, key):
                yield f"{item.where.place}: {item.id} has no {key}"


def _out_of_order(book: Rulebook) -> Iterator[str]:
    for entry in (*book.admissions, *book.rules):
        if (entry.effective_from or date.min) > (entry.effective_to or date.max):
            yield f"{entry.where.place}: {entry.id} ends before it begins"
    for days in book.holidays:
        if len(days.dates) != len({*days.dates}):
            yield f"{days.where.place}: {days.id} has a date twice"
        if len({day.year for day in days.dates}) > 1:
            yield f"{days.where.place}: {days.id} has dates of several years"
        for day in days.dates:
            if day.weekday() > 4:
                yield f"{days.where.place}: {days.id} has {day}, which is no weekday"


def _uncovered(book: Rulebook, others: set[str]) -> Iterator[str]:
    described = {str(territory.id) for territory in book.territories}
    place = book.where.place
    for name in sorted(described - {*map(str, book.covers)}):
        yield f"{place}: {book.id} describes {name} and does not cover it"
    for name in sorted({*map(str, book.covers)} - described - others):
        yield f"{place}: {book.id} covers {name}, which no rulebook describes"
    if book.covers and book.covers_from is None:
        yield f"{place}: {book.id} has no covers_from"
