"""Random places, a journey through them that can be travelled, and other legs around it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from planner.testing.drawing.world import Table, World

STATES = ["AA", "BB", "CC", "DD"]
MODES = [*["air"] * 14, "rail", "road"]


def places(world: World) -> None:
    """States, territories, ports and zones."""
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


def legs(world: World) -> None:
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
    made: list[Table] = []
    for origin, target in zip(world.route, world.route[1:], strict=False):
        arrives = _leg(world, made, origin, target, moment)
        wait = dice.number(1, 5) if dice.chance(50) else 24 * dice.number(1, 3) + dice.number(-6, 6)
        if target != world.route[-1]:
            away = world.local(arrives + timedelta(hours=wait), target).date()
            world.calls[target] = world.local(arrives, target).date(), away
        moment = arrives + timedelta(hours=wait)
    base = len(made)
    for _ in range(dice.number(max(0, 4 - base), max(0, 7 - base))):
        like = made[dice.number(0, base - 1)]
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
            _leg(world, made, origin, target, shifted)
    if dice.chance(30):
        made.reverse()  # so that file order is not the order of travelling
    world.last = max(leg["arrives"].date() for leg in made)
    world.data["legs"] = [{key: leg[key] for key in leg if not key.startswith("_")} for leg in made]
    world.timed = sorted(made, key=lambda leg: leg["_at"])


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
