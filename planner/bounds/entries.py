"""The ways each traveller could enter a zone: passports and grounds, where and when they are open, what they cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

import numpy as np
from attrs import define, frozen
from numpy.typing import NDArray

from planner.bounds.relaxed import ANY_DAY
from planner.rules.base import Ground, Rule
from planner.rules.outlook import Outlook
from planner.rules.shares import LongestStay, Mask, Refused, Share, Single, Takes
from planner.scenario.holdings import passports_of
from planner.scenario.people import Traveller

CLOSED = np.int64(1) << 50  # dearer than anything: nobody enters so
NOTHING = ""  # the ground of an entry that rests on nothing


@frozen(eq=False)
class Way:
    """One passport and one ground for entering a zone.

    `arrivals` are the classes of arrivals that it is open for (flat positions), `fee` what each entry costs the
    traveller at least, in minor units. One of each of `items` must be obtained for it. A stay on it has at most
    `nights`.
    """

    zone: str
    passport: str
    ground: str
    arrivals: NDArray[np.int64]
    fee: int
    items: frozenset[tuple[str, ...]]
    nights: int


@define(slots=False, eq=False)
class Entries:
    """Everybody's ways of entering, by traveller; `single` are the papers that each entry pays for anew."""

    outlook: Outlook
    ways: dict[str, list[Way]]
    single: frozenset[str]

    @classmethod
    def of(cls, outlook: Outlook, shares: Sequence[Share], rules: Sequence[Rule]) -> Entries:
        """Work the ways out; `shares` are those in force."""
        ways = {person.id: list(_ways(outlook, shares, rules, person)) for person in outlook.scenario.travellers}
        return cls(outlook, ways, frozenset(share.item for share in shares if isinstance(share, Single)))

    @cached_property
    def cost(self) -> NDArray[np.int64]:
        """What an entry costs the party at least, by class of arrivals; from CLOSED on: somebody is not let in."""
        total = np.zeros(self.outlook.shape, dtype=np.int64)
        for ways in self.ways.values():
            least = np.full(total.size, CLOSED, dtype=np.int64)
            for way in ways:
                least[way.arrivals] = np.minimum(least[way.arrivals], way.fee)
            total = np.minimum(total + least.reshape(total.shape), CLOSED)  # of thousands, the sum has no room
        return total

    def beyond(self, ports: Mask) -> tuple[str, ...]:
        """The zones of some ports, if nobody gets to any of these ports without an entry to its zone; else none.

        It is so if no territory changes its zone in time, and the journey does not begin in one of the zones.
        """
        numbers = self._zone_of_port
        if numbers is None or numbers[self._start] in numbers[ports]:
            return ()
        return tuple(self.outlook.zones[zone] for zone in np.unique(numbers[ports]))

    def longest(self, ports: Mask) -> int:
        """The greatest number of nights that a visit to one of some ports can have under everybody's limits of stay."""
        return max((self._longest_in(zone) for zone in self.beyond(ports)), default=ANY_DAY)

    def _longest_in(self, zone: str) -> int:
        outlook = self.outlook
        stays = [max((way.nights for way in ways if way.zone == zone), default=ANY_DAY) for ways in self.ways.values()]
        assert self._zone_of_port is not None
        ports = np.flatnonzero(self._zone_of_port == outlook.zones.index(zone))
        clocks = {outlook.scenario.ports[outlook.legs.ports[port]].timezone for port in ports}
        # Entry and exit may be where it is another day than at the port visited.
        return min(ANY_DAY, *stays) + (0 if len(clocks) == 1 else 2)

    @cached_property
    def _start(self) -> int:
        return self.outlook.legs.ports.index(self.outlook.scenario.trip.start)

    @cached_property
    def _zone_of_port(self) -> NDArray[np.int32] | None:
        """The number of each port's zone; None if some territory changes its zone in time."""
        zone = self.outlook.zone
        return None if (zone != zone[:, :1]).any() else zone[self.outlook.territory_of, 0]


