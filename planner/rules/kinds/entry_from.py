"""K18, K19: from where a zone may be entered."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import frozen

from planner.core.words import either
from planner.itinerary.journey import Journey
from planner.rules.base import Example, Rule, kind
from planner.rules.concerns import Concerning
from planner.rules.examples import THROUGH_BETA
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import inside
from planner.rules.refusals import concerned, refuse
from planner.rules.statements import Statement
from planner.rules.tables import View
from planner.scenario.node import ZoneRef
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_ABKHAZIA = (
    "https://ambtbilisi.esteri.it/it/news/dall_ambasciata/2014/07/"
    "restrizioni-ingresso-e-attivita-in-abkhazia-e-ossezia-del-sud/"
)
_COMMON_AREA = "https://www.echolive.ie/nationalnews/arid-41089804.html"
_RULE = '[[rules]]\nkind = "entry-from"\nid = "from"\n'
# To Gamma one can go through Beta, or for less straight from home.
_TO_GAMMA = """
remove = ["b"]
[[trip.stops]]
id = "c"
at = ["CCC"]
[[legs]]
id = "ac"
from = "AAA"
to = "CCC"
departs = 2025-06-01T08:00:00
arrives = 2025-06-01T10:00:00
price = "80"
"""
_WITHOUT_ETA = (
    _RULE
    + 'zone = "BB"\nnot_from = ["AA"]\nexempt_residents_of = ["AA"]\n'
    + 'unless = [{ zones = ["BB"], types = ["electronic"] }]\n'
)


@kind(
    "entry-from",
    summary="A zone is entered only from some places, or not from some.",
    catalogue=("K18", "K19"),
    table=True,
)
@frozen(kw_only=True)
class EntryFrom(Concerning, Rule):
    """At the entries concerned (see `Concerning`), the previous territory lies in `only_from`, and not in `not_from`.

    That is the territory of the port where the last leg before the entry departed: an airside stop's, if planes were
    changed there. What it lies in is judged on the entry date. An empty `only_from` allows every territory.
    """

    at_least_one = ("only_from", "not_from")
    examples = (
        Example(
            title="Into Abkhazia from Georgia",
            toml=_TO_GAMMA + _RULE + 'zone = "CC"\nonly_from = ["BB"]\n',
            cost=30000,
            source=_ABKHAZIA,
        ),
        Example(
            title="Into Abkhazia from elsewhere",
            toml=_TO_GAMMA + _RULE + 'zone = "CC"\nonly_from = ["DD"]\n',
            refused_by="from.t",
            source=_ABKHAZIA,
        ),
        Example(
            title="From Ireland to the United Kingdom without an ETA",
            toml=_WITHOUT_ETA,
            refused_by="from.t",
            source=_COMMON_AREA,
        ),
        Example(
            title="Residents of Ireland need none",
            toml=_WITHOUT_ETA + '[[travellers]]\nid = "t"\nresidence = ["AA"]\n',
            cost=20000,
            source=_COMMON_AREA,
        ),
        Example(
            title="With an ETA",
            toml=_WITHOUT_ETA + '[[acquirables]]\nid = "eta"\nprice = "16 USD"\n'
            'permission = { zone = "BB", type = "electronic" }\n',
            cost=21600,
            source=_COMMON_AREA,
        ),
        Example(
            title="Who changes planes on the way comes from there",
            toml=THROUGH_BETA + _RULE + 'zone = "CC"\nnot_from = ["BB"]\n',
            refused_by="from.t",
        ),
        Example(
            title="Where the journey began does not matter then",
            toml=THROUGH_BETA + _RULE + 'zone = "CC"\nnot_from = ["AA"]\n',
            cost=24000,
        ),
    )

    only_from: tuple[ZoneRef, ...] = ()
    """Where the last leg before the entry departs, airside stops included. Left out: anywhere."""
    not_from: tuple[ZoneRef, ...] = ()
    """Likewise, where it must not depart."""

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The limit, for one traveller."""
        limits = [f"only from {either(map(scenario.name_of, self.only_from))}"] * bool(self.only_from)
        limits += [f"not from {either(map(scenario.name_of, self.not_from))}"] * bool(self.not_from)
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label} may enter {self.entries(scenario)} {' and '.join(limits)}",
            telling=Telling.ADMISSION,
            kind=self.kind,
            place=self.where.of("only_from" if self.only_from else "not_from"),
            source=self.source,
        )

    def restrict(self, view: View) -> Iterator[Statement]:
        """Refuse those who come from elsewhere."""
        scenario = view.scenario
        for traveller in scenario.travellers:
            stays = view.stays(traveller.id)
            wrong = np.full(len(stays.ids), bool(self.only_from))
            for place in self.only_from:
                wrong &= ~inside(scenario, place, stays.previous, stays.entry_on)
            for place in self.not_from:
                wrong |= inside(scenario, place, stays.previous, stays.entry_on)
            rows = wrong & concerned(view, self, traveller)
            yield from refuse(view, self, traveller, self.fact(scenario, traveller), rows)

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Ask at each entry concerned where the traveller comes from."""
        scenario = journey.scenario
        for traveller in scenario.travellers:
            for stay in journey.stays[traveller.id]:
                if stay.entry is None or stay.previous is None or not self.concerns(journey, stay):
                    continue
                day, origin = stay.entry.on, stay.previous
                allowed = not self.only_from or any(scenario.is_in(place, origin, day) for place in self.only_from)
                if not allowed or any(scenario.is_in(place, origin, day) for place in self.not_from):
                    yield Broken(self.fact(scenario, traveller), f"entry on {day} from {scenario.name_of(origin)}")
