"""Papers besides passports, and border checks inside a zone, as text and as JSON."""

from __future__ import annotations

from datetime import date
from typing import Any

from planner.answer import Answer, Plan
from planner.itinerary.replay import replay
from planner.report.json import as_data
from planner.report.text import text
from planner.rules.kinds.conditional_waiver import ConditionalWaiver
from planner.rules.kinds.exit_permit import ExitPermit
from planner.rules.kinds.required_paper import RequiredPaper
from planner.rules.showing import Paper
from planner.scenario.law import LawBook
from planner.scenario.people import Certificate, Permission
from planner.scenario.travel import Member, Zone
from tests.itinerary.builders import itinerary, leg, scenario, traveller

LEGS = (
    leg("in", "JFK-CDG", "2025-02-01 10:00", "2025-02-01 22:00"),
    leg("train", "CDG-VIE", "2025-02-05 20:00", "2025-02-06 08:00", mode="rail"),
    leg("home", "VIE-JFK", "2025-02-08 10:00", "2025-02-08 13:00"),
)


def zone(*members: Member) -> Zone:
    """France and Austria as one permission zone."""
    return Zone(id="Z", members=(*(Member(territory=t, purposes=("permission",)) for t in ("FR", "AT")), *members))


def unchecked(**more: Any) -> tuple[Member, Member]:
    """No checks between France and Austria."""
    france, austria = (Member(territory=t, purposes=("checks",), **more) for t in ("FR", "AT"))
    return france, austria


def answer(law: LawBook, *people: Any, stays: tuple[str, ...] = ("- us", "us us x", "us -")) -> Answer:
    """The plan for some travellers, each with the same passports."""
    people = people or (traveller("ann", "us:US", "mx:MX"),)
    question = scenario(LEGS, end="JFK", travellers=people, law=law)
    chosen = itinerary("in train home", "ll", {person.id: stays for person in people})
    plan = Plan(itinerary=chosen, journey=replay(question, chosen), cost=30000, costs=(), preparation=())
    return Answer(status="optimal", scenario=question, plan=plan)


def told(answer: Answer) -> str:
    """The text without line breaks and indents."""
    return " ".join(text(answer).split())


def test_border_checks_inside_a_zone_are_told_with_the_passport_of_the_stay() -> None:
    checked = answer(LawBook(zones=(zone(),)), stays=("- us", "mx us x", "us -"))
    line = "border checks between France and Austria: have passport mx (MX) at hand"
    assert f"2. CDG to VIE, Wed 5 Feb 2025: train (rail) {line}" in told(checked)
    assert as_data(checked)["checks"] == [
        {"leg": "train", "from": "FR", "to": "AT", "date": "2025-02-05", "traveller": "ann", "passport": "mx"}
    ]


def test_everybody_is_told() -> None:
    party = answer(LawBook(zones=(zone(),)), traveller("ann", "us:US"), traveller("bo", "us:US"))
    assert "ann and bo: border checks between France and Austria: have passport us (US) at hand" in told(party)
    assert [check["traveller"] for check in as_data(party)["checks"]] == ["ann", "bo"]


def test_no_checks_for_that_mode_on_that_date_are_no_checks() -> None:
    def checks(**more: Any) -> int:
        found = answer(LawBook(zones=(zone(*unchecked(**more)),)))
        assert told(found).count("border checks") == len(as_data(found)["checks"])
        return len(as_data(found)["checks"])

    assert checks() == 0
    assert checks(modes=("rail",)) == 0
    assert checks(modes=("air",)) == 1
    assert checks(from_=date(2025, 2, 5)) == 0
    assert checks(from_=date(2025, 2, 6)) == 1  # checked on the way out of France
    assert checks(to=date(2025, 2, 5)) == 1  # checked on the way into Austria


def test_who_shows_no_passport_on_the_whole_trip_has_one_at_hand() -> None:
    legs = (leg("train", "CDG-VIE", "2025-02-05 09:00", "2025-02-05 20:00", mode="rail"),)
    question = scenario(legs, start="CDG", end="VIE", law=LawBook(zones=(zone(),)))
    chosen = itinerary("train")
    plan = Plan(itinerary=chosen, journey=replay(question, chosen), cost=100, costs=(), preparation=())
    found = Answer(status="optimal", scenario=question, plan=plan)
    assert "border checks between France and Austria: have a passport at hand" in told(found)
    assert as_data(found)["checks"][0]["passport"] is None


def test_a_paper_that_several_rules_want_is_shown_once() -> None:
    person = traveller(
        "ann", "us:US", certificates=(Certificate(kind="jab"),), permissions=(Permission(id="v", zone="TR"),)
    )
    rules = (
        RequiredPaper(id="a", zone="FR", certificates=("jab",)),
        RequiredPaper(id="b", zone="FR", certificates=("jab",)),
        ConditionalWaiver(id="c", zone="FR", papers=(Paper(zones=("TR",)),)),
        ExitPermit(id="d", zone="AT", certificates=("jab",)),
    )
    found = answer(LawBook(rules=rules, zones=(zone(*unchecked()),)), person)
    assert "check-in: show passport us (US), visa v and certificate jab, for" in told(found)
    assert "exit: Austria at VIE: show passport us (US) and certificate jab entry:" in told(found)
    crossings = {(c["direction"], c["territory"]): c["papers"] for c in as_data(found)["crossings"]}
    jab = {"kind": "certificate", "id": "jab", "label": "certificate jab"}
    assert crossings == {
        ("exit", "US"): [],
        ("entry", "FR"): [
            {"kind": "permission", "id": "v", "label": "visa v", "rules": ["c"]},
            jab | {"rules": ["a", "b"]},
        ],
        ("exit", "AT"): [jab | {"rules": ["d"]}],
        ("entry", "US"): [],
    }


def test_what_the_entry_rests_on_is_not_named_twice_and_the_passport_it_is_in_stands_with_it() -> None:
    visa = Permission(id="v", zone="Z", book="mx")
    person = traveller("ann", "us:US", "mx:MX", permissions=(visa,))
    wanted = ConditionalWaiver(id="c", zone="FR", papers=(Paper(zones=("Z",)),))
    found = answer(LawBook(rules=(wanted,), zones=(zone(*unchecked()),)), person, stays=("- us", "us us v", "us -"))
    assert "check-in: show passport us (US) and visa v in passport mx, for Z" in told(found)
    papers = next(c["papers"] for c in as_data(found)["crossings"] if c["direction"] == "entry")
    book = {"kind": "passport", "id": "mx", "label": "passport mx"}
    assert papers == [book | {"rules": ["c", "permission-book"]}]