def _ways(outlook: Outlook, shares: Sequence[Share], rules: Sequence[Rule], traveller: Traveller) -> Iterator[Way]:
    """Every way of one traveller that is open for some class of arrivals."""
    scenario = outlook.scenario
    passports = tuple(passports_of(scenario, traveller))
    said = _Said(outlook, shares, traveller, passports)
    zone = outlook.zone.reshape(-1)
    ends = np.cumsum(np.bincount(zone, minlength=len(outlook.zones)))
    classes = dict(zip(outlook.zones, np.split(np.argsort(zone, kind="stable"), ends[:-1]), strict=True))
    nothing = Ground(id=NOTHING, type="visa", zones=outlook.zones, passports=passports)
    for ground in (*(ground for rule in rules for ground in rule.grounds(scenario, traveller)), nothing):
        for name in ground.zones:
            for passport in ground.passports if name in classes else ():
                arrivals = said.let_in(ground.id, passport, name, classes[name])
                if len(arrivals):
                    fee = ground.fee + said.anew(ground.id)
                    items, nights = said.papers(ground.id, passport, arrivals), said.nights(ground, name)
                    yield Way(name, passport, ground.id, arrivals, fee, items, nights)


class _Said:
    """What the shares say about one traveller's entries, in the order in which it is asked for."""

    def __init__(
        self, outlook: Outlook, shares: Sequence[Share], traveller: Traveller, passports: Collection[str]
    ) -> None:
        self.outlook = outlook
        self._refused: dict[str, list[Refused]] = defaultdict(list)  # by ground
        self._limits: dict[str | None, list[LongestStay]] = defaultdict(list)
        self._takes: dict[str | None, list[Takes]] = defaultdict(list)
        self._single: set[str] = set()
        self._shut = {passport: np.zeros(outlook.shape, dtype=bool) for passport in passports}
        for share in shares:
            if isinstance(share, LongestStay) and share.traveller == traveller.id:
                for about in (None,) if share.grounds is None else share.grounds:
                    self._limits[about].append(share)
            elif isinstance(share, Takes) and share.traveller == traveller.id:
                for about in (None,) if share.grounds is None else share.grounds:
                    self._takes[about].append(share)
            elif isinstance(share, Single) and share.traveller == traveller.id:
                self._single.add(share.item)
            elif isinstance(share, Refused) and share.traveller == traveller.id:
                if share.grounds is None:
                    for passport in passports if share.passports is None else share.passports:
                        self._shut[passport] |= share.arrivals
                for ground in share.grounds or ():
                    self._refused[ground].append(share)

    def let_in(self, ground: str, passport: str, zone: str, arrivals: NDArray[np.int64]) -> NDArray[np.int64]:
        """Those of a zone's arrivals at which nothing refuses the traveller."""
        shut = self._shut[passport].reshape(-1)[arrivals]
        for share in self._refused[ground]:
            if share.zone in (None, zone) and (share.passports is None or passport in share.passports):
                shut |= self._at(share.arrivals, arrivals)
        return arrivals[~shut]

    def papers(self, ground: str, passport: str, arrivals: NDArray[np.int64]) -> frozenset[tuple[str, ...]]:
        """What must be obtained for entering: one of each of these."""
        return frozenset(
            share.items
            for share in (*self._takes[ground], *self._takes[None])
            if (share.passports is None or passport in share.passports)
            and (share.arrivals is None or self._at(share.arrivals, arrivals).all())
        )

    def anew(self, ground: str) -> int:
        """What is paid for the ground's paper at each entry, in minor units, because it is good for one only."""
        scenario = self.outlook.scenario
        return scenario.minor(scenario.acquirable_by_id[ground].price) if ground in self._single else 0

    def nights(self, ground: Ground, zone: str) -> int:
        """The greatest number of nights of a stay."""
        limits = [
            share.nights
            for share in (*self._limits[ground.id], *self._limits[None])
            if (share.zones is None or zone in share.zones) and ground.type not in share.besides
        ]
        return min(limits, default=ANY_DAY)

    def _at(self, mask: Mask, arrivals: NDArray[np.int64]) -> Mask:
        days = self.outlook.shape[1]
        rows = arrivals // days if mask.shape[0] > 1 else 0
        columns = arrivals % days if mask.shape[1] > 1 else 0
        found: Mask = np.broadcast_to(mask[rows, columns], arrivals.shape)
        return found
