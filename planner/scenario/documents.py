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
    """Calendar days."""
    business_days: int = 0
    """Mondays to Fridays that are no holidays."""
    calendar: TerritoryRef = TerritoryRef("")
    """Whose `[[holidays]]` are left out. The answer says for which years none are known. Left out: no holidays."""


@frozen(kw_only=True)
class NewPassport(Node):
    """The passport an acquirable gives. With `renews` it takes the place of that book, which is then given up."""

    id: PassportRef
    """Names the new book."""
    state: State
    """Who issues it. It makes its holder a national, with that state's duties."""
    validity: Period = Period(10, "years")
    """From the day it is ready."""
    blank_pages: int | None = None
    """Pages without any stamp. Left out: plenty."""
    renews: PassportRef = PassportRef("")
    """The book given up for it on the day of application."""


@frozen(kw_only=True)
class Terms(Node):
    """What a permission for entering `zone` allows.

    `entries` None means any number. `enter_by` limits entries, not the end of a stay. `valid_after_first_entry` runs
    from the first entry on this trip and covers presence: stays must end inside it. `max_stay` limits each stay,
    `total_days` the dates of presence in all of them. It also admits to `with_zones`. Of these zones, the first to be
    entered on it must be in `first_entry_in`; with `ends_on_leaving` it is void once its holder has left them all.
    """

    zone: ZoneRef
    """Where it admits to."""
    type: GroundType = "visa"
    """What it is; counts of days leave some types out. Nobody enters on `airside`, it is for changing planes."""
    entries: int | None = None
    """Entries it is good for; of one held, those that are left. Left out: any number."""
    valid_from: date | None = None
    """No entry before."""
    enter_by: date | None = None
    """Last date of an entry; the stay may go on after it."""
    valid_after_first_entry: Period | None = None
    """Runs from the first entry of this trip; every stay must end inside it."""
    max_stay: StayLimit | None = None
    """How long each stay may last."""
    count_from: CountFrom = "entry_day"
    """Which day is day 1 of `max_stay`: with 30 days from an entry on 1 June, the last is 30 June or 1 July."""
    total_days: int | None = None
    """Dates of presence in all stays on it together."""
    with_zones: tuple[ZoneRef, ...] = ()
    """Further zones it admits to, as a joint visa does."""
    first_entry_in: tuple[TerritoryRef, ...] = ()
    """The first entry on it must be to one of these. Left out: any."""
    ends_on_leaving: bool = False
    """Void once all its zones have been left."""

    @property
    def zones(self) -> tuple[ZoneRef, ...]:
        """All zones it admits to."""
        return tuple(dict.fromkeys((self.zone, *self.with_zones)))


@frozen(kw_only=True)
class NewPermission(Terms):
    """The permission an acquirable gives."""

    enter_within: Period | None = None
    """Entries at most so long after the day it is ready."""


@frozen(kw_only=True)
class NewValidation(Node):
    """The validation an acquirable puts into a passport."""

    area: ZoneRef
    """The area of the ban it lifts."""
    trips: int | None = None
    """Entries into the area that it covers. Left out: any number."""
    validity: Period | None = None
    """From the day it is ready. Left out: for good."""


@frozen(kw_only=True)
class NewCertificate(Node):
    """The certificate an acquirable gives."""

    kind: CertificateRef
    """The kind that `needs` names."""
    validity: Period | None = None
    """From the day it is ready. Left out: for good."""


@frozen(kw_only=True)
class Acquirable(Node):
    """Something one can apply for. Exactly one of passport, permission, validation, certificate says what it gives.

    Each traveller can obtain it once for each passport it may be issued in (`passports`, or any passport of
    `nationalities`; neither: any passport). A permission is usable only with the passport it was issued in.
    """

    id: str
    """Names it."""
    title: str = ""
    """What the answer calls it. Left out: the id."""
    passport: NewPassport | None = None
    """The passport it gives: a further one, or the renewal of one."""
    permission: NewPermission | None = None
    """The permission it gives, usable with the passport it is issued in."""
    validation: NewValidation | None = None
    """The special validation of a passport that it gives."""
    certificate: NewCertificate | None = None
    """The certificate it gives."""
    price: Price
    """What one costs; `0` if it is free."""
    per: Per = "traveller"
    """For each application, or once for the party."""
    lead: LeadTime = field(factory=LeadTime)
    """How long an application takes. The day of application does not count; days first, then business days. Left out:
    at once.
    """
    travellers: tuple[TravellerRef, ...] = ()
    """Who may apply. Left out: everyone."""
    residents_of: tuple[PlaceRef, ...] = ()
    """Only those with `residence` in one of these. Left out: whoever."""
    passports: tuple[PassportRef, ...] = ()
    """The passports it may be issued in. Left out: any."""
    nationalities: tuple[State, ...] = ()
    """Only in passports of these states; `passports` goes before it. Left out: any."""
    apply_in: tuple[PlaceRef, ...] = ()
    """Where the traveller must be, landside, on the day of application. Before the trip everyone is at its start. Left
    out: from anywhere.
    """
    apply_from: date | None = None
    """First date of application. Left out: `today`."""
    apply_by: date | None = None
    """Last date of application. Left out: last departure."""
    apply_on: tuple[date, ...] = ()
    """Appointments: only on these dates. Left out: any."""
    passport_validity: Period | None = None
    """How long the passport it is issued in must still be valid on the day of application."""
    issued_by: TerritoryRef = TerritoryRef("")
    """Whose consulate issues it, where the main destination decides."""
    at_least_before_use: int | None = None
    """The application is at least so many days before each entry that uses it; for permissions only."""
    at_most_before_use: Period | None = None
    """The application is at most so long before each entry that uses it; for permissions only."""
    needs: tuple[DocumentRef, ...] = ()
    """What must be in hand on the day of application: ids of passports, permissions and acquirables, kinds of
    certificates.
    """
    keeps_passport: bool = False
    """The passport it is issued in is away from the application until it is ready."""
    handed_over_in: tuple[PlaceRef, ...] = ()
    """Where it must be fetched, landside, before it is used. Left out: it is sent, or electronic."""
    handed_over_from: date | None = None
    """It is ready on this date at the earliest."""
    # Law data, when a rulebook offers it
    source: str = ""
    """Where this was read."""
    read_on: date | None = None
    """When it was read."""
    grade: Grade = ""
    """How good the source is."""

    @property
    def label(self) -> str:
        """What people call it."""
        return self.title or self.id
