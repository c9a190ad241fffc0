"""K35: a paper without which a zone is not left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

import numpy as np
from attrs import frozen

from planner.core.words import either
from planner.itinerary.journey import CheckIn, Crossing, Journey, Stay
from planner.rules.base import Example, Rule, Shown, kind
from planner.rules.concerns import nationalities_on, type_of_ground
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import Mask, by_value, effective, inside
from planner.rules.papers import show_at_check_in
from planner.rules.refusals import nationality_by, papers_on
from planner.rules.showing import Found, all_shown_at
from planner.rules.statements import Block, Clause, Statement
from planner.rules.stay_limits import Limit
from planner.rules.tables import View
from planner.scenario.law import Entry
from planner.scenario.node import CertificateRef, GroundRef, GroundType, State, ZoneRef
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_SAUDI = "https://blazetrends.com/residence-holders-wishing-to-leave-saudi-arabia-must-know-this/"
_RESIDENT = """
remove = ["b"]
[[travellers]]
id = "t"
past_stays = [{{ territory = "AA", from = 2020-01-01, type = "{type_}" }}]
[[trip.stops]]
id = "b"
at = ["BBB"]
[[rules]]
kind = "exit-permit"
id = "leave"
zone = "AA"
types = ["residence"]
certificates = ["exit-re-entry"]
"""
_PERMIT = """
[[acquirables]]
id = "permit"
title = "the exit and re-entry visa"
price = "50"
certificate = { kind = "exit-re-entry", validity = "60 days" }
"""
_HELD = """
[[travellers]]
id = "t"
certificates = [{{ kind = "exit-re-entry", valid_to = {day} }}]
"""


@kind(
    "exit-permit",
    summary="Some travellers leave a zone only with a permit to do so.",
    catalogue=("K35",),
    table=True,
)
@frozen(kw_only=True)
class ExitPermit(Entry, Rule):
    """At an exit from a territory in `zone`, a certificate of one of the kinds can be shown, valid on the exit date.

    It is held, or obtained: then it is ready on the exit date and fetched by the time of the exit. Concerned are exits
    from stays that rest on a ground of one of `types` and on one of `grounds` (empty: on anything, also on nothing); of
    the stay at the start only the types of past stays that still last are known. The passport presented there is of
    none of `exempt_nationalities`, and the traveller holds one of the nationalities in `nationals_of` (empty:
    anybody): declared, by a passport held, or by one acquired and ready by the exit date. The rule is in force, and
    the territory in the zone, on the exit date.
    """

    examples = (
        Example(
            title="A resident gets the visa to leave and come back",
            toml=_RESIDENT.format(type_="residence") + _PERMIT,
            cost=25000,
            source=_SAUDI,
        ),
        Example(
            title="A resident without that visa stays",
            toml=_RESIDENT.format(type_="residence"),
            refused_by="leave.t",
            source=_SAUDI,
        ),
        Example(
            title="Visitors leave without one",
            toml=_RESIDENT.format(type_="visa"),
            cost=20000,
            source=_SAUDI,
        ),
        Example(
            title="Valid on the day of the exit for the last time",
            toml=_RESIDENT.format(type_="residence") + _HELD.format(day="2025-06-01"),
            cost=20000,
        ),
        Example(
            title="No longer valid on the day of the exit",
            toml=_RESIDENT.format(type_="residence") + _HELD.format(day="2025-05-31"),
            refused_by="leave.t",
        ),
    )

    zone: ZoneRef
    """What is left."""
    certificates: tuple[CertificateRef, ...]
    """One of these is shown at the exit; held, or ready and fetched by then."""
    types: tuple[GroundType, ...] = ()
    """Only exits from stays that rest on these. At the start of the trip, a past stay that still lasts says the type.
    Left out: any.
    """
    grounds_: tuple[GroundRef, ...] = ()  # `grounds` in files; the method of rules has that name
    """Only exits from stays that rest on these. Left out: any."""
    nationals_of: tuple[State, ...] = ()
    """Nationalities held. Left out: anybody."""
    exempt_nationalities: tuple[State, ...] = ()
    """Of the passport shown there."""

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The demand, for one traveller."""
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label} leaves {scenario.name_of(self.zone)} only with {either(self.certificates)}",
            telling=Telling.PAPER,
            kind=self.kind,
            place=self.where.of("certificates"),
            source=self.source,
        )

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Exits need one of the applications that give a valid certificate; without any, they are blocked."""
        for traveller in view.scenario.travellers:
            fact, stays = self.fact(view.scenario, traveller), view.stays(traveller.id)
            holds = not self.nationals_of or not traveller.all_nationalities.isdisjoint(self.nationals_of)
            for day, rows in by_value(stays.exit_on, self._leaving(view, traveller)):
                held, papers = papers_on(view, traveller, (), self.certificates, day)
                become = nationality_by(view, traveller, self.nationals_of, day)
                if held or not (holds or len(become)):
                    continue
                given = () if holds else (become,)
                if papers.any():
                    yield from show_at_check_in(view, traveller, rows, papers, fact, given=given, at_exit=True)
                elif given:
                    yield Clause(fact, (stays.ids[rows], *given))
                else:
                    yield Block(fact, stays.ids[rows])

    def _leaving(self, view: View, traveller: Traveller) -> Mask:
        """The stays with an exit that is concerned, as far as that does not depend on what is applied for."""
        stays = view.stays(traveller.id)
        rows = stays.exits & effective(self, stays.exit_on) & ~np.isin(stays.exit_state, self.exempt_nationalities)
        rows &= inside(view.scenario, self.zone, stays.exit_territory, stays.exit_on)
        lasting = [past.type for past in traveller.past_stays if past.to is None]
        if self.types:
            at_start = ~stays.enters & any(type_ in self.types for type_ in lasting)
            rows &= np.isin(stays.ground_type, self.types) | at_start
        if self.grounds_:
            rows &= np.isin(stays.ground, self.grounds_)
        return rows

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Look at every exit."""
        for traveller in journey.scenario.travellers:
            for stay in journey.stays[traveller.id]:
                leaving = stay.exit
                if leaving is None or not self._concerns(journey, traveller, stay, leaving):
                    continue
                if not any(self._permits(journey, stay, leaving)):
                    yield Broken(self.fact(journey.scenario, traveller), f"exit on {leaving.on}")

    def shows(self, journey: Journey, stay: Stay) -> Iterator[Shown]:
        """The first of the permits, at an exit concerned."""
        leaving, traveller = stay.exit, journey.scenario.traveller_by_id[stay.traveller]
        if leaving is not None and self._concerns(journey, traveller, stay, leaving):
            for permit in islice(self._permits(journey, stay, leaving), 1):
                yield from permit.shown(self.id, stay.exit_passport, "exit")

    def last_lawful(self, journey: Journey, stay: Stay) -> Limit | None:
        """The last date of the permits with which the stay is left."""
        leaving, traveller = stay.exit, journey.scenario.traveller_by_id[stay.traveller]
        if leaving is None or not self._concerns(journey, traveller, stay, leaving):
            return None
        last = max(self._permits(journey, stay, leaving), key=lambda permit: permit.until or date.max, default=None)
        return Limit(on=last.until, why=f"the end of {last.label}") if last is not None and last.until else None

    def _permits(self, journey: Journey, stay: Stay, leaving: Crossing) -> Iterator[Found]:
        """The certificates that can be shown at the exit of a stay."""
        desk = CheckIn(port=leaving.port, at=leaving.at, on=leaving.on, leg=leaving.leg)
        yield from all_shown_at(journey, stay.traveller, desk, leaving.on, certificates=self.certificates)

    def _concerns(self, journey: Journey, traveller: Traveller, stay: Stay, leaving: Crossing) -> bool:
        scenario = journey.scenario
        if not self.in_force(leaving.on) or not scenario.is_in(self.zone, leaving.territory, leaving.on):
            return False
        if scenario.state_of(traveller, stay.exit_passport) in self.exempt_nationalities:
            return False
        if self.nationals_of and not nationalities_on(journey, traveller.id, leaving.on) & {*self.nationals_of}:
            return False
        if self.grounds_ and stay.ground not in self.grounds_:
            return False
        types = {type_of_ground(journey, stay)}
        if stay.entry is None:
            types = {past.type for past in traveller.past_stays if past.to is None}
        return not self.types or bool(types & {*self.types})
