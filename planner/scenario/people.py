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
    """First date away. Left out: always before."""
    to: date | None = None
    """Last date away. Left out: for good."""

    def __contains__(self, day: date) -> bool:
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)


@frozen(kw_only=True)
class Validation(Node):
    """A special validation in a passport: it lifts a ban on using that passport in an area (kind K01)."""

    area: ZoneRef
    """The area of the ban."""
    valid_from: date | None = None
    """First date."""
    valid_to: date | None = None
    """Last date."""
    trips: int | None = None
    """Entries into the area that it covers. Left out: any number."""


@frozen(kw_only=True)
class Passport(Node):
    """A passport book. Several books of one state are possible; everything else names it by `id`."""

    id: PassportRef
    """Names this book everywhere else."""
    state: State
    """Who issued it; its holder is a national of that state."""
    number: str = ""
    """For you; the answer does not show it."""
    issued: date | None = None
    """Cannot be shown before. Not known: no rule about its age is broken."""
    expires: date | None = None
    """Last date on which it is valid. Not known: every rule about its validity is taken as met."""
    blank_pages: int | None = None
    """Pages without any stamp. Left out: plenty."""
    stamps: tuple[TerritoryRef, ...] = ()
    """Whose stamps or visas it bears; some states refuse a passport for them."""
    validations: tuple[Validation, ...] = ()
    """Special validations, each of which lifts a ban on using this passport for exactly that area."""
    away: tuple[Dates, ...] = ()
    """Dates on which the book cannot be shown: at an embassy, in a drawer at home. Left out: never."""


@frozen(kw_only=True)
class Permission(Terms):
    """A visa or other permission held."""

    id: str
    """Names it in the answer."""
    passports: tuple[PassportRef, ...] = ()
    """The traveller's passports with which it can be used. Left out: any."""
    book: PassportRef = PassportRef("")
    """The passport it is in, if that is carried along with the one shown. Left out: the one shown."""


@frozen(kw_only=True)
class Certificate(Node):
    """A certificate held (of vaccination, insurance …), named by its kind."""

    kind: CertificateRef
    """Of your choice; `needs` and rules name it."""
    issued: date | None = None
    """For rules about its age. Not known: those are taken as met."""
    valid_from: date | None = None
    """First date of validity."""
    valid_to: date | None = None
    """Last date of validity."""


@frozen(kw_only=True)
class PastStay(Node):
    """A stay before this trip. Without `to`, it lasts until the trip leaves that territory.

    `type` says what the stay rested on, where that is known: rolling windows leave some types out.
    """

    territory: TerritoryRef
    """Where: the country, not the zone."""
    from_: date
    """Date of entry; not after `today`."""
    to: date | None = None
    """Date of leaving; not after `today`. Left out: until the trip leaves; it then starts there, or in the same zone
    for `permission` or `clock`.
    """
    type: GroundType | None = None
    """What the stay rested on. Left out: unknown, so it counts."""
    passport: PassportRef = PassportRef("")
    """Noted; days count for the person."""


@frozen(kw_only=True)
class Traveller(Node):
    """A person. `nationalities` adds to those of the passports held; `purposes` is all that the trip is for."""

    id: str
    """Names the traveller."""
    name: str = ""
    """What the answer calls the traveller; `--for` takes it too. Left out: the id."""
    born: date | None = None
    """Date of birth, for rules about age; not after `today`. Not known: grown up."""
    residence: tuple[PlaceRef, ...] = ()
    """Where the traveller lives legally: who may apply for some papers. It admits nobody; a residence permit is a
    permission of the type `residence`.
    """
    nationalities: tuple[State, ...] = ()
    """Nationalities besides those of the passports held."""
    passports: tuple[Passport, ...] = ()
    """The passport books held."""
    permissions: tuple[Permission, ...] = ()
    """Visas, residence permits, electronic travel authorisations and the like that are held."""
    certificates: tuple[Certificate, ...] = ()
    """Vaccinations, insurance, an invitation: whatever an acquirable or an event `needs`, or a rule asks for."""
    past_stays: tuple[PastStay, ...] = ()
    """Stays before this trip, for rules that count days."""
    purposes: tuple[Purpose, ...] = ("tourism",)
    """All that the trip is for; some permissions are not for every purpose."""

    @property
    def label(self) -> str:
        """What people call the traveller."""
        return self.name or self.id

    @property
    def all_nationalities(self) -> frozenset[State]:
        """Nationalities held today: those declared and those of the passports held."""
        return frozenset(self.nationalities) | {p.state for p in self.passports}
