"""The whole cost, item by item."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from attrs import evolve

from planner.itinerary.choices import Application, Booking, Itinerary
from planner.rules.kinds.exit_fee import ExitFee
from planner.scenario.documents import Acquirable, NewCertificate, NewPermission
from planner.scenario.law import Admission, LawBook
from planner.scenario.scenario import Rates, Scenario
from planner.scenario.travel import Fare
from planner.scenario.trip import Event, NightlyCost, Trip
from planner.verify import verify
from tests.itinerary.builders import SCHENGEN, TODAY, itinerary, leg, price, scenario, traveller

LEGS = [
    leg("out", "JFK-CDG", "2025-02-01 10:00", "2025-02-01 23:30"),
    leg("move", "CDG-VIE", "2025-02-04 00:30", "2025-02-04 02:30"),
    leg("back", "VIE-JFK", "2025-02-10 18:00", "2025-02-10 21:00"),
]
LAW = LawBook(
    zones=(SCHENGEN,),
    admissions=(
        Admission(id="home", zone="US", nationalities=("US",), grant="citizen"),
        Admission(id="free", zone="SCHENGEN", nationalities=("US",), grant="visa_free"),
        Admission(id="paid", zone="SCHENGEN", nationalities=("US",), grant="on_arrival", fee=price("7.25 EUR")),
    ),
)
RATES = Rates(date=TODAY, values={"EUR": Decimal("1.10"), "KRW": Decimal("0.0007")})
RACE = Event(id="race", at=("CDG",), first_day=date(2025, 2, 2), price=price("50"))
VISA = Acquirable(id="visa", title="Visa", permission=NewPermission(zone="FNJ"), price=price("20"))
JAB = Acquirable(id="jab", certificate=NewCertificate(kind="fever"), price=price("10"), per="party")
ON = date(2025, 1, 10)


def world(
    *, people: str = "ann", nightly: tuple[NightlyCost, ...] = (), events: Any = (RACE,), **more: Any
) -> Scenario:
    more.setdefault("law", LAW)
    return scenario(
        more.pop("legs", LEGS),
        trip=Trip(start="JFK", nightly=nightly, events=events),
        travellers=tuple(traveller(name) for name in people.split()),
        rates=RATES,
        acquirables=(VISA, JAB),
        **more,
    )


def plan(people: str = "ann", ground: str = "free", **more: Any) -> Itinerary:
    stays = ["- us", f"us us {ground}", "us - home"]
    return itinerary("out move back", "ll", dict.fromkeys(people.split(), stays), **more)


def costs(scenario: Scenario, itinerary: Itinerary) -> dict[str, list[int]]:
    """Amounts by kind of item; their sum must be the whole."""
    verdict = verify(scenario, itinerary)
    assert verdict.structural == ()
    found: dict[str, list[int]] = {}
    for line in verdict.costs:
        found.setdefault(line.kind, []).append(line.amount)
    assert verdict.cost == sum(line.amount for line in verdict.costs)
    assert verdict.journey is not None
    assert verdict.journey.cost == verdict.cost
    return found


def test_staying_at_home_costs_nothing() -> None:
    verdict = verify(world(events=()), itinerary())
    assert (verdict.cost, verdict.costs, verdict.valid) == (0, (), True)


def test_fares_of_one_and_of_two() -> None:
    assert costs(world(), plan()) == {"fare": [10000, 10000, 10000]}
    assert costs(world(people="ann bob"), plan("ann bob")) == {"fare": [20000, 20000, 20000]}


def test_a_fare_over_several_legs_and_one_for_the_party() -> None:
    fares = [
        Fare(id="both", legs=("out", "back"), price=price("150")),
        Fare(id="taxi", legs=("move",), price=price("33.10"), per="party"),
    ]
    two = world(people="ann bob", fares=fares)
    assert costs(two, plan("ann bob", fares=["both", "taxi"])) == {"fare": [30000, 3310]}


def test_documents_for_each_or_for_the_party() -> None:
    two = world(people="ann bob")
    visas = tuple(Application(who, "visa", "us", ON) for who in ("ann", "bob"))
    assert costs(two, plan("ann bob", applications=visas))["document"] == [4000]
    assert costs(two, plan("ann bob", applications=visas[:1]))["document"] == [2000]
    jabs = tuple(Application(who, "jab", "", ON) for who in ("ann", "bob"))
    assert costs(two, plan("ann bob", applications=jabs))["document"] == [1000]
    assert costs(two, plan("ann bob", applications=jabs[:1]))["document"] == [1000]
    assert costs(two, plan("ann bob", applications=(*jabs, *visas)))["document"] == [4000, 1000]


def test_a_paper_in_two_passports_is_paid_twice() -> None:
    books = evolve(world(), travellers=(traveller("ann", "us:US", "us2:US"),))
    both = tuple(Application("ann", "visa", passport, ON) for passport in ("us", "us2"))
    assert costs(books, plan(applications=both))["document"] == [4000]


def test_events_for_each_or_for_the_party() -> None:
    tickets = tuple(Booking(who, "race", "us", ON) for who in ("ann", "bob"))
    assert costs(world(people="ann bob"), plan("ann bob", bookings=tickets))["event"] == [10000]
    shared = world(people="ann bob", events=(evolve(RACE, per="party"),))
    assert costs(shared, plan("ann bob", bookings=tickets))["event"] == [5000]
    free = world(people="ann bob", events=(evolve(RACE, price=None),))
    assert "event" not in costs(free, plan("ann bob", bookings=tickets))


def test_each_entry_has_the_fee_of_its_ground() -> None:
    # 7.25 EUR are 7.975 USD: 7.98 when rounded once, half to even, before it is multiplied.
    assert costs(world(people="ann bob"), plan("ann bob", "paid"))["entry"] == [798, 798]
    assert "entry" not in costs(world(), plan(ground="nothing"))


def test_currencies_round_half_to_even_once_for_each_item() -> None:
    tiny = evolve(RACE, price=price("50 KRW"))  # 0.035 USD
    tickets = tuple(Booking(who, "race", "us", ON) for who in ("ann", "bob"))
    assert costs(world(people="ann bob", events=(tiny,)), plan("ann bob", bookings=tickets))["event"] == [8]
    odd = evolve(RACE, price=price("150 KRW"))  # 0.105 USD
    assert costs(world(events=(odd,)), plan(bookings=tickets[:1]))["event"] == [10]


def test_nights_at_the_first_price_that_names_the_port() -> None:
    prices = (
        NightlyCost(at=("VIE",), price=price("30")),
        NightlyCost(at=("SCHENGEN",), price=price("20"), per="party"),
        NightlyCost(at=("FR", "US"), price=price("999")),
    )
    # Arrived on 1 February before midnight, left on the 4th after it: three nights; six in Vienna; none at home.
    assert costs(world(nightly=prices), plan())["night"] == [6000, 18000]
    assert costs(world(people="ann bob", nightly=prices), plan("ann bob"))["night"] == [6000, 36000]


def test_a_visit_without_a_night_costs_none() -> None:
    same_day = leg("move", "CDG-VIE", "2025-02-01 23:45", "2025-02-02 02:30")
    prices = (NightlyCost(at=("FR",), price=price("20")),)
    assert "night" not in costs(world(legs=[LEGS[0], same_day, LEGS[2]], nightly=prices), plan())


def test_each_item_in_words() -> None:
    fares = [
        Fare(id="both", title="The return", legs=("out", "back"), price=price("150")),
        Fare(id="taxi", legs=("move",), price=price("33")),
    ]
    prices = (NightlyCost(at=("VIE",), price=price("30")), NightlyCost(at=("CDG",), price=price("1")))
    move = leg("move", "CDG-VIE", "2025-02-02 23:00", "2025-02-03 02:30", price=None)
    two = world(people="ann bob", legs=[LEGS[0], move, LEGS[2]], fares=fares, nightly=prices)
    made = plan(
        "ann bob",
        "paid",
        fares=["both", "taxi"],
        applications=tuple(Application(who, "visa", "us", ON) for who in ("ann", "bob")),
        bookings=(Booking("bob", "race", "us", ON),),
    )
    assert [(line.kind, line.what) for line in verify(two, made).costs] == [
        ("fare", "The return (out: JFK to CDG; back: VIE to JFK)"),
        ("fare", "move: CDG to VIE"),
        ("document", "Visa (ann, bob)"),
        ("entry", "entry to SCHENGEN (ann)"),
        ("entry", "entry to SCHENGEN (bob)"),
        ("event", "race (bob)"),
        ("night", "1 night in CDG"),
        ("night", "7 nights in VIE"),
    ]
    untitled = evolve(two, fares=(Fare(id="all", legs=("out", "move", "back"), price=price("9")),))
    assert verify(untitled, evolve(made, fares=("all",))).costs[0].what == (
        "out: JFK to CDG; move: CDG to VIE; back: VIE to JFK"
    )


def test_what_rules_ask_for_is_a_fee() -> None:
    law = evolve(LAW, rules=(ExitFee(id="tax", zone="AT", amount=price("12")),))
    assert ("fee", "exit fee, Austria at VIE (ann)", 1200) in [
        (line.kind, line.what, line.amount) for line in verify(world(law=law), plan()).costs
    ]
