"""Visas and other permissions, held or obtained: how often, when and for how long they let their holder in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

import numpy as np
from attrs import frozen

from planner.core.period import Period
from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, Ground, kind
from planner.rules.copies import OfPermission
from planner.rules.eases import permissions
from planner.rules.easing import Easing
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import Mask, most_nights, overstays, per_day
from planner.rules.outlook import Outlook
from planner.rules.papers import exclude, rely
from planner.rules.shares import LongestStay, Refused, Share, Single, Takes
from planner.rules.statements import AtMost, Block, Clause, Count, Statement
from planner.rules.stay_limits import Limit, counted, too_long
from planner.rules.tables import View
from planner.scenario.documents import NewPermission
from planner.scenario.holdings import issued_in, passports_of
from planner.scenario.people import Permission, Traveller
from planner.scenario.scenario import Scenario

Aspect = Literal["entries", "valid_from", "enter_by", "validity", "max_stay"]
_KEYS = {"validity": "valid_after_first_entry"}

_MFA = "http://www.fmcoprc.gov.hk/eng/zgqz/qzyxq/"
_SIDE_TRIP = "https://www.gov.uk/foreign-travel-advice/china/entry-requirements"
_FEES = "https://www.888newsmedia.com/post/赴华费用调减？驻美大使馆：延续至2026年12月31日"
_VIA_BETA = """
remove = ["visit-beta", "b"]
[[trip.stops]]
id = "c"
at = ["CCC"]
"""
_HELD = """
[[travellers]]
id = "t"
[[travellers.permissions]]
id = "visa"
zone = "BB"
"""
_ANOTHER_PASSPORT = """
[[travellers.passports]]
id = "old"
state = "AA"
expires = 2025-05-01
"""
_DOUBLE = """
[[acquirables]]
id = "double"
price = "34"
permission = { zone = "BB", entries = 2 }
"""
_E_VISA = """
[[acquirables]]
id = "e-visa"
price = "25"
apply_by = 2025-01-31
permission = { zone = "BB", type = "electronic", enter_within = "120 days" }
"""


@kind(
    "permission",
    summary="A visa or other permission is good for its entries, its dates, its stays and its passports.",
    catalogue=("K10", "K11", "K13", "K36"),
)
@frozen(kw_only=True)
class PermissionRule(OfPermission):
    """See `docs/semantics.md`."""

    examples = (
        Example(
            title="Enter by is not leave by",
            toml='remove = ["visit-beta"]' + _HELD + "enter_by = 2025-06-01",
            source=_MFA,
        ),
        Example(
            title="A visa that is too old to enter on",
            toml='remove = ["visit-beta"]' + _HELD + "enter_by = 2025-05-31",
            refused_by="visa.t.enter_by",
            source=_MFA,
        ),
        Example(
            title="Two entries, as for China with a side trip to Hong Kong",
            toml=_VIA_BETA + _HELD + "entries = 2",
            cost=30000,
            source=_SIDE_TRIP,
        ),
        Example(
            title="One entry is not enough for a side trip",
            toml=_VIA_BETA + _HELD + "entries = 1",
            refused_by="visa.t.entries",
            source=_SIDE_TRIP,
        ),
        Example(title="A double-entry visa is bought", toml=_VIA_BETA + _DOUBLE, cost=33400, source=_FEES),
        Example(
            title="Nine days from the first entry on",
            toml='remove = ["visit-beta"]' + _HELD + 'valid_after_first_entry = "9 days"',
            refused_by="visa.t.validity",
        ),
        Example(
            title="A visa that can be used only with an expired passport",
            toml='remove = ["visit-beta"]' + _HELD + 'passports = ["old"]' + _ANOTHER_PASSPORT,
            refused_by="passport.t.old.dates",
        ),
        Example(
            title="An electronic visa must be used within 120 days",
            toml='remove = ["visit-beta"]' + _E_VISA,
            refused_by="e-visa.t.enter_by",
            source="https://www.visalogix.co.za/2017/04/12/indian-e-visa-updates/",
        ),
    )

    def fact(self, scenario: Scenario, traveller: Traveller, aspect: Aspect) -> Fact:
        """One limit of the permission, for one traveller."""
        terms = self.terms
        name = self.name(traveller)
        zone = scenario.name_of(terms.zone)
        within = getattr(terms, "enter_within", None)
        last = " and ".join(
            [f"by {terms.enter_by}"] * bool(terms.enter_by) + [f"within {within} of being ready"] * bool(within)
        )
        text = {
            "entries": f"{name} allows {terms.entries} {'entry' if terms.entries == 1 else 'entries'} to {zone}",
            "valid_from": f"{name} is valid for entries from {terms.valid_from}",
            "enter_by": f"{name} must be used to enter {zone} {last}",
            "validity": f"{name} ends {terms.valid_after_first_entry} after the first entry",
            "max_stay": f"{name} allows stays of at most {terms.max_stay} in {zone}",
        }[aspect]
        key = "enter_within" if aspect == "enter_by" and terms.enter_by is None else _KEYS.get(aspect, aspect)
        return Fact(
            id=f"{self.id}.{traveller.id}.{aspect}",
            text=text,
            telling=Telling.PAPER,
            kind=self.kind,
            place=terms.where.of(key),
            source=self.item.source if self.item else "",
            changeable=self.holder is not None,
        )

    def easings(self, scenario: Scenario) -> Iterator[Easing]:
        """A permission held might be another one."""
        if self.holder is not None and isinstance(self.terms, Permission):
            yield from permissions.held(scenario, self.holder, self.terms)

    def settled(self, easing: Easing, journey: Journey) -> Easing:
        """With dates that the journey needs."""
        if self.holder is None or not isinstance(self.terms, Permission):
            return easing
        return permissions.settled(easing, journey, self.holder, self.terms)

    def grounds(self, scenario: Scenario, traveller: Traveller) -> Iterator[Ground]:
        """The permission, with the passports it can be used with."""
        if self.item is not None:
            passports = tuple(issued_in(scenario, traveller, self.item))
        elif self.holder is not None and self.holder.id == traveller.id and isinstance(self.terms, Permission):
            linked = self.terms.passports
            passports = tuple(p for p in passports_of(scenario, traveller) if not linked or p in linked)
        else:
            return
        if passports and self.terms.type != "airside":
            yield Ground(id=self.id, type=self.terms.type, zones=self.terms.zones, passports=passports)

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Limit the stays that rest on each copy of the permission, and tie acquired copies to their applications."""
        for traveller, passport, rows in self.resting(view):
            yield from self._limits(view, traveller, rows)
            if self.item is not None:
                applications = view.applications(traveller.id)
                copies = (applications.acquirable == self.id) & (applications.passport == passport)
                yield from self._enter_within(view, traveller, rows, copies)
                yield from rely(view, traveller, rows, copies, None)

    def _limits(self, view: View, traveller: Traveller, rows: Mask) -> Iterator[Statement]:
        terms, stays = self.terms, view.stays(traveller.id)
        if not rows.any():
            return
        if terms.entries is not None and len(np.unique(stays.entry_run[rows])) > terms.entries:
            fact = self.fact(view.scenario, traveller, "entries")
            yield AtMost(fact, (Count(1, stays.ids[rows]),), terms.entries)
        blocked: list[tuple[Aspect, Mask]] = []
        if terms.valid_from is not None:
            blocked.append(("valid_from", stays.entry_on < terms.valid_from.toordinal()))
        if terms.enter_by is not None:
            blocked.append(("enter_by", stays.entry_on > terms.enter_by.toordinal()))
        if terms.max_stay is not None:
            blocked.append(("max_stay", overstays(stays, terms.max_stay, terms.count_from)))
        for aspect, mask in blocked:
            if (rows & mask).any():
                yield Block(self.fact(view.scenario, traveller, aspect), stays.ids[rows & mask])
        yield from self._validity(view, traveller, rows)

    def _validity(self, view: View, traveller: Traveller, rows: Mask) -> Iterator[Statement]:
        """An entry on a date excludes presence after the end of a validity that begins with it."""
        terms, stays = self.terms, view.stays(traveller.id)
        period = terms.valid_after_first_entry
        if period is None:
            return
        fact = self.fact(view.scenario, traveller, "validity")
        ends = per_day(lambda day: period.last_day(day, terms.count_from), stays.entry_on)
        alone = rows & (stays.last_on > ends)  # too long even if it is the first
        if alone.any():
            yield Block(fact, stays.ids[alone])
        others = rows & ~alone
        for end in np.unique(ends[others]):
            before, beyond = others & (ends <= end), others & (stays.last_on > end)
            if beyond.any():
                yield Clause(fact, (stays.ids[before], stays.ids[beyond]))

    def _enter_within(self, view: View, traveller: Traveller, rows: Mask, copies: Mask) -> Iterator[Statement]:
        terms, applications = self.terms, view.applications(traveller.id)
        if not isinstance(terms, NewPermission) or terms.enter_within is None:
            return
        last = per_day(terms.enter_within.after, applications.ready_on)
        fact = self.fact(view.scenario, traveller, "enter_by")
        days = view.stays(traveller.id).entry_on
        yield from exclude(view, traveller, rows, days, wrong=lambda day: copies & (last < day), fact=fact)

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """Its dates and limits of stay, and what an acquired one costs."""
        terms, scenario = self.terms, outlook.scenario
        for traveller in self.users(scenario):

            def facts(aspect: Aspect, traveller: Traveller = traveller) -> tuple[Fact]:
                return (self.fact(scenario, traveller, aspect),)

            said: dict[str, Any] = {"traveller": traveller.id, "grounds": (self.id,)}
            if terms.valid_from is not None:
                yield Refused(facts=facts("valid_from"), **said, arrivals=~outlook.from_to(terms.valid_from, None))
            if terms.enter_by is not None:
                yield Refused(facts=facts("enter_by"), **said, arrivals=~outlook.from_to(None, terms.enter_by))
            limits: dict[Aspect, Period | None] = {
                "max_stay": terms.max_stay,
                "validity": terms.valid_after_first_entry,
            }
            for aspect, limit in limits.items():
                if limit is not None:
                    nights = most_nights(limit, terms.count_from, outlook.days)
                    yield LongestStay(facts=facts(aspect), **said, nights=nights)
            if self.item is not None:
                yield Takes(**said, items=(self.id,))
                if terms.entries == 1 and self.item.per == "traveller":
                    yield Single(facts=facts("entries"), traveller=traveller.id, item=self.id)

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Go through the entries that rest on each copy of the permission, in order."""
        for traveller, stays in self.uses(journey):
            for aspect, how in self._failures(journey, traveller, stays):
                yield Broken(self.fact(journey.scenario, traveller, aspect), how)

    def _failures(self, journey: Journey, traveller: Traveller, uses: list[Stay]) -> Iterator[tuple[Aspect, str]]:
        terms = self.terms
        if terms.entries is not None and len(uses) > terms.entries:
            yield "entries", f"{len(uses)} entries rest on it"
        for stay in uses:
            first, day, last = _date(uses[0].entry_on), _date(stay.entry_on), _date(stay.last_on)
            if terms.valid_from and day < terms.valid_from:
                yield "valid_from", f"entered on {day}"
            if terms.enter_by and day > terms.enter_by:
                yield "enter_by", f"entered on {day}"
            if terms.max_stay and too_long(stay, terms.max_stay, terms.count_from):
                yield "max_stay", f"stays from {day} to {last}"
            validity = terms.valid_after_first_entry
            if validity and last > validity.last_day(first, terms.count_from):
                yield "validity", f"first entered on {first}, still there on {last}"
            if isinstance(terms, NewPermission) and terms.enter_within:
                for application in journey.applications(traveller.id):
                    if application.acquirable == self.id and application.passport == stay.passport:
                        ready = journey.ready(application)
                        if day > terms.enter_within.after(ready):
                            yield "enter_by", f"ready on {ready}, entered on {day}"

    def last_lawful(self, journey: Journey, stay: Stay) -> Limit | None:
        """The end of the permission's limit of stay, or of its validity from the first entry on this copy of it."""
        mine = self.holder is None or self.holder.id == stay.traveller
        if stay.ground != self.id or not mine:
            return None
        terms, limits = self.terms, list[Limit]()
        if terms.max_stay is not None:
            limits.append(counted(journey, stay, terms.max_stay, terms.count_from))
        if terms.valid_after_first_entry is not None:
            uses = (other for other in journey.stays[stay.traveller] if other.entry and other.ground == self.id)
            first = next(other for other in uses if self.item is None or other.passport == stay.passport)
            limits.append(counted(journey, first, terms.valid_after_first_entry, terms.count_from))
        return min(limits, key=lambda limit: limit.order, default=None)


def _date(day: date | None) -> date:
    """A date that every stay with an entry has."""
    assert day is not None
    return day
