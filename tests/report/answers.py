"""Answers built by hand: what a solver and checker would say, without either."""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import evolve

from planner.answer import Answer, Conflict, CostLine, Plan, ReadingUsed, Step
from planner.core.errors import Place
from planner.core.period import Period
from planner.itinerary.choices import Application, Booking
from planner.itinerary.replay import replay
from planner.rules.facts import Fact, Telling
from planner.scenario.documents import Acquirable, LeadTime, NewPermission
from planner.scenario.law import Admission, LawBook
from planner.scenario.node import Where
from planner.scenario.people import Permission, Traveller
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Territory
from planner.scenario.trip import Event, Stop, Trip
from tests.itinerary.builders import itinerary, leg, ports, price, scenario, traveller

NAMES = {"JFK": "New York John F. Kennedy", "PEK": "Beijing Capital", "FNJ": "Pyongyang Sunan"}
VISA = Acquirable(
    id="cn-double",
    title="Chinese visa, double entry",
    permission=NewPermission(zone="CN", entries=2, max_stay=Period(30)),
    price=price("34"),
    lead=LeadTime(business_days=4),
    nationalities=("MX",),
    keeps_passport=True,
    apply_in=("JFK",),
    source="888newsmedia.com",
    grade="secondary",
)
TOUR = Permission(id="kp-tour", zone="KP", type="permit", passports=("mx",), max_stay=Period(5))
RACE = Event(id="marathon", title="Pyongyang marathon", at=("FNJ",), first_day=date(2025, 4, 6), price=price("2301"))
LAW = LawBook(
    territories=(
        Territory(id="US", name="United States"),
        Territory(id="CN", name="China"),
        Territory(id="KP", name="North Korea", grade="assumption"),
    ),
    admissions=(
        Admission(
            id="kp-free",
            zone="KP",
            nationalities=("MX",),
            grant="visa_free",
            max_stay=Period(240, "hours"),
            grade="unsourced",
            source="heard from an operator",
        ),
    ),
)
LEGS = (
    leg("CA982", "JFK-PEK", "2025-04-03 16:50", "2025-04-04 18:20", operator="Air China"),
    leg("JS152", "PEK-FNJ", "2025-04-05 13:00", "2025-04-05 16:00"),
    leg("JS151", "FNJ-PEK", "2025-04-08 09:00", "2025-04-08 09:50"),
    leg("CA981", "PEK-JFK", "2025-04-08 13:00", "2025-04-08 14:20"),
)
STAYS = ("- us", "mx mx cn-double", "mx mx kp-tour", "mx mx cn-double", "us - citizen:US")


def person(who: str, name: str) -> Traveller:
    """A runner with an American and a Mexican passport."""
    return evolve(traveller(who, "us:US", "mx:MX", permissions=(TOUR,)), name=name)


def marathon(**more: Any) -> Scenario:
    """The runner's question: two passports, a Chinese visa to apply for, four legs."""
    return scenario(
        LEGS,
        title=more.pop("title", "Run in Pyongyang"),
        today=date(2025, 3, 3),
        travellers=more.pop("travellers", (person("ann", "Ann"),)),
        trip=Trip(start="JFK", stops=(Stop(id="race", at=("FNJ",)),), events=(RACE,)),
        acquirables=(VISA,),
        law=more.pop("law", LAW),
        ports=ports(**{port: {"name": name} for port, name in NAMES.items()}),
        rulebooks=("cn", "us"),
        covered=frozenset({"US", "CN"}),
        **more,
    )


def plan_of(question: Scenario, stays: tuple[str, ...] = STAYS, people: tuple[str, ...] = ("ann",)) -> Plan:
    """The trip there and back for these people, each with the same papers, visas applied for on 10 March."""
    on = date(2025, 3, 10)
    chosen = itinerary(
        "CA982 JS152 JS151 CA981",
        "lll",
        stays=dict.fromkeys(people, stays),
        applications=tuple(Application(name, "cn-double", "mx", on) for name in people),
        bookings=tuple(Booking(name, "marathon", "mx", date(2025, 3, 3)) for name in people),
    )
    steps = [
        step
        for name in people
        for step in (
            Step(
                kind="apply",
                traveller=name,
                id="cn-double",
                label=VISA.label,
                passport="mx",
                on=on,
                latest=date(2025, 3, 28),
                ready=date(2025, 3, 14),
                apply_in=VISA.apply_in,
                handed_over_in=("JFK",),
                waits_for=("kp-tour",),
                passport_away=True,
                source=VISA.source,
            ),
            Step(
                kind="book",
                traveller=name,
                id="marathon",
                label=RACE.label,
                passport="mx",
                on=date(2025, 3, 3),
                latest=date(2025, 3, 3),
                ready=None,
            ),
        )
    ]
    return Plan(
        itinerary=chosen,
        journey=replay(question, chosen),
        cost=341050,
        costs=(
            CostLine(what="CA982: New York John F. Kennedy to Beijing Capital", amount=107550, kind="fare"),
            CostLine(what="Pyongyang marathon (Ann)", amount=230100, kind="event"),
            CostLine(what="Chinese visa, double entry (Ann)", amount=3400, kind="document"),
        ),
        preparation=tuple(steps),
    )


def optimal(**more: Any) -> Answer:
    """The plan, proved cheapest."""
    question = marathon(**more)
    return Answer(
        status="optimal",
        scenario=question,
        plan=plan_of(question),
        bound=341050,
        readings=(
            ReadingUsed(id="cn-third", question="Is North Korea a third country?", answer="lenient", declared=True),
        ),
        notes=("Proved cheapest by two different solves; the checker confirmed the plan",),
        stats={"legs": 4.0, "odd": float("inf")},
    )


def feasible() -> Answer:
    """The plan, not proved cheapest."""
    return evolve(optimal(), status="feasible", bound=300000, notes=())


def infeasible() -> Answer:
    """Two facts that cannot hold together, one of the file and one of the law."""
    facts = (
        Fact(
            id="event.marathon",
            text="Ann runs the Pyongyang marathon on 6 April 2025",
            telling=Telling.WISH,
            kind="event",
            place=Place("trip.toml", 40, 1),
            changeable=True,
        ),
        Fact(
            id="us-ban.ann",
            text="Ann may not use a passport of US for North Korea without a special validation",
            telling=Telling.PAPER,
            kind="passport-ban",
            place=Place("rulebooks/US.toml", 7, 1),
            source="22 CFR 51.63",
        ),
    )
    return Answer(status="infeasible", scenario=marathon(), conflict=Conflict(facts=facts, at_least=2))


def undecided() -> Answer:
    """Neither a plan nor a proof."""
    return Answer(status="undecided", scenario=marathon())


def at(file: str, line: int) -> Where:
    """A place in a file."""
    return Where(Place(file, line, 1))
