"""K02: a state's nationals must enter and leave its territory on its own passport.

The rule tests the nationality held, whatever passport is presented.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from attrs import frozen

from planner.core.words import either
from planner.itinerary.journey import Crossing, Journey
from planner.rules.base import Example, Rule, kind
from planner.rules.examples import SECOND_PASSPORT
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import by_value, effective, inside
from planner.rules.outlook import Outlook
from planner.rules.shares import Refused, Share
from planner.rules.statements import Block, Clause, Statement
from planner.rules.tables import View
from planner.scenario.holdings import passports_of
from planner.scenario.law import Entry
from planner.scenario.node import Mode, State, ZoneRef
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_RULE = """
[[rules]]
kind = "own-passport"
id = "own"
state = "{state}"
zone = "{state}"
"""
_BANNED_AT_HOME = """
[[rules]]
kind = "passport-ban"
id = "ban"
passport_state = "AA"
area = "AA"
scope = ["to"]
"""


@kind(
    "own-passport",
    summary="Nationals of a state must enter and leave it on its own passport.",
    catalogue=("K02", "K39"),
    table=True,
)
@frozen(kw_only=True)
class OwnPassport(Entry, Rule):
    """See `docs/semantics.md`. A nationality acquired on the way counts from the ready date of its passport."""

    state: State
    """Whose nationals: by any nationality held, or obtained by then."""
    zone: ZoneRef
    """Where."""
    directions: tuple[Literal["in", "out"], ...] = ("in", "out")
    """Entering, leaving. Left out: both."""
    accepts: tuple[State, ...] = ()
    """Whose passports its nationals may use instead."""
    modes: tuple[Mode, ...] = ()
    """Only borders crossed so. Left out: all."""

    examples = (
        Example(
            title="A US citizen leaves and enters the United States on the US passport",
            toml=_RULE.format(state="AA") + SECOND_PASSPORT,
            cost=20000,
            source="8 USC 1185(b); https://kr.usembassy.gov/services-dual-nationality/",
        ),
        Example(
            title="A dual national cannot come home on the other passport",
            toml=_RULE.format(state="AA") + SECOND_PASSPORT + _BANNED_AT_HOME,
            refused_by="own.t",
            source="8 USC 1185(b)",
        ),
        Example(
            title="A Mexican national without a Mexican passport cannot enter Mexico as a visitor",
            toml=_RULE.format(state="BB") + '[[travellers]]\nid = "t"\nnationalities = ["BB"]\n',
            refused_by="own.t",
            source="Ley de Nacionalidad (Mexico), art. 12",
        ),
        Example(
            title="Canada accepts the US passport of American-Canadians",
            toml=_RULE.format(state="BB") + 'accepts = ["AA"]\n[[travellers]]\nid = "t"\nnationalities = ["BB"]\n',
            cost=20000,
            source="https://support.joinsherpa.com/hc/en-us/articles/360056300291",
        ),
        Example(
            title="A duty about leaving says nothing about entering",
            toml='remove = ["b"]\n'
            + _RULE.format(state="BB")
            + 'directions = ["out"]\n[[travellers]]\nid = "t"\nnationalities = ["BB"]\n[trip]\nend = "BBB"\n',
            cost=10000,
        ),
        Example(
            title="Where only flights count, one comes by road",
            toml='legs = [{ id = "ab", mode = "road" }, { id = "ba", mode = "road" }]\n'
            + _RULE.format(state="BB")
            + 'modes = ["air"]\n[[travellers]]\nid = "t"\nnationalities = ["BB"]\n',
            cost=20000,
            source="https://support.joinsherpa.com/hc/en-us/articles/360056300291",
        ),
        Example(
            title="Whoever becomes a national before the entry has the duties of one",
            toml=_RULE.format(state="BB")
            + """
            [[acquirables]]
            id = "become"
            price = "1"
            passport = { id = "b", state = "BB" }
            lead = { days = 5 }
            apply_by = 2025-01-01
            [[acquirables]]
            id = "card"
            price = "1"
            needs = ["become"]
            permission = { zone = "BB", type = "residence" }
            passports = ["a"]
            """
            + '\n[[rules]]\nkind = "passport-ban"\nid = "ban"\npassport_state = "BB"\narea = "BB"\n'
            + '[[admissions]]\nid = "visit-beta"\nnationalities = ["DD"]\n',
            refused_by="own.t",
        ),
    )

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The duty, for one traveller."""
        when = "as" if self.state in traveller.all_nationalities else "once"
        verbs = {"in": "enter", "out": "leave"}
        doing = " and ".join(verbs[direction] for direction in self.directions)
        books = either(map(scenario.name_of, (self.state, *self.accepts)))
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label}, {when} a national of {scenario.name_of(self.state)}, must {doing} "
            f"{scenario.name_of(self.zone)} on a passport of {books}",
            telling=Telling.ADMISSION,
            kind=self.kind,
            place=self.where.place,
            source=self.source,
        )

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Block crossings on other passports; for those who may become nationals, only once they are."""
        scenario, accepted = view.scenario, (self.state, *self.accepts)
        sources = [a.id for a in scenario.acquirables if a.passport is not None and a.passport.state == self.state]
        for traveller in scenario.travellers:
            fact, stays, applications = (
                self.fact(scenario, traveller),
                view.stays(traveller.id),
                view.applications(traveller.id),
            )
            entering = stays.enters & ~np.isin(stays.state, accepted) & effective(self, stays.entry_on)
            entering &= inside(scenario, self.zone, stays.entry_territory, stays.entry_on)
            leaving = stays.exits & ~np.isin(stays.exit_state, accepted) & effective(self, stays.exit_on)
            leaving &= inside(scenario, self.zone, stays.exit_territory, stays.exit_on)
            if self.modes:
                entering &= np.isin(stays.entry_mode, self.modes)
                leaving &= np.isin(stays.exit_mode, self.modes)
            becoming = np.isin(applications.acquirable, sources)
            for direction, rows, days in (("in", entering, stays.entry_on), ("out", leaving, stays.exit_on)):
                if direction not in self.directions or not rows.any():
                    continue
                if self.state in traveller.all_nationalities:
                    yield Block(fact, stays.ids[rows])
                    continue
                for day, group in by_value(days, rows):
                    national = becoming & (applications.ready_on <= day)
                    if national.any():
                        yield Clause(fact, (stays.ids[group], applications.ids[national]))

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """Whoever is a national already enters on an accepted passport."""
        scenario, arrivals = outlook.scenario, outlook.in_force(self) & outlook.within(self.zone)
        for traveller in scenario.travellers if "in" in self.directions and not self.modes else ():
            if self.state in traveller.all_nationalities:
                states = passports_of(scenario, traveller)
                others = [name for name, state in states.items() if state not in (self.state, *self.accepts)]
                fact = self.fact(scenario, traveller)
                yield Refused(facts=(fact,), traveller=traveller.id, arrivals=arrivals, passports=others)

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Look at the passport in the traveller's hand at each border of the zone."""
        for traveller in journey.scenario.travellers:
            fact = self.fact(journey.scenario, traveller)
            for stay in journey.stays[traveller.id]:
                for direction, crossing, passport in (
                    ("in", stay.entry, stay.passport),
                    ("out", stay.exit, stay.exit_passport),
                ):
                    if crossing is None or direction not in self.directions:
                        continue
                    if self.modes and crossing.leg.mode not in self.modes:
                        continue
                    shown = journey.scenario.state_of(traveller, passport)
                    if shown == self.state or shown in self.accepts:
                        continue
                    if self._binds(journey, traveller, crossing):
                        yield Broken(fact, f"{passport} is shown at {crossing.port} on {crossing.on}")

    def _binds(self, journey: Journey, traveller: Traveller, crossing: Crossing) -> bool:
        """Whether this is a border of the zone, in time, and the traveller a national by then."""
        scenario, day = journey.scenario, crossing.on
        if not (self.in_force(day) and scenario.is_in(self.zone, crossing.territory, day)):
            return False
        if self.state in traveller.all_nationalities:
            return True
        for application in journey.applications(traveller.id):
            gives = scenario.acquirable_by_id[application.acquirable].passport
            if gives is not None and gives.state == self.state and journey.ready(application) <= day:
                return True
        return False
