"""K04: how long a passport must still be valid at an entry, and how old it may be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import numpy as np
from attrs import frozen

from planner.core.period import Period
from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, Rule, kind
from planner.rules.eases import passports
from planner.rules.easing import Easing
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import Mask, by_value, effective, inside, per_day
from planner.rules.outlook import Outlook
from planner.rules.shares import Refused, Share
from planner.rules.statements import Block, Clause, Statement
from planner.rules.stay_limits import Limit
from planner.rules.tables import Stays, View
from planner.scenario.law import Entry
from planner.scenario.node import State, ZoneRef
from planner.scenario.people import Passport, Traveller
from planner.scenario.scenario import Scenario

_CHINA = "https://www.gov.uk/foreign-travel-advice/china/entry-requirements"
_SCHENGEN = (
    "Regulation (EU) 2016/399, art. 6(1)(a): https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=celex%3A32016R0399"
)


def _example(rule: str, passport: str) -> str:
    return (
        f'[[rules]]\nkind = "passport-validity"\nid = "valid"\nzone = "BB"\n{rule}\n'
        f'[[travellers]]\nid = "t"\n[[travellers.passports]]\nid = "a"\n{passport}\n'
    )


@kind(
    "passport-validity",
    summary="A passport must outlast an entry or a stay by some time, and not be older than so many years.",
    catalogue=("K04",),
    table=True,
)
@frozen(kw_only=True)
class PassportValidity(Entry, Rule):
    """See `docs/semantics.md`. What is not known of a passport satisfies; a new one is issued on its ready date."""

    zone: ZoneRef
    """Entries to it."""
    after_entry: Period | None = None
    """It expires so long after the entry, or later."""
    after_exit: Period | None = None
    """It expires so long after the last day of the stay, or later."""
    issued_within: Period | None = None
    """It was issued at most so long before the entry."""
    exempt_nationalities: tuple[State, ...] = ()
    """Of the passport shown."""

    at_least_one = ("after_entry", "after_exit", "issued_within")
    examples = (
        Example(
            title="Six months after the day of arrival are enough for China",
            toml=_example('after_entry = "6 months"', "expires = 2025-12-01"),
            cost=20000,
            source=_CHINA,
        ),
        Example(
            title="One day short of six months is not enough for China",
            toml=_example('after_entry = "6 months"', "expires = 2025-11-30"),
            refused_by="valid.t",
            source=_CHINA,
        ),
        Example(
            title="Three months after leaving the Schengen area",
            toml=_example('after_exit = "3 months"', "expires = 2025-09-10"),
            cost=20000,
            source=_SCHENGEN,
        ),
        Example(
            title="Three months after entering are too few for the Schengen area if the stay is longer",
            toml=_example('after_exit = "3 months"', "expires = 2025-09-09"),
            refused_by="valid.t",
            source=_SCHENGEN,
        ),
        Example(
            title="A passport issued ten years before the entry, to the day",
            toml=_example('issued_within = "10 years"', "issued = 2015-06-01"),
            cost=20000,
            source=_SCHENGEN,
        ),
        Example(
            title="A passport older than ten years, though still valid",
            toml=_example('issued_within = "10 years"', "issued = 2015-05-31"),
            refused_by="valid.t",
            source=_SCHENGEN,
        ),
        Example(
            title="The zone's own passports need no spare time",
            toml=_example('after_exit = "3 months"\nexempt_nationalities = ["AA"]', "expires = 2025-07-01"),
            cost=20000,
            source=_SCHENGEN,
        ),
        Example(
            title="A renewal cures it if it is valid long enough, counted from the day it is ready",
            toml=_example('after_entry = "6 months"', "expires = 2025-07-01") + "[[acquirables]]\n"
            'id = "renewal"\nprice = "30"\nlead = { days = 10 }\n'
            'passport = { id = "new", state = "AA", validity = "6 months" }\n',
            cost=23000,
        ),
        Example(
            title="A short-lived passport applied for too early",
            toml=_example('after_entry = "6 months"', "expires = 2025-07-01") + "[[acquirables]]\n"
            'id = "renewal"\nprice = "30"\nlead = { days = 10 }\napply_by = 2025-05-21\n'
            'passport = { id = "new", state = "AA", validity = "6 months" }\n',
            refused_by="valid.t",
        ),
    )

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The demand on the passport one traveller enters on."""
        demands = []
        if self.after_entry is not None:
            demands.append(f"be valid for {self.after_entry} after the entry")
        if self.after_exit is not None:
            demands.append(f"be valid for {self.after_exit} after leaving")
        if self.issued_within is not None:
            demands.append(f"have been issued at most {self.issued_within} before the entry")
        dated = [f"{book.id} expires on {book.expires}" for book in traveller.passports if book.expires]
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"the passport that {traveller.label} enters {scenario.name_of(self.zone)} on must "
            + " and ".join(demands)
            + (f" ({', '.join(dated)})" if dated else ""),
            telling=Telling.PAPER,
            kind=self.kind,
            place=self.where.place,
            source=self.source,
            changeable=bool(self._held(traveller)),
        )

    def _held(self, traveller: Traveller) -> list[Passport]:
        """The traveller's passports that the rule might find to expire too soon."""
        asked = self.after_entry is not None or self.after_exit is not None
        books = traveller.passports if asked else ()
        return [book for book in books if book.expires and book.state not in self.exempt_nationalities]

    def easings(self, scenario: Scenario) -> Iterator[Easing]:
        """Newer passports."""
        for traveller in scenario.travellers:
            fact = self.fact(scenario, traveller).id
            yield from filter(None, [passports.renewed(fact, traveller, self._held(traveller), scenario.today)])

    def settled(self, easing: Easing, journey: Journey) -> Easing:
        """Valid as long after each entry as the rule wants."""
        for traveller in journey.scenario.travellers:
            if easing.fact == self.fact(journey.scenario, traveller).id:
                until: dict[Passport, date] = {}
                books = {str(book.id): book for book in self._held(traveller)}
                for stay in journey.stays[traveller.id]:
                    book = books.get(stay.passport)
                    if book is not None and stay.entry is not None and self._concerns(journey, stay):
                        limits = [(self.after_entry, stay.entry.on), (self.after_exit, stay.last_on)]
                        ends = [period.after(day) for period, day in limits if period is not None and day is not None]
                        until[book] = max([*ends, until.get(book, date.min)])
                return passports.longer(easing.fact, traveller, until) or easing
        return easing

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Block entries on held passports that fall short; exclude entries with application dates that do."""
        scenario = view.scenario
        for traveller in scenario.travellers:
            fact, stays = self.fact(scenario, traveller), view.stays(traveller.id)
            rows = stays.enters & effective(self, stays.entry_on) & ~np.isin(stays.state, self.exempt_nationalities)
            rows &= inside(scenario, self.zone, stays.entry_territory, stays.entry_on)
            too_short = self._shortfall(stays)
            for book in traveller.passports:
                refused = rows & (stays.passport == book.id) & too_short(book.issued, book.expires)
                if refused.any():
                    yield Block(fact, stays.ids[refused])
            applications = view.applications(traveller.id)
            for item in scenario.acquirables:
                if item.passport is None:
                    continue
                mine = rows & (stays.passport == item.passport.id)
                for day, chosen in by_value(applications.ready_on, applications.acquirable == item.id):
                    ready = date.fromordinal(day)
                    refused = mine & too_short(ready, item.passport.validity.after(ready))
                    if refused.any():
                        yield Clause(fact, (stays.ids[refused], applications.ids[chosen]))

    def _shortfall(self, stays: Stays) -> Callable[[date | None, date | None], Mask]:
        """A test of a passport's dates of issue and expiry: the stays that it is not good for."""
        needed = np.zeros(len(stays.ids), dtype=np.int64)
        if self.after_entry is not None:
            needed = np.maximum(needed, per_day(self.after_entry.after, stays.entry_on))
        if self.after_exit is not None:
            needed = np.maximum(needed, per_day(self.after_exit.after, stays.last_on))

        def too_short(issued: date | None, expires: date | None) -> Mask:
            mask = np.zeros(len(needed), dtype=bool)
            if expires is not None:
                mask |= needed > expires.toordinal()
            if issued is not None and self.issued_within is not None:
                mask |= stays.entry_on > self.issued_within.after(issued).toordinal()
            return mask

        return too_short

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """Held passports that fall short on the day of the entry already."""
        scenario, arrivals = outlook.scenario, outlook.in_force(self) & outlook.within(self.zone)
        for traveller in scenario.travellers:
            fact = self.fact(scenario, traveller)
            for book in traveller.passports:
                if book.state not in self.exempt_nationalities:
                    refused = arrivals & self._short(outlook, book.issued, book.expires)
                    yield Refused(facts=(fact,), traveller=traveller.id, arrivals=refused, passports=(book.id,))

    def _short(self, outlook: Outlook, issued: date | None, expires: date | None) -> Mask:
        """Days on which a passport with these dates is too old, or not good for long enough."""
        short = np.zeros(len(outlook.days), dtype=bool)
        last = outlook.days - 1  # one may exit at once, and where it is still the day before
        for period, day in ((self.after_entry, outlook.days), (self.after_exit, last)):
            if period is not None and expires is not None:
                short |= per_day(period.after, day) > expires.toordinal()
        if issued is not None and self.issued_within is not None:
            short |= outlook.days > self.issued_within.after(issued).toordinal()
        return short[None, :]

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Hold the passport's dates against those of every entry."""
        scenario = journey.scenario
        for traveller in scenario.travellers:
            fact = self.fact(scenario, traveller)
            for stay in journey.stays[traveller.id]:
                if stay.entry is None or not self._concerns(journey, stay):
                    continue
                issued, expires = self._dates(journey, traveller, stay.passport)
                if expires is not None:
                    limits = [(self.after_entry, stay.entry.on, "entry"), (self.after_exit, stay.last_on, "leaving")]
                    for period, day, what in limits:
                        if period is not None and day is not None and expires < period.after(day):
                            yield Broken(fact, f"{stay.passport} expires {expires}, {what} on {day}")
                oldest = self.issued_within
                if issued is not None and oldest is not None and oldest.after(issued) < stay.entry.on:
                    yield Broken(fact, f"{stay.passport} was issued {issued}, entry on {stay.entry.on}")

    def _concerns(self, journey: Journey, stay: Stay) -> bool:
        """Whether the rule is about the entry that begins a stay."""
        entry, scenario = stay.entry, journey.scenario
        if entry is None or not self.in_force(entry.on) or not scenario.is_in(self.zone, entry.territory, entry.on):
            return False
        return scenario.state_of(scenario.traveller_by_id[stay.traveller], stay.passport) not in (
            self.exempt_nationalities
        )

    def last_lawful(self, journey: Journey, stay: Stay) -> Limit | None:
        """The last date that the passport outlasts by `after_exit`."""
        traveller = journey.scenario.traveller_by_id[stay.traveller]
        _, expires = self._dates(journey, traveller, stay.passport)
        if self.after_exit is None or expires is None or not self._concerns(journey, stay):
            return None
        last = expires
        while self.after_exit.after(last) > expires:
            last -= timedelta(days=1)
        return Limit(on=last, why=f"{self.after_exit} before passport {stay.passport} expires")

    def _dates(self, journey: Journey, traveller: Traveller, passport: str) -> tuple[date | None, date | None]:
        """Dates of issue and expiry, as far as known."""
        for book in traveller.passports:
            if book.id == passport:
                return book.issued, book.expires
        for application in journey.applications(traveller.id):
            gives = journey.scenario.acquirable_by_id[application.acquirable].passport
            if gives is not None and gives.id == passport:
                ready = journey.ready(application)
                return ready, gives.validity.after(ready)
        return None, None
