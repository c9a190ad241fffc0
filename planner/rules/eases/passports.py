"""Other passports, or the same ones in hand on other dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from planner.core.period import Period
from planner.core.time import written
from planner.core.words import all_of
from planner.rules.easing import Easing
from planner.scenario.changing import Change
from planner.scenario.people import Dates, Passport, Traveller

NEW = Period(10, "years")  # how long a new passport is good for


def path_of(traveller: Traveller, book: Passport) -> tuple[str, ...]:
    """Where a passport held stands in a scenario."""
    return ("travellers", traveller.id, "passports", str(book.id))


def longer(fact: str, traveller: Traveller, until: dict[Passport, date]) -> Easing | None:
    """Passports that expire later, on dates by passport; None if none of them does."""
    moved = {book: day for book, day in until.items() if book.expires is not None and book.expires < day}
    if not moved:
        return None
    parts = [
        f"a passport {book.id} that expires on {written(day)} or later instead of {written(book.expires)}"
        for book, day in moved.items()
        if book.expires is not None
    ]
    return Easing(
        fact=fact,
        changes=tuple(
            Change(path=(*path_of(traveller, book), "expires"), old=book.expires, new=day)
            for book, day in moved.items()
        ),
        text=all_of(parts),
        sort="passport",
        amount=len(moved),
    )


def renewed(fact: str, traveller: Traveller, books: Iterable[Passport], today: date) -> Easing | None:
    """Passports that are as good as new today."""
    return longer(fact, traveller, {book: NEW.after(today) for book in books})


def thicker(fact: str, traveller: Traveller, pages: dict[Passport, int | None]) -> Easing | None:
    """Passports with more blank pages, by passport (None: plenty); None if none of them has."""
    more = {
        book: count
        for book, count in pages.items()
        if book.blank_pages is not None and (count is None or count > book.blank_pages)
    }
    if not more:
        return None
    parts = [
        f"a passport {book.id} with {_number(count, book.blank_pages)} blank pages" for book, count in more.items()
    ]
    return Easing(
        fact=fact,
        changes=tuple(
            Change(path=(*path_of(traveller, book), "blank_pages"), old=book.blank_pages, new=count)
            for book, count in more.items()
        ),
        text=all_of(parts),
        sort="passport",
        amount=len(more),
    )


def _number(count: int | None, before: int | None) -> str:
    return f"more than {before}" if count is None else f"{count} instead of {before}"


def at_hand(fact: str, traveller: Traveller, book: Passport, spans: Iterable[int]) -> Easing | None:
    """A passport in hand on dates on which it was to be away: those of some of its `away`, by position."""
    gone = {place: book.away[place] for place in spans}
    if not gone:
        return None
    path = (*path_of(traveller, book), "away")
    return Easing(
        fact=fact,
        changes=tuple(Change(path=(*path, str(place)), old=dates) for place, dates in gone.items()),
        text=f"have passport {book.id} in hand {all_of(map(_span, gone.values()))}",
        sort="passport",
        amount=len(gone),
    )


def _span(dates: Dates) -> str:
    start = f"from {written(dates.from_)}" if dates.from_ else ""
    end = f"until {written(dates.to)}" if dates.to else ""
    return " ".join(filter(None, (start, end))) or "all the time"
