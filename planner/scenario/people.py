"""Travellers and the papers they hold."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from planner.scenario.documents import Terms
from planner.scenario.node import (
    CertificateRef,
    GroundType,
    Node,
    PassportRef,
    PlaceRef,
    Purpose,
    State,
    TerritoryRef,
    ZoneRef,
)


@frozen(kw_only=True)
class Dates(Node):
    """A span of civil dates, both ends included; an open end is None."""

    from_: date | None = None
    to: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)


@frozen(kw_only=True)
class Validation(Node):
    """A special validation in a passport: it lifts a ban on using that passport in an area (kind K01)."""

    area: ZoneRef
    valid_from: date | None = None
    valid_to: date | None = None
    trips: int | None = None  # entries into the area it covers; None: any number


@frozen(kw_only=True)
class Passport(Node):
    """A passport book. Several books of one state are possible; everything else names it by `id`."""

    id: PassportRef
    state: State
    number: str = ""
    issued: date | None = None
    expires: date | None = None  # last civil date on which it is valid
    blank_pages: int | None = None  # None: plenty
    stamps: tuple[TerritoryRef, ...] = ()  # territories whose visas or stamps it carries
    validations: tuple[Validation, ...] = ()
    away: tuple[Dates, ...] = ()  # dates on which it cannot be presented


@frozen(kw_only=True)
class Permission(Terms):
    """A visa or other permission held."""

    id: str
    passports: tuple[PassportRef, ...] = ()  # usable with these; empty: with any the traveller has
    book: PassportRef = PassportRef("")  # the passport it is in, if it is shown together with another one


@frozen(kw_only=True)
class Certificate(Node):
    """A certificate held (of vaccination, insurance …), named by its kind."""

    kind: CertificateRef
    issued: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@frozen(kw_only=True)
class PastStay(Node):
    """A stay before this trip. Without `to`, it lasts until the trip leaves that territory.

    `type` says what the stay rested on, where that is known: rolling windows leave some types out.
    """

    territory: TerritoryRef
    from_: date
    to: date | None = None
    type: GroundType | None = None
    passport: PassportRef = PassportRef("")


@frozen(kw_only=True)
class Traveller(Node):
    """A person. `nationalities` adds to those of the passports held; `purposes` is all that the trip is for."""

    id: str
    name: str = ""
    born: date | None = None
    residence: tuple[PlaceRef, ...] = ()  # territories of legal residence
    nationalities: tuple[State, ...] = ()
    passports: tuple[Passport, ...] = ()
    permissions: tuple[Permission, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    past_stays: tuple[PastStay, ...] = ()
    purposes: tuple[Purpose, ...] = ("tourism",)

    @property
    def label(self) -> str:
        """What people call the traveller."""
        return self.name or self.id

    @property
    def all_nationalities(self) -> frozenset[State]:
        """Nationalities held today: those declared and those of the passports held."""
        return frozenset(self.nationalities) | {p.state for p in self.passports}
