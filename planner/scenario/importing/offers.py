"""What offers of flights have in common: JSON with segments, and one price for all of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from attrs import define, field, frozen

from planner.core.errors import Place
from planner.core.money import WRITTEN
from planner.core.time import exists, to_minutes
from planner.scenario.importing.base import Faults, Legs, Part, Ticket
from planner.scenario.node import PortRef
from planner.scenario.reading.airports import Atlas
from planner.scenario.reading.checks.tables import is_zone
from planner.scenario.reading.checks.travel import FIRST_YEAR, LAST_YEAR
from planner.scenario.reading.legs.columns import Unreadable
from planner.scenario.reading.legs.delimited import content
from planner.scenario.reading.legs.files import DataFile
from planner.scenario.travel import Port

UNKNOWN = "offers that touch airports without known clocks"
UNEVEN = "offers for travellers at different prices, or at one that is no whole number of cents"
DEARER, CUT = "offers dearer than another for the same flights", "offers without flights"


class Wrong(Exception):
    """An offer that is not as documented: what is wrong, where in it, and a hint."""


@frozen(kw_only=True)
class Segment:
    """One flight of an offer; times are texts on the clocks there. `zones` are what the source says of the clocks."""

    start: str
    end: str
    departs: str
    arrives: str
    flight: str  # as marketed, such as "LH456"
    operator: str
    where: str
    zones: tuple[str, str] = ("", "")
    names: tuple[str, str] = ("", "")


@frozen(kw_only=True)
class Offer:
    """Flights that are sold together; `prices` are amounts, one for each traveller, and equal for equal ones."""

    id: str
    segments: Sequence[Segment]
    prices: Sequence[Decimal]
    currency: str
    seller: str


def parsed(file: DataFile, faults: Faults) -> Any:
    """What a JSON file holds; None, with a fault, if it is none."""
    place = Place(str(file.path))
    try:
        return json.loads(content(file.path).decode(), parse_float=Decimal)
    except UnicodeDecodeError:
        faults.add(place, "this is not UTF-8 text", "save the file as UTF-8")
    except json.JSONDecodeError as error:
        faults.add(Place(place.file, error.lineno, error.colno), f"this is no JSON: {error.msg}")
    except (RecursionError, ValueError):
        faults.add(place, "this JSON is nested too deeply, or has numbers that are too long")
    except Unreadable as error:
        faults.add(place, str(error), error.hint)
    return None


def get(value: Any, where: str, *keys: str, kind: type = str) -> Any:
    """A value inside another, by keys, of a type. Raises Wrong."""
    for key in keys:
        if not isinstance(value, dict) or value.get(key) is None:
            raise Wrong(f"{where}.{key} is missing" if where else f"{key} is missing")
        value, where = value[key], f"{where}.{key}".lstrip(".")
    if not isinstance(value, kind):
        expected = "a text" if kind is str else "a list"
        raise Wrong(f"{where}: expected {expected}, found {json.dumps(value, default=str)[:40]}")
    return value


def maybe(value: Any, *keys: str) -> Any:
    """A value inside another, by keys; None if it is not there."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def amount(value: Any, where: str, *keys: str) -> Decimal:
    """An amount of money inside a value. Raises Wrong."""
    text = get(value, where, *keys, kind=str)
    try:
        found = Decimal(text)
        if found.is_finite() and found >= 0:
            return found
    except InvalidOperation:
        pass
    raise Wrong(f"{'.'.join(filter(None, (where, *keys)))}: expected an amount, found {text[:40]!r}")


def each(value: Any, where: str, *keys: str) -> Iterator[tuple[Any, str]]:
    """The items of a list inside a value, each with where it stands. Raises Wrong."""
    path = ".".join(filter(None, (where, *keys)))
    for index, item in enumerate(get(value, where, *keys, kind=list)):
        yield item, f"{path}[{index}]"


