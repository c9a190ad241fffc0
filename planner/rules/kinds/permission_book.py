"""K09: the other passport, which a permission is in, has to be at hand when it is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np
from attrs import frozen

from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, Rule, Shown, kind
from planner.rules.eases.permissions import in_any_book
from planner.rules.easing import Easing
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import Mask
from planner.rules.outlook import Outlook
from planner.rules.papers import exclude
from planner.rules.shares import Refused, Share
from planner.rules.statements import Block, Statement
from planner.rules.tables import NEVER, View
from planner.scenario.holdings import passports_of
from planner.scenario.people import Permission, Traveller
from planner.scenario.scenario import Scenario

_TWO_BOOKS = "https://support.peninsulavisa.com/l/en/article/9g95rxncka"


def _example(book: str) -> str:
    """A visa in an old passport, which is shown together with the new one."""
    return (
        'remove = ["visit-beta"]\n[[travellers]]\nid = "t"\n'
        'permissions = [{ id = "visa", zone = "BB", book = "old" }]\n'
        f'[[travellers.passports]]\nid = "old"\nstate = "AA"\n{book}\n'
    )


# In the old passport, a visa for Gamma is applied for as well; one goes there two days after the entry to Beta.
_KEPT = """
[[travellers]]
id = "t"
permissions = [{{ id = "visa", zone = "BB", book = "old" }}]
[[travellers.passports]]
id = "old"
state = "AA"
[[trip.stops]]
id = "c"
at = ["CCC"]
[[legs]]
id = "bc"
departs = 2025-06-03T14:00:00
arrives = 2025-06-03T16:00:00
[[acquirables]]
id = "gamma-visa"
price = "30"
passports = ["old"]
apply_on = [2025-05-30]
lead = {{ days = {days} }}
keeps_passport = true
permission = {{ zone = "CC" }}
"""


@kind(
    "permission-book",
    summary="A visa in another passport is used only while that passport is at hand too.",
    catalogue=("K09",),
)
@frozen(kw_only=True)
class PermissionBook(Rule):
    """A permission held, with a `book`, at check-in and entry on another passport: the book is at hand on both dates.

    It is not, on its own `away` dates, while an application keeps it (from the date of application to the day before
    the ready date), and once a renewal of it has been applied for. Its own dates of validity do not matter.
    """

    examples = (
        Example(
            title="A visa in an expired passport, carried along",
            toml=_example("expires = 2025-03-01"),
            cost=20000,
            source=_TWO_BOOKS,
        ),
        Example(
            title="The old passport is at a consulate on the day of departure",
            toml=_example("away = [{ from = 2025-05-20, to = 2025-06-01 }]"),
            refused_by="visa.t.book",
        ),
        Example(
            title="The old passport is back the day before",
            toml=_example("away = [{ from = 2025-05-20, to = 2025-05-31 }]"),
            cost=20000,
        ),
        Example(
            title="Nobody wants to see it at the exit",
            toml=_example("away = [{ from = 2025-06-02, to = 2025-06-10 }]"),
            cost=20000,
        ),
        Example(
            title="Another consulate hands it back on the day of departure",
            toml='remove = ["visit-beta", "visit-gamma"]\n' + _KEPT.format(days=2),
            cost=33000,
        ),
        Example(
            title="Another consulate still keeps it",
            toml='remove = ["visit-beta", "visit-gamma"]\n' + _KEPT.format(days=3),
            refused_by="visa.t.book",
        ),
    )

    terms: Permission
    holder: Traveller

    @classmethod
    def instances(cls, scenario: Scenario) -> Iterable[Rule]:
        """One for each permission held that says which passport it is in."""
        return [
            cls(terms=paper, holder=traveller)
            for traveller in scenario.travellers
            for paper in traveller.permissions
            if paper.book
        ]

    def fact(self) -> Fact:
        """That the book is at hand."""
        return Fact(
            id=f"{self.terms.id}.{self.holder.id}.book",
            text=f"{self.terms.id} is in {self.holder.label}'s passport {self.terms.book}, which must be at hand too",
            telling=Telling.PAPER,
            kind=self.kind,
            place=self.terms.where.of("book"),
            changeable=True,
        )

    def easings(self, scenario: Scenario) -> Iterator[Easing]:
        """The permission in another book."""
        yield in_any_book(self.terms, self.holder)

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Block its use while the book is away, and exclude it with applications that take the book."""
        stays, applications = view.stays(self.holder.id), view.applications(self.holder.id)
        rows = stays.enters & (stays.ground == self.terms.id) & (stays.passport != self.terms.book)
        if not rows.any():
            return
        gone = np.zeros_like(rows)
        for dates in (dates for book in self.holder.passports if book.id == self.terms.book for dates in book.away):
            first = dates.from_.toordinal() if dates.from_ else 0
            last = dates.to.toordinal() if dates.to else NEVER
            for days in (stays.check_on, stays.entry_on):
                gone |= rows & (first <= days) & (days <= last)
        if gone.any():
            yield Block(self.fact(), stays.ids[gone])
        items = view.scenario.acquirables
        keeping = [item.id for item in items if item.keeps_passport]
        renewing = [item.id for item in items if item.passport and item.passport.renews == self.terms.book]
        kept = np.isin(applications.acquirable, keeping) & (applications.passport == self.terms.book)
        renewed = np.isin(applications.acquirable, renewing)

        def taken(day: int) -> Mask:
            papers: Mask = (applications.apply_on <= day) & ((kept & (applications.ready_on > day)) | renewed)
            return papers

        for days in (stays.check_on, stays.entry_on):
            yield from exclude(view, self.holder, rows & ~gone, days, wrong=taken, fact=self.fact())

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """No entry on it with other passports while the book is away."""
        others = [name for name in passports_of(outlook.scenario, self.holder) if name != self.terms.book]
        for dates in (dates for book in self.holder.passports if book.id == self.terms.book for dates in book.away):
            yield Refused(
                facts=(self.fact(),),
                traveller=self.holder.id,
                arrivals=outlook.from_to(dates.from_, dates.to),
                passports=others,
                grounds=(self.terms.id,),
            )

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Ask for the book at each check-in and entry that rests on the permission."""
        for stay in journey.stays[self.holder.id]:
            if stay.entry is None or stay.check_in is None or not self._taken_along(stay):
                continue
            for day in sorted({stay.check_in.on, stay.entry.on}):
                for where in self._elsewhere(journey, day):
                    yield Broken(self.fact(), f"{self.terms.book} is {where} on {day}")

    def shows(self, journey: Journey, stay: Stay) -> Iterator[Shown]:
        """The book, where another passport is presented."""
        if stay.traveller == self.holder.id and self._taken_along(stay):
            book = self.terms.book
            yield Shown(rule=self.kind, sort="passport", id=book, label=f"passport {book}")

    def _taken_along(self, stay: Stay) -> bool:
        """Whether an entry of the holder rests on the permission and is on another passport."""
        return stay.ground == self.terms.id and stay.passport != self.terms.book

    def _elsewhere(self, journey: Journey, day: date) -> Iterator[str]:
        """Where the book is on a date, if it is not at hand."""
        for book in self.holder.passports:
            if book.id == self.terms.book and any(day in dates for dates in book.away):
                yield "away"
        for application in journey.applications(self.holder.id):
            item = journey.scenario.acquirable_by_id[application.acquirable]
            if application.on > day:
                continue
            kept = item.keeps_passport and application.passport == self.terms.book
            if kept and day < journey.ready(application):
                yield f"kept for {item.label}"
            if item.passport is not None and item.passport.renews == self.terms.book:
                yield "given up"
