"""Random travellers, what they hold, what they could get, and who is admitted where."""

from __future__ import annotations

from datetime import timedelta

from planner.scenario.documents import Acquirable, LeadTime, NewPassport, NewPermission, NewValidation
from planner.scenario.people import PastStay, Permission, Validation
from planner.testing.drawing.tables import CERTIFICATES, fields, in_force, period, stay_limit
from planner.testing.drawing.world import Table, World


def travellers(world: World) -> None:  # noqa: PLR0912 (a branch for each key)
    """One or two, each with one or two passports."""
    dice = world.dice
    people: list[Table] = []
    world.data["travellers"] = people
    home = world.territory_of[world.route[0]]
    for name in ["t", "u"] if dice.chance(20) else ["t"]:
        passports: list[Table] = []
        for number in range(dice.pick([1, 2, 2, 2])):
            state = home if number == 0 and dice.chance(70) else dice.pick(world.states)
            if passports and dice.chance(60):  # rather another one
                state = dice.pick([other for other in world.states if other != passports[0]["state"]])
            passports.append(_passport(world, f"{name}{number}", state))
            world.held.append(state)
        traveller: Table = {"id": name, "passports": passports}
        world.passports += [book["id"] for book in passports]
        if dice.chance(20):
            traveller["nationalities"] = [world.state()]
        if dice.chance(20):
            traveller["born"] = world.day().replace(year=world.today.year - dice.pick([1, 2, 3, 18, 40]))
        if dice.chance(20):
            traveller["purposes"] = dice.some(["tourism", "work", "event"], 1, 2)
        if dice.chance(70):
            traveller["residence"] = [home]
        people.append(traveller)
    _choose_ways(world)
    for traveller in people:
        mine = [book["id"] for book in traveller["passports"]]
        zones = [zone for zone, way in world.ways.items() if way == "held"]
        zones += [world.admitting_zone() for _ in range(dice.pick([0, 0, 0, 1]))]
        if zones:
            held = [_permission(world, f"{traveller['id']}v{n}", zone, mine) for n, zone in enumerate(zones)]
            traveller["permissions"] = held
        if dice.chance(25):
            certificate: Table = {"kind": dice.pick(CERTIFICATES)}
            if dice.chance(40):
                certificate[dice.pick(["valid_from", "valid_to"])] = world.day()
            elif dice.chance(40):
                certificate["issued"] = world.day() - timedelta(days=dice.number(0, 9))
            traveller["certificates"] = [certificate]
        if dice.chance(40):
            traveller["past_stays"] = [_past_stay(world, mine) for _ in range(dice.number(1, 2))]


def _choose_ways(world: World) -> None:
    """What admits to each zone entered: often nothing where planes are only changed, nor where one is a citizen."""
    ways = ["admission", "admission", "admission", "held", "held", "apply", "apply"]
    places = [world.territory_of[port] for port in world.route]
    between = {world.zone_of(b) for a, b, c in zip(places, places[1:], places[2:], strict=False) if a != c}
    for zone in world.entered():
        if zone in world.held and len(world.data["travellers"]) == 1 and world.dice.chance(60):
            continue
        passed = all(world.zone_of(world.territory_of[port]) != zone for port in (*world.overnight(), world.route[-1]))
        world.ways[zone] = "nothing" if world.dice.chance(60 if passed else 3) else world.dice.pick(ways)
        if zone in between and not passed and world.dice.chance(35):
            world.ways[zone] = "rule"


def _passport(world: World, id_: str, state: str) -> Table:
    dice = world.dice
    book: Table = {"id": id_, "state": state}
    moments = [day for call in world.calls.values() for day in call] or [world.day()]  # it matters near these
    if dice.chance(40):
        book["expires"] = max(dice.pick(moments) + timedelta(days=dice.pick([-1, 0, 1, 4, 30])), world.today)
    if dice.chance(15):
        book["issued"] = world.today + timedelta(days=dice.pick([-20, -9, -5, -2, 0, 0]))
    if dice.chance(45):
        book["blank_pages"] = dice.number(0, 3)
    if dice.chance(10):
        first = dice.pick(moments)
        book["away"] = [{"from": first, "to": first + timedelta(days=dice.number(0, 2))}]
    if dice.chance(20):
        book["stamps"] = [dice.pick(world.territories)]
    if dice.chance(15):
        book["validations"] = [world.in_order(fields(world, Validation), "valid_from", "valid_to")]
    return book


def _permission(world: World, id_: str, zone: str, passports: list[str]) -> Table:
    dice = world.dice
    permission = fields(world, Permission) | {"id": id_, "zone": zone}
    permission.pop("passports", None)
    if "book" in permission:
        permission["book"] = dice.pick(passports)
    if dice.chance(30):
        permission["passports"] = [dice.pick(passports)]
    others = [book for book in passports if book != permission.get("book", book)]
    if others and dice.chance(50):  # used with another passport than the one it is in
        permission["passports"] = others
    if "entries" in permission:
        permission["entries"] = dice.number(1, 2)
    permission["type"] = dice.pick(["visa", "visa", "residence", "permit", "electronic"])
    for key in ("valid_from", "enter_by", "valid_after_first_entry", "max_stay"):
        if not dice.chance(50):
            permission.pop(key, None)
    return world.in_order(permission, "valid_from", "enter_by")


