"""What a new scenario starts from: places and states that somebody names, and the rulebooks that go with them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from attrs import field, frozen

from planner.core.countries import country_names
from planner.core.money import Price
from planner.law.question import Book
from planner.rules.base import table_kinds
from planner.scenario.documents import Acquirable
from planner.scenario.law import LawBook, Rulebook
from planner.scenario.node import PlaceRef, PortRef, State, ZoneRef
from planner.scenario.reading import read_rulebooks
from planner.scenario.reading.checks.travel import FIRST_YEAR, LAST_YEAR
from planner.scenario.reading.law import merge, rulebook_hint
from planner.scenario.reading.names import Names
from planner.scenario.reading.walk import values
from planner.scenario.travel import Territory, Zone

AHEAD = timedelta(days=60)  # how long before a departure that lies in the past one plans


@frozen(kw_only=True)
class Held(Book):
    """A passport of somebody who starts, perhaps with its number."""

    number: str = field(default="", repr=False)


@frozen(kw_only=True)
class Start:
    """What is known of a trip that nobody has written down yet. `to` are the places wanted, `via` those passed through.

    `name` and `born` are the traveller's. `rates`: what one unit of each other currency is worth in `currency`.
    """

    passports: tuple[Held, ...]
    name: str = ""
    born: date | None = None
    start: str
    to: tuple[str, ...]
    via: tuple[str, ...] = ()
    depart: date
    back: date
    today: date
    currency: str
    rulebooks: tuple[str, ...]
    rates: Mapping[str, Decimal] = field(factory=dict)


def day_of_planning(depart: date, now: date) -> date:
    """Now, but for a departure that is past some time before it: nobody plans a trip after it has begun."""
    return now if now <= depart else max(depart - AHEAD, date(FIRST_YEAR, 1, 1))


def day(text: str, since: date | None = None) -> date:
    """A date, perhaps one not before another. Raises ValueError, which says what is expected."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no date such as 2027-04-01") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(f"the year {found.year} is out of range: dates go from {FIRST_YEAR} to {LAST_YEAR}")
    if since is not None and found < since:
        raise ValueError(f"{found} lies before {since}")
    return found


def currency(text: str) -> str:
    """A currency's code, in capitals or not. Raises ValueError, which says what is expected."""
    if not re.fullmatch("[A-Z]{3}", text.upper()):
        raise ValueError(f"{text!r} is no currency: three letters such as USD")
    return text.upper()


def rate(text: str) -> tuple[str, Decimal]:
    """A currency and what one of it is worth, as in «EUR=1.04». Raises ValueError, which says what is expected."""
    code, _, value = text.partition("=")
    return currency(code), worth(code, value)


def worth(code: str, text: str) -> Decimal:
    """What one of a currency is worth. Raises ValueError, which says what is expected."""
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", text) or not Decimal(text):
        raise ValueError(f"{text!r} is no number above 0: what one {code} is worth, such as 1.04")
    return Decimal(text)


@frozen
class Shelf:
    """All rulebooks that come with the planner, and the names that they and the world know."""

    books: Mapping[str, Rulebook]
    law: LawBook
    names: Names

    @classmethod
    def whole(cls) -> Shelf:
        """The one there is."""
        books = read_rulebooks(table_kinds())
        law = merge(books.values(), None, [])
        return cls(books, law, Names.of(law))

    def passport(self, text: str) -> Held:
        """A passport as «MX», or with its last date as «MX:2030-05-01». Raises ValueError, which says what is wrong."""
        state, _, expires = text.partition(":")
        return Held(state=self.state(state), expires=day(expires) if expires else None)

    def state(self, text: str) -> str:
        """A state's code, in capitals or not. Raises ValueError, which says what was probably meant."""
        return self._known(State, text, "is no country code")

    def port(self, text: str) -> str:
        """The id of a port, likewise."""
        return self._known(PortRef, text, "is no port")

    def place(self, text: str) -> str:
        """The id of a port, territory or zone, likewise."""
        return self._known(PlaceRef, text, "is no port, territory or zone")

    def book(self, text: str) -> str:
        """The id of a rulebook, likewise."""
        for name in (text, text.upper()):
            if name in self.books:
                return name
        raise ValueError(f"{text!r} is no rulebook ({rulebook_hint(text, self.books)})")

    def _known(self, kind: object, text: str, wrong: str) -> str:
        for name in (text, text.upper()):
            if self.names.knows(kind, name):
                return name
        hint = self.names.hint(kind, text)
        raise ValueError(f"{text!r} {wrong}" + (f" ({hint})" if hint else ""))

    def is_port(self, place: str) -> bool:
        """Whether a place is a port, and no territory or zone."""
        return self.names.knows(PortRef, place) and not self.names.knows(ZoneRef, place)

    def name_of(self, place: str) -> str:
        """A territory's or zone's name for people, or its id."""
        areas: tuple[Territory | Zone, ...] = (*self.law.territories, *self.law.zones)
        named = next((area.name for area in areas if area.id == place and area.name), None)
        return named or country_names().get(place, place)

    def territories(self, places: Iterable[str]) -> set[str]:
        """The territories that places are, or lie in; of a zone its members."""
        members = {zone.id: {str(item.territory) for item in zone.members} for zone in self.law.zones}
        found: set[str] = set()
        for place in places:
            if place in members:
                found |= members[place]
            elif self.names.knows(ZoneRef, place):
                found.add(place)
            elif (port := self.names.atlas.port(place)) is not None:
                found.add(str(port.territory))
        return found

    def suggested(self, places: Iterable[str], states: Iterable[str]) -> list[str]:
        """The rulebooks that cover a territory on the way, or the state of a passport: some of its law goes with it.

        One that defines no territory is about a part of one, such as an island, and goes with the ports it names.
        """
        places = list(places)
        areas = {place for place in places if not self.is_port(place)}
        wanted, part_wanted = self.territories(places) | set(states), self.territories(areas)
        return [
            name
            for name, book in self.books.items()
            if (wanted if book.territories else part_wanted) & self.territories(book.covers)
            or (not book.territories and {item.value for item in values({PortRef}, *book.rules)} & {*places})
        ]

    def uncovered(self, places: Iterable[str], books: Collection[str]) -> list[str]:
        """The territories on the way that none of some rulebooks covers."""
        covered = {place for name in books for place in self.territories(self.books[name].covers)}
        return sorted(self.territories(places) - covered)

    def currencies(self, books: Collection[str], own: str) -> list[str]:
        """The currencies other than one's own in which the law of some rulebooks names prices."""
        law = [entry for name in books for entry in (*self.books[name].admissions, *self.books[name].rules)]
        return sorted({item.value.currency for item in values({Price}, *law)} - {own})

    def offers(self, books: Collection[str], states: Collection[str], to: Iterable[str]) -> list[Acquirable]:
        """The papers that some rulebooks offer to a national of some states; of several consulates, those of `to`.

        Nobody needs a permission to enter their own country.
        """
        wanted = self.territories(to)
        return [
            item
            for name in books
            for item in self.books[name].acquirables
            if (not item.nationalities or {*item.nationalities} & {*states})
            and (not item.issued_by or item.issued_by in wanted)
            and (item.permission is None or item.permission.zone not in states)
        ]
