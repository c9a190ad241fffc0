"""The small scenario in which the rules can be asked about one crossing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Any

from attrs import evolve, fields, frozen, resolve_types

from planner.core.time import to_local, to_minutes, zone_data
from planner.law.books import ELSEWHERE, empty_scenario, refuse, rulebooks
from planner.law.question import Question
from planner.rules.base import table_kinds
from planner.scenario.law import Entry, LawBook, Rulebook
from planner.scenario.node import PlaceRef, PortRef, State, TerritoryRef, ZoneRef
from planner.scenario.reading import read_mapping
from planner.scenario.reading.airports import Atlas
from planner.scenario.reading.base.store import path as base_path
from planner.scenario.reading.law import merge
from planner.scenario.reading.names import Names
from planner.scenario.reading.walk import values
from planner.scenario.scenario import Scenario

TRAVELLER = "traveller"
ANY = "any port of "  # and a territory: the id of a port that stands for any there
_HOUR = 60


@frozen(kw_only=True)
class Gate:
    """A port of entry to be asked about, or one that stands for all that the law names in the same places.

    `legs` are the ids of the legs in, `out` that of the leg on ("" for none), `ports` the ports it stands for (empty:
    all that no list of the law names).
    """

    port: str
    legs: tuple[str, ...]
    out: str
    ports: tuple[str, ...] = ()


@frozen(kw_only=True)
class World:
    """The small scenario of a question, with the gates to be tried."""

    question: Question
    scenario: Scenario
    books: tuple[Rulebook, ...]
    territory: str
    gates: tuple[Gate, ...]


def world_of(question: Question) -> World:
    """The world of a question. Raises ScenarioError with all that is wrong with it."""
    books = rulebooks(question.books)
    law = merge(books, None, [])
    places = _Places(question, law)
    places.check()
    territory = places.territory(question.port or question.to)
    gates = list(places.gates(territory))
    data = _data(question, places, gates, books)
    scenario = read_mapping(data, table_kinds(), file="")
    scenario = evolve(scenario, law=_of_these_places(scenario))
    return World(question=question, scenario=scenario, books=books, territory=territory, gates=tuple(gates))


def _of_these_places(scenario: Scenario) -> LawBook:
    """The law without admissions to other places and rules about them: nobody crosses their borders."""
    here = {str(port.territory) for port in scenario.ports.values()}

    def concerns(entry: Entry) -> bool:
        kinds = {item.name for item in fields(resolve_types(type(entry))) if item.type in (ZoneRef, TerritoryRef)}
        return not kinds or any(scenario.ever_in(str(getattr(entry, name)), place) for name in kinds for place in here)

    law = scenario.law
    return evolve(law, admissions=tuple(filter(concerns, law.admissions)), rules=tuple(filter(concerns, law.rules)))


class _Places:
    """The places that a question names, and the ports and legs that stand for them."""

    def __init__(self, question: Question, law: LawBook) -> None:
        self.question, self.law = question, law
        self.atlas, self.names = Atlas.of(law), Names.of(law)
        self.legs: list[dict[str, Any]] = []
        self.ports: dict[str, dict[str, Any]] = {}

    def check(self) -> None:
        """Raise ScenarioError for all that the question names and nobody knows."""
        q = self.question
        asked: list[tuple[str, Any, Iterable[str]]] = [
            ("passport", State, (book.state for book in q.passports)),
            ("nationality", State, q.nationalities),
            ("to", PlaceRef, (q.to,)),
            ("port", PortRef, filter(None, (q.port,))),
            ("from", PlaceRef, filter(None, (q.come_from,))),
            ("via", PlaceRef, q.via),
            ("next", PlaceRef, filter(None, (q.following,))),
            ("residence", PlaceRef, q.residence),
            ("holding", ZoneRef, (held.zone for held in q.holding)),
        ]
        refuse(self._problems(asked))

    def _problems(self, asked: Iterable[tuple[str, Any, Iterable[str]]]) -> Iterator[str]:
        for key, kind, texts in asked:
            for text in texts:
                if not self.names.knows(kind, text):
                    word = {State: "country", PortRef: "port", ZoneRef: "zone or territory"}.get(kind, "place")
                    yield f"{key}: unknown {word} {text!r}|{self.names.hint(kind, text)}"
        q = self.question
        if not q.passports:
            yield "passport: name at least one, such as 'MX'"
        if q.until is not None and q.until < q.on:
            yield f"until: {q.until} lies before the entry on {q.on}"
        known = q.port and self.names.knows(PortRef, q.port) and self.names.knows(PlaceRef, q.to)
        if known and q.port != q.to and self.territory(q.port) not in self._territories(q.to):
            yield f"port: {q.port} does not lie in {q.to}"

    def territory(self, place: str) -> str:
        """The territory of a place; of a zone, the first that is a member on the date of entry."""
        return self._territories(place)[0]

    def _territories(self, place: str) -> list[str]:
        zone = next((zone for zone in self.law.zones if zone.id == place), None)
        if zone is not None:
            day = self.question.on
            inside = [m for m in zone.members if (m.from_ or day) <= day <= (m.to or day)] or list(zone.members)
            return list(dict.fromkeys(str(member.territory) for member in inside))
        if self.names.knows(TerritoryRef, place):
            return [place]
        port = self.atlas.port(place)
        assert port is not None, "checked before"
        return [str(port.territory)]

    def port(self, place: str) -> str:
        """The id of a port in a place: itself, or one that stands for any port there of which no law speaks."""
        known = self.atlas.port(place)
        if known is not None and not self.names.knows(TerritoryRef, place):
            self.ports[place] = {"id": place, "territory": str(known.territory), "timezone": known.timezone}
            return place
        territory = self.territory(place) if place else ELSEWHERE
        name = f"{ANY}{territory}"
        zone = "UTC" if territory == ELSEWHERE else _timezone(territory)
        self.ports[name] = {"id": name, "name": "any port", "territory": territory, "timezone": zone}
        return name

    def gates(self, territory: str) -> Iterator[Gate]:
        """The port asked about; or one port for each set of lists of the law that name the same ports."""
        wanted = self.question.port or (self.question.to if self._is_port(self.question.to) else "")
        if wanted:
            yield self._gate(self.port(wanted), (wanted,))
            return
        named: dict[str, set[str]] = {}
        for value in values({PortRef, PlaceRef}, *self.law.rules):
            if self._is_port(value.value) and self.territory(value.value) == territory:
                named.setdefault(value.value, set()).add(f"{getattr(value.node, 'id', '')}.{value.field.name}")
        alike: dict[frozenset[str], list[str]] = {}
        for port, lists in named.items():
            alike.setdefault(frozenset(lists), []).append(port)
        yield self._gate(self.port(territory), ())
        for ports in alike.values():
            yield self._gate(self.port(ports[0]), tuple(ports))

    def _is_port(self, place: str) -> bool:
        return not self.names.knows(ZoneRef, place) and self.atlas.port(place) is not None

    def _gate(self, port: str, ports: tuple[str, ...]) -> Gate:
        """A gate with its legs: two hours each, an hour between them, at the gate at noon."""
        q = self.question
        start, stops = self.port(q.come_from), [self.port(place) for place in q.via]
        way = [start, *stops, port]
        arrive = to_minutes(datetime.combine(q.on, time(12)), self._zone(port))
        ids = []
        for number, (begin, end) in enumerate(reversed(list(pairwise(way)))):
            ids.append(self._leg(f"leg {len(stops) + 1 - number} to {port}", begin, end, arrive - number * 3 * _HOUR))
        out = ""
        if q.following or q.until is not None:
            following = self.port(q.following or q.come_from)
            leave = to_minutes(datetime.combine(q.until or q.on, time(18)), self._zone(port))
            out = self._leg(f"the leg from {port}", port, following, leave + 2 * _HOUR)
        return Gate(port=port, legs=tuple(reversed(ids)), out=out, ports=ports)

    def _zone(self, port: str) -> str:
        return str(self.ports[port]["timezone"])

    def _leg(self, name: str, begin: str, end: str, arrives: int) -> str:
        self.legs.append(
            {
                "id": name,
                "mode": self.question.by,
                "from": begin,
                "to": end,
                "departs": to_local(arrives - 2 * _HOUR, self._zone(begin)),
                "arrives": to_local(arrives, self._zone(end)),
                "price": 0,
            }
        )
        return name


def _timezone(territory: str) -> str:
    """The first time zone that the time-zone data name for a country; UTC where they name none."""
    rows = (line.split("\t") for line in zone_data("zoneinfo/zone.tab").splitlines() if not line.startswith("#"))
    return next((row[2] for row in rows if row[0] == territory), "UTC")


def _data(question: Question, places: _Places, gates: Iterable[Gate], books: tuple[Rulebook, ...]) -> dict[str, Any]:
    """The scenario as a file would say it."""
    via = {places.port(place) for place in question.via}
    invented = [port for name, port in places.ports.items() if name.startswith(ANY) and name not in via]
    invented += [places.ports[name] | {"airside": True} for name in via]
    return empty_scenario(books, question.on - timedelta(days=4)) | {
        "base": question.base and base_path().exists(),
        "readings": dict(question.readings),
        "travellers": [_traveller(question)],
        "ports": invented,
        "legs": places.legs,
        "fares": [{"id": f"ticket-{gate.port}", "legs": list(gate.legs), "price": 0} for gate in gates if via],
        "trip": {"start": places.port(question.come_from)},
    }


def _traveller(question: Question) -> dict[str, Any]:
    books = []
    for number, book in enumerate(question.passports):
        twice = [other.state for other in question.passports].count(book.state) > 1
        name = f"{book.state}-{number + 1}" if twice else book.state
        books.append({"id": name, "state": book.state} | ({"expires": book.expires} if book.expires else {}))
    held = [{"id": f"held-{h.zone}-{h.type}", "zone": h.zone, "type": h.type} for h in question.holding]
    return {
        "id": TRAVELLER,
        "name": "the traveller",
        "passports": books,
        "permissions": held,
        "certificates": [{"kind": kind} for kind in question.certificates],
        "purposes": list(question.purposes),
        "residence": list(question.residence),
        "nationalities": list(question.nationalities),
    } | ({"born": question.born} if question.born else {})
