"""The passport book itself: it is shown only while it is valid, and only while its holder has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import numpy as np
from attrs import frozen

from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, Rule, kind
from planner.rules.concerns import type_of_ground
from planner.rules.eases import passports
from planner.rules.easing import Easing
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import Mask, per_day
from planner.rules.outlook import Outlook
from planner.rules.papers import exclude, rely
from planner.rules.shares import Refused, Share, Takes
from planner.rules.statements import Block, Statement
from planner.rules.stay_limits import Limit
from planner.rules.tables import NEVER, View
from planner.scenario.documents import Acquirable
from planner.scenario.people import Passport, Traveller
from planner.scenario.scenario import Scenario


@kind(
    "passport-book",
    summary="A passport is shown only while it is valid and in its holder's hands.",
    catalogue=("K04", "K07", "K08"),
)
@frozen
class PassportBook(Rule):
    """The dates and absences of one passport: one a traveller holds, or one an acquirable gives to anybody.

    Shown means: its check-in, its entry, or at an exit.
    """

    examples = (
        Example(
            title="Valid to the last day",
            toml="""
[[travellers]]
id = "t"
[[travellers.passports]]
id = "a"
expires = 2025-06-10
""",
        ),
        Example(
            title="Expired on the day of the return",
            toml="""
[[travellers]]
id = "t"
[[travellers.passports]]
id = "a"
expires = 2025-06-09
""",
            refused_by="passport.t.a.dates",
        ),
        Example(
            title="At an embassy until the day before",
            toml="""
[[travellers]]
id = "t"
[[travellers.passports]]
id = "a"
away = [{ from = 2025-05-01, to = 2025-05-31 }]
""",
        ),
        Example(
            title="At an embassy on the day of departure",
            toml="""
[[travellers]]
id = "t"
[[travellers.passports]]
id = "a"
away = [{ from = 2025-05-01, to = 2025-06-01 }]
""",
            refused_by="passport.t.a.away",
        ),
        Example(
            title="The consulate keeps the passport while it works on a visa",
            toml="""
remove = ["visit-beta"]
[[acquirables]]
id = "visa"
price = "140"
keeps_passport = true
apply_on = [2025-05-30]
[acquirables.lead]
days = 2
[acquirables.permission]
zone = "BB"
""",
            cost=34000,
            source="https://abcdocz.com/doc/157585/",
        ),
        Example(
            title="A renewed book is given up when the new one is applied for",
            toml="""
