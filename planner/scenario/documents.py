"""Acquirables: papers not held yet that can be applied for, with cost, time and conditions."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from planner.core.money import Price
from planner.core.period import Period
from planner.scenario.node import (
    CertificateRef,
    CountFrom,
    DocumentRef,
    Grade,
    GroundType,
    Node,
    PassportRef,
    Per,
    PlaceRef,
    State,
    StayLimit,
    TerritoryRef,
    TravellerRef,
    ZoneRef,
)


@frozen(kw_only=True)
class LeadTime(Node):
    """How long an application takes: calendar days plus business days at a place (`calendar`, for its holidays).

    The day of application is not counted.
    """

    days: int = 0
    business_days: int = 0
    calendar: TerritoryRef = TerritoryRef("")


@frozen(kw_only=True)
class NewPassport(Node):
    """The passport an acquirable gives. With `renews` it takes the place of that book, which is then given up."""

    id: PassportRef
    state: State
    validity: Period = Period(10, "years")  # from the ready date
    blank_pages: int | None = None
    renews: PassportRef = PassportRef("")


@frozen(kw_only=True)
class Terms(Node):
    """What a permission for entering `zone` allows.

    `entries` None means any number. `enter_by` limits entries, not the end of a stay. `valid_after_first_entry` runs
    from the first entry on this trip and covers presence: stays must end inside it. `max_stay` limits each stay,
    `total_days` the dates of presence in all of them. It also admits to `with_zones`. Of these zones, the first to be
    entered on it must be in `first_entry_in`; with `ends_on_leaving` it is void once its holder has left them all.
    """

    zone: ZoneRef
    type: GroundType = "visa"
    entries: int | None = None
    valid_from: date | None = None
    enter_by: date | None = None
    valid_after_first_entry: Period | None = None
    max_stay: StayLimit | None = None
    count_from: CountFrom = "entry_day"
    total_days: int | None = None
    with_zones: tuple[ZoneRef, ...] = ()
    first_entry_in: tuple[TerritoryRef, ...] = ()
    ends_on_leaving: bool = False

    @property
    def zones(self) -> tuple[ZoneRef, ...]:
        """All zones it admits to."""
        return tuple(dict.fromkeys((self.zone, *self.with_zones)))


@frozen(kw_only=True)
class NewPermission(Terms):
    """The permission an acquirable gives."""

    enter_within: Period | None = None  # counted from the ready date


@frozen(kw_only=True)
class NewValidation(Node):
    """The validation an acquirable puts into a passport."""

    area: ZoneRef
    trips: int | None = None
    validity: Period | None = None  # from the ready date


@frozen(kw_only=True)
class NewCertificate(Node):
    """The certificate an acquirable gives."""

    kind: CertificateRef
    validity: Period | None = None  # from the ready date; None: for good


@frozen(kw_only=True)
class Acquirable(Node):
    """Something one can apply for. Exactly one of passport, permission, validation, certificate says what it gives.

    Each traveller can obtain it once for each passport it may be issued in (`passports`, or any passport of
    `nationalities`; neither: any passport). A permission is usable only with the passport it was issued in.
    """

    id: str
    title: str = ""
    passport: NewPassport | None = None
    permission: NewPermission | None = None
    validation: NewValidation | None = None
    certificate: NewCertificate | None = None
    price: Price
    per: Per = "traveller"
    lead: LeadTime = field(factory=LeadTime)
    travellers: tuple[TravellerRef, ...] = ()  # who may; empty: everyone
    residents_of: tuple[PlaceRef, ...] = ()  # who may; empty: whatever the residence
    passports: tuple[PassportRef, ...] = ()
    nationalities: tuple[State, ...] = ()
    apply_in: tuple[PlaceRef, ...] = ()  # landside presence there on the date of application; empty: from anywhere
    apply_from: date | None = None
    apply_by: date | None = None
    apply_on: tuple[date, ...] = ()  # appointments: only on these dates
    passport_validity: Period | None = None  # how long the passport it is issued in must still be valid on application
    issued_by: TerritoryRef = TerritoryRef("")  # whose consulate issues it, where several could
    at_least_before_use: int | None = None  # days: entry date - application date >= n
    at_most_before_use: Period | None = None  # application at most this long before the entry
    needs: tuple[DocumentRef, ...] = ()  # must be in hand on the date of application
    keeps_passport: bool = False  # the passport it is issued in is away from application to the ready date
    handed_over_in: tuple[PlaceRef, ...] = ()  # must be fetched there, landside; empty: sent or electronic
    handed_over_from: date | None = None
    # Law data, when a rulebook offers it
    source: str = ""
    read_on: date | None = None
    grade: Grade = ""

    @property
    def label(self) -> str:
        """What people call it."""
        return self.title or self.id
