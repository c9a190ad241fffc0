"""K01: a passport may not be used for an area, unless specially validated.

The rule tests the passport presented, not the nationality held.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

import numpy as np
from attrs import evolve, frozen

from planner.itinerary.choices import Application
from planner.itinerary.journey import CheckIn, Crossing, Journey, Stay
from planner.rules.base import Example, Rule, kind
from planner.rules.examples import SECOND_PASSPORT, THROUGH_BETA
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import Mask, by_value, effective, inside, per_day
from planner.rules.obtained import not_usable
from planner.rules.outlook import Outlook
from planner.rules.papers import rely
from planner.rules.shares import Refused, Share, Takes
from planner.rules.statements import AtMost, Block, Count, Statement
from planner.rules.tables import NEVER, Column, View
from planner.scenario.holdings import issued_in, passports_of
from planner.scenario.law import Entry
from planner.scenario.node import State, ZoneRef
from planner.scenario.people import Traveller, Validation
from planner.scenario.scenario import Scenario

_SOURCE = "https://travel.state.gov/content/travel/en/News/international-travel-news/dprk-travel-restriction.html"
_BAN = """
[[rules]]
kind = "passport-ban"
id = "ban"
passport_state = "AA"
area = "BB"
"""


def _validated(how: str) -> str:
    return f'[[travellers]]\nid = "t"\n[[travellers.passports]]\nid = "a"\nvalidations = [{{ area = "BB"{how} }}]\n'


_OBTAINABLE = """
[[acquirables]]
id = "validation"
price = "60"
lead = { days = 30 }
validation = { area = "BB", validity = "3 months" }
"""


@kind(
    "passport-ban",
    summary="A state's passports may not be used for an area unless they are specially validated.",
    catalogue=("K01",),
    table=True,
)
@frozen(kw_only=True)
class PassportBan(Entry, Rule):
    """See `docs/semantics.md`, «Passport bans»."""

    passport_state: State
    """Of the passport shown; another passport of the same person is free."""
    area: ZoneRef
    """Where."""
    scope: tuple[Literal["to", "in", "through"], ...] = ("to", "in", "through")
    """When it may not be used: entering the area, leaving it, changing planes in it. Left out: all three."""
    adjacent_exit: bool = False
    """Also at the exit desk of the country from which one goes there."""

    examples = (
        Example(
            title="US passports are not valid for North Korea",
            toml=_BAN,
            refused_by="ban.t",
            source=_SOURCE,
        ),
        Example(
            title="The same traveller on another passport",
            toml=_BAN + SECOND_PASSPORT,
            cost=20000,
            source=_SOURCE,
        ),
        Example(
            title="A passport specially validated for the area",
            toml=_BAN + _validated(", trips = 1"),
            cost=20000,
            source="22 CFR 51.64",
        ),
        Example(
            title="A validation that runs out during the stay",
            toml=_BAN + _validated(", valid_to = 2025-06-09"),
            refused_by="ban.t",
        ),
        Example(
            title="A validation for one trip does not cover two",
            toml=_BAN
            + _validated(", trips = 1")
            + """
            [[trip.stops]]
            id = "c"
            at = ["CCC"]
            [[legs]]
            id = "later"
            from = "BBB"
            to = "AAA"
            departs = 2025-06-12T08:00:00
            arrives = 2025-06-12T10:00:00
            price = "100"
            """,
            refused_by="ban.t",
            source="22 CFR 51.64",
        ),
        Example(title="A validation obtained in time", toml=_BAN + _OBTAINABLE, cost=26000),
        Example(
            title="A validation that cannot be ready in time",
            toml="today = 2025-05-03\n" + _BAN + _OBTAINABLE,
            refused_by="ban.t",
        ),
        Example(
            title="A change of planes is travel through the area",
            toml=THROUGH_BETA + _BAN,
            refused_by="ban.t",
            source=_SOURCE,
        ),
        Example(
            title="A ban on travel to and in the area leaves its airside alone",
            toml=THROUGH_BETA + _BAN + 'scope = ["to", "in"]\n',
            cost=24000,
        ),
        Example(
            title="The exit desk on the way there, where the ban reaches it",
            toml=_BAN
            + 'adjacent_exit = true\n[[rules]]\nkind = "own-passport"\nid = "own"\nstate = "AA"\nzone = "AA"\n'
            + SECOND_PASSPORT,
            refused_by="ban.t",
        ),
        Example(
            title="The ban had ended",
            toml=_BAN + "effective_from = 2017-09-01\neffective_to = 2025-05-31\n",
            cost=20000,
            source=_SOURCE,
        ),
    )

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The ban, for one traveller."""
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label} may not use a passport of {scenario.name_of(self.passport_state)} for "
            f"{scenario.name_of(self.area)} without a special validation",
            telling=Telling.PAPER,
            kind=self.kind,
            place=self.where.place,
            source=self.source,
        )

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Block the stays whose crossings are concerned, unless a validation is held or obtained."""
        for traveller in view.scenario.travellers:
            fact, stays = self.fact(view.scenario, traveller), view.stays(traveller.id)
            held: dict[str, list[Validation]] = {
                str(book.id): [v for v in book.validations if v.area == self.area] for book in traveller.passports
            }
            for concerned in self._concerned(view, traveller):
                for passport in np.unique(concerned.shown[concerned.rows]).tolist():
                    rows = concerned.rows & (concerned.shown == passport)
                    for validation in held.get(passport, ()):
                        low = validation.valid_from.toordinal() if validation.valid_from else 0
                        high = validation.valid_to.toordinal() if validation.valid_to else NEVER
                        rows &= (concerned.days < low) | (concerned.days > high)
                    yield from self._unless_obtained(view, traveller, passport, evolve(concerned, rows=rows), fact)
            for passport in np.unique(stays.passport).tolist():
                yield from self._trips(view, traveller, passport, held.get(passport, []), fact)

    def _concerned(self, view: View, traveller: Traveller) -> Iterator[_Concerned]:
        scenario, stays = view.scenario, view.stays(traveller.id)
        entered = stays.enters & (stays.state == self.passport_state)
        left = stays.exits & (stays.exit_state == self.passport_state)
        if "to" in self.scope:
            rows = entered & inside(scenario, self.area, stays.entry_territory, stays.entry_on)
            yield _Concerned(rows & effective(self, stays.entry_on), stays.entry_on, stays.passport, False)
        if "in" in self.scope:
            rows = left & inside(scenario, self.area, stays.exit_territory, stays.exit_on)
            yield _Concerned(rows & effective(self, stays.exit_on), stays.exit_on, stays.exit_passport, True)
        if "through" in self.scope:
            passes = [
                any(scenario.is_in(self.area, scenario.territory_of(port), date.fromordinal(day)) for port, _, _ in run)
                for run, day in zip(view.runs.airside, view.runs.departs_on.tolist(), strict=True)
            ]
            through = np.array([*passes, False], dtype=bool)  # the last one for the stay at the start
            rows = entered & through[np.where(stays.enters, stays.entry_run, -1)]
            yield _Concerned(rows & effective(self, stays.check_on), stays.check_on, stays.passport, False)
        if self.adjacent_exit:
            rows = left & inside(scenario, self.area, stays.following, stays.exit_on)
            yield _Concerned(rows & effective(self, stays.exit_on), stays.exit_on, stays.exit_passport, True)

    def _unless_obtained(
        self, view: View, traveller: Traveller, passport: str, concerned: _Concerned, fact: Fact
    ) -> Iterator[Statement]:
        stays, applications = view.stays(traveller.id), view.applications(traveller.id)
        papers = np.zeros(len(applications.ids), dtype=bool)
        last_day = np.full(len(applications.ids), NEVER)
        for item in view.scenario.acquirables:
            if item.validation is not None and item.validation.area == self.area:
                mine = (applications.acquirable == item.id) & (applications.passport == passport)
                papers |= mine
                if item.validation.validity is not None:
                    ends = per_day(item.validation.validity.after, applications.ready_on)
                    last_day = np.where(mine, ends, last_day)
        for day, rows in by_value(concerned.days, concerned.rows):
            valid = papers & (last_day >= day)
            if valid.any():
                yield from rely(view, traveller, rows, valid, fact, at_exit=concerned.at_exit)
            else:
                yield Block(fact, stays.ids[rows])

    def _trips(
        self, view: View, traveller: Traveller, passport: str, held: list[Validation], fact: Fact
    ) -> Iterator[Statement]:
        """Entries on the passport are at most those that its validations cover."""
        scenario, stays, applications = view.scenario, view.stays(traveller.id), view.applications(traveller.id)
        rows = stays.enters & (stays.passport == passport) & (stays.state == self.passport_state)
        rows &= inside(scenario, self.area, stays.entry_territory, stays.entry_on) & effective(self, stays.entry_on)
        limits = [validation.trips for validation in held]
        if "to" not in self.scope or None in limits or not rows.any():
            return
        any_number = len(np.unique(stays.entry_at[rows]))
        counts = [
            Count(-(any_number if a.validation.trips is None else a.validation.trips), applications.ids[mine])
            for a in scenario.acquirables
            if a.validation is not None and a.validation.area == self.area
            for mine in ((applications.acquirable == a.id) & (applications.passport == passport),)
            if mine.any()
        ]
        if limits or counts:
            yield AtMost(fact, (Count(1, stays.ids[rows]), *counts), sum(n or 0 for n in limits))

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """Entries to the area on a banned passport, but for validations that it has or might get."""
        scenario, area = outlook.scenario, outlook.in_force(self) & outlook.within(self.area)
        for traveller in scenario.travellers if "to" in self.scope else ():
            fact, states = self.fact(scenario, traveller), passports_of(scenario, traveller)
            for passport in (name for name, state in states.items() if state == self.passport_state):
                refused = area
                for held in self._held(traveller, passport):
                    refused = refused & ~outlook.from_to(held.valid_from, held.valid_to)
                items = tuple(
                    item.id
                    for item in scenario.acquirables
                    if item.validation is not None and item.validation.area == self.area
                    if passport in issued_in(scenario, traveller, item)
                )
                said: dict[str, Any] = {"facts": (fact,), "traveller": traveller.id, "passports": (passport,)}
                yield Takes(**said, arrivals=refused, items=items) if items else Refused(**said, arrivals=refused)

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Go through every desk at which a banned passport is shown."""
        for traveller in journey.scenario.travellers:
            fact, entries = self.fact(journey.scenario, traveller), Counter[str]()
            for stay in journey.stays[traveller.id]:
                for passport, day, desk, what in self._desks(journey, traveller, stay):
                    entries[passport] += what == "the entry"
                    held = self._held(traveller, passport)
                    if any((v.valid_from or day) <= day <= (v.valid_to or day) for v in held):
                        continue
                    obtained = [
                        a for a, v in self._obtained(journey, traveller, passport) if day <= (v.valid_to or day)
                    ]
                    if not obtained:
                        yield Broken(fact, f"{passport} is shown at {what} on {day}")
                    for application in obtained:
                        yield from not_usable(journey, traveller, application, desk.on, desk.at)
            for passport, count in entries.items():
                validations = self._held(traveller, passport)
                validations += [v for _, v in self._obtained(journey, traveller, passport)]
                trips = [v.trips for v in validations if v.trips is not None]
                if validations and len(trips) == len(validations) and count > sum(trips):
                    yield Broken(fact, f"{passport} enters {count} times, validated for {sum(trips)}")

    def _desks(
        self, journey: Journey, traveller: Traveller, stay: Stay
    ) -> Iterator[tuple[str, date, Crossing | CheckIn, str]]:
        """Each place where a banned passport is presented: passport, date judged, where its papers are used, what."""
        scenario, entry, leaving, check_in = journey.scenario, stay.entry, stay.exit, stay.check_in

        def banned(passport: str, day: date) -> bool:
            return self.in_force(day) and scenario.state_of(traveller, passport) == self.passport_state

        if entry is not None and check_in is not None:
            concerned = scenario.is_in(self.area, entry.territory, entry.on)
            if "to" in self.scope and concerned and banned(stay.passport, entry.on):
                yield stay.passport, entry.on, check_in, "the entry"
            concerned = any(scenario.is_in(self.area, touch.territory, check_in.on) for touch in stay.airside)
            if "through" in self.scope and concerned and banned(stay.passport, check_in.on):
                yield stay.passport, check_in.on, check_in, "the check-in for a transit"
        if leaving is not None and banned(stay.exit_passport, leaving.on):
            if "in" in self.scope and scenario.is_in(self.area, leaving.territory, leaving.on):
                yield stay.exit_passport, leaving.on, leaving, "the exit"
            if self.adjacent_exit and stay.following and scenario.is_in(self.area, stay.following, leaving.on):
                yield stay.exit_passport, leaving.on, leaving, "the exit on the way there"

    def _held(self, traveller: Traveller, passport: str) -> list[Validation]:
        """Validations for the area that the passport has already."""
        return [
            v for book in traveller.passports if book.id == passport for v in book.validations if v.area == self.area
        ]

    def _obtained(
        self, journey: Journey, traveller: Traveller, passport: str
    ) -> Iterator[tuple[Application, Validation]]:
        """Validations for the area applied for in the passport, with the applications."""
        for application in journey.applications(traveller.id):
            gives = journey.scenario.acquirable_by_id[application.acquirable].validation
            if gives is not None and gives.area == self.area and application.passport == passport:
                until = gives.validity.after(journey.ready(application)) if gives.validity else None
                yield application, Validation(area=gives.area, valid_to=until, trips=gives.trips)


@frozen(eq=False)
class _Concerned:
    """Stays at which a passport is presented that may be banned: by rows of the table of stays."""

    rows: Mask
    days: Column  # that count
    shown: Column  # the passport presented
    at_exit: bool  # its papers are used at the exit, not at the check-in
