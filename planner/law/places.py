"""The places that a question names, with the ports and legs that stand for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from planner.core.time import to_local, to_minutes, zone_data
from planner.law.books import ELSEWHERE, FARTHER, refuse, wrong_days
from planner.law.question import Question
from planner.scenario.law import LawBook
from planner.scenario.node import PlaceRef, PortRef, State, TerritoryRef, ZoneRef
from planner.scenario.reading.airports import Atlas
from planner.scenario.reading.names import Names

_LONGEST = 5 * 366  # days of a stay
_BEFORE = timedelta(days=4)  # the journey to the entry takes less
ANY = "any port of "  # and a territory: the id of a port that stands for any there


class Places:
    """The places that a question names, and the ports and legs that stand for them."""

    def __init__(self, question: Question, law: LawBook) -> None:
        self.question, self.law = question, law
        self.atlas, self.names = Atlas.of(law), Names.of(law)
        self.legs: dict[tuple[str, str, int], dict[str, Any]] = {}
        self.tickets: list[dict[str, Any]] = []
        self.ports: dict[str, dict[str, Any]] = {}

    def check(self) -> None:
        """Raise ScenarioError for all that the question names and nobody knows."""
        q = self.question
        refuse(_malformed(q))
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
        if q.until is not None and (q.until - q.on).days > _LONGEST:
            yield f"until: {q.until} lies more than five years after the entry on {q.on}"
        if q.born is not None and q.born > q.on:
            yield f"born: {q.born} lies after the entry on {q.on}"
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
            clock = self._whole_minutes(known.timezone)
            self.ports[place] = {"id": place, "territory": str(known.territory), "timezone": clock}
            return place
        territory = self.territory(place) if place and place != FARTHER else place or ELSEWHERE
        name = f"{ANY}{territory}"
        zone = "UTC" if territory in (ELSEWHERE, FARTHER) else self._whole_minutes(_timezone(territory))
        self.ports[name] = {"id": name, "name": "any port", "territory": territory, "timezone": zone}
        return name

    def _whole_minutes(self, zone: str) -> str:
        """The time zone, or UTC for dates of old, when clocks there were a matter of seconds."""
        early = datetime.combine(max(self.question.on - _BEFORE, date.min), time())
        return zone if to_local(to_minutes(early, zone), zone) == early else "UTC"

    def members(self, place: str) -> list[str]:
        """The territories of a place, all that are or were ever members of a zone."""
        zone = next((zone for zone in self.law.zones if zone.id == place), None)
        return list(dict.fromkeys(str(m.territory) for m in zone.members)) if zone else [place]

    def is_port(self, place: str) -> bool:
        """Whether a place is a port, and no territory or zone of that name."""
        return not self.names.knows(ZoneRef, place) and self.atlas.port(place) is not None

    def clock(self, port: str) -> str:
        """The time zone of a port that has been named."""
        return str(self.ports[port]["timezone"])

    def leg(self, begin: str, end: str, arrives: int) -> str:
        """The id of a leg of two hours that arrives at a minute UTC."""
        leg = self.legs.setdefault(
            (begin, end, arrives),
            {
                "id": f"leg {len(self.legs) + 1}",
                "mode": self.question.by,
                "from": begin,
                "to": end,
                "departs": to_local(arrives - 120, self.clock(begin)),
                "arrives": to_local(arrives, self.clock(end)),
                "price": 0,
            },
        )
        return str(leg["id"])

    def ticket(self, legs: tuple[str, ...]) -> str:
        """The id of one ticket for some legs."""
        name = f"ticket {len(self.tickets) + 1}"
        self.tickets.append({"id": name, "legs": list(legs), "price": 0})
        return name


def _malformed(question: Question) -> Iterator[str]:
    """What is no text or no date."""
    for key, text in (("to", question.to), ("from", question.come_from), ("next", question.following)):
        if not isinstance(text, str):
            yield f"{key}: expected the id of a place, found {text!r}"
    if question.to == "":
        yield "to: name a territory, zone or port, such as 'KP'"
    days: list[tuple[str, object]] = [("on", question.on), ("until", question.until), ("born", question.born)]
    if question.on is None:
        yield "on: give the date of entry"
    yield from wrong_days([*days, *(("passport", book.expires) for book in question.passports)])


def _timezone(territory: str) -> str:
    """The first time zone that the time-zone data name for a country; UTC where they name none."""
    rows = (line.split("\t") for line in zone_data("zoneinfo/zone.tab").splitlines() if not line.startswith("#"))
    return next((row[2] for row in rows if row[0] == territory), "UTC")
