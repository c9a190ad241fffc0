"""Random scenarios around the registry's own examples: in those that a kind refuses, that kind decides.

Left to chance, kinds that only matter when several things come together would hardly ever matter.
"""

from __future__ import annotations

import itertools
import tomllib
from datetime import timedelta

from planner.core.errors import ScenarioError
from planner.rules.base import Example, Rule, kinds, table_kinds
from planner.rules.examples import merge, scenario_data
from planner.scenario.reading import read_mapping
from planner.testing.drawing.tables import rule
from planner.testing.drawing.world import Dice, Table, World

# Kinds that bind in so many worlds that they need no examples here.
_EVERYWHERE = {"acquirable", "admission", "budget", "citizenship", "default-deny", "event", "passport-ban"}
_EVERYWHERE |= {"passport-book", "permission", "stop"}
# Kinds that bind in few worlds, drawn once more for each time that they stand here.
_SELDOM = (
    "airside-visa",
    "arrival-registration",
    "blank-pages",
    "continuing-stay",
    "exit-fee",
    "exit-fee",
    "exit-fee",
    "exit-fee",
    "exit-permit",
    "first-via",
    "joint-visa",
    "main-destination",
    "minimum-gap",
    "minor",
    "no-airside",
    "onward-journey",
    "own-passport",
    "past-presence",
    "purpose",
    "permission-book",
    "ports-of-entry",
    "quarantine",
    "region",
    "registration",
    "return-entry",
    "rolling-window",
    "return-entry",
    "return-entry",
    "same-passport",
    "total-stay",
    "touch",
    "tour",
    "transit-without-visa",
    "travel-evidence",
    "visa-in-passport",
    "yearly-days",
    "yearly-entries",
)


def example_world(dice: Dice, kind: str = "") -> World:
    """An example of a kind, mostly a refused one, perhaps with one of another kind laid over it, a little changed.

    Of any kind, if none is given.
    """
    tables = table_kinds()
    data = scenario_data(_example(dice, 75, kind))
    for number in range(dice.pick([0, 1, 1, 2])):
        data = _laid_over(data, _example(dice, 45), f"x{number}")
    if dice.chance(12):
        _delay(data, timedelta(days=dice.number(1, 4)))
    world = _world(dice, data)
    for leg in data["legs"]:
        if "price" in leg and dice.chance(30):
            leg["price"] = world.price()
    if dice.chance(15):
        name = dice.pick(list(tables))
        table = rule(world, name, tables[name], "more")
        if table is not None:
            _try(world, {"rules": [*data.get("rules", ()), table]})
    if dice.chance(10):
        data["trip"]["budget"] = str(dice.pick([100, 200, 300, 400]))
    # The oracle tries every day from today on.
    first = min(leg["departs"].date() for leg in data["legs"])
    _try(world, {"today": first - timedelta(days=dice.number(0, 8))})
    return world


def _example(dice: Dice, refused: int, kind: str = "") -> Example:
    """An example of a kind ("": of any); so many percent of them are refused, or carry a reminder.

    Of kinds that admit, or ask for money, those that are allowed tell as much.
    """
    named = [name for name, cls in kinds().items() if cls.examples and name not in _EVERYWHERE]
    cls = kinds()[kind or dice.pick([*named, *_SELDOM])]
    serves = cls.grounds is not Rule.grounds or cls.costs is not Rule.costs
    telling = [example for example in cls.examples if serves or example.refused_by or example.reminded_by]
    wanted = telling if dice.chance(refused) else [example for example in cls.examples if example not in telling]
    found: Example = dice.pick(wanted or list(cls.examples))
    return found


def _laid_over(data: Table, example: Example, prefix: str) -> Table:
    """The scenario with another example's, if that can be read; its rules get ids of their own."""
    overlay = tomllib.loads(example.toml)
    for entry in overlay.get("rules", ()):
        entry["id"] = f"{prefix}-{entry['id']}"
    try:
        both = merge(data, overlay)
        read_mapping(both, table_kinds())
    except (ScenarioError, ValueError):
        return data
    papers = all(traveller.get("passports") for traveller in both["travellers"])
    return both if papers else data


def _delay(data: Table, time: timedelta) -> None:
    """Let all legs after the longest wait start later."""
    legs = sorted(data["legs"], key=lambda leg: leg["departs"])
    waits = [after["departs"] - before["arrives"] for before, after in itertools.pairwise(legs)]
    if waits:
        for leg in legs[waits.index(max(waits)) + 1 :]:
            leg["departs"] += time
            leg["arrives"] += time


def _world(dice: Dice, data: Table) -> World:
    world = World(dice, today=data["today"], data=data)
    world.territories = [table["id"] for table in data["territories"]]
    world.zones = [table["id"] for table in data.get("zones", ())]
    world.territory_of = {table["id"]: table["territory"] for table in data["ports"]}
    world.states = [*world.territories]
    data.setdefault("acquirables", [])
    data.setdefault("rules", [])
    for traveller in data["travellers"]:
        for book in traveller.get("passports", ()):
            world.held.append(book["state"])
            world.passports.append(book["id"])
    legs = sorted(data["legs"], key=lambda leg: leg["departs"])
    world.route = [data["trip"]["start"], *(leg["to"] for leg in legs)]
    for before, after in itertools.pairwise(legs):
        if before["to"] == after["from"]:
            world.calls[before["to"]] = before["arrives"].date(), after["departs"].date()
    world.last = max(leg["arrives"].date() for leg in legs)
    world.today = min(leg["departs"].date() for leg in legs)  # what is drawn is about the journey
    return world


def _try(world: World, change: Table) -> None:
    """Make a change, if the scenario can still be read with it."""
    try:
        read_mapping({**world.data, **change}, table_kinds())
    except ScenarioError:
        return
    world.data |= change
