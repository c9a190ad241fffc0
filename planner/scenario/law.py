"""Law as data: what every dated, sourced entry has, admissions, readings, and a rulebook as a whole."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from attrs import frozen

from planner.core.money import Price
from planner.scenario.documents import Acquirable
from planner.scenario.node import CountFrom, Grade, Node, State, StayLimit, TerritoryRef, ZoneRef
from planner.scenario.travel import Port, Territory, Zone


@frozen(kw_only=True)
class Entry(Node):
    """A dated statement of law or practice.

    It is in force on the dates from `effective_from` to `effective_to`, both included. An entry that names a
    `reading` counts only where the scenario's answer to that reading is `answer` (the default answer is
    "strict").
    """

    id: str
    """Names it; one of a kind among rules, admissions, acquirables and permissions."""
    source: str = ""
    """Where this was read; the answer prints it."""
    read_on: date | None = None
    """When it was read."""
    grade: Grade = ""
    """How good the source is; the answer warns of the last two."""
    effective_from: date | None = None
    """First date on which it holds, at the place concerned. Left out: always."""
    effective_to: date | None = None
    """Last date on which it holds. Left out: for good."""
    reading: str = ""
    """It counts only with one answer to this reading."""
    answer: str = ""
    """Namely this one: `"strict"`, `"lenient"` or another that the reading knows."""

    at_least_one: ClassVar[tuple[str, ...]] = ()  # fields of which one at least must be given

    def in_force(self, day: date) -> bool:
        """Whether the entry applies on that civil date at the place it is about."""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )


@frozen(kw_only=True)
class Admission(Entry):
    """How holders of some passports are admitted to a zone.

    `visa_free`, `on_arrival` and `citizen` are grounds by themselves; `electronic` and `visa` say what must be
    obtained first, and give none.
    """

    zone: ZoneRef
    """Where."""
    nationalities: tuple[State, ...]
    """Of the passport shown."""
    grant: Literal["citizen", "visa_free", "on_arrival", "electronic", "visa"]
    """The first three admit by themselves; the last two only say what must be obtained, and admit nobody."""
    max_stay: StayLimit | None = None
    """How long each stay may last."""
    count_from: CountFrom = "entry_day"
    """Which day is day 1 of `max_stay`."""
    fee: Price | None = None
    """Paid by each traveller at each entry."""


@frozen(kw_only=True)
class Reading(Node):
    """A question on which sources disagree; `strict` is the answer used unless the scenario declares another."""

    id: str
    question: str
    answers: tuple[str, ...] = ("strict", "lenient")
    source: str = ""


@frozen(kw_only=True)
class Holidays(Node):
    """Dates on which a place's offices are closed, besides Saturdays and Sundays."""

    id: str
    """Names it."""
    place: TerritoryRef
    """Whose days; `calendar` names it."""
    dates: tuple[date, ...]
    """Saturdays and Sundays need not be listed."""
    source: str = ""
    """Where this was read."""
    read_on: date | None = None
    """When it was read."""
    grade: Grade = ""
    """How good the source is."""


@frozen(kw_only=True)
class LawBook(Node):
    """What rulebooks and a scenario's own entries say, or both merged. Ids are unique per table."""

    territories: tuple[Territory, ...] = ()
    zones: tuple[Zone, ...] = ()
    ports: tuple[Port, ...] = ()
    admissions: tuple[Admission, ...] = ()
    rules: tuple[Entry, ...] = ()
    acquirables: tuple[Acquirable, ...] = ()
    holidays: tuple[Holidays, ...] = ()
    readings: tuple[Reading, ...] = ()

    @property
    def grounds(self) -> tuple[str, ...]:
        """Ids of everything in it that entries may rest on: not every rule admits, but no other table does."""
        entries: tuple[Entry | Acquirable, ...] = (*self.admissions, *self.rules, *self.acquirables)
        return tuple(entry.id for entry in entries)


@frozen(kw_only=True)
class Rulebook(LawBook):
    """A rulebook file: what it covers, since when, and its entries."""

    id: str
    title: str
    covers: tuple[ZoneRef, ...]
    covers_from: date | None = None


@frozen(kw_only=True)
class BaseUsed(Node):
    """The part of the imported base that a scenario rests on: for territories that no rulebook in use covers.

    `on` is the date as of which the imported table holds; of passports of states other than `passports` it says
    nothing.
    """

    source: str
    licence: str
    on: date
    territories: tuple[TerritoryRef, ...]
    passports: frozenset[str] = frozenset()
