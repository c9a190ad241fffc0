"""Trips that cannot be made, for reasons that take some finding: `python -m benchmarks.hard_trips --facts N --seed N`.

A party goes round from stop to stop. Between two stops there are several hubs, each a country of its own that must be
entered, with laws that close it to some passports, visas that are too short or too old, and papers that nobody has.
Most passages can be made, in one way that is drawn beforehand and spared by every restriction. A few are knots
(`benchmarks.knots`): closed on purpose, with a ship that goes past the stop for whoever gives it up. So the minimal
conflicts are known: the file has the size of the smallest and their number in its table `[expect]`.

Everything is made up, and always the same for the same numbers. Options grow with the facts, about ten for each.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

import click
from attrs import define, field, frozen

from benchmarks.knots import AVOIDED, Facts, Hub, Knot, knot, spread

NAMES = ("ana", "bruno", "chiara", "dewi", "emil", "fatou", "goran", "hana")
STATES = "AR BR CL CO DE EG FR GH ID IN JP KE KR MA MX NG PE PH SN TH TR UY VN ZA".split()  # noqa: SIM905
FIRST_DAY = date(2025, 6, 2)
DAYS = 8  # from one passage to the next
PER_SEGMENT = 31  # facts, about, for each traveller
OPERATORS = ("Condor", "Meridian", "Northern", *AVOIDED)


@frozen
class Person:
    """A traveller with a new passport and one that is more than ten years old, each of a state of its own."""

    id: str
    new: str
    old: str


@frozen
class Way:
    """A hub of a passage that can be made: days of leaving the stop before, and of leaving the hub."""

    zone: str
    leaves: int
    onward: tuple[int, ...]


@define
class Trip:
    """A trip in the making. Places are numbered along the way: 0 is home, and so is the last."""

    random: Random
    party: tuple[Person, ...]
    segments: int
    knots: dict[int, Knot] = field(factory=dict)
    blocks: list[str] = field(factory=list)
    visas: dict[str, list[str]] = field(factory=dict)
    spared: dict[int, tuple[Way, int]] = field(factory=dict)  # by passage: the way drawn beforehand, its day onward
    resting: dict[str, list[str]] = field(factory=dict)  # hubs where a traveller has nothing but the joint visa

    # ---- places

    def place(self, number: int) -> str:
        return "HOME" if number in (0, self.segments) else f"STOP-{number}"

    def states(self) -> list[str]:
        return [state for person in self.party for state in (person.new, person.old)]

    def add(self, header: str, **values: object) -> None:
        """Write a table of the scenario."""
        lines = [f"{key.rstrip('_')} = {_toml(value)}" for key, value in values.items()]
        self.blocks.append("\n".join([f"[[{header}]]", *lines]))

    def rule(self, kind: str, id_: str, zone: str, **values: object) -> None:
        self.add("rules", kind=kind, id=id_, zone=zone, **values)

    def port(self, zone: str, nationals: list[str] | None = None) -> None:
        """A territory with one port."""
        own = {"nationals": nationals} if nationals else {}
        self.add("territories", id=zone, name=zone.replace("-", " ").title(), **own)
        self.add("ports", id=f"{zone}-PORT", territory=zone, timezone="Etc/UTC")

    def leg(self, origin: str, target: str, day: int, hour: int, operator: str, until: int | None = None) -> None:
        """A leg of four hours; or one until noon of another day, by sea."""
        leaves = datetime.combine(FIRST_DAY, time()) + timedelta(days=day, hours=hour)
        comes = leaves + timedelta(hours=4)
        ship = {}
        if until is not None:
            comes, ship = datetime.combine(_day(until), time(12)), {"mode": "sea"}
        self.add(
            "legs", id=f"{origin}-{target}-{day}".lower(), from_=f"{origin}-PORT", to=f"{target}-PORT",
            departs=leaves, arrives=comes, price=self.random.randint(40, 400), operator=operator, **ship,
        )  # fmt: skip

    # ---- law

    def law(self, zone: str, good: dict[str, str], closed_to: str | None = None) -> None:
        """Laws that close a zone to all passports but one of each traveller; and to one traveller altogether."""
        spared = sorted(state for name, state in good.items() if name != closed_to)
        self.rule("passport-validity", f"recent-{zone}", zone, issued_within="10 years", exempt_nationalities=spared)
        self.rule("closure", f"closed-{zone}", zone, exempt_nationalities=spared)
        self.rule("same-passport", f"same-{zone}", zone)
        refused = sorted(set(self.states()) - set(good.values()))
        if refused:
            self.rule("refused-entry", f"refused-{zone}", zone, nationalities=refused)

    def hub(self, way: Way, spared: bool) -> None:
        """A hub of a passage that can be made. The way drawn beforehand lets everybody pass; others stop somebody."""
        random, zone = self.random, way.zone
        self.port(zone)
        good = {person.id: random.choice([person.new, person.old]) for person in self.party}
        by_visa = [name for name, zones in self.resting.items() if zone in zones]
        others = [person.id for person in self.party if random.random() < 0.5]
        free = [s for p in self.party for s in (p.new, p.old) if p.id not in by_visa]
        if free:
            stay = "9 days" if spared else "3 days"
            self.add("admissions", id=f"free-{zone}", zone=zone, nationalities=free, grant="visa_free", max_stay=stay)
        self.law(zone, good, None if spared else random.choice(self.party).id)
        for name in others:
            self.visa(name, zone, max_stay="3 days", enter_by=_day(way.leaves - random.randint(1, 30)))
        self.rule("required-paper", f"paper-{zone}", zone, types=["visa"], certificates=["invitation"])

    def visa(self, name: str, zone: str, title: str = "visa", **values: object) -> None:
        """A visa that a traveller holds."""
        values = {"id": f"{title}-{zone}-{name}", "zone": zone, **values}
        lines = [f"{key} = {_toml(value)}" for key, value in values.items()]
        self.visas.setdefault(name, []).append("\n".join(["[[travellers.permissions]]", *lines]))

    # ---- passages

    def passage(self, number: int) -> None:
        """Four hubs, each with two dates of going on."""
        before, after = self.place(number), self.place(number + 1)
        chosen, _ = self.spared[number]
        for way in self.ways(number):
            self.hub(way, way.zone == chosen.zone)
            operator = self.random.choice(OPERATORS[:3] if way.zone == chosen.zone else OPERATORS)
            self.leg(before, way.zone, way.leaves, 8, operator)
            for day in way.onward:
                self.leg(way.zone, after, day, 15, operator)

    def ways(self, number: int) -> list[Way]:
        first = number * DAYS
        return [
            Way(f"HUB-{number}-{letter}", first + index % 2, (first + index % 2 + 1, first + index % 2 + 3))
            for index, letter in enumerate("abcd")
        ]

    def closed_passage(self, number: int) -> None:
        """A knot, and a ship past its stop."""
        before, after, first = self.place(number), self.place(number + 1), number * DAYS
        for hub in self.knots[number].hubs:
            self.closed_hub(hub)
            leaves = first if hub.early else first + 2
            self.leg(before, hub.zone, leaves, 8, hub.operator)
            self.leg(hub.zone, after, first + 5 if hub.late else leaves + 1, 15, hub.operator)
        self.leg(before, self.place(number + 2), first + 2, 9, "Sea Line", until=self.spared[number + 1][1])

    def closed_hub(self, hub: Hub) -> None:
        """Free to all but one, whom it stops in its own way."""
        zone = hub.zone
        self.port(zone)
        weak = next(person for person in self.party if person.id == hub.weak)
        theirs, everybody = [weak.new, weak.old], self.states()
        visa = "visa" in hub.pattern
        free = [state for state in everybody if not visa or state not in theirs]
        if free:
            self.add("admissions", id=f"free-{zone}", zone=zone, nationalities=free, grant="visa_free", max_stay=9)
        good = {p.id: self.random.choice([p.new, p.old]) for p in self.party if p != weak}
        one_each = hub.pattern == "one law a passport"
        recent = [*good.values(), *([] if one_each else theirs)]
        self.rule("passport-validity", f"recent-{zone}", zone, issued_within="10 years", exempt_nationalities=recent)
        self.rule("closure", f"closed-{zone}", zone, exempt_nationalities=[*good.values(), *theirs])
        self.rule("same-passport", f"same-{zone}", zone)
        if one_each:
            self.rule("refused-entry", f"refused-{zone}", zone, nationalities=[weak.new])
        if hub.pattern == "banned":
            self.rule("closure", f"ban-{zone}", zone, exempt_nationalities=[s for s in everybody if s not in theirs])
        if visa:
            old = {"enter_by": FIRST_DAY - timedelta(days=9)} if "old" in hub.pattern else {}
            self.visa(weak.id, zone, passports=["new"], max_stay=9, **old)
        if "without paper" in hub.pattern:
            self.rule("required-paper", f"paper-{zone}", zone, types=["visa"], certificates=["invitation"])

    # ---- stops, travellers, all together

    def stop(self, number: int) -> str:
        """The wishes about a stop, which the way drawn beforehand meets."""
        zone, wishes = self.place(number), list[str]()
        if number in self.knots:
            wishes = [f"leave_from = {_day(number * DAYS + 2)}"]
        elif number - 1 in self.knots:
            wishes = [f"arrive_by = {_day((number - 1) * DAYS + 3)}"]
        else:
            come, leave = self.spared[number - 1][1], self.spared[number][0].leaves
            slack = self.random.randint(0, 1)
            wishes = [f"nights = {{ min = {leave - come - slack}, max = {leave - come + slack} }}"]
            wishes += [f"arrive_by = {_day(come)}", f"leave_from = {_day(leave)}"]
        return "\n".join(["[[trip.stops]]", f'id = "{zone}"', f'at = "{zone}-PORT"', *wishes])

    def traveller(self, person: Person) -> str:
        books = [("new", person.new, 2021), ("old", person.old, 2012)]
        lines = ["[[travellers]]", f'id = "{person.id}"', f'name = "{person.id.title()}"']
        for name, state, year in books:
            lines += ["", "[[travellers.passports]]", f'id = "{name}"', f'state = "{state}"']
            lines += [f"issued = {year}-03-01", "expires = 2030-02-28"]
        return "\n".join(lines)

    def joint_visas(self) -> None:
        """For each traveller a visa for many hubs, with as many entries as the way drawn beforehand takes."""
        hubs = [way.zone for number in self.spared for way in self.ways(number)]
        chosen = sorted(way.zone for way, _ in self.spared.values())
        for person in self.party:
            rest = self.random.sample(chosen, min(3, len(chosen)))
            more = self.random.sample(sorted(set(hubs) - set(rest)), min(6, len(hubs) - len(rest)))
            self.resting[person.id] = rest
            zones = [*rest, *more]
            self.visa(person.id, zones[0], "joint-visa", with_zones=zones[1:], entries=len(rest), type="permit")

    def text(self) -> str:
        """The whole scenario."""
        for number in range(self.segments):
            if number not in self.knots:
                way = self.random.choice(self.ways(number))
                self.spared[number] = way, self.random.choice(way.onward)
        self.joint_visas()
        self.port("HOME", self.states())
        for number in range(1, self.segments):
            zone = self.place(number)
            self.port(zone)
            self.add("admissions", id=f"free-{zone}", zone=zone, nationalities=self.states(), grant="visa_free")
            self.law(zone, {person.id: self.random.choice([person.new, person.old]) for person in self.party})
        for number in range(self.segments):
            (self.closed_passage if number in self.knots else self.passage)(number)
        conflicts = [conflict for number in self.knots for conflict in self.knots[number].conflicts]
        people = [part for p in self.party for part in (self.traveller(p), *self.visas.get(p.id, ()))]
        head = 'title = "A hard trip"\ntoday = 2025-05-01\ncurrency = "USD"\nrulebooks = []'
        avoid = f'[trip]\nstart = "HOME-PORT"\navoid = {{ operators = {_toml(list(AVOIDED))} }}'
        stops = [self.stop(number) for number in range(1, self.segments)]
        expect = f'[expect]\nstatus = "infeasible"\nsmallest = {min(map(len, conflicts))}\nconflicts = {len(conflicts)}'
        return "\n\n".join([head, *people, *self.blocks, avoid, *stops, expect]) + "\n"


def hard_trip(facts: int, seed: int) -> str:
    """A scenario whose program has about so many facts and that cannot be made: its smallest conflict has five or more.

    One passage is a knot; from 1,000 facts on two are, from 5,000 three.
    """
    trip = _drawn(facts, seed)
    return trip.text()


def known_conflicts(facts: int, seed: int) -> list[Facts]:
    """The minimal conflicts of `hard_trip(facts, seed)`, by the ids of their facts."""
    return [conflict for one in _drawn(facts, seed).knots.values() for conflict in one.conflicts]


def _drawn(facts: int, seed: int) -> Trip:
    random = Random(seed)
    size = 1 if facts < 100 else 2 if facts < 1000 else 4 if facts < 5000 else 8
    knots = 1 if facts < 1000 else 2 if facts < 5000 else 3
    states = random.sample(STATES, 2 * size)
    party = tuple(Person(NAMES[i], states[2 * i], states[2 * i + 1]) for i in range(size))
    trip = Trip(random, party, max(3 if knots == 1 else 6, round(facts / size / PER_SEGMENT)))
    for number in spread(random, trip.segments, knots):
        names = [person.id for person in party]
        trip.knots[number] = knot(random, number, names, trip.place(number), trip.place(number + 1))
    return trip


def _day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return value.isoformat() if isinstance(value, date) else str(value)


@click.command()
@click.option("--facts", default=2000, show_default=True, type=click.IntRange(1))
@click.option("--seed", default=1, show_default=True)
def main(facts: int, seed: int) -> None:
    """Print a trip that cannot be made, whose program has about so many facts."""
    click.echo(hard_trip(facts, seed), nl=False)


if __name__ == "__main__":
    main()
