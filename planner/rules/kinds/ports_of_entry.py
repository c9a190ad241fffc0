"""K15: permissions that are good at some border ports only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from attrs import frozen

from planner.core.words import either
from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, Rule, kind
from planner.rules.concerns import Concerning
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import Mask
from planner.rules.refusals import concerned, refuse
from planner.rules.statements import Statement
from planner.rules.tables import Stays, View
from planner.scenario.node import PortRef
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

Aspect = Literal["entry", "exit", "same_port"]

_INDIA = "https://visacent.com/apply-visa/india"
_BRIDGE = "https://jerusalemfromamman.com/visas-and-passports/"
_AQABA = "https://travelshelper.com/destinations/asia/jordan/visa-passport-requirements-for-jordan/"


def _example(rule: str, *, entry: str = "BBB", exit_: str = "BBB") -> str:
    """In and out of Beta at two of its ports, BBB or BBX; on the ground, where the border is one's own affair."""
    return (
        f'[[rules]]\nkind = "ports-of-entry"\nid = "ports"\nzone = "BB"\n{rule}\n'
        f'[[legs]]\nid = "ab"\nmode = "road"\nentry_port = "{entry}"\n'
        f'[[legs]]\nid = "ba"\nmode = "road"\nexit_port = "{exit_}"\n'
    )


_E_VISA = 'types = ["electronic", "visa_free"]\nentry_ports = ["BBB"]'
_ON_ARRIVAL = 'types = ["visa_free"]\nnot_entry_ports = ["BBX"]'


