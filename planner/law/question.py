"""One crossing as a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from attrs import field, frozen

from planner.scenario.node import GroundType, Mode, Purpose


@frozen(kw_only=True)
class Holding:
    """A permission in hand: for a zone, of a type."""

    zone: str
    type: GroundType = "visa"


@frozen(kw_only=True)
class Book:
    """A passport in hand: its state, and the last date on which it is valid, if that is known."""

    state: str
    expires: date | None = None


def _as_books(passports: Iterable[Book | str]) -> tuple[Book, ...]:
    return tuple(Book(state=item) if isinstance(item, str) else item for item in passports)


@frozen(kw_only=True)
class Question:
    """An entry into `to` (a territory, zone or port) on a date, with these passports.

    `come_from` and `following` are ports or territories, "" where not known; planes are changed airside, on one
    ticket, in each of `via`. `until`: the last date of the stay. `books`: ids of rulebooks; None: all of them.
    """

    passports: tuple[Book, ...] = field(converter=_as_books)  # a text is a state
    to: str
    on: date
    come_from: str = ""
    via: tuple[str, ...] = ()
    following: str = ""
    until: date | None = None
    port: str = ""
    by: Mode = "air"
    purposes: tuple[Purpose, ...] = ("tourism",)
    holding: tuple[Holding, ...] = ()
    certificates: tuple[str, ...] = ()
    born: date | None = None
    residence: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    books: tuple[str, ...] | None = None
    base: bool = True
    readings: Mapping[str, str] = field(factory=dict)
