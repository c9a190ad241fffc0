"""Random scenarios: a round trip that could be made, and papers, wishes and rules that get in its way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from planner.rules.base import Rule, table_kinds
from planner.scenario.travel import Tour
from planner.testing.drawing.examples import example_world
from planner.testing.drawing.papers import acquirable, acquirables, admissions, holidays, travellers
from planner.testing.drawing.tables import fields, rule
from planner.testing.drawing.travel import legs, places
from planner.testing.drawing.under import world_under
from planner.testing.drawing.wishes import wishes
from planner.testing.drawing.world import Dice, Table, World

DRAWN = st.binary(min_size=Dice.SIZE, max_size=Dice.SIZE)


@st.composite
def scenarios(draw: st.DrawFn, kind: str = "", rulebooks: Sequence[str] = ()) -> Table:
    """A scenario as a mapping for `planner.scenario.reading.read_mapping`.

    `kind`: about that kind of rule, in the worlds of its own examples. `rulebooks`: under the installed rulebooks of
    these ids, and no other law.
    """
    return scenario_from(draw(DRAWN), kind, rulebooks)


@st.composite
def scenarios_and_an_acquirable(draw: st.DrawFn) -> tuple[Table, Table]:
    """A scenario, and something more that could be applied for in it."""
    world = _world(Dice(draw(DRAWN)))
    return world.data, acquirable(world, "more", world.dice.pick(["", *world.entered()]))


def scenario_from(data: bytes, kind: str = "", rulebooks: Sequence[str] = ()) -> Table:
    """The scenario that `Dice.SIZE` bytes make, as `scenarios` draws it."""
    dice = Dice(data)
    if rulebooks:
        return world_under(dice, rulebooks).data
    return example_world(dice, kind).data if kind else _world(dice).data


def _world(dice: Dice) -> World:
    if dice.chance(86):
        return example_world(dice)
    world = World(dice, today=date(2025, 3, 3) + timedelta(days=dice.number(0, 6)))
    world.data |= {"today": world.today, "currency": "USD", "rulebooks": []}
    places(world)
    legs(world)
    world.data["trip"] = {"start": world.route[0]}
    if world.route[-1] != world.route[0]:
        world.data["trip"]["end"] = world.route[-1]
    travellers(world)
    acquirables(world)
    _fares_and_touches(world)
    wishes(world)
    admissions(world)
    holidays(world)
    _rules(world)
    return world


def _fares_and_touches(world: World) -> None:
    dice, by_id = world.dice, {leg["id"]: leg for leg in world.data["legs"]}
    base = [leg for leg in world.timed if int(leg["id"][1:]) < len(world.route)]
    fares = []
    for number in range(dice.pick([0, 0, 1, 1, 2])):
        covered: list[Table] = []
        for leg in dice.some(base if dice.chance(70) else world.timed, 2, 3):
            if not covered or covered[-1]["_till"] <= leg["_at"]:
                covered.append(leg)
        if len(covered) > 1:
            fare: Table = {"id": f"f{number}", "legs": [leg["id"] for leg in covered], "price": world.price()}
            if dice.chance(20):
                fare["per"] = "party"
            fares.append(fare)
            if dice.chance(8):
                by_id[covered[0]["id"]].pop("price", None)
                by_id[covered[0]["id"]].pop("per", None)
    if dice.chance(12):
        fares = _tour(world, by_id, [leg["id"] for leg in (base if len(base) < 3 else base[:-1])], fares)
    if fares:
        world.data["fares"] = fares
    changes = [
        {"after": a["id"], "before": b["id"]}
        for a in world.timed
        for b in world.timed
        if a["to"] == b["from"] and a["_till"] <= b["_at"]
    ]
    if changes and dice.chance(20):
        touches = dice.some(changes, 1, 2)
        world.data["touches"] = [{**change, "mode": dice.pick(["landside", "airside"])} for change in touches]


def _tour(world: World, by_id: dict[str, Table], legs: list[str], fares: list[Table]) -> list[Table]:
    """Sell the first legs of the journey, or all, as a tour too; returns the fares that are left."""
    zone = world.zone_of(world.territory_of[by_id[legs[0]]["to"]])
    tour = fields(world, Tour, 25) | {"id": "tour", "legs": legs, "zone": zone, "price": world.price()}
    if "refused" in tour:
        tour["refused"] = tour["refused"][:1]
        if {*tour.get("nationalities", ())} == {*tour["refused"]}:
            del tour["refused"]
    if "book_by" in tour:
        tour["book_by"] = min(tour["book_by"], by_id[legs[0]]["departs"].date())
    if tour.get("nights_included"):
        fares = [fare for fare in fares if not set(fare["legs"]) & set(legs)]
        for leg in legs:
            by_id[leg].pop("price", None)
            by_id[leg].pop("per", None)
    world.data["tours"] = [tour]
    return fares


def _rules(world: World) -> None:
    """Rules of any kinds; where the journey has no other way in, of those that admit."""
    kinds, dice = table_kinds(), world.dice
    admitting = [name for name, cls in kinds.items() if issubclass(cls, Rule) and cls.grounds is not Rule.grounds]
    wanted = [(dice.pick(admitting), zone) for zone, way in world.ways.items() if way == "rule" and admitting]
    theme = dice.pick(list(kinds))  # one kind at length, so that each gets its turn
    wanted += [(theme, "") for _ in range(dice.number(2, 4))]
    wanted += [(name, "") for name in dice.some(list(kinds), 0, 2)]
    tables = []
    shared = world.zone_of(world.territory()) if dice.chance(60) else ""  # rules about one zone meet more often
    for number, (name, zone) in enumerate(wanted):
        world.focus = zone or shared
        tables.append(rule(world, name, kinds[name], f"r{number}"))
        world.focus = ""
    world.data["rules"] = [table for table in tables if table is not None]