def _past_stay(world: World, passports: list[str]) -> Table:
    dice = world.dice
    stay = fields(world, PastStay)
    begin = world.today - timedelta(days=dice.number(1, 6))
    stay |= {"territory": world.territory(), "from": begin}
    stay.pop("to", None)
    stay.pop("passport", None)
    if dice.chance(30):
        stay["passport"] = dice.pick(passports)
    at_home = world.territory_of[world.route[0]]
    if stay["territory"] != at_home or dice.chance(50):
        stay["to"] = begin + timedelta(days=dice.number(0, (world.today - begin).days))
    return stay


def acquirables(world: World) -> None:
    """None, one or two things that can be applied for."""
    dice = world.dice
    made: list[Table] = []
    world.data["acquirables"] = made
    zones = [zone for zone, way in world.ways.items() if way == "apply"]
    for number, zone in enumerate([*zones, *[""] * dice.pick([0, 0, 1])][:2]):
        made.append(acquirable(world, f"q{number}", zone))
        if "passport" in made[-1]:
            world.passports.append(made[-1]["passport"]["id"])


def acquirable(world: World, id_: str, zone: str = "") -> Table:  # noqa: PLR0912 (a branch for each key)
    """Something to apply for: a permission for the zone, or anything."""
    dice = world.dice
    gives = dice.pick(["permission", "passport", "validation", "certificate"]) if not zone else "permission"
    drawn = fields(world, Acquirable)
    table: Table = {"id": id_, "price": world.price()}
    if gives == "permission":
        table[gives] = world.in_order(fields(world, NewPermission), "valid_from", "enter_by")
        for key in ("valid_from", "enter_by", "valid_after_first_entry", "max_stay"):
            if not dice.chance(40):
                table[gives].pop(key, None)
        table[gives] |= {"type": dice.pick(["visa", "electronic", "permit"]), "zone": zone or world.admitting_zone()}
        if "entries" in table[gives]:
            table[gives]["entries"] = dice.number(1, 2)
    elif gives == "passport":
        table[gives] = fields(world, NewPassport) | {"id": f"{id_}p", "state": dice.pick(world.states)}
        table[gives].pop("renews", None)
        if dice.chance(40):
            renewed = dice.pick(world.data["travellers"][0]["passports"])
            table[gives] |= {"renews": renewed["id"], "state": renewed["state"]}
    elif gives == "validation":
        table[gives] = fields(world, NewValidation)
    else:
        table[gives] = {"kind": dice.pick(CERTIFICATES)}
        if dice.chance(40):
            table[gives]["validity"] = period(world)
    lead = fields(world, LeadTime) if dice.chance(70) else {}
    table["lead"] = {key: min(n, 3) if isinstance(n, int) else n for key, n in lead.items()}
    for key, percent in (
        ("per", 15),
        ("travellers", 15),
        ("residents_of", 15),
        ("passports", 30),
        ("nationalities", 15),
        ("apply_in", 20),
        ("apply_from", 20),
        ("apply_by", 20),
        ("apply_on", 20),
        ("needs", 30),
        ("handed_over_in", 25),
        ("handed_over_from", 20),
    ):
        if key in drawn and dice.chance(percent):
            table[key] = drawn[key]
    table = world.in_order(table, "apply_from", "apply_by")
    if gives in ("passport", "certificate"):  # these are put into no passport
        table = {key: table[key] for key in table if key not in ("passports", "nationalities")}
    else:
        if dice.chance(30):
            table["keeps_passport"] = True
        if dice.chance(20):
            table["passport_validity"] = dice.pick(["4 days", "9 days", "1 month"])
    if "nationalities" in table:
        table["nationalities"] = [dice.pick(world.held)]
        table.pop("travellers", None)
    if gives == "permission":
        for key in ("at_least_before_use", "at_most_before_use"):
            if key in drawn and dice.chance(40):
                table[key] = drawn[key]
        issuers = [place for place in world.territories if world.zone_of(place) == table[gives]["zone"]]
        if issuers and dice.chance(60 if len(issuers) > 1 else 10):
            table["issued_by"] = dice.pick(issuers)
    return table


def admissions(world: World) -> None:
    """Who is admitted: mostly those who hold a passport, mostly to where the journey leads."""
    dice = world.dice
    made: list[Table] = []
    for zone in dict.fromkeys(world.zone_of(territory) for territory in world.territories):
        way = world.ways.get(zone, "")
        if way != "admission" and not dice.chance(12):
            continue
        table: Table = {"id": f"a{len(made)}", "zone": zone}
        table["nationalities"] = sorted({dice.pick(world.held), *(world.state() for _ in range(dice.number(0, 2)))})
        table["grant"] = "visa_free" if way else dice.pick(["visa_free", "on_arrival", "citizen", "visa", "electronic"])
        if dice.chance(50):
            table["max_stay"] = stay_limit(world)
            if dice.chance(30):
                table["count_from"] = "day_after"
        if dice.chance(20):
            table["fee"] = world.price()
        made.append(table | (in_force(world) if dice.chance(40) else {}))
    world.data["admissions"] = made


def holidays(world: World) -> None:
    """A holiday, sometimes."""
    if world.dice.chance(15):
        world.data["holidays"] = [{"id": "h", "place": world.territory(), "dates": [world.day()]}]
