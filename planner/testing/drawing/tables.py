"""Random tables for any attrs class of the scenario language, from the types of its fields.

A new kind of rule needs nothing here: its fields' types say what to draw.
"""

from __future__ import annotations

from datetime import date, time
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs

from planner.core.money import Price
from planner.core.period import Period
from planner.rules.base import Rule
from planner.rules.concerns import Concerning
from planner.scenario.law import Entry
from planner.scenario.node import (
    CertificateRef,
    DocumentRef,
    EventRef,
    GroundRef,
    LegRef,
    Node,
    PassportRef,
    PlaceRef,
    PortRef,
    State,
    StayLimit,
    TerritoryRef,
    TravellerRef,
    ZoneRef,
)
from planner.scenario.reading.checks.tables import APART, SOME_LEFT
from planner.testing.drawing.world import Table, World

CERTIFICATES = ["jab", "cover"]
OF_LAW = {field.name for field in attrs.fields(Entry)} | {"where"}
OTHER_PLACES = {"area", "nearby", "of", "visited"}  # of rules about a zone that ask where else one has been
SELECTORS = {field.name for field in attrs.fields(Concerning)} - OF_LAW  # all of them together would select nobody


class Nothing(Exception):
    """The world has no value of that type."""


def rule(world: World, kind: str, cls: type[Entry], id_: str) -> Table | None:
    """A random `[[rules]]` table of a kind, or None where the world lacks what it must name.

    What admits comes with few conditions, or nobody would ever meet them.
    """
    admits = issubclass(cls, Rule) and cls.grounds is not Rule.grounds
    try:
        own = fields(world, cls, 15 if admits else 40)
        if cls.at_least_one and not any(own.get(name) for name in cls.at_least_one):
            name = world.dice.pick(list(cls.at_least_one))
            own[name] = True if name == "same_port" else value(world, _hints(cls)[name], name)  # type: ignore[arg-type]
        if own.get("earliest", own.get("latest", 0)) < own.get("latest", 0):
            own["earliest"], own["latest"] = own["latest"], own["earliest"]
        _agree(own)
    except Nothing:
        return None
    return {"kind": kind, "id": id_, **own, **in_force(world)}


def fields(world: World, cls: type[Node], percent: int = 40) -> Table:
    """Random values for a class's own fields; of those with a default, so many percent. Raises Nothing.

    Of what says whom a rule concerns, less.
    """
    table: Table = {}
    for field in attrs.fields(cls):
        if field.name in OF_LAW or not field.eq:
            continue
        needed = field.default is attrs.NOTHING
        selects = issubclass(cls, Concerning) and field.name in SELECTORS
        if needed or world.dice.chance(8 if selects else percent):
            try:
                table[field.name.rstrip("_")] = value(world, _hints(cls)[field.name], field.name)  # type: ignore[arg-type]
            except Nothing:
                if needed:
                    raise
    others = [zone for zone in world.entered() if zone != table.get("zone", zone)]
    for key in others and sorted(OTHER_PLACES & table.keys()):
        if world.dice.chance(60):
            other = world.dice.pick(others)
            table[key] = [other] if isinstance(table[key], list) else other
    return table


def _agree(own: Table) -> None:
    """Take out what contradicts the rest of a rule: the reader refuses that."""
    for first, second in (*APART, *SOME_LEFT):
        if {*own.get(first, ())} & {*own.get(second, ())}:
            del own[second]
    if "under_age" in own and int(own.get("from_age", "0 years")[0:2]) >= int(own["under_age"][0:2]):
        own.pop("from_age", None)
    if "cap" in own and "days" in own:
        own["days"] = max(own["days"], own["cap"] + 1)


def in_force(world: World) -> Table:
    """When an entry of law is in force: mostly always."""
    table: Table = {}
    if world.dice.chance(10):
        table["effective_from"] = world.day()
    if world.dice.chance(10):
        table["effective_to"] = world.day()
    return world.in_order(table, "effective_from", "effective_to")


