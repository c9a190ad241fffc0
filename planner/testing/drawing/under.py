"""Random trips under rulebooks: who travels, on what papers and when is drawn; the law is what the rulebooks say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from planner.core.money import Price
from planner.rules.base import table_kinds
from planner.scenario.law import LawBook
from planner.scenario.reading import read_rulebooks
from planner.scenario.reading.law import merge
from planner.scenario.reading.walk import values
from planner.testing.drawing.papers import travellers
from planner.testing.drawing.travel import legs
from planner.testing.drawing.wishes import wishes
from planner.testing.drawing.world import Dice, Table, World

_OFFERED = 2  # papers of the rulebooks that can be applied for; with more, little can be enumerated


def world_under(dice: Dice, names: Sequence[str]) -> World:
    """A trip to places that the installed rulebooks of these ids cover, near a date on which their law changes."""
    known = read_rulebooks(table_kinds())
    books = [known[name] for name in names]
    law = merge(books, None, [])
    first = max((book.covers_from for book in books if book.covers_from), default=date.min)
    day = dice.pick([day for day in _turning_points(law) if day > first + timedelta(days=9)] or [first])
    world = World(dice, today=max(day - timedelta(days=dice.number(0, 9)), first))
    world.data |= {"today": world.today, "currency": "USD", "rulebooks": list(names), "acquirables": []}
    world.data["rates"] = {"date": world.today, "values": dict.fromkeys(["EUR", *_currencies(law)], 1.125)}
    covered = list(dict.fromkeys(territory for book in books for territory in book.covers))
    world.states = dice.some(_states(law) or covered, 2, 3)
    world.territories = list(dict.fromkeys([dice.pick(world.states), *dice.some(covered, 1, 2)]))
    world.law_zones = [
        {"id": zone.id, "members": [{"territory": m.territory, "purposes": list(m.purposes)} for m in zone.members]}
        for zone in law.zones
    ]
    _places(world, law)
    legs(world)
    world.data["trip"] = {"start": world.route[0]}
    if world.route[-1] != world.route[0]:
        world.data["trip"]["end"] = world.route[-1]
    travellers(world)
    wishes(world)
    world.data["may_obtain"] = dice.some([item.id for item in law.acquirables], 0, _OFFERED)
    asked = dice.some(law.readings, 0, 2)
    if asked:
        world.data["readings"] = {reading.id: dice.pick(reading.answers) for reading in asked}
    return world


def _turning_points(law: LawBook) -> Iterator[date]:
    """Dates near which the law is not what it is elsewhere, or at which it was read."""
    for entry in (*law.admissions, *law.rules):
        yield from filter(None, (entry.effective_from, entry.effective_to, entry.read_on))


def _currencies(law: LawBook) -> Iterator[str]:
    return (value.value.currency for value in values({Price}, law) if value.value.currency != "USD")


def _states(law: LawBook) -> list[str]:
    """States whose nationals the law speaks of."""
    named = {state for entry in (*law.admissions, *law.rules) for state in getattr(entry, "nationalities", ())}
    return sorted(named)


def _places(world: World, law: LawBook) -> None:
    """Two ports in each territory at most: those that the rulebooks describe, else one more."""
    described = {territory.id for territory in law.territories}
    world.data["territories"] = [{"id": name} for name in world.territories if name not in described]
    ports: list[Table] = []
    for territory in world.territories:
        for port in [port for port in law.ports if port.territory == territory and port.timezone][:2]:
            world.territory_of[port.id], world.timezone[port.id] = territory, port.timezone
        if territory not in world.territory_of.values():
            name = f"{territory}-port"
            ports.append({"id": name, "territory": territory, "timezone": "UTC", "airside": True})
            world.territory_of[name], world.timezone[name] = territory, "UTC"
    world.data["ports"] = ports
