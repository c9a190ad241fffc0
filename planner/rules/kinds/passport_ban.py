"""K01: a passport may not be used for an area, unless specially validated.

The rule tests the passport presented, not the nationality held.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

import numpy as np
from attrs import frozen

from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, Rule, kind
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import Mask, by_value, effective, inside
from planner.rules.papers import rely
from planner.rules.statements import AtMost, Block, Count, Statement
from planner.rules.tables import Column, View
from planner.scenario.law import Entry
from planner.scenario.node import State, ZoneRef
from planner.scenario.people import Traveller, Validation
from planner.scenario.scenario import Scenario


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
    area: ZoneRef
    scope: tuple[Literal["to", "in", "through"], ...] = ("to", "in", "through")
    adjacent_exit: bool = False  # also the exit desk just before the area

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The ban, for one traveller."""
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label} may not use a passport of {self.passport_state} for "
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
            validations = {p.id: p.validations for p in traveller.passports}
            for crossing, day, shown in self._concerned(view, traveller):
                for passport in np.unique(shown[crossing]):
                    rows = crossing & (shown == passport)
                    covered = np.zeros(len(rows), dtype=bool)
                    for held in validations.get(str(passport), ()):
                        if held.area == self.area:
                            low = held.valid_from.toordinal() if held.valid_from else 0
                            high = held.valid_to.toordinal() if held.valid_to else 10**9
                            covered |= (low <= day) & (day <= high)
                    yield from self._unless_obtained(view, traveller, str(passport), rows & ~covered, day, fact)
            for passport in np.unique(stays.passport):
                yield from self._trips(view, traveller, str(passport), validations.get(str(passport), ()), fact)

    def _concerned(self, view: View, traveller: Traveller) -> Iterator[tuple[Mask, Column, Column]]:
        """Rows concerned, the day that counts, and the column of the passport presented."""
        scenario, stays = view.scenario, view.stays(traveller.id)
        entered = stays.enters & (stays.state == self.passport_state)
        left = stays.exits & (stays.exit_state == self.passport_state)
        if "to" in self.scope:
            rows = entered & inside(scenario, self.area, stays.entry_territory, stays.entry_on)
            yield rows & effective(self, stays.entry_on), stays.entry_on, stays.passport
        if "in" in self.scope:
            rows = left & inside(scenario, self.area, stays.exit_territory, stays.exit_on)
            yield rows & effective(self, stays.exit_on), stays.exit_on, stays.exit_passport
        if "through" in self.scope:
            ports = [[port for port, _, _ in touches] for touches in view.runs.airside]
            days = [date.fromordinal(int(day)) for day in view.runs.departs_on]
            through = np.array(
                [
                    any(scenario.is_in(self.area, scenario.territory_of(port), day) for port in run)
                    for run, day in zip(ports, days, strict=True)
                ]
                + [False],  # for rows without a run: START and END index from the end
                dtype=bool,
            )
            rows = entered & through[np.where(stays.enters, stays.entry_run, -1)]
            yield rows & effective(self, stays.check_on), stays.check_on, stays.passport
        if self.adjacent_exit:
            rows = left & inside(scenario, self.area, stays.following, stays.exit_on)
            yield rows & effective(self, stays.exit_on), stays.exit_on, stays.exit_passport

    def _unless_obtained(
        self, view: View, traveller: Traveller, passport: str, rows: Mask, day: Column, fact: Fact
    ) -> Iterator[Statement]:
        stays, applications = view.stays(traveller.id), view.applications(traveller.id)
        for when, group in by_value(day, rows):
            usable = np.zeros(len(applications.ids), dtype=bool)
            for item in view.scenario.acquirables:
                gives = item.validation
                if gives is None or gives.area != self.area:
                    continue
                mine = (applications.acquirable == item.id) & (applications.passport == passport)
                if gives.validity is not None:
                    ends = [gives.validity.after(date.fromordinal(int(d))).toordinal() for d in applications.ready_on]
                    mine &= np.array(ends, dtype=np.int64) >= when
                usable |= mine
            if usable.any():
                yield from rely(view, traveller, group, usable, fact)
            else:
                yield Block(fact, stays.ids[group])

    def _trips(
        self, view: View, traveller: Traveller, passport: str, held: tuple[Validation, ...], fact: Fact
    ) -> Iterator[Statement]:
        stays, applications = view.stays(traveller.id), view.applications(traveller.id)
        limits = [v.trips for v in held if v.area == self.area]
        counts = []
        for item in view.scenario.acquirables:
            mine = (applications.acquirable == item.id) & (applications.passport == passport)
            if item.validation is not None and item.validation.area == self.area and mine.any():
                if item.validation.trips is None:
                    return
                counts.append(Count(-item.validation.trips, applications.ids[mine]))
        rows = stays.enters & (stays.passport == passport) & (stays.state == self.passport_state)
        rows &= inside(view.scenario, self.area, stays.entry_territory, stays.entry_on)
        rows &= effective(self, stays.entry_on)
        if rows.any() and (limits or counts) and None not in limits:
            yield AtMost(fact, (Count(1, stays.ids[rows]), *counts), sum(n or 0 for n in limits))

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Go through every desk at which a banned passport is shown."""
        scenario = journey.scenario
        for traveller in scenario.travellers:
            entries: dict[str, int] = {}
            fact = self.fact(scenario, traveller)
            for stay in journey.stays[traveller.id]:
                for passport, day, what in self._desks(journey, stay):
                    if not self._validations(journey, traveller, passport, day):
                        yield Broken(fact, f"{passport} is shown {what} on {day}")
                if stay.entry is not None and self._banned(traveller, scenario, stay.passport, stay.entry.on):
                    if scenario.is_in(self.area, stay.entry.territory, stay.entry.on):
                        entries[stay.passport] = entries.get(stay.passport, 0) + 1
            for passport, count in entries.items():
                trips = [v.trips for v in self._validations(journey, traveller, passport, None)]
                if trips and None not in trips and count > sum(n or 0 for n in trips):
                    yield Broken(fact, f"{passport} enters {count} times, validated for {sum(n or 0 for n in trips)}")

    def _desks(self, journey: Journey, stay: Stay) -> Iterator[tuple[str, date, str]]:
        """Each place where a banned passport is presented on this stay: passport, date, what for."""
        scenario = journey.scenario
        traveller = scenario.traveller_by_id[stay.traveller]
        entry, leaving = stay.entry, stay.exit
        if entry is not None and stay.check_in is not None:
            if "to" in self.scope and self._banned(traveller, scenario, stay.passport, entry.on):
                if scenario.is_in(self.area, entry.territory, entry.on):
                    yield stay.passport, entry.on, "at the entry"
            if "through" in self.scope and self._banned(traveller, scenario, stay.passport, stay.check_in.on):
                if any(scenario.is_in(self.area, touch.territory, stay.check_in.on) for touch in stay.airside):
                    yield stay.passport, stay.check_in.on, "in airside transit"
        if leaving is not None and self._banned(traveller, scenario, stay.exit_passport, leaving.on):
            if "in" in self.scope and scenario.is_in(self.area, leaving.territory, leaving.on):
                yield stay.exit_passport, leaving.on, "at the exit"
            if self.adjacent_exit and stay.following and scenario.is_in(self.area, stay.following, leaving.on):
                yield stay.exit_passport, leaving.on, "at the exit before it"

    def _banned(self, traveller: Traveller, scenario: Scenario, passport: str, day: date) -> bool:
        states = {p.id: p.state for p in traveller.passports}
        states |= {a.passport.id: a.passport.state for a in scenario.acquirables if a.passport}
        return self.in_force(day) and states.get(passport) == self.passport_state  # type: ignore[call-overload]

    def _validations(
        self, journey: Journey, traveller: Traveller, passport: str, day: date | None
    ) -> list[Validation]:
        """Validations in that passport for the area, valid on the day (None: ever)."""
        found = [v for p in traveller.passports if p.id == passport for v in p.validations]
        for application in journey.applications(traveller.id):
            gives = journey.scenario.acquirable_by_id[application.acquirable].validation
            if gives is not None and application.passport == passport:
                ready = journey.ready(application)
                until = gives.validity.after(ready) if gives.validity else None
                found.append(Validation(area=gives.area, valid_to=until, trips=gives.trips))
        return [
            v
            for v in found
            if v.area == self.area
            and (day is None or ((v.valid_from or day) <= day <= (v.valid_to or day)))
        ]
