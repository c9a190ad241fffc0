"""What can be entered on: which grounds are offered to whom, with which passports, for which zones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from planner.core.period import Period
from planner.itinerary.replay import replay
from planner.rules.base import Ground, rules_of
from planner.rules.kinds.transit_without_visa import TransitWithoutVisa
from planner.scenario.documents import Acquirable, NewPassport, NewPermission
from planner.scenario.law import Admission, LawBook
from planner.scenario.people import Permission
from planner.scenario.scenario import Rates, Scenario
from planner.scenario.travel import Territory
from tests.itinerary.builders import SCHENGEN, itinerary, leg, price, scenario, traveller

LEGS = [
    leg("out", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 14:00"),
    leg("on", "PEK-FNJ", "2025-02-12 23:00", "2025-02-13 01:00"),
    leg("late", "PEK-FNJ", "2025-02-13 00:01", "2025-02-13 03:00"),
]
MX = Acquirable(id="mx-book", price=price("0"), passport=NewPassport(id="mx", state="MX"))


def offers(world: Scenario, who: int = 0) -> dict[str, Ground]:
    """Grounds offered to a traveller, by id."""
    person = world.travellers[who]
    return {ground.id: ground for rule in rules_of(world) for ground in rule.grounds(world, person)}


def broken(world: Scenario, legs: str, touches: str, *stays: str) -> dict[str, str]:
    """Facts that a journey of ann's breaks, and how."""
    journey = replay(world, itinerary(legs, touches, stays))
    return {broken.fact.id: broken.how for rule in rules_of(world) for broken in rule.check(journey)}


def test_citizens_are_at_home_in_their_territories_and_their_zones() -> None:
    territories = (Territory(id="FR", nationals=("FR",)), Territory(id="SJ", nationals=("FR", "NO")))
    law = LawBook(zones=(SCHENGEN,), territories=territories)
    person = traveller("ann", "fr:FR", "fr2:FR", "xx:XX")
    found = offers(scenario(LEGS, law=law, travellers=(person,), acquirables=(MX,)))
    assert found["citizen:FR"].zones == ("FR", "SJ", "SCHENGEN")
    assert found["citizen:FR"].passports == ("fr", "fr2")
    assert "citizen:XX" not in found  # no such territory here
    assert "citizen:MX" not in found


def test_held_permissions_go_with_the_passports_they_are_linked_to() -> None:
    person = traveller(
        "ann",
        "us:US",
        permissions=(
            Permission(id="any", zone="CN"),
            Permission(id="linked", zone="CN", passports=("mx",)),
            Permission(id="gone", zone="CN", passports=("lost",)),
        ),
    )
    world = scenario(LEGS, travellers=(person, traveller("bob", "uk:GB")), acquirables=(MX,))
    assert {name: offers(world)[name].passports for name in ("any", "linked")} == {
        "any": ("us", "mx"),
        "linked": ("mx",),
    }
    assert "gone" not in offers(world)
    assert offers(world, 1).keys() & {"any", "linked"} == set()


def test_permissions_to_obtain_go_with_the_passports_they_are_issued_in() -> None:
    gives = NewPermission(zone="CN", type="electronic")
    visa = Acquirable(id="visa", price=price("0"), permission=gives, nationalities=("MX",))
    world = scenario(LEGS, acquirables=(MX, visa))
    assert offers(world)["visa"] == Ground(id="visa", type="electronic", zones=("CN",), passports=("mx",))


def test_admissions_that_admit_by_themselves_are_grounds_with_their_fee() -> None:
    admissions = (
        Admission(id="free", zone="CN", nationalities=("US",), grant="visa_free"),
        Admission(id="paid", zone="CN", nationalities=("US", "MX"), grant="on_arrival", fee=price("10 EUR")),
        Admission(id="apply", zone="CN", nationalities=("US",), grant="electronic"),
        Admission(id="others", zone="CN", nationalities=("JP",), grant="visa_free"),
    )
    rates = Rates(date=date(2025, 1, 1), values={"EUR": Decimal("1.105")})
    found = offers(scenario(LEGS, law=LawBook(admissions=admissions), rates=rates))
    assert {name: ground.fee for name, ground in found.items()} == {"citizen:US": 0, "free": 0, "paid": 1105}
    assert found["paid"].type == "on_arrival"


def test_an_entry_on_nothing_or_on_what_is_not_offered_is_denied() -> None:
    law = LawBook(admissions=(Admission(id="jp", zone="CN", nationalities=("JP",), grant="visa_free"),))
    world = scenario(LEGS, end="PEK", law=law)
    assert broken(world, "out", "", "- us", "us") == {
        "admission.CN.ann": "nothing admits at the entry to China on 2025-02-02"
    }
    assert set(broken(world, "out", "", "- us", "us - jp")) == {"admission.CN.ann"}
    assert set(broken(world, "out", "", "- us", "us - nonsense")) == {"admission.CN.ann"}


def test_the_clock_of_a_transit_runs_from_the_local_midnight_after_the_entry() -> None:
    rules = (TransitWithoutVisa(id="transit", zone="CN", nationalities=("US",), stay=Period(240, "hours")),)
    visa = Permission(id="tour", zone="KP")
    world = scenario(LEGS, end="FNJ", law=LawBook(rules=rules), travellers=(traveller("ann", permissions=(visa,)),))
    assert broken(world, "out on", "l", "- us", "us us transit", "us - tour") == {}
    late = broken(world, "out late", "l", "- us", "us us transit", "us - tour")
    assert late == {"transit.ann.clock": "stays from 2025-02-02 to 2025-02-13"}
    unfinished = broken(scenario(LEGS, end="PEK", law=LawBook(rules=rules)), "out", "", "- us", "us - transit")
    assert unfinished == {"admission.CN.ann": "transit does not apply: the journey does not go on"}