@kind(
    "ports-of-entry",
    summary="Some entries are possible at some border ports only, or the stay must be left at some.",
    catalogue=("K15",),
    table=True,
)
@frozen(kw_only=True)
class PortsOfEntry(Concerning, Rule):
    """For the stays whose entry is concerned (see `Concerning`), three facts, each broken on its own.

    `.entry`: the border port of the entry is in `entry_ports` (empty: any) and not in `not_entry_ports`. `.exit`: that
    of the stay's exit is in `exit_ports` and not in `not_exit_ports`, likewise. `.same_port`: with `same_port`, both
    are the same. A stay without exit meets the last two. The rule is in force or not on the entry date, for all three.
    """

    at_least_one = ("entry_ports", "not_entry_ports", "exit_ports", "not_exit_ports", "same_port")
    examples = (
        Example(
            title="An e-visa for India at a designated airport",
            toml=_example(_E_VISA),
            cost=20000,
            source=_INDIA,
        ),
        Example(
            title="An e-visa for India at another port",
            toml=_example(_E_VISA, entry="BBX"),
            refused_by="ports.t.entry",
            source=_INDIA,
        ),
        Example(
            title="On an e-visa India can be left anywhere",
            toml=_example(_E_VISA, exit_="BBX"),
            cost=20000,
            source=_INDIA,
        ),
        Example(
            title="No visa on arrival at the King Hussein Bridge",
            toml=_example(_ON_ARRIVAL, entry="BBX"),
            refused_by="ports.t.entry",
            source=_BRIDGE,
        ),
        Example(
            title="Visa on arrival at Jordan's other borders",
            toml=_example(_ON_ARRIVAL),
            cost=20000,
            source=_BRIDGE,
        ),
        Example(
            title="Who came to Aqaba on its own visa leaves elsewhere",
            toml=_example("same_port = true", entry="BBX"),
            refused_by="ports.t.same_port",
            source=_AQABA,
        ),
        Example(
            title="Who came to Aqaba on its own visa leaves there",
            toml=_example("same_port = true", entry="BBX", exit_="BBX"),
            cost=20000,
            source=_AQABA,
        ),
        Example(
            title="Left at a port that is not among those named",
            toml=_example('exit_ports = ["BBX"]'),
            refused_by="ports.t.exit",
        ),
        Example(
            title="Left at one of the ports named",
            toml=_example('exit_ports = ["BBX"]\nnot_exit_ports = ["BBB"]', exit_="BBX"),
            cost=20000,
        ),
    )

    entry_ports: tuple[PortRef, ...] = ()
    """Where the border is crossed on entry: the leg's `entry_port`, or the port of arrival. Left out: any."""
    not_entry_ports: tuple[PortRef, ...] = ()
    """Where the border is not crossed on entry."""
    exit_ports: tuple[PortRef, ...] = ()
    """Where the stay is left. Left out: any."""
    not_exit_ports: tuple[PortRef, ...] = ()
    """Where the stay is not left."""
    same_port: bool = False
    """The stay is left where it was entered."""

    def fact(self, scenario: Scenario, traveller: Traveller, aspect: Aspect) -> Fact:
        """One of the three, for one traveller."""
        only, never = {
            "entry": (self.entry_ports, self.not_entry_ports),
            "exit": (self.exit_ports, self.not_exit_ports),
            "same_port": ((), ()),
        }[aspect]
        limits = [f"only at {either(map(scenario.name_of, only))}"] * bool(only)
        limits += [f"not at {either(map(scenario.name_of, never))}"] * bool(never)
        who, zone, ports = traveller.label, self.entries(scenario), " and ".join(limits)
        text = {
            "entry": f"{who} may enter {zone} {ports}",
            "exit": f"{who}, having entered {zone}, may leave it {ports}",
            "same_port": f"{who}, having entered {zone}, must leave it at the port of entry",
        }[aspect]
        keys = {"entry": ("entry_ports", "not_entry_ports"), "exit": ("exit_ports", "not_exit_ports")}
        key = keys[aspect][not only] if aspect in keys else aspect
        return Fact(
            id=f"{self.id}.{traveller.id}.{aspect}",
            text=text,
            telling=Telling.ADMISSION,
            kind=self.kind,
            place=self.where.of(key),
            source=self.source,
        )

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Refuse the stays that begin or end at a wrong port."""
        for traveller in view.scenario.travellers:
            stays, rows = view.stays(traveller.id), concerned(view, self, traveller)
            for aspect, wrong in self._wrong(stays).items():
                fact = self.fact(view.scenario, traveller, aspect)
                yield from refuse(view, self, traveller, fact, rows & wrong)

    def _wrong(self, stays: Stays) -> dict[Aspect, Mask]:
        entry = np.isin(stays.entry_port, self.not_entry_ports)
        leaving = np.isin(stays.exit_port, self.not_exit_ports)
        if self.entry_ports:
            entry |= ~np.isin(stays.entry_port, self.entry_ports)
        if self.exit_ports:
            leaving |= ~np.isin(stays.exit_port, self.exit_ports)
        elsewhere = stays.exit_port != stays.entry_port
        return {"entry": entry, "exit": leaving & stays.exits, "same_port": elsewhere & stays.exits & self.same_port}

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Compare the ports of each stay concerned with the lists."""
        for traveller in journey.scenario.travellers:
            for stay in journey.stays[traveller.id]:
                if self.concerns(journey, stay):
                    for aspect, how in self._failures(stay):
                        yield Broken(self.fact(journey.scenario, traveller, aspect), how)

    def _failures(self, stay: Stay) -> Iterator[tuple[Aspect, str]]:
        entry, leaving = stay.entry, stay.exit
        assert entry is not None
        if entry.port in self.not_entry_ports or (self.entry_ports and entry.port not in self.entry_ports):
            yield "entry", f"entry at {entry.port} on {entry.on}"
        if leaving is None:
            return
        if leaving.port in self.not_exit_ports or (self.exit_ports and leaving.port not in self.exit_ports):
            yield "exit", f"exit at {leaving.port} on {leaving.on}"
        if self.same_port and leaving.port != entry.port:
            yield "same_port", f"entry at {entry.port} on {entry.on}, exit at {leaving.port} on {leaving.on}"