[[travellers]]
id = "t"
[[travellers.passports]]
id = "a"
expires = 2025-06-05
[[acquirables]]
id = "renewal"
price = "130"
apply_on = [2025-05-31]
[acquirables.lead]
days = 5
[acquirables.passport]
id = "new"
state = "AA"
renews = "a"
""",
            refused_by="passport.t.a.away",
        ),
    )

    id: str
    holder: Traveller | None = None
    held: Passport | None = None
    item: Acquirable | None = None

    @classmethod
    def instances(cls, scenario: Scenario) -> Iterable[Rule]:
        """One for each passport held and for each acquirable that gives one."""
        held = [cls(book.id, traveller, book) for traveller in scenario.travellers for book in traveller.passports]
        given = [cls(item.passport.id, item=item) for item in scenario.acquirables if item.passport]
        return [*held, *given]

    def dates_fact(self, traveller: Traveller) -> Fact:
        """When it is valid."""
        if self.item is not None and self.item.passport is not None:
            text = f"{self.item.label} is valid for {self.item.passport.validity}"
            place = self.item.passport.where.of("validity")
        else:
            assert self.held is not None
            issued = f" from {self.held.issued}" if self.held.issued else ""
            expires = f" until {self.held.expires}" if self.held.expires else ""
            text = f"{traveller.label}'s passport {self.id} is valid{issued}{expires}"
            place = self.held.where.of("expires" if self.held.expires else "issued")
        return Fact(
            id=f"passport.{traveller.id}.{self.id}.dates",
            text=text,
            telling=Telling.PAPER,
            kind=self.kind,
            place=place,
            changeable=self.held is not None and self.held.expires is not None,
        )

    def away_fact(self, traveller: Traveller) -> Fact:
        """When it is not at hand."""
        paper = self.held or self.item
        assert paper is not None
        return Fact(
            id=f"passport.{traveller.id}.{self.id}.away",
            text=f"{traveller.label} cannot show passport {self.id} while it is away",
            telling=Telling.PAPER if self.held and self.held.away else Telling.REMOTE,  # lead times tell more
            kind=self.kind,
            place=paper.where.of("away"),
            changeable=self.held is not None and bool(self.held.away),
        )

    def easings(self, scenario: Scenario) -> Iterator[Easing]:
        """A book held: a newer one, and in hand all the time."""
        if self.held is not None and self.holder is not None:
            dates, away = self.dates_fact(self.holder).id, self.away_fact(self.holder).id
            yield from filter(None, [passports.renewed(dates, self.holder, [self.held], scenario.today)])
            yield from filter(None, [passports.at_hand(away, self.holder, self.held, range(len(self.held.away)))])

    def settled(self, easing: Easing, journey: Journey) -> Easing:
        """Valid, and in hand, on the dates on which the journey shows it."""
        if self.held is None or self.holder is None:
            return easing
        shown = [day for day, _ in self._shown(journey, self.holder)]
        if easing.fact == self.dates_fact(self.holder).id:
            new = passports.longer(easing.fact, self.holder, {self.held: max(shown)}) if shown else None
        else:
            needed = [place for place, dates in enumerate(self.held.away) if any(day in dates for day in shown)]
            new = passports.at_hand(easing.fact, self.holder, self.held, needed)
        return new or easing

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Block it outside its dates and while it is away, and tie an acquired one to its application."""
        for traveller in (self.holder,) if self.holder else view.scenario.travellers:
            stays = view.stays(traveller.id)
            entered = stays.enters & (stays.passport == self.id)
            left = stays.exits & (stays.exit_passport == self.id)
            if self.held is not None:
                yield from self._held(view, traveller, entered, left)
            else:
                yield from self._acquired(view, traveller, entered, left)
            yield from self._given_away(view, traveller, entered, left)

    def _held(self, view: View, traveller: Traveller, entered: Mask, left: Mask) -> Iterator[Statement]:
        assert self.held is not None
        stays = view.stays(traveller.id)

        def shown(first: int, last: int) -> Mask:
            """Rows that show it on some day from first to last."""
            within = [(first <= days) & (days <= last) for days in (stays.check_on, stays.entry_on, stays.exit_on)]
            rows: Mask = (entered & (within[0] | within[1])) | (left & within[2])
            return rows

        void = away = np.zeros(len(stays.ids), dtype=bool)
        if self.held.issued:
            void = void | shown(0, self.held.issued.toordinal() - 1)
        if self.held.expires:
            void = void | shown(self.held.expires.toordinal() + 1, NEVER)
        for dates in self.held.away:
            first = dates.from_.toordinal() if dates.from_ else 0
            away = away | shown(first, dates.to.toordinal() if dates.to else NEVER)
        if void.any():
            yield Block(self.dates_fact(traveller), stays.ids[void])
        if away.any():
            yield Block(self.away_fact(traveller), stays.ids[away])

    def _acquired(self, view: View, traveller: Traveller, entered: Mask, left: Mask) -> Iterator[Statement]:
        assert self.item is not None
        assert self.item.passport is not None
        stays, applications = view.stays(traveller.id), view.applications(traveller.id)
        mine = applications.acquirable == self.item.id
        ends = per_day(self.item.passport.validity.after, applications.ready_on)
        fact = self.dates_fact(traveller)
        last_shown = np.maximum(stays.check_on, stays.entry_on)

        def expired(day: int) -> Mask:
            papers: Mask = mine & (ends < day)
            return papers

        yield from exclude(view, traveller, entered, last_shown, wrong=expired, fact=fact)
        yield from exclude(view, traveller, left, stays.exit_on, wrong=expired, fact=fact)
        yield from rely(view, traveller, entered, mine, None)
        yield from rely(view, traveller, left, mine, None, at_exit=True)

    def _given_away(self, view: View, traveller: Traveller, entered: Mask, left: Mask) -> Iterator[Statement]:
        """While an application keeps it, and once a new book takes its place."""
        scenario, applications = view.scenario, view.applications(traveller.id)
        keeping = [item.id for item in scenario.acquirables if item.keeps_passport]
        renewing = [item.id for item in scenario.acquirables if item.passport and item.passport.renews == self.id]
        kept = np.isin(applications.acquirable, keeping) & (applications.passport == self.id)
        renewed = np.isin(applications.acquirable, renewing)
        if not (kept | renewed).any():
            return
        stays, fact = view.stays(traveller.id), self.away_fact(traveller)

        def gone(day: int) -> Mask:
            papers: Mask = (applications.apply_on <= day) & ((kept & (applications.ready_on > day)) | renewed)
            return papers

        for rows, days in ((entered, stays.check_on), (entered, stays.entry_on), (left, stays.exit_on)):
            yield from exclude(view, traveller, rows, days, wrong=gone, fact=fact)

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """A held book is shown at entries on its dates only; one that is not held is obtained."""
        for traveller in (self.holder,) if self.holder else outlook.scenario.travellers:
            if self.item is not None:
                yield Takes(traveller=traveller.id, passports=(self.id,), items=(self.item.id,))
            if self.held is not None:
                void = ~outlook.from_to(self.held.issued, self.held.expires)
                away = np.zeros_like(void)
                for dates in self.held.away:
                    away |= outlook.from_to(dates.from_, dates.to)
                for fact, arrivals in ((self.dates_fact(traveller), void), (self.away_fact(traveller), away)):
                    if arrivals.any():
                        yield Refused(facts=(fact,), traveller=traveller.id, arrivals=arrivals, passports=(self.id,))

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Go through the desks where the passport is shown."""
        for traveller in (self.holder,) if self.holder else journey.scenario.travellers:
            for day, desk in self._shown(journey, traveller):
                for first, last in self._valid(journey, traveller):
                    if not (first or day) <= day <= (last or day):
                        yield Broken(self.dates_fact(traveller), f"shown {desk} on {day}")
                if self.held is not None and any(day in dates for dates in self.held.away):
                    yield Broken(self.away_fact(traveller), f"shown {desk} on {day}")
                for application in journey.applications(traveller.id):
                    item = journey.scenario.acquirable_by_id[application.acquirable]
                    kept = item.keeps_passport and application.passport == self.id
                    if kept and application.on <= day < journey.ready(application):
                        yield Broken(self.away_fact(traveller), f"shown {desk} on {day}, while {item.label} keeps it")
                    if item.passport and item.passport.renews == self.id and application.on <= day:
                        yield Broken(self.away_fact(traveller), f"shown {desk} on {day}, renewed on {application.on}")

    def _shown(self, journey: Journey, traveller: Traveller) -> Iterator[tuple[date, str]]:
        for stay in journey.stays[traveller.id]:
            if stay.passport == self.id and stay.check_in is not None and stay.entry is not None:
                yield stay.check_in.on, f"at check-in in {stay.check_in.port}"
                yield stay.entry.on, f"at the entry in {stay.entry.port}"
            if stay.exit_passport == self.id and stay.exit is not None:
                yield stay.exit.on, f"at the exit in {stay.exit.port}"

    def _valid(self, journey: Journey, traveller: Traveller) -> Iterator[tuple[date | None, date | None]]:
        """First and last date of the book; of an acquired one only the last, its first is a matter of lead time."""
        if self.held is not None:
            yield self.held.issued, self.held.expires
        for application in journey.applications(traveller.id):
            if self.item is not None and self.item.passport is not None and application.acquirable == self.item.id:
                yield None, self.item.passport.validity.after(journey.ready(application))

    def last_lawful(self, journey: Journey, stay: Stay) -> Limit | None:
        """The last date on which the stay can be left on this passport: before it expires or is given up for a new one.

        It is the passport shown at the exit, or else, as far as is planned, at the entry. Who is at home, as a citizen
        or resident, can stay on without a passport.
        """
        traveller = journey.scenario.traveller_by_id[stay.traveller]
        other = (stay.exit_passport or stay.passport) != self.id or (self.holder or traveller).id != traveller.id
        if other or type_of_ground(journey, stay) in ("citizen", "residence"):
            return None
        valid_to = [last for _, last in self._valid(journey, traveller) if last is not None]
        ends = [Limit(on=last, why=f"when passport {self.id} expires") for last in valid_to]
        for application in journey.applications(traveller.id):
            gives = journey.scenario.acquirable_by_id[application.acquirable].passport
            if gives is not None and gives.renews == self.id:
                before = application.on - timedelta(days=1)
                ends.append(Limit(on=before, why=f"the day before passport {self.id} is given up"))
        return min(ends, key=lambda limit: limit.order, default=None)
