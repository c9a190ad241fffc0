"""The small scenario in which the rules can be asked about one crossing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from attrs import evolve, fields, frozen, resolve_types

from planner.core.errors import ScenarioError
from planner.law.books import empty_scenario, rulebooks
from planner.law.places import ANY, Places
from planner.law.question import Question
from planner.law.routes import Gate, Route, gates
from planner.rules.base import table_kinds
from planner.scenario.law import Entry, LawBook, Rulebook
from planner.scenario.node import TerritoryRef, ZoneRef
from planner.scenario.reading import read_mapping
from planner.scenario.reading.base.store import path as base_path
from planner.scenario.reading.base.store import read_base
from planner.scenario.reading.checks.travel import FIRST_YEAR
from planner.scenario.reading.law import merge
from planner.scenario.scenario import Scenario

TRAVELLER = "traveller"


@frozen(kw_only=True)
class World:
    """The small scenario of a question, with the gates to be tried. `warnings`: what was left out as it is damaged."""

    question: Question
    scenario: Scenario
    books: tuple[Rulebook, ...]
    territory: str
    gates: tuple[Gate, ...]
    warnings: tuple[str, ...] = ()


def world_of(question: Question) -> World:
    """The world of a question. Raises ScenarioError with all that is wrong with it."""
    books = rulebooks(question.books)
    law = merge(books, None, [])
    places = Places(question, law)
    places.check()
    territory = places.territory(question.port or question.to)
    question, warnings = _without_damage(question, books, places, territory)
    found = list(gates(places, territory))
    data = _data(question, places, books)
    scenario = read_mapping(data, table_kinds(), file="")
    scenario = evolve(scenario, law=_of_these_places(scenario))
    found = [evolve(gate, routes=tuple(_crossing(scenario, gate.routes))) for gate in found]
    return World(
        question=question, scenario=scenario, books=books, territory=territory, gates=tuple(found), warnings=warnings
    )


def _without_damage(
    question: Question, books: Iterable[Rulebook], places: Places, territory: str
) -> tuple[Question, tuple[str, ...]]:
    """The question without the base, and why, if that is damaged and a rulebook covers the territory anyway."""
    try:
        if question.base:
            read_base()
    except ScenarioError as error:
        if not any(territory in places.members(str(place)) for book in books for place in book.covers):
            raise
        return evolve(question, base=False), tuple(map(str, error.problems))
    return question, ()


def _crossing(scenario: Scenario, routes: Iterable[Route]) -> Iterator[Route]:
    """The first route, and those others on which every leg leads into another permission zone."""
    for number, route in enumerate(routes):
        legs = [scenario.leg_by_id[name] for name in (*route.before, *route.legs, *((route.out,) if route.out else ()))]
        ends = [(scenario.territory_of(leg.from_), scenario.territory_of(leg.to), leg.arrives.date()) for leg in legs]
        crosses = (scenario.permission_zone(a, on) != scenario.permission_zone(b, on) for a, b, on in ends)
        if number == 0 or all(crosses):
            yield route


def _of_these_places(scenario: Scenario) -> LawBook:
    """The law without admissions to other places and rules about them: nobody crosses their borders."""
    here = {str(port.territory) for port in scenario.ports.values()}

    def concerns(entry: Entry) -> bool:
        kinds = {item.name for item in fields(resolve_types(type(entry))) if item.type in (ZoneRef, TerritoryRef)}
        return not kinds or any(scenario.ever_in(str(getattr(entry, name)), place) for name in kinds for place in here)

    law = scenario.law
    return evolve(law, admissions=tuple(filter(concerns, law.admissions)), rules=tuple(filter(concerns, law.rules)))


def _data(question: Question, places: Places, books: tuple[Rulebook, ...]) -> dict[str, Any]:
    """The scenario as a file would say it."""
    via = {places.port(place) for place in question.via}
    invented = [port for name, port in places.ports.items() if name.startswith(ANY) and name not in via]
    invented += [places.ports[name] | {"airside": True} for name in via]
    return empty_scenario(books, max(question.on - timedelta(days=4), date(FIRST_YEAR, 1, 1))) | {
        "base": question.base and base_path().exists(),
        "readings": dict(question.readings),
        "travellers": [_traveller(question)],
        "ports": invented,
        "legs": list(places.legs.values()),
        "fares": places.tickets,
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
