"""K21: visas for changing planes without entering."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
from attrs import frozen

from planner.core.words import either
from planner.itinerary.journey import CheckIn, Journey, Stay
from planner.rules.base import Example, Rule, Shown, kind
from planner.rules.concerns import lives_in
from planner.rules.examples import SECOND_PASSPORT, THROUGH_BETA
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.outlook import Outlook
from planner.rules.papers import show_at_check_in
from planner.rules.refusals import papers_on, resides
from planner.rules.shares import NoAirsideChange, Share
from planner.rules.showing import Paper, shown_at
from planner.rules.statements import Block, Statement
from planner.rules.tables import View
from planner.scenario.holdings import passports_of
from planner.scenario.law import Entry
from planner.scenario.node import PlaceRef, PortRef, State, ZoneRef
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_SCHENGEN = "https://wiki.stringtranslate.com/wiki/Visa_policy_of_Denmark"
_UK = "https://www.gov.uk/transit-visa/direct-airside-transit-visa"
_RULE = """
[[rules]]
kind = "airside-visa"
id = "airside"
zone = "BB"
nationalities = ["AA"]
"""
_EXEMPT = _RULE + 'unless = [{ zones = ["DD"], types = ["visa", "residence"] }]\n'


def _held(terms: str) -> str:
    return f'[[travellers]]\nid = "t"\npermissions = [{{ id = "paper", {terms} }}]\n'


@kind(
    "airside-visa",
    summary="Holders of some passports need a visa even for changing planes without entering.",
    catalogue=("K21",),
    table=True,
)
@frozen(kw_only=True)
class AirsideVisa(Entry, Rule):
    """For an airside change in `zone` (at one of `ports`; none: any), some passports need an airside transit visa.

    It concerns changes on whose arrival date there the rule is in force and the port lies in the zone for any purpose,
    and the passport shown at the entry that the run leads to: of one of `nationalities` (none: any), of none of
    `exempt_nationalities`. Residents of one of `exempt_residents_of` (as of `today`) are exempt. Shown at the check-in
    for the run is a permission for `zone` of the type `airside` or `visa`, or one of `unless`, valid on the date of
    arrival there; one obtained is ready on the date of check-in, and fetched by then.
    """

    examples = (
        Example(
            title="Changing planes at Frankfurt takes a visa for some, whatever they may do in the next country",
            toml=THROUGH_BETA + _RULE,
            refused_by="airside.t",
            source=_SCHENGEN,
        ),
        Example(
            title="With an airside transit visa that is obtained",
            toml=THROUGH_BETA + _RULE + '[[acquirables]]\nid = "visa"\nprice = "90"\nlead = { days = 15 }\n'
            'permission = { zone = "BB", type = "airside" }\n',
            cost=33000,
            source=_SCHENGEN,
        ),
        Example(
            title="With the visa of another state that exempts",
            toml=THROUGH_BETA + _EXEMPT + _held('zone = "DD", enter_by = 2025-06-10'),
            cost=24000,
            source=_SCHENGEN,
        ),
        Example(
            title="The visa that exempts has run out on the way back",
            toml=THROUGH_BETA + _EXEMPT + _held('zone = "DD", enter_by = 2025-06-09'),
            refused_by="airside.t",
        ),
        Example(
            title="An electronic authorisation is not a visa",
            toml=THROUGH_BETA + _RULE + _held('zone = "BB", type = "electronic", entries = 0'),
            refused_by="airside.t",
        ),
        Example(
            title="Passports of other states change planes freely",
            toml=THROUGH_BETA + _RULE + SECOND_PASSPORT,
            cost=24000,
            source=_UK,
        ),
        Example(
            title="Residents of some places are exempt",
            toml=THROUGH_BETA + _RULE + 'exempt_residents_of = ["DD"]\n[[travellers]]\nid = "t"\nresidence = ["DD"]\n',
            cost=24000,
            source=_UK,
        ),
        Example(
            title="Only asked for at another airport",
            toml=THROUGH_BETA + _RULE + 'ports = ["BBX"]\n',
            cost=24000,
        ),
        Example(
            title="Who enters instead needs what admits, and no airside visa",
            toml=THROUGH_BETA + _RULE + '[[admissions]]\nid = "visit-beta"\nnationalities = ["AA"]\n',
            cost=24000,
        ),
    )

    zone: ZoneRef
    """Where planes are changed."""
    nationalities: tuple[State, ...] = ()
    """Of the passport shown at the next entry. Left out: any."""
    exempt_nationalities: tuple[State, ...] = ()
    """Passports that the rule is not about."""
    exempt_residents_of: tuple[PlaceRef, ...] = ()
    """Residence there exempts. Left out: nobody."""
    unless: tuple[Paper, ...] = ()
    """These do as well as a permission for `zone` of the type `airside` or `visa`."""
    ports: tuple[PortRef, ...] = ()
    """Only where planes are changed there. Left out: any."""

    @property
    def _papers(self) -> tuple[Paper, ...]:
        """What may be shown."""
        return (Paper(zones=(self.zone,), types=("airside", "visa")), *self.unless)

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The demand on one traveller."""
        book = f"with a passport of {either(map(scenario.name_of, self.nationalities))}, " if self.nationalities else ""
        papers = "".join(f" or {paper.described(scenario)}" for paper in self.unless)
        ports = f" ({either(map(scenario.name_of, self.ports))})" if self.ports else ""
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{book}{traveller.label} needs an airside transit visa{papers} to change planes in "
            f"{scenario.name_of(self.zone)}{ports}",
            telling=Telling.PAPER,
            kind=self.kind,
            place=self.where.place,
            source=self.source,
        )

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Stays that a run with such a change leads to need one of the papers, for each date of a change."""
        scenario = view.scenario
        changes = [
            {
                scenario.legs[inbound].arrives.toordinal()
                for port, inbound, _ in touches
                if self._asked_at(view, port, inbound)
            }
            for touches in view.runs.airside
        ]
        for traveller in scenario.travellers:
            if resides(scenario, traveller, self.exempt_residents_of):
                continue
            fact, stays = self.fact(scenario, traveller), view.stays(traveller.id)
            rows = ~np.isin(stays.state, self.exempt_nationalities)
            if self.nationalities:
                rows &= np.isin(stays.state, self.nationalities)
            for day in sorted(set().union(*changes)):
                through = np.array([*(day in days for days in changes), False])  # the last one: the stay at the start
                group = rows & through[stays.entry_run]
                held, usable = papers_on(view, traveller, self._papers, (), day)
                if held or not group.any():
                    continue
                if usable.any():
                    yield from show_at_check_in(view, traveller, group, usable, fact)
                else:
                    yield Block(fact, stays.ids[group])

    def _asked_at(self, view: View, port: str, inbound: int) -> bool:
        """Whether a visa is asked for at an airside change there, after a leg."""
        day, territory = view.scenario.legs[inbound].arrives.date(), view.scenario.territory_of(port)
        inside = self.in_force(day) and view.scenario.is_in(self.zone, territory, day)
        return inside and (not self.ports or port in self.ports)

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """No airside change where one of the party has no other passport, holds no such paper and can get none."""
        scenario = outlook.scenario
        if self.ports or any(p.fits(i.permission) for i in scenario.acquirables if i.permission for p in self._papers):
            return
        for traveller in scenario.travellers:
            states = set(passports_of(scenario, traveller).values())
            free = states & {*self.exempt_nationalities} or (self.nationalities and states - {*self.nationalities})
            if free or resides(scenario, traveller, self.exempt_residents_of):
                continue
            arrivals = outlook.in_force(self) & outlook.within(self.zone)
            for terms in traveller.permissions:
                if any(paper.fits(terms) for paper in self._papers):
                    arrivals = arrivals & ~outlook.from_to(terms.valid_from, terms.enter_by)
            yield NoAirsideChange(facts=(self.fact(scenario, traveller),), arrivals=arrivals)

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Look at every airside change on the way to a stay."""
        scenario = journey.scenario
        for traveller in scenario.travellers:
            for stay in journey.stays[traveller.id]:
                for port, day, check_in in self._asked(journey, stay):
                    if not shown_at(journey, traveller.id, check_in, day, self._papers):
                        how = f"airside change at {port} on {day} with {stay.passport}"
                        yield Broken(self.fact(scenario, traveller), how)

    def shows(self, journey: Journey, stay: Stay) -> Iterator[Shown]:
        """The first of the papers for each such change."""
        for _, day, check_in in self._asked(journey, stay):
            paper = shown_at(journey, stay.traveller, check_in, day, self._papers)
            if paper is not None:
                yield from paper.shown(self.id, stay.passport)

    def _asked(self, journey: Journey, stay: Stay) -> Iterator[tuple[str, date, CheckIn]]:
        """The changes on the way to a stay that take a visa: port and date of arrival there, and where it is shown."""
        scenario = journey.scenario
        traveller = scenario.traveller_by_id[stay.traveller]
        state = scenario.state_of(traveller, stay.passport)
        free = state in self.exempt_nationalities or (self.nationalities and state not in self.nationalities)
        if stay.check_in is None or free or lives_in(scenario, traveller, self.exempt_residents_of):
            return
        for touch in stay.airside:
            day = touch.inbound.arrives.date()
            if not self.in_force(day) or not scenario.is_in(self.zone, touch.territory, day):
                continue
            if not self.ports or touch.port in self.ports:
                yield touch.port, day, stay.check_in
