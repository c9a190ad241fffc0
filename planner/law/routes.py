"""The ways on which a border may be crossed: ports of entry, and what is not known of the journey around the entry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from itertools import pairwise
from typing import Literal

from attrs import frozen

from planner.core.time import to_minutes
from planner.law.books import FARTHER
from planner.law.places import Places
from planner.scenario.law import Entry
from planner.scenario.node import PlaceRef, PortRef
from planner.scenario.reading.walk import values

Unknown = Literal["from", "next", "earlier"]
# Fields of rules that name places, by what must be known of the journey to judge them.
_FIELDS: dict[Unknown, tuple[str, ...]] = {
    "from": ("only_from", "not_from", "from_"),
    "next": ("not_to", "not_ending_in"),
    "earlier": ("legal_from",),
}
_HOUR, _DAY = 60, 24 * 60


@frozen(kw_only=True)
class Route:
    """One journey through a gate: ids of legs. `before` are those of stays before the one that is left for the entry.

    `legs` lead in, on one ticket (`fare`), and `out` on ("" where the journey ends). `unknown`: what it assumes.
    """

    start: str
    before: tuple[str, ...]
    legs: tuple[str, ...]
    fare: str
    out: str
    end: str
    unknown: frozenset[Unknown] = frozenset()


@frozen(kw_only=True)
class Gate:
    """A port of entry to be asked about, or one that stands for all that the law names in the same places.

    `ports`: those it stands for (empty: all that no list of the law names). The first of `routes` is the journey as far
    as it is known, which ends at the gate or goes back where that is not; the others are what it might be instead.
    """

    port: str
    routes: tuple[Route, ...]
    ports: tuple[str, ...] = ()


def asks_for(rule: Entry | None) -> Unknown | None:
    """What must be known of the journey to judge a rule; None: nothing that it names itself."""
    named = (what for what, fields in _FIELDS.items() if any(hasattr(rule, field) for field in fields))
    return next(named, None)


def gates(places: Places, territory: str) -> Iterator[Gate]:
    """The port asked about; or one port for each set of lists of the law that name the same ports."""
    question = places.question
    wanted = question.port or (question.to if places.is_port(question.to) else "")
    if wanted:
        yield _gate(places, territory, wanted, (wanted,))
        return
    named: dict[str, set[str]] = {}
    for value in values({PortRef, PlaceRef}, *places.law.rules):
        if places.is_port(value.value) and places.territory(value.value) == territory:
            named.setdefault(value.value, set()).add(f"{getattr(value.node, 'id', '')}.{value.field.name}")
    alike: dict[frozenset[str], list[str]] = {}
    for port, lists in named.items():
        alike.setdefault(frozenset(lists), []).append(port)
    yield _gate(places, territory, territory, ())
    for ports in alike.values():
        yield _gate(places, territory, ports[0], tuple(ports))


@frozen
class _Around:
    """Places before the entry, in order, and the one after it (None: the journey ends), with what of it is assumed."""

    before: tuple[str, ...]
    after: str | None
    unknown: frozenset[Unknown]


def _gate(places: Places, territory: str, place: str, ports: tuple[str, ...]) -> Gate:
    port = places.port(place)
    return Gate(
        port=port, routes=tuple(_route(places, port, around) for around in _arounds(places, territory)), ports=ports
    )


def _arounds(places: Places, territory: str) -> Iterator[_Around]:
    """The journey as it is known, then what it might be: with the best and the worst that rules speak of."""
    question = places.question
    rules = [rule for rule in places.law.rules if _is_about(places, rule, territory)]
    origins: list[tuple[tuple[str, ...], frozenset[Unknown]]] = [((question.come_from,), frozenset())]
    if not question.come_from:
        origins += [((place,), frozenset({"from"})) for place in _named(places, rules, "from")]
    for rule in rules:
        earlier = _entered_wrongly(places, rule)
        if earlier:
            origins.append((earlier, frozenset({"earlier"})))
    onward: list[tuple[str | None, frozenset[Unknown]]] = [(question.following or None, frozenset())]
    if not question.following:
        if question.until is not None:
            onward = [(question.come_from, frozenset())]
        onward += [(place, frozenset({"next"})) for place in (FARTHER, *_named(places, rules, "next"))]
    for before, of_origin in origins:
        for after, of_onward in onward:
            yield _Around(before, after, of_origin | of_onward)


def _is_about(places: Places, rule: Entry, territory: str) -> bool:
    zone = str(getattr(rule, "zone", ""))
    return territory in places.members(zone) if zone else False


def _named(places: Places, rules: list[Entry], what: Unknown) -> list[str]:
    """A territory for each place that rules name there."""
    lists = (getattr(rule, field, ()) for rule in rules for field in _FIELDS[what])
    return list(dict.fromkeys(places.territory(str(place)) for named in lists for place in named))


def _entered_wrongly(places: Places, rule: Entry) -> tuple[str, ...]:
    """The places passed by somebody whom a rule about an area entered from the wrong side would refuse; or none."""
    area, origin = getattr(rule, "area", None), places.question.come_from
    if asks_for(rule) != "earlier" or area is None:
        return ()
    inside = places.members(str(area))
    if not origin:
        return (FARTHER, inside[0])
    if places.territory(origin) in inside:
        return (FARTHER, origin)
    return () if getattr(rule, "directly", False) else (FARTHER, inside[0], origin)


def _route(places: Places, port: str, around: _Around) -> Route:
    """Legs of two hours each, an hour between those on one ticket, at the gate at noon; earlier ones a day before."""
    question = places.question
    stays = [places.port(place) for place in around.before]
    way = [stays[-1], *(places.port(place) for place in question.via), port]
    arrives = to_minutes(datetime.combine(question.on, time(12)), places.clock(port))
    count = len(way) - 1
    legs = tuple(
        places.leg(begin, end, arrives - (count - number) * 3 * _HOUR)
        for number, (begin, end) in enumerate(pairwise(way), start=1)
    )
    before = tuple(
        places.leg(begin, end, arrives - (len(stays) - number) * _DAY)
        for number, (begin, end) in enumerate(pairwise(stays), start=1)
    )
    out, end = "", port
    if around.after is not None:
        end = places.port(around.after)
        leave = to_minutes(datetime.combine(question.until or question.on, time(18)), places.clock(port))
        out = places.leg(port, end, leave + 2 * _HOUR)
    return Route(
        start=stays[0],
        before=before,
        legs=legs,
        fare=legs[0] if count == 1 else places.ticket(legs),
        out=out,
        end=end,
        unknown=around.unknown,
    )