@define
class Collected:
    """Offers of several files, put together: each flight once, and of equal offers the cheapest."""

    atlas: Atlas
    faults: Faults = field(factory=Faults)
    legs: Legs = field(factory=Legs)
    left_out: Counter[str] = field(factory=Counter)
    _times: dict[str, tuple[int, int]] = field(factory=dict)
    _ports: dict[str, Port] = field(factory=dict)
    _best: dict[tuple[str, tuple[str, ...]], tuple[Decimal, Ticket]] = field(factory=dict)
    _used: Counter[str] = field(factory=Counter)

    def add(self, offer: Offer, place: Place) -> None:
        """One more offer. Raises Wrong."""
        if not offer.segments:
            self.left_out[CUT] += 1
            return
        if len(set(offer.prices)) > 1:
            self.left_out[UNEVEN] += 1
            return
        flights = [self._timed(segment) for segment in offer.segments]
        if None in flights:
            self.left_out[UNKNOWN] += 1
            return
        known = [flight for flight in flights if flight is not None]
        for segment, (_, departs, arrives), before in zip(offer.segments, known, (None, *known), strict=False):
            if arrives <= departs:
                raise Wrong(f"{segment.where}: the flight does not arrive after it departs")
            if before is not None and departs < before[2]:
                raise Wrong(f"{segment.where}: the flight departs before the one before it arrives")
        for segment, (id_, departs, arrives) in zip(offer.segments, known, strict=True):
            if self._times.setdefault(id_, (departs, arrives)) != (departs, arrives):
                raise Wrong(f"{segment.where}: {segment.flight} arrives at another time than in an offer before")
        self._keep(offer, known)

    def part(self, file: DataFile) -> Part:
        """All that was collected. Raises ScenarioError if something was wrong."""
        self.faults.stop()
        tickets = [ticket for _, ticket in self._best.values()]
        ports = tuple(self._ports.values())
        frame = self.legs.frame()
        return Part(file=file, frame=frame, tickets=tickets, utc=True, ports=ports, left_out=self.left_out)

    def _keep(self, offer: Offer, known: Sequence[tuple[str, int, int]]) -> None:
        for segment, (id_, departs, arrives) in zip(offer.segments, known, strict=True):
            if id_ not in self._used:
                self.legs.add(id_, segment.start, segment.end, departs, arrives, segment.operator, "air")
            self._used[id_] += 1
        key = (offer.currency, tuple(id_ for id_, _, _ in known))
        best = self._best.get(key)
        if best is not None:
            self.left_out[DEARER] += 1
        if best is None or offer.prices[0] < best[0]:
            ticket = Ticket(
                id=_ticket_id(key[1], offer.currency),
                legs=key[1],
                price=f"{offer.prices[0]:f}",
                currency=offer.currency,
                title=f"{offer.seller} {offer.id}".strip(),
            )
            self._best[key] = offer.prices[0], ticket

    def _timed(self, segment: Segment) -> tuple[str, int, int] | None:
        """Id and UTC minutes of a flight; None if the clocks there are unknown."""
        found = []
        ends = (segment.start, segment.departs), (segment.end, segment.arrives)
        for (code, text), told, name in zip(ends, segment.zones, segment.names, strict=True):
            port = self.atlas.port(code)
            zone = port.timezone if port is not None else told
            if not zone or not is_zone(zone):
                return None
            if port is None:
                self._ports.setdefault(code, Port(id=PortRef(code), name=name, timezone=zone))
            try:
                local = datetime.fromisoformat(text)
            except ValueError:
                local = None
            if local is None:
                raise Wrong(f"{segment.where}: expected a time such as 2025-04-03T13:25:00, found {text[:40]!r}")
            if not FIRST_YEAR <= local.year <= LAST_YEAR:
                span = f"plans are made from {FIRST_YEAR} to {LAST_YEAR}"
                raise Wrong(f"{segment.where}: the year {local.year} is out of range: {span}")
            if local.tzinfo is None and not exists(local, zone):
                raise Wrong(f"{segment.where}: {text} does not exist at {code}, as clocks are put forward then")
            whole = local.replace(second=0, microsecond=0)
            minutes = to_minutes(whole, zone) if local.tzinfo is None else int(whole.timestamp()) // 60
            later = local != whole and text is segment.arrives  # to whole minutes on the safe side
            found.append(minutes + later)
        id_ = f"{segment.flight}-{segment.start}-{segment.end}-{segment.departs[:16]}"
        return id_, found[0], found[1]


def _ticket_id(legs: tuple[str, ...], currency: str) -> str:
    """The same for the same flights, whatever else there is: both ends of the list, and a sum of all of it."""
    from hashlib import sha256

    mark = sha256("\n".join((currency, *legs)).encode()).hexdigest()[:10]
    return f"ticket-{'-'.join(dict.fromkeys((legs[0].split('-')[0], legs[-1].split('-')[0])))}-{mark}"


def money(value: Any, where: str, *keys: str) -> str:
    """A currency inside a value. Raises Wrong."""
    import re

    code: str = get(value, where, *keys)
    if not re.match(WRITTEN, f"1 {code}") or len(code) != 3:
        raise Wrong(f"{'.'.join(filter(None, (where, *keys)))}: expected a currency such as 'EUR', found {code[:40]!r}")
    return code
