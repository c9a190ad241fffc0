"""K09: zones that do not accept a visa in another passport than the one presented."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import evolve, frozen

from planner.itinerary.journey import Journey
from planner.rules.base import Example, Rule, kind
from planner.rules.eases.permissions import in_any_book
from planner.rules.easing import Easing
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import effective, inside
from planner.rules.outlook import Outlook
from planner.rules.shares import Refused, Share
from planner.rules.statements import Block, Statement
from planner.rules.tables import View
from planner.scenario.holdings import passports_of
from planner.scenario.law import Entry
from planner.scenario.node import ZoneRef
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_ACCEPTED = "https://support.peninsulavisa.com/l/en/article/9g95rxncka"
_REFUSED = "https://passportinfo.com/blog/valid-visas-in-expired-old-passports/"
_RULE = '[[rules]]\nkind = "visa-in-passport"\nid = "one-book"\nzone = "BB"\n'
_IN_THE_OLD_BOOK = """
remove = ["visit-beta"]
[[travellers]]
id = "t"
permissions = [{ id = "visa", zone = "BB", book = "old" }]
[[travellers.passports]]
id = "old"
state = "AA"
expires = 2025-03-01
"""


@kind(
    "visa-in-passport",
    summary="A zone does not accept a visa in another passport than the one presented.",
    catalogue=("K09",),
    table=True,
)
@frozen(kw_only=True)
class VisaInPassport(Entry, Rule):
    """No entry to a territory in `zone` rests on a permission held whose `book` is not the passport presented.

    In force, and in the zone or not, on the entry date. Permissions without `book` are in any passport that they can be
    used with. Elsewhere both books are shown, see `permission-book`.
    """

    examples = (
        Example(
            title="China accepts a valid visa in an expired passport",
            toml=_IN_THE_OLD_BOOK,
            cost=20000,
            source=_ACCEPTED,
        ),
        Example(
            title="Where the visa ends with the passport that it is in",
            toml=_IN_THE_OLD_BOOK + _RULE,
            refused_by="one-book.t",
            source=_REFUSED,
        ),
        Example(
            title="The passport shown is the one that the visa is in",
            toml=_IN_THE_OLD_BOOK + "[[travellers.passports]]\nid = 'new'\nstate = 'AA'\n"
            '[[travellers]]\nid = "t"\npermissions = [{ id = "visa", book = "new" }]\n' + _RULE,
            cost=20000,
            source=_REFUSED,
        ),
        Example(
            title="Not yet in force on the day of the entry",
            toml=_IN_THE_OLD_BOOK + _RULE + "effective_from = 2025-06-02\n",
            cost=20000,
        ),
        Example(
            title="In force on the day of the entry",
            toml=_IN_THE_OLD_BOOK + _RULE + "effective_from = 2025-06-01\n",
            refused_by="one-book.t",
        ),
    )

    zone: ZoneRef
    """Entries to it."""

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The refusal, for one traveller."""
        papers = [f"{paper.id} is in {paper.book}" for paper in traveller.permissions if paper.book]
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{scenario.name_of(self.zone)} accepts from {traveller.label} only a permission that is in "
            f"the passport shown ({', '.join(papers)})",
            telling=Telling.PAPER,
            kind=self.kind,
            place=self.where.place,
            source=self.source,
            changeable=len(papers) == 1,
        )

    def easings(self, scenario: Scenario) -> Iterator[Easing]:
        """The one permission that is in another book, in the passport shown."""
        for traveller in scenario.travellers:
            papers = [paper for paper in traveller.permissions if paper.book]
            if len(papers) == 1:
                yield evolve(in_any_book(papers[0], traveller), fact=self.fact(scenario, traveller).id)

    def restrict(self, view: View) -> Iterator[Statement]:
        """Block entries that rest on a permission in another book."""
        for traveller in view.scenario.travellers:
            stays = view.stays(traveller.id)
            rows = np.zeros(len(stays.ids), dtype=bool)
            for paper in traveller.permissions:
                if paper.book:
                    rows |= stays.enters & (stays.ground == paper.id) & (stays.passport != paper.book)
            rows &= effective(self, stays.entry_on)
            rows &= inside(view.scenario, self.zone, stays.entry_territory, stays.entry_on)
            if rows.any():
                yield Block(self.fact(view.scenario, traveller), stays.ids[rows])

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """Other passports are refused with such a permission."""
        scenario, arrivals = outlook.scenario, outlook.in_force(self) & outlook.within(self.zone)
        for traveller in scenario.travellers:
            for paper in traveller.permissions:
                others = [passport for passport in passports_of(scenario, traveller) if passport != paper.book]
                if paper.book:
                    yield Refused(
                        facts=(self.fact(scenario, traveller),),
                        traveller=traveller.id,
                        arrivals=arrivals,
                        passports=others,
                        grounds=(paper.id,),
                    )

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Ask at each entry to the zone which book the visa is in."""
        scenario = journey.scenario
        for traveller in scenario.travellers:
            books = {paper.id: paper.book for paper in traveller.permissions if paper.book}
            for stay in journey.stays[traveller.id]:
                if stay.entry is None or not self.in_force(stay.entry.on):
                    continue
                book = books.get(stay.ground, stay.passport)
                if book != stay.passport and scenario.is_in(self.zone, stay.entry.territory, stay.entry.on):
                    how = f"entry on {stay.entry.on} with {stay.passport}, {stay.ground} is in {book}"
                    yield Broken(self.fact(scenario, traveller), how)
