"""K35: money asked of those who leave a zone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import frozen

from planner.core.money import Price
from planner.itinerary.journey import Crossing, Journey
from planner.rules.base import Cost, Example, Rule, kind
from planner.rules.masks import effective, inside
from planner.rules.statements import Charge
from planner.rules.tables import View
from planner.scenario.law import Entry
from planner.scenario.node import Mode, PortRef, State, ZoneRef

_JORDAN = "https://jordantours-travel.com/jordan-borders/"
_FEE = """
[[rules]]
kind = "exit-fee"
id = "fee"
zone = "BB"
amount = "14"
modes = ["road", "foot"]
"""
_BY_ROAD = '[[legs]]\nid = "ba"\nmode = "road"\nexit_port = "BBX"\n'
_SECOND_PASSPORT = """
[[travellers]]
id = "t"
[[travellers.passports]]
id = "b"
state = "BB"
"""


@kind(
    "exit-fee",
    summary="Who leaves a zone pays a fee.",
    catalogue=("K35",),
    table=True,
)
@frozen(kw_only=True)
class ExitFee(Entry, Rule):
    """Each traveller pays `amount` at each exit from a territory in `zone`, judged on the exit date.

    Only where the border port is one of `ports` (empty: any), the leg that leaves is of one of `modes` (empty: any),
    and the passport presented is of one of `nationalities` (empty: any) and none of `exempt_nationalities`. It is a
    cost, which no journey can break; it can make one too dear.
    """

    examples = (
        Example(title="By road one pays on leaving", toml=_FEE + _BY_ROAD, cost=21400, source=_JORDAN),
        Example(title="By air the fee is part of the ticket", toml=_FEE, cost=20000, source=_JORDAN),
        Example(
            title="With the fee the trip is beyond the budget",
            toml='[trip]\nbudget = "213"\n' + _FEE + _BY_ROAD,
            refused_by="trip.budget",
            source=_JORDAN,
        ),
        Example(
            title="With the fee the trip is just within the budget",
            toml='[trip]\nbudget = "214"\n' + _FEE + _BY_ROAD,
            cost=21400,
            source=_JORDAN,
        ),
        Example(
            title="At another border post there is no fee",
            toml=_FEE + 'ports = ["BBB"]\n' + _BY_ROAD,
            cost=20000,
        ),
        Example(
            title="The passport that costs nothing is shown",
            toml=_FEE + 'exempt_nationalities = ["BB"]\n' + _BY_ROAD + _SECOND_PASSPORT,
            cost=20000,
        ),
    )

    zone: ZoneRef
    """What is left."""
    amount: Price
    """For each traveller and each exit."""
    ports: tuple[PortRef, ...] = ()
    """Border ports where it is asked. Left out: any."""
    modes: tuple[Mode, ...] = ()
    """Of the leg that leaves. Left out: any."""
    nationalities: tuple[State, ...] = ()
    """Of the passport shown there. Left out: any."""
    exempt_nationalities: tuple[State, ...] = ()
    """Of the passport shown there."""

    def charges(self, view: View) -> Iterator[Charge]:
        """The fee for each stay that ends with such an exit."""
        for traveller in view.scenario.travellers:
            stays = view.stays(traveller.id)
            rows = stays.exits & effective(self, stays.exit_on) & ~np.isin(stays.exit_state, self.exempt_nationalities)
            rows &= inside(view.scenario, self.zone, stays.exit_territory, stays.exit_on)
            for allowed, column in (
                (self.ports, stays.exit_port),
                (self.modes, stays.exit_mode),
                (self.nationalities, stays.exit_state),
            ):
                if allowed:
                    rows &= np.isin(column, allowed)
            yield Charge(view.scenario.minor(self.amount), stays.ids[rows])

    def costs(self, journey: Journey) -> Iterator[Cost]:
        """The fee for each such exit."""
        scenario = journey.scenario
        for traveller in scenario.travellers:
            for stay in journey.stays[traveller.id]:
                state = scenario.state_of(traveller, stay.exit_passport)
                if stay.exit is not None and self._asked(journey, stay.exit, state):
                    what = f"exit fee, {scenario.name_of(stay.exit.territory)} at {stay.exit.port} ({traveller.label})"
                    yield Cost(what=what, amount=scenario.minor(self.amount))

    def _asked(self, journey: Journey, leaving: Crossing, state: str) -> bool:
        """Whether the fee is asked at an exit on a passport of a state."""
        return (
            self.in_force(leaving.on)
            and journey.scenario.is_in(self.zone, leaving.territory, leaving.on)
            and (not self.ports or leaving.port in self.ports)
            and (not self.modes or leaving.leg.mode in self.modes)
            and (not self.nationalities or state in self.nationalities)
            and state not in self.exempt_nationalities
        )
