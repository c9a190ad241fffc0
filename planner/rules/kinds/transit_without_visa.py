"""K20: passing through a zone without visa, from one territory to another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, get_args

import numpy as np
from attrs import frozen

from planner.core.time import day_start
from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, Ground, Rule, kind
from planner.rules.denial import denial
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import Mask, by_value, effective, most_nights, overstays
from planner.rules.outlook import Outlook
from planner.rules.papers import show_at_check_in
from planner.rules.refusals import papers_on
from planner.rules.shares import LongestStay, Refused, Share
from planner.rules.showing import Paper, shown_at
from planner.rules.statements import Block, Statement
from planner.rules.stay_limits import Limit, after_hours, counted, too_long
from planner.rules.tables import View
from planner.scenario.holdings import passports_of
from planner.scenario.law import Entry
from planner.scenario.node import GroundType, Mode, PortRef, State, StayLimit, TerritoryRef, ZoneRef
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_NIA = "https://www.chinadailyhk.com/article/622856"
_CLOCK = "http://www.520536.net/tourism/system/2024/08/12/013184085.shtml"
_OPERATOR = "https://www.youngpioneertours.com/144-hour-chinese-visa/"
_TO_ENTER = tuple(type_ for type_ in get_args(GroundType) if type_ != "airside")
_TO_GAMMA = """
[[trip.stops]]
id = "c"
at = ["CCC"]
"""
_TRANSIT = """
[[rules]]
kind = "transit-without-visa"
id = "transit"
zone = "BB"
nationalities = ["AA"]
stay = "240 hours"
"""
_AS_OPERATORS_SAY = """modes = ["air"]
onward_documents = ["CC"]
"""
_LATE_FLIGHT = """
remove = ["visit-beta"]
[[legs]]
id = "bc"
departs = {departs}
arrives = 2025-06-12T02:00:00
[[legs]]
id = "ca"
from = "CCC"
to = "AAA"
departs = 2025-06-15T08:00:00
arrives = 2025-06-15T10:00:00
price = "70"
"""
_VISA_HELD = """
[[travellers]]
id = "t"
permissions = [{ id = "tour-visa", zone = "CC" }]
"""
_VISA_FETCHED_IN_BETA = """
[[acquirables]]
id = "tour-visa"
price = "60"
handed_over_in = ["BBB"]
permission = { zone = "CC" }
"""


@kind(
    "transit-without-visa",
    summary="Holders of some passports may pass through a zone without visa, on their way to another territory.",
    catalogue=("K20", "K24"),
    table=True,
)
@frozen(kw_only=True)
class TransitWithoutVisa(Entry, Rule):
    """See `docs/semantics.md`, «Transit without visa». Empty `modes` and ports mean any.

    `stay` in days or months counts by civil dates: with `clock_from = "entry"` the entry date is day 1, with
    "next_midnight" the next date is.
    """

    examples = (
        Example(
            title="From Alpha through Beta to Gamma, and back",
            toml='remove = ["visit-beta", "b"]' + _TO_GAMMA + _TRANSIT,
            cost=30000,
            source=_NIA,
        ),
        Example(
            title="To Beta and back is no transit",
            toml='remove = ["visit-beta"]' + _TRANSIT,
            refused_by="admission.BB.t",
            source="https://onemileatatime.com/chinese-visa-expired-passport/",
        ),
        Example(
            title="240 hours run from the midnight after the entry",
            toml=_LATE_FLIGHT.format(departs="2025-06-12T00:00:00") + _TO_GAMMA + _TRANSIT,
            cost=22000,
            source=_CLOCK,
        ),
        Example(
            title="The 240 hours are over",
            toml=_LATE_FLIGHT.format(departs="2025-06-12T00:01:00") + _TO_GAMMA + _TRANSIT,
            refused_by="transit.t.clock",
            source=_CLOCK,
        ),
        Example(
            title="On the way to Pyongyang the visa is shown at check-in",
            toml='remove = ["visit-beta", "visit-gamma", "b"]' + _TO_GAMMA + _VISA_HELD + _TRANSIT + _AS_OPERATORS_SAY,
            source=_OPERATOR,
        ),
        Example(
            title="A visa that is fetched on the way cannot be shown at the first check-in",
            toml='remove = ["visit-beta", "visit-gamma", "b"]'
            + (_TO_GAMMA + _VISA_FETCHED_IN_BETA + _TRANSIT + _AS_OPERATORS_SAY),
            refused_by="admission.BB.t",
            source=_OPERATOR,
        ),
        Example(
            title="Not by train",
            toml='remove = ["visit-beta", "b"]\nlegs = [{ id = "bc", mode = "rail" }]\n'
            + (_TO_GAMMA + _TRANSIT + 'modes = ["air"]'),
            refused_by="admission.BB.t",
            source=_OPERATOR,
        ),
    )

    zone: ZoneRef
    """Where."""
    nationalities: tuple[State, ...]
    """Of the passport shown."""
    stay: StayLimit
    """How long one may stay."""
    clock_from: Literal["entry", "next_midnight"] = "next_midnight"
    """When the clock starts; in days, day 1 is the day of entry or the next."""
    modes: tuple[Mode, ...] = ()
    """Of the legs that arrive and leave. Left out: any."""
    entry_ports: tuple[PortRef, ...] = ()
    """Where one enters. Left out: any."""
    exit_ports: tuple[PortRef, ...] = ()
    """Where one leaves. Left out: any."""
    not_third: tuple[TerritoryRef, ...] = ()
    """Territories that do not count as a place to come from or go to."""
    onward_documents: tuple[TerritoryRef, ...] = ()
    """On the way there, its visa is shown at check-in."""

    def clock(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """How long the transit may take."""
        start = " from the midnight after the entry" if self.clock_from == "next_midnight" else ""
        return Fact(
            id=f"{self.id}.{traveller.id}.clock",
            text=f"{traveller.label} may pass through {scenario.name_of(self.zone)} without visa "
            f"for at most {self.stay}{start}",
            telling=Telling.ADMISSION,
            kind=self.kind,
            place=self.where.of("stay"),
            source=self.source,
        )

    def grounds(self, scenario: Scenario, traveller: Traveller) -> Iterator[Ground]:
        """The transit, with the traveller's passports of its nationalities."""
        states = passports_of(scenario, traveller)
        passports = tuple(passport for passport, state in states.items() if state in self.nationalities)
        if passports:
            yield Ground(id=self.id, type="transit", zones=(self.zone,), passports=passports)

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Block what is no transit, what takes too long, and what lacks the documents for the onward place."""
        for traveller in view.scenario.travellers:
            stays = view.stays(traveller.id)
            rows = stays.enters & (stays.ground == self.id)
            if not rows.any():
                continue
            passing = stays.exits & (stays.previous != stays.following) & effective(self, stays.entry_on)
            passing &= ~np.isin(stays.previous, self.not_third) & ~np.isin(stays.following, self.not_third)
            for allowed, columns in (
                (self.modes, (stays.entry_mode, stays.exit_mode)),
                (self.entry_ports, (stays.entry_port,)),
                (self.exit_ports, (stays.exit_port,)),
            ):
                for column in columns if allowed else ():
                    passing &= np.isin(column, allowed)
            if (rows & ~passing).any():
                yield Block(denial(view.scenario, traveller, self.zone), stays.ids[rows & ~passing])
            long = rows & self._runs_out(view, traveller)
            if long.any():
                yield Block(self.clock(view.scenario, traveller), stays.ids[long])
            yield from self._documents(view, traveller, rows & passing)

    def _runs_out(self, view: View, traveller: Traveller) -> Mask:
        stays = view.stays(traveller.id)
        if self.clock_from == "entry":
            return overstays(stays, self.stay, "entry_day")
        if self.stay.unit != "hours":
            return overstays(stays, self.stay, "day_after")
        scenario, runs = view.scenario, view.runs
        midnights = {
            (port, day): day_start(date.fromordinal(day + 1), scenario.ports[port].timezone)
            for port, day in {*zip(runs.to_port.tolist(), runs.arrives_on.tolist(), strict=True)}
        }
        start = np.array([midnights[key] for key in zip(runs.to_port.tolist(), runs.arrives_on.tolist(), strict=True)])
        late: Mask = stays.enters & (
            stays.last_at > start[np.where(stays.enters, stays.entry_run, 0)] + self.stay.count * 60
        )
        return late

    def _documents(self, view: View, traveller: Traveller, rows: Mask) -> Iterator[Statement]:
        """On the way to some territories: a permission for their zone on the date of arrival there."""
        scenario, stays = view.scenario, view.stays(traveller.id)
        fact = denial(scenario, traveller, self.zone)
        rows = rows & np.isin(stays.following, self.onward_documents)
        arrivals = np.array([scenario.legs[legs[0]].arrives.toordinal() for legs in view.runs.legs], dtype=np.int64)
        arrives_on = np.where(rows, arrivals[np.where(rows, stays.exit_run, 0)], 0)
        for territory in np.unique(stays.following[rows]).tolist():
            for day, group in by_value(arrives_on, rows & (stays.following == territory)):
                paper = _document(scenario, territory, date.fromordinal(day))
                held, papers = papers_on(view, traveller, (paper,), (), day)
                if not held:
                    yield from show_at_check_in(view, traveller, group, papers, fact)

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """It admits while it is in force, and its clock limits the stay."""
        scenario, void = outlook.scenario, ~outlook.in_force(self)
        if self.clock_from == "entry":
            nights = most_nights(self.stay, "entry_day", outlook.days)
        else:
            nights = most_nights(self.stay, "day_after", outlook.days) + (self.stay.unit == "hours")
        for traveller in scenario.travellers:
            if void.any():
                fact = denial(scenario, traveller, self.zone)
                yield Refused(facts=(fact,), traveller=traveller.id, arrivals=void, grounds=(self.id,))
            fact = self.clock(scenario, traveller)
            yield LongestStay(facts=(fact,), traveller=traveller.id, grounds=(self.id,), nights=nights)

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Look at each stay that claims to be such a transit."""
        for traveller in journey.scenario.travellers:
            for stay in journey.stays[traveller.id]:
                if stay.entry is None or stay.ground != self.id:
                    continue
                fact = denial(journey.scenario, traveller, stay.zone)
                for how in self._not_transit(journey, traveller, stay):
                    yield Broken(fact, f"{self.id} does not apply: {how}")
                if self._too_long(journey, stay):
                    how = f"stays from {stay.entry.on} to {stay.last_on}"
                    yield Broken(self.clock(journey.scenario, traveller), how)

    def _not_transit(self, journey: Journey, traveller: Traveller, stay: Stay) -> Iterator[str]:
        entry, leaving = stay.entry, stay.exit
        assert entry is not None
        if not self.in_force(entry.on):
            yield f"it is not in force on {entry.on}"
        if leaving is None or stay.following is None:
            yield "the journey does not go on"
            return
        if stay.previous == stay.following:
            yield f"it comes from {stay.previous} and goes back there"
        for territory in (stay.previous, stay.following):
            if territory in self.not_third:
                yield f"{territory} does not count as a third place"
        for crossing, ports in ((entry, self.entry_ports), (leaving, self.exit_ports)):
            if self.modes and crossing.leg.mode not in self.modes:
                yield f"{crossing.direction} by {crossing.leg.mode}"
            if ports and crossing.port not in ports:
                yield f"{crossing.direction} at {crossing.port}"
        if stay.following in self.onward_documents and not self._has_document(journey, traveller, stay):
            yield f"no permission for {stay.following} can be shown at check-in"

    def _has_document(self, journey: Journey, traveller: Traveller, stay: Stay) -> bool:
        assert stay.exit is not None
        assert stay.following is not None
        assert stay.check_in is not None
        arrival = stay.exit.leg.arrives.date()
        paper = _document(journey.scenario, stay.following, arrival)
        return shown_at(journey, traveller.id, stay.check_in, arrival, (paper,)) is not None

    def _too_long(self, journey: Journey, stay: Stay) -> bool:
        if self.clock_from == "entry":
            return too_long(stay, self.stay, "entry_day")
        if self.stay.unit != "hours":
            return too_long(stay, self.stay, "day_after")
        assert stay.entry is not None
        assert stay.last_at is not None
        zone = journey.scenario.ports[stay.entry.leg.to].timezone
        return stay.last_at > day_start(stay.entry.on + timedelta(days=1), zone) + self.stay.count * 60

    def last_lawful(self, journey: Journey, stay: Stay) -> Limit | None:
        """The end of the clock, if the stay is such a transit."""
        if stay.ground != self.id:
            return None
        if self.stay.unit == "hours":
            return after_hours(journey, stay, self.stay, self.clock_from)
        return counted(journey, stay, self.stay, "entry_day" if self.clock_from == "entry" else "day_after")


def _document(scenario: Scenario, territory: str, day: date) -> Paper:
    """What is shown on the way to a territory where one arrives on that day."""
    return Paper(zones=(ZoneRef(scenario.permission_zone(territory, day)),), types=_TO_ENTER)
