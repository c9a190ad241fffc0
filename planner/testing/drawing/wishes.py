"""What random travellers want: stops and events that the journey can mostly make, dates, a budget, things to avoid."""

from __future__ import annotations

from datetime import timedelta

from planner.scenario.trip import Avoid, Event, NightlyCost, Stop
from planner.testing.drawing.tables import fields
from planner.testing.drawing.world import Table, World


def wishes(world: World) -> None:
    """The wishes of the `[trip]` table."""
    dice, trip = world.dice, world.data["trip"]
    stops = [_stop(world, number) for number in range(dice.pick([0, 1, 1, 1]))]
    if stops and len(_places(world)) > 1 and dice.chance(40):
        stops.append(_stop(world, 1))
        if dice.chance(50):
            trip["ordered"] = True
    if stops:
        trip["stops"] = stops
    if dice.chance(25) or (not stops and dice.chance(80)):
        trip["events"] = [_event(world)]
    trip |= _dates(world)
    if dice.chance(15):
        trip["budget"] = str(dice.pick([40, 80, 120, 160, 200]))
    if dice.chance(8):
        trip["avoid"] = _avoid(world)
    if dice.chance(20):
        trip["connections"] = {"same_ticket": dice.pick([0, 60, 120]), "self_transfer": dice.pick([60, 180, 300, 1500])}
        if dice.chance(30):
            trip["connections"]["ports"] = {world.port(): 200}
    if dice.chance(20):
        trip["nightly"] = [{**fields(world, NightlyCost), "price": world.price()}]


def _places(world: World) -> list[str]:
    """Ports worth a stop: where the journey spends a night, or else where it changes."""
    return world.overnight() or list(world.calls)


def _stop(world: World, number: int) -> Table:
    dice, places = world.dice, _places(world)
    at = places[number % len(places)] if places and dice.chance(90) else world.place()
    stop = fields(world, Stop) if dice.chance(30) else {}
    if at in world.calls:
        arrival, departure = world.calls[at]
        nights = (departure - arrival).days
        near: Table = {
            "min": max(nights - dice.pick([0, 0, 1, 2]), 0),
            "max": max(nights + dice.pick([0, 0, 1, -1]), 0),
        }
        if "nights" in stop:
            stop["nights"] = world.in_order({key: near[key] for key in stop["nights"]}, "min", "max")
        if "arrive_by" in stop:
            stop["arrive_by"] = arrival + timedelta(days=dice.pick([0, 0, 1, -1]))
        if "leave_from" in stop:
            stop["leave_from"] = departure + timedelta(days=dice.pick([0, 0, -1, 1]))
    elif "nights" in stop:
        stop["nights"] = world.in_order(stop["nights"], "min", "max")
    return {**stop, "id": f"s{number}", "at": [at]}


def _event(world: World) -> Table:
    """An event at a place of the route, mostly on a day on which one can be there."""
    dice, places = world.dice, _places(world)
    at = dice.pick(places) if places else world.place()
    event = fields(world, Event) | {"id": "ev", "at": [at], "first_day": world.day()}
    event.pop("last_day", None)
    if at in world.calls:
        arrival, departure = world.calls[at]
        event["first_day"] = arrival + timedelta(days=dice.number(0, max((departure - arrival).days, 0)))
        if event["first_day"] < departure and dice.chance(20):
            event["last_day"] = event["first_day"] + timedelta(days=1)
    for key, percent in (("booked_on", 20), ("booked_with", 20), ("book_from", 30), ("book_by", 35), ("needs", 15)):
        if not dice.chance(percent):
            event.pop(key, None)
    if "booked_on" in event:
        event["booked_on"] = world.today - timedelta(days=dice.number(0, 3))
    if "booked_with" in event:
        attending = [t for t in world.data["travellers"] if t["id"] in event.get("travellers", [t["id"]])]
        event["booked_with"] = [dice.pick(traveller["passports"])["id"] for traveller in attending]
    return world.in_order(event, "book_from", "book_by")


def _dates(world: World) -> Table:
    """Limits near the dates of the journey."""
    dice = world.dice
    own = [leg for leg in world.timed if int(leg["id"][1:]) < len(world.route)]
    begins, ends = own[0]["departs"].date(), own[-1]["arrives"].date()
    limits: Table = {}
    for key, percent, day, off in (
        ("depart_from", 10, begins, [0, 0, -1, 1]),
        ("depart_by", 10, begins, [0, 0, 1, -1]),
        ("return_by", 12, ends, [0, 0, 1, -1]),
    ):
        if dice.chance(percent):
            limits[key] = day + timedelta(days=dice.pick(off))
    return world.in_order(limits, "depart_from", "depart_by", "return_by")


def _avoid(world: World) -> Table:
    """Things to avoid, but not where the journey starts or ends."""
    avoid = fields(world, Avoid) | {"operators": [world.dice.pick(["Blue", "Red"])]}
    ends = {world.route[0], world.route[-1]}
    needed = ends | {world.territory_of[port] for port in ends} | set(world.zones)
    return avoid | {key: [p for p in avoid.get(key, ()) if p not in needed] for key in ("territories", "ports")}
