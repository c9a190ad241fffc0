"""K04: how long a passport must still be valid when something is put into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from planner.core.period import Period
from planner.itinerary.choices import Application
from planner.itinerary.journey import Journey
from planner.rules.base import Example, Rule, kind
from planner.rules.eases import passports
from planner.rules.easing import Easing
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import by_value, per_day
from planner.rules.outlook import Outlook
from planner.rules.shares import Refused, Share
from planner.rules.statements import Block, Clause, Statement
from planner.rules.tables import View
from planner.scenario.documents import Acquirable
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_CHINA = "https://thenationonlineng.net/visa-requirements-china/"
_VISA = """
today = 2025-05-01
remove = ["visit-beta"]
[[acquirables]]
id = "visa"
price = "30"
passport_validity = "6 months"
permission = { zone = "BB" }
"""
_EXPIRES = """
[[travellers]]
id = "t"
[[travellers.passports]]
id = "a"
expires = {day}
"""
_RENEWAL = """
[[acquirables]]
id = "renewal"
price = "10"
passport = {{ id = "new", state = "AA", validity = "{validity}" }}
"""


@kind(
    "passport-at-issue",
    summary="A visa is put only into a passport that is still valid for some time when it is applied for.",
    catalogue=("K04",),
)
@frozen(kw_only=True)
class PassportAtIssue(Rule):
    """The passport that something is issued in expires `passport_validity` after the application date, or later.

    A passport obtained expires `validity` after its ready date; what is not known of a passport held satisfies.
    """

    examples = (
        Example(
            title="Six months are left on the last day on which one can apply",
            toml=_VISA + _EXPIRES.format(day="2025-11-01"),
            cost=23000,
            source=_CHINA,
        ),
        Example(
            title="One day short of six months",
            toml=_VISA + _EXPIRES.format(day="2025-10-31"),
            refused_by="acquire.visa.t.passport_validity",
            source=_CHINA,
        ),
        Example(
            title="A new passport, and the visa in that",
            toml=_VISA + _EXPIRES.format(day="2025-10-31") + _RENEWAL.format(validity="6 months"),
            cost=24000,
            source=_CHINA,
        ),
        Example(
            title="The new passport is not valid for long enough either",
            toml=_VISA + _EXPIRES.format(day="2025-10-31") + _RENEWAL.format(validity="5 months"),
            refused_by="acquire.visa.t.passport_validity",
            source=_CHINA,
        ),
    )

    item: Acquirable
    period: Period

    @classmethod
    def instances(cls, scenario: Scenario) -> Iterable[Rule]:
        """One for each acquirable that demands it."""
        return [
            cls(item=item, period=item.passport_validity)
            for item in scenario.acquirables
            if item.passport_validity is not None
        ]

    def fact(self, traveller: Traveller) -> Fact:
        """The demand on the passport of one traveller."""
        dated = [f"{book.id} expires on {book.expires}" for book in traveller.passports if book.expires]
        return Fact(
            id=f"acquire.{self.item.id}.{traveller.id}.passport_validity",
            text=f"the passport that {traveller.label} applies with for {self.item.label} must be valid "
            f"for {self.period} more" + (f" ({', '.join(dated)})" if dated else ""),
            telling=Telling.PAPER,
            kind=self.kind,
            place=self.item.where.of("passport_validity"),
            source=self.item.source,
            changeable=any(book.expires for book in traveller.passports),
        )

    def easings(self, scenario: Scenario) -> Iterator[Easing]:
        """Newer passports."""
        for traveller in scenario.travellers:
            fact = self.fact(traveller).id
            yield from filter(None, [passports.renewed(fact, traveller, traveller.passports, scenario.today)])

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Block applications in passports held that expire too soon; part them from those for a passport that would."""
        for traveller in view.scenario.travellers:
            fact, applications = self.fact(traveller), view.applications(traveller.id)
            mine = applications.acquirable == self.item.id
            needed = per_day(self.period.after, applications.apply_on)
            for book in traveller.passports:
                if book.expires is not None:
                    short = mine & (applications.passport == book.id) & (needed > book.expires.toordinal())
                    if short.any():
                        yield Block(fact, applications.ids[short])
            for item in view.scenario.acquirables:
                if item.passport is None:
                    continue
                copies = mine & (applications.passport == item.passport.id)
                expires = per_day(item.passport.validity.after, applications.ready_on)
                for day, giving in by_value(expires, applications.acquirable == item.id):
                    if (copies & (needed > day)).any():
                        yield Clause(fact, (applications.ids[copies & (needed > day)], applications.ids[giving]))

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """What it gives is not used in passports held that expire too soon for an application made today."""
        scenario = outlook.scenario
        needed = self.period.after(scenario.today)
        for traveller in scenario.travellers:
            short = [book.id for book in traveller.passports if book.expires is not None and book.expires < needed]
            if short and self.item.permission is not None:
                yield Refused(
                    facts=(self.fact(traveller),),
                    traveller=traveller.id,
                    arrivals=outlook.everywhere(),
                    passports=short,
                    grounds=(self.item.id,),
                )

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Look at the passport of each application."""
        for traveller in journey.scenario.travellers:
            for application in journey.applications(traveller.id):
                if application.acquirable == self.item.id:
                    expires = _expires(journey, traveller, application)
                    if expires is not None and expires < self.period.after(application.on):
                        how = f"applied for on {application.on} with {application.passport}, which expires {expires}"
                        yield Broken(self.fact(traveller), how)


def _expires(journey: Journey, traveller: Traveller, application: Application) -> date | None:
    """When the passport of an application expires, as far as known."""
    for book in traveller.passports:
        if book.id == application.passport:
            return book.expires
    for other in journey.applications(traveller.id):
        gives = journey.scenario.acquirable_by_id[other.acquirable].passport
        if gives is not None and gives.id == application.passport:
            return gives.validity.after(journey.ready(other))
    return None
