"""K31: certificates that must be fresh at check-in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
from attrs import frozen

from planner.core.period import Period
from planner.core.time import day_start, to_local
from planner.itinerary.journey import CheckIn, Journey, Stay
from planner.rules.base import Example, Rule, kind
from planner.rules.concerns import Concerning
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import by_value
from planner.rules.outlook import Outlook
from planner.rules.refusals import concerned, refuse, refused
from planner.rules.shares import Share
from planner.rules.showing import Found, shown
from planner.rules.statements import Statement
from planner.rules.tables import Column, View
from planner.scenario.node import CertificateRef
from planner.scenario.people import Dates, Traveller
from planner.scenario.scenario import Scenario

_UK = "https://expat.com/en/expat-mag/4947-which-countries-require-covid-19-testing-for-travellers.html"


def _example(rule: str, result: str) -> str:
    return (
        '[[rules]]\nkind = "test-before-departure"\nid = "fresh"\nzone = "BB"\n'
        f'certificate = "test"\n{rule}\n[[acquirables]]\nid = "swab"\nprice = "40"\nlead = {{ days = 1 }}\n'
        f'apply_on = [{result}]\ncertificate = {{ kind = "test" }}\n'
    )


def _held(issued: str) -> str:
    return (
        'today = 2025-05-24\n[[rules]]\nkind = "test-before-departure"\nid = "fresh"\nzone = "BB"\n'
        'certificate = "test"\ndays = 9\n[[travellers]]\nid = "t"\n'
        f'certificates = [{{ kind = "test", issued = {issued} }}]\n'
    )


@kind(
    "test-before-departure",
    summary="Some entries take a certificate, such as a test, that is no older than so many hours or days at check-in.",
    catalogue=("K31",),
    table=True,
)
@frozen(kw_only=True)
class FreshTest(Concerning, Rule):
    """At the check-in for each entry concerned (see `Concerning`) a `certificate` of that kind is shown, a fresh one.

    Fresh with `days`: issued on the date of check-in - `days` or later. With `hours`: nobody knows at what time of the
    day it was issued, so 00:00 of that date, at the place of check-in, is at most so long before; or it is the date of
    check-in. With neither, any will do. It is valid on the entry date. One obtained is issued on its ready date, which
    is not after the check-in; one that is held and whose date is not known will do.
    """

    at_least_one = ("hours", "days")
    examples = (
        Example(
            title="With 72 hours, the result of two days before is fresh whatever the hour",
            toml=_example("hours = 72", "2025-05-29"),
            cost=24000,
            source=_UK,
        ),
        Example(
            title="The result of three days before may be older than 72 hours",
            toml=_example("hours = 72", "2025-05-28"),
            refused_by="fresh.t",
            source=_UK,
        ),
        Example(
            title="Three days before, counted in days",
            toml=_example("days = 3", "2025-05-28"),
            cost=24000,
        ),
        Example(
            title="Four days before",
            toml=_example("days = 3", "2025-05-27"),
            refused_by="fresh.t",
        ),
        Example(
            title="The result comes after the departure",
            toml=_example("days = 3", "2025-06-01"),
            refused_by="fresh.t",
        ),
        Example(title="Nine days old, to the day", toml=_held("2025-05-23"), cost=20000),
        Example(title="Ten days old", toml=_held("2025-05-22"), refused_by="fresh.t"),
    )

    certificate: CertificateRef
    """Shown at check-in, valid on the day of entry."""
    hours: int | None = None
    """No older than so many hours, counted from 00:00 of the day of issue; or of the day of check-in. Left out: any
    age.
    """
    days: int | None = None
    """No older than so many days, by calendar dates. Left out: any age."""

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The demand on one traveller."""
        limits = [str(Period(self.hours, "hours"))] if self.hours is not None else []
        limits += [str(Period(self.days))] if self.days is not None else []
        age = f" no older than {' and '.join(limits)} at check-in" if limits else ""
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label} must show a certificate ({self.certificate}){age} to enter "
            f"{self.entries(scenario)}",
            telling=Telling.PAPER,
            kind=self.kind,
            place=self.where.of("certificate"),
            source=self.source,
        )

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Refuse the entries concerned unless one is shown, for check-ins with the same first date together."""
        for traveller in view.scenario.travellers:
            rows, fact = concerned(view, self, traveller), self.fact(view.scenario, traveller)
            for day, group in by_value(self._first(view, traveller), rows):
                issued = Dates(from_=date.fromordinal(day))
                yield from refuse(view, self, traveller, fact, group, certificates=(self.certificate,), issued=issued)

    def _first(self, view: View, traveller: Traveller) -> Column:
        """For each stay with an entry, the first date on which a certificate may be issued for it."""
        stays = view.stays(traveller.id)
        first = stays.check_on - self.days if self.days is not None else np.ones(len(stays.ids), dtype=np.int64)
        if self.hours is None:
            return first
        for port in np.unique(stays.check_port[stays.enters]).tolist():
            zone = view.scenario.ports[port].timezone
            for at, group in by_value(stays.check_at, stays.enters & (stays.check_port == port)):
                day = to_local(at - self.hours * 60, zone).date()
                begins = day.toordinal() + (day_start(day, zone) < at - self.hours * 60)
                first[group] = np.maximum(first[group], np.minimum(begins, stays.check_on[group]))
        return first

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """Who holds none obtains one, or does not enter."""
        for traveller in outlook.scenario.travellers:
            fact = self.fact(outlook.scenario, traveller)
            yield from refused(outlook, self, traveller, fact, certificates=(self.certificate,))

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Ask for a fresh certificate at the check-in for each entry concerned."""
        for traveller in journey.scenario.travellers:
            for stay in journey.stays[traveller.id]:
                if stay.check_in is None or not self.concerns(journey, stay):
                    continue
                first = self._oldest(journey.scenario, stay.check_in)
                if not self.asked_for(journey, stay):
                    since = f" issued since {first}" if first else ""
                    how = f"none{since} can be shown at {stay.check_in.port} on {stay.check_in.on}"
                    yield Broken(self.fact(journey.scenario, traveller), how)

    def asked_for(self, journey: Journey, stay: Stay) -> Found | None:
        """The first certificate that is fresh enough."""
        if stay.check_in is None:
            return None
        fresh = Dates(from_=self._oldest(journey.scenario, stay.check_in))
        return shown(journey, stay, certificates=(self.certificate,), issued=fresh)

    def _oldest(self, scenario: Scenario, check_in: CheckIn) -> date | None:
        """The first date of issue that is fresh enough; None: any is."""
        found = [check_in.on - timedelta(days=self.days)] if self.days is not None else []
        if self.hours is not None:
            day, zone = check_in.on, scenario.ports[check_in.port].timezone
            while check_in.at - day_start(day - timedelta(days=1), zone) <= self.hours * 60:
                day -= timedelta(days=1)
            found.append(day)
        return max(found, default=None)
