"""K06: passports that bear the traces of some place are refused elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
from attrs import frozen

from planner.core.words import either
from planner.itinerary.journey import Crossing, Journey, Stay
from planner.rules.base import Example, Rule, kind
from planner.rules.concerns import Concerning
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import Mask, by_value, inside
from planner.rules.outlook import Outlook
from planner.rules.refusals import concerned, refuse, refused
from planner.rules.shares import Share
from planner.rules.statements import Statement
from planner.rules.tables import Column, View
from planner.scenario.node import PortRef, ZoneRef
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_LEBANON = "https://ciel-jp.com/visa/detail.php?vid=38"
_TABA = "https://us.officenewz.com/2025/01/01/should-you-have-more-than-one-u-s-passport"
_SECOND_BOOK = "https://abcdocz.com/doc/157585/"


def _example(rule: str, passport: str = "", more: str = "") -> str:
    return (
        f'[[rules]]\nkind = "travel-evidence"\nid = "evidence"\n{rule}\n'
        f'[[travellers]]\nid = "t"\n[[travellers.passports]]\nid = "a"\n{passport}\n{more}\n'
    )


_STAMPED = 'stamps = ["DD"]'
_AFTER_DELTA = 'zone = "BB"\nof = ["DD"]'
_GAMMA_AFTER_BETA = 'zone = "CC"\nof = ["BB"]'
_ON_TO_GAMMA = 'remove = ["b"]\n[[trip.stops]]\nid = "c"\nat = ["CCC"]\n'
_HOME_FROM_GAMMA = """
remove = ["b"]
[[trip.stops]]
id = "c"
at = ["CCC"]
[[legs]]
id = "ca"
from = "CCC"
to = "AAA"
departs = 2025-06-10T08:00:00
arrives = 2025-06-10T12:00:00
price = "100"
"""
_ANOTHER_BOOK = '[[travellers.passports]]\nid = "second"\nstate = "AA"\n'
_BEFORE = 'past_stays = [{ territory = "DD", from = 2024-05-01, to = 2024-05-09, passport = "a" }]\n'
_BY_ROAD = '[[legs]]\nid = "ab"\nmode = "road"\nentry_port = "BBX"\n'


@kind(
    "travel-evidence",
    summary="A passport that shows a visit to some place is refused at the entry to a zone.",
    catalogue=("K06",),
    table=True,
)
@frozen(kw_only=True)
class TravelEvidence(Concerning, Rule):
    """At the entries concerned (see `Concerning`), the passport presented bears no evidence of a place in `of`.

    Evidence is a territory among its `stamps`, or of a past stay (ended or not) that names this passport, if it lies in
    `of` on the entry date. On this trip, it is left by presenting the passport at an earlier entry to, or exit from, a
    territory that lies in `of` on that date, or at an earlier entry or exit at one of `border_ports`. A new book of the
    same state has none.
    """

    examples = (
        Example(
            title="A passport with an Israeli stamp, in Lebanon",
            toml=_example(_AFTER_DELTA, _STAMPED),
            refused_by="evidence.t",
            source=_LEBANON,
        ),
        Example(title="Another stamp is none of Lebanon's business", toml=_example(_AFTER_DELTA, 'stamps = ["CC"]')),
        Example(
            title="A second book has no stamp",
            toml=_example(_AFTER_DELTA, _STAMPED, _ANOTHER_BOOK),
            cost=20000,
            source=_SECOND_BOOK,
        ),
        Example(
            title="A second book is obtained",
            toml=_example(_AFTER_DELTA, _STAMPED)
            + '[[acquirables]]\nid = "second"\nprice = "130"\npassport = { id = "new", state = "AA" }\n',
            cost=33000,
            source=_SECOND_BOOK,
        ),
        Example(
            title="A past stay on that passport",
            toml=_example(_AFTER_DELTA, "", "[[travellers]]\nid = 't'\n" + _BEFORE),
            refused_by="evidence.t",
            source=_LEBANON,
        ),
        Example(
            title="On one trip, from the one to the other",
            toml=_HOME_FROM_GAMMA + _example(_GAMMA_AFTER_BETA),
            refused_by="evidence.t",
            source=_LEBANON,
        ),
        Example(
            title="On one trip, in the order that leaves no trace",
            toml=_HOME_FROM_GAMMA + _example('zone = "BB"\nof = ["CC"]'),
            cost=25000,
        ),
        Example(
            title="The stamp of a border post that tells the way, such as Taba",
            toml=_ON_TO_GAMMA + _example('zone = "CC"\nof = ["DD"]\nborder_ports = ["BBX"]') + _BY_ROAD,
            refused_by="evidence.t",
            source=_TABA,
        ),
        Example(
            title="The stamp of an airport does not tell the way",
            toml=_ON_TO_GAMMA + _example('zone = "CC"\nof = ["DD"]\nborder_ports = ["BBX"]'),
            cost=30000,
            source=_TABA,
        ),
    )

    of: tuple[ZoneRef, ...]
    """Whose stamps and visas are meant."""
    border_ports: tuple[PortRef, ...] = ()
    """Ports elsewhere whose stamps tell that one comes from there, or goes there."""

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The refusal of such passports, for one traveller."""
        books = [book.id for book in traveller.passports if book.stamps]
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label} may not enter {self.entries(scenario)} on a passport that shows a visit to "
            f"{either(map(scenario.name_of, self.of))}" + (f" (stamps in {', '.join(books)})" if books else ""),
            telling=Telling.PAPER,
            kind=self.kind,
            place=self.where.of("of"),
            source=self.source,
        )

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Refuse entries on passports marked before; on others, entries after what marks them."""
        scenario = view.scenario
        for traveller in scenario.travellers:
            fact, stays = self.fact(scenario, traveller), view.stays(traveller.id)
            rows = concerned(view, self, traveller)
            at_entry = self._marks(scenario, stays.entry_territory, stays.entry_on, stays.entry_port) & stays.enters
            at_exit = self._marks(scenario, stays.exit_territory, stays.exit_on, stays.exit_port) & stays.exits
            for passport in np.unique(stays.passport[rows]).tolist():
                mine = rows & (stays.passport == passport)
                marked = np.zeros_like(mine)
                for place in _places_before(traveller, passport):
                    for zone in self.of:
                        marked |= inside(scenario, zone, np.full(len(mine), place), stays.entry_on)
                yield from refuse(view, self, traveller, fact, mine & marked)
                entering = at_entry & (stays.passport == passport)
                leaving = at_exit & (stays.exit_passport == passport)
                for at, group in by_value(stays.entry_at, mine & ~marked):
                    earlier = (entering & (stays.entry_at < at)) | (leaving & (stays.exit_at < at))
                    if earlier.any():
                        yield from refuse(view, self, traveller, fact, group, given=(stays.ids[earlier],))

    def _marks(self, scenario: Scenario, territories: Column, days: Column, ports: Column) -> Mask:
        """The crossings that leave evidence in the passport presented."""
        marks: Mask = np.isin(ports, self.border_ports)
        for zone in self.of:
            marks |= inside(scenario, zone, territories, days)
        return marks

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """Passports held that are marked already are refused."""
        scenario = outlook.scenario
        for traveller in scenario.travellers:
            fact = self.fact(scenario, traveller)
            for book in traveller.passports:
                places = _places_before(traveller, book.id)
                marked = np.array(
                    [
                        any(scenario.is_in(zone, place, date.fromordinal(day)) for place in places for zone in self.of)
                        for day in outlook.days.tolist()
                    ],
                    dtype=bool,
                )
                if marked.any():
                    arrivals = marked[None, :]
                    yield from refused(outlook, self, traveller, fact, arrivals=arrivals, passports=(book.id,))

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Leaf through the passport at each entry concerned."""
        for traveller in journey.scenario.travellers:
            stays = journey.stays[traveller.id]
            for stay in stays:
                if stay.entry is None or not self.concerns(journey, stay):
                    continue
                for evidence in self._evidence(journey.scenario, traveller, stays[: stay.index], stay):
                    how = f"{stay.passport} shows {evidence} at the entry on {stay.entry.on}"
                    yield Broken(self.fact(journey.scenario, traveller), how)

    def _evidence(
        self, scenario: Scenario, traveller: Traveller, before: tuple[Stay, ...], stay: Stay
    ) -> Iterator[str]:
        """What the passport shown at the entry of a stay bears."""
        assert stay.entry is not None
        for book in traveller.passports:
            for stamp in book.stamps if book.id == stay.passport else ():
                if any(scenario.is_in(zone, stamp, stay.entry.on) for zone in self.of):
                    yield f"a stamp of {stamp}"
        for past in traveller.past_stays:
            place = past.territory
            if past.passport == stay.passport and any(scenario.is_in(zone, place, stay.entry.on) for zone in self.of):
                yield f"a stay in {place} from {past.from_}"
        for earlier in before:
            for crossing, passport in ((earlier.entry, earlier.passport), (earlier.exit, earlier.exit_passport)):
                if crossing is not None and passport == stay.passport and self._tells(scenario, crossing):
                    yield f"the {crossing.direction} at {crossing.port} on {crossing.on}"

    def _tells(self, scenario: Scenario, crossing: Crossing) -> bool:
        """Whether a crossing leaves evidence in a passport."""
        place, day = crossing.territory, crossing.on
        return crossing.port in self.border_ports or any(scenario.is_in(zone, place, day) for zone in self.of)


def _places_before(traveller: Traveller, passport: str) -> list[str]:
    """The territories that a passport bears evidence of before the trip."""
    stamps = [str(stamp) for book in traveller.passports if book.id == passport for stamp in book.stamps]
    return stamps + [str(past.territory) for past in traveller.past_stays if past.passport == passport]
