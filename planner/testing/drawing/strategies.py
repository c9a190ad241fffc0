"""Random scenarios: a round trip that could be made, and papers, wishes and rules that get in its way."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from planner.rules.base import Rule, table_kinds
from planner.scenario.travel import Tour
from planner.testing.drawing.examples import example_world
from planner.testing.drawing.papers import acquirable, acquirables, admissions, holidays, travellers
from planner.testing.drawing.tables import fields, rule
from planner.testing.drawing.wishes import wishes
from planner.testing.drawing.world import Dice, Table, World

STATES = ["AA", "BB", "CC", "DD"]
MODES = [*["air"] * 14, "rail", "road"]
DRAWN = st.binary(min_size=Dice.SIZE, max_size=Dice.SIZE)


@st.composite
def scenarios(draw: st.DrawFn) -> Table:
    """A scenario as a mapping for `planner.scenario.reading.read_mapping`."""
    return _world(Dice(draw(DRAWN))).data


@st.composite
def scenarios_and_an_acquirable(draw: st.DrawFn) -> tuple[Table, Table]:
    """A scenario, and something more that could be applied for in it."""
    world = _world(Dice(draw(DRAWN)))
    return world.data, acquirable(world, "more", world.dice.pick(["", *world.entered()]))


def scenario_from(data: bytes) -> Table:
    """The scenario that `Dice.SIZE` bytes make, as `scenarios` draws it."""
    return _world(Dice(data)).data


def _world(dice: Dice) -> World:
    if dice.chance(86):
        return example_world(dice)
    world = World(dice, today=date(2025, 3, 3) + timedelta(days=dice.number(0, 6)))
    world.data |= {"today": world.today, "currency": "USD", "rulebooks": []}
    _places(world)
    _legs(world)
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


def _places(world: World) -> None:
    dice = world.dice
    world.states = STATES[: dice.pick([2, 3, 3, 4])]
    world.territories = list(world.states)
    ports: list[Table] = []
    for territory in world.territories:
        for number in range(2 if len(ports) < 4 and dice.chance(15) else 1):
            port: Table = {"id": f"{territory}{number}", "territory": territory}
            port["timezone"] = dice.pick(["UTC", "UTC", "UTC", "Asia/Tokyo", "America/New_York"])
            if dice.chance(90):
                port["airside"] = True
                if dice.chance(85):
                    port["airside_on_separate_tickets"] = True
                if dice.chance(20):
                    port["airside_from"] = time(dice.pick([5, 8, 20]))
                    port["airside_to"] = time(dice.pick([23, 20, 3]))
            world.territory_of[port["id"]] = territory
            world.timezone[port["id"]] = port["timezone"]
            ports.append(port)
    world.data["territories"] = [{"id": territory} for territory in world.territories]
    for territory in world.data["territories"]:
        if dice.chance(10):
            territory["nationals"] = dice.some(world.states, 1, 2)
    world.data["ports"] = ports
    world.zones = ["ZX", "ZY"][: dice.pick([0, 0, 0, 1, 1, 2])]
    for zone in world.zones:
        members = []
        taken = {
            m["territory"] for z in world.data.get("zones", ()) for m in z["members"] if "permission" in m["purposes"]
        }
        for territory in dice.some(world.territories, 1, 3):
            purposes = dice.some(["permission", "checks", "clock"], 1) if dice.chance(40) else None
            purposes = [
                purpose
                for purpose in purposes or ["permission", "checks", "clock"]
                if purpose != "permission" or territory not in taken
            ]
            member: Table = {"territory": territory, "purposes": purposes or ["clock"]}
            if dice.chance(15):
                member[dice.pick(["from", "to"])] = world.today + timedelta(days=dice.number(0, 10))
            members.append(member)
        world.data.setdefault("zones", []).append({"id": zone, "members": members})


def _legs(world: World) -> None:
    """A journey that can be travelled, and some other legs around it."""
    dice, ports = world.dice, world.ports
    world.route = [ports[0]]
    for _ in range(dice.pick([1, 2, 2, 2, 3])):
        elsewhere = [port for port in ports if port != world.route[-1]]
        world.route.append(dice.pick([port for port in elsewhere if port not in world.route] or elsewhere))
    if len(world.route) == 3 and dice.chance(20):  # a side trip: one place is entered twice
        world.route.append(world.route[1])
    home = dice.chance(88) or world.route[-1] == world.route[0]
    if home and world.route[-1] != world.route[0]:
        world.route.append(world.route[0])
    moment = datetime.combine(world.today + timedelta(days=dice.number(0, 5)), time(dice.number(6, 23)))
    legs: list[Table] = []
    for origin, target in zip(world.route, world.route[1:], strict=False):
        arrives = _leg(world, legs, origin, target, moment)
        wait = dice.number(1, 5) if dice.chance(50) else 24 * dice.number(1, 3) + dice.number(-6, 6)
        if target != world.route[-1]:
            away = world.local(arrives + timedelta(hours=wait), target).date()
            world.calls[target] = world.local(arrives, target).date(), away
        moment = arrives + timedelta(hours=wait)
    base = len(legs)
    for _ in range(dice.number(max(0, 4 - base), max(0, 7 - base))):
        like = legs[dice.number(0, base - 1)]
        shifted = like["_at"] + timedelta(hours=dice.number(-20, 40))
        shifted = max(shifted, datetime.combine(world.today, time(12)))
        if dice.chance(50):  # the same way at another time, or a short cut, or anywhere
            origin, target = like["from"], like["to"]
        elif dice.chance(70) and base > 1:
            first = dice.number(0, base - 2)
            origin, target = world.route[first], world.route[dice.number(first + 1, base)]
        else:
            origin, target = like["from"], dice.pick(ports)
        if origin != target:
            _leg(world, legs, origin, target, shifted)
    if dice.chance(30):
        legs.reverse()  # so that file order is not the order of travelling
    world.last = max(leg["arrives"].date() for leg in legs)
    world.data["legs"] = [{key: leg[key] for key in leg if not key.startswith("_")} for leg in legs]
    world.timed = sorted(legs, key=lambda leg: leg["_at"])


def _leg(world: World, legs: list[Table], origin: str, target: str, moment: datetime) -> datetime:
    """Add a leg departing at that time (UTC); returns its arrival."""
    dice = world.dice
    arrives = moment + timedelta(minutes=30 * dice.number(1, 20))
    leg: Table = {"id": f"l{len(legs) + 1}", "mode": dice.pick(MODES), "from": origin, "to": target}
    leg["departs"], leg["arrives"] = world.local(moment, origin), world.local(arrives, target)
    leg["price"] = world.price()
    if dice.chance(15):
        leg["per"] = "party"
    if dice.chance(30):
        leg["operator"] = dice.pick(["Blue", "Red"])
    for key, end in (("exit_port", origin), ("entry_port", target)):
        if leg["mode"] != "air" and dice.chance(30):
            leg[key] = dice.pick([p for p, where in world.territory_of.items() if where == world.territory_of[end]])
    legs.append({**leg, "_at": moment, "_till": arrives})
    return arrives


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
