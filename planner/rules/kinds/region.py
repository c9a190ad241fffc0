"""K28: permissions for a part of a zone only."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import frozen

from planner.core.words import either
from planner.itinerary.journey import Journey
from planner.rules.base import Example, Rule, kind
from planner.rules.concerns import Concerning
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import by_value
from planner.rules.refusals import concerned, refuse
from planner.rules.statements import Statement
from planner.rules.tables import View
from planner.scenario.node import PortRef
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_HAINAN = (
    "http://en.sanyatour.com/news-media/news-media-travel-news/notice-issued-by-the-state-immigration-administration/"
)
_RULE = '[[rules]]\nkind = "region"\nid = "region"\nzone = "BB"\ntypes = ["visa_free"]\nports = ["BBB"]\n'
# From Beta's one port to the other, and back, or home from there.
_INLAND = """
[[trip.stops]]
id = "x"
at = ["BBX"]
[[legs]]
id = "inland"
from = "BBB"
to = "BBX"
departs = 2025-06-03T08:00:00
arrives = 2025-06-03T10:00:00
price = "20"
[[legs]]
id = "inland-back"
from = "BBX"
to = "BBB"
departs = 2025-06-06T08:00:00
arrives = 2025-06-06T10:00:00
price = "20"
"""
_FROM_THERE = """
[[legs]]
id = "xa"
from = "BBX"
to = "AAA"
departs = 2025-06-06T08:00:00
arrives = 2025-06-06T10:00:00
price = "80"
"""
_VISA = '[[acquirables]]\nid = "visa"\nprice = "140"\npermission = { zone = "BB" }\n'


@kind(
    "region",
    summary="Some entries allow staying in a part of the zone only.",
    catalogue=("K28",),
    table=True,
)
@frozen(kw_only=True)
class Region(Concerning, Rule):
    """In a stay whose entry is concerned (see `Concerning`), every port at which the traveller is landside is listed.

    That is each port of arrival or departure between the entry and the exit, that of the entry and that of the exit
    included (the ports of the legs, not border ports). Airside stops on the way in or out do not count.
    """

    examples = (
        Example(title="Visa-free to Hainan", toml=_RULE, cost=20000, source=_HAINAN),
        Example(
            title="From Hainan to the rest of China and back",
            toml=_RULE + _INLAND,
            refused_by="region.t",
            source=_HAINAN,
        ),
        Example(
            title="From Hainan home through the rest of China",
            toml=_RULE + _INLAND + _FROM_THERE,
            refused_by="region.t",
            source=_HAINAN,
        ),
        Example(
            title="With a visa all of China is open",
            toml=_RULE + _INLAND + _VISA,
            cost=38000,
            source=_HAINAN,
        ),
        Example(
            title="Visa-free, but not to Hainan",
            toml=_RULE + '[[rules]]\nid = "region"\nports = ["BBX"]\n',
            refused_by="region.t",
            source=_HAINAN,
        ),
        Example(
            title="Both ports are in the region",
            toml=_RULE + _INLAND + '[[rules]]\nid = "region"\nports = ["BBB", "BBX"]\n',
            cost=24000,
        ),
    )

    ports: tuple[PortRef, ...]
    """Landside, the traveller is at no other port during the stay."""

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The limit, for one traveller."""
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label}, having entered {self.entries(scenario)}, may only be in "
            f"{either(map(scenario.name_of, self.ports))}",
            telling=Telling.ADMISSION,
            kind=self.kind,
            place=self.where.of("ports"),
            source=self.source,
        )

    def restrict(self, view: View) -> Iterator[Statement]:
        """Refuse stays that begin elsewhere, and those during which a run inside the zone arrives elsewhere."""
        runs = view.runs
        elsewhere = ~np.isin(runs.to_port, self.ports)
        for traveller in view.scenario.travellers:
            fact, stays = self.fact(view.scenario, traveller), view.stays(traveller.id)
            rows = concerned(view, self, traveller)
            wrong = rows & np.isin(stays.entry_run, np.flatnonzero(elsewhere))
            yield from refuse(view, self, traveller, fact, wrong)
            for at, arriving in by_value(runs.arrives, elsewhere & ~runs.crosses):
                during = rows & ~wrong & (stays.entry_at <= at) & (at <= stays.exit_at)
                if during.any():
                    yield from refuse(view, self, traveller, fact, during, given=(runs.ids[arriving],))

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Go through the ports of each stay concerned."""
        for traveller in journey.scenario.travellers:
            for stay in journey.stays[traveller.id]:
                if not self.concerns(journey, stay):
                    continue
                for visit in stay.visits:
                    if visit.port not in self.ports:
                        how = f"in {visit.port} on {visit.arrives_on}, entered on {stay.entry_on}"
                        yield Broken(self.fact(journey.scenario, traveller), how)