def value(world: World, type_: Any, name: str = "") -> Any:
    """A random value of a type, as a file would have it. Raises Nothing; TypeError for a type unheard of."""
    dice = world.dice
    origin, args = get_origin(type_), get_args(type_)
    if origin in (Union, UnionType):
        return value(world, next(arg for arg in args if arg is not NoneType), name)
    if origin is Literal:
        return dice.pick([arg for arg in args if arg])
    if origin is tuple:
        drawn = [value(world, args[0], name) for _ in range(dice.number(1, 2))]
        return [item for index, item in enumerate(drawn) if item not in drawn[:index]]
    if isinstance(type_, type) and issubclass(type_, Node):
        return fields(world, type_)
    draw = _SCALARS.get(type_)
    if draw is None:
        raise TypeError(f"tell planner.testing.drawing.tables how to draw a {type_}")
    return draw(world, name)


def period(world: World, name: str = "") -> str:
    """A short period, mostly in days; an age in years, about that of random travellers."""
    if name.endswith("_age"):
        return world.dice.pick(["18 years", "18 years", "3 years", "2 years"])
    count = world.dice.number(1, 9)
    return "1 month" if count == 9 else f"{count} days"


def stay_limit(world: World, name: str = "") -> str:
    """About as long as the stays of random journeys, or shorter."""
    return world.dice.pick(
        ["24 hours", "30 hours", "60 hours", "1 day", "2 days", "2 days", "3 days", "4 days", "8 days"]
    )


def _one_of(values: list[str]) -> Any:
    if not values:
        raise Nothing
    return values


def _events(world: World) -> list[str]:
    return [event["id"] for event in world.data["trip"].get("events", ())]


def _documents(world: World) -> list[str]:
    names = [*world.passports, *(item["id"] for item in world.data.get("acquirables", ()))]
    for traveller in world.data["travellers"]:
        names += [p["id"] for p in traveller.get("permissions", ())]
        names += [c["kind"] for c in traveller.get("certificates", ())]
    return names


def _grounds(world: World) -> list[str]:
    names = [entry["id"] for entry in world.data.get("admissions", ())]
    names += [item["id"] for item in world.data.get("acquirables", ()) if "permission" in item]
    names += [paper["id"] for traveller in world.data["travellers"] for paper in traveller.get("permissions", ())]
    return names or ["citizen:AA"]


_SCALARS: dict[Any, Any] = {
    State: lambda world, name: world.state(),
    TerritoryRef: lambda world, name: world.territory(),
    ZoneRef: lambda world, name: world.zone(),
    PortRef: lambda world, name: world.port(),
    PlaceRef: lambda world, name: world.place(),
    PassportRef: lambda world, name: world.dice.pick(_one_of(world.passports)),
    TravellerRef: lambda world, name: world.dice.pick([t["id"] for t in world.data["travellers"]]),
    LegRef: lambda world, name: world.dice.pick([leg["id"] for leg in world.data["legs"]]),
    EventRef: lambda world, name: world.dice.pick(_one_of(_events(world))),
    CertificateRef: lambda world, name: world.dice.pick(CERTIFICATES),
    GroundRef: lambda world, name: world.dice.pick(_grounds(world)),
    DocumentRef: lambda world, name: world.dice.pick(_one_of(_documents(world))),
    Price: lambda world, name: world.price(),
    Period: period,
    StayLimit: stay_limit,
    date: lambda world, name: world.day(),
    time: lambda world, name: time(world.dice.pick([6, 9, 16, 20, 23])),
    int: lambda world, name: world.dice.pick([1, 1, 2, 2, 3, 3, 4, 6]),
    bool: lambda world, name: world.dice.chance(50),
    str: lambda world, name: world.dice.pick(CERTIFICATES),
}


@cache
def _hints(cls: Any) -> dict[str, Any]:
    return get_type_hints(cls)
