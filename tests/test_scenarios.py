"""The shipped scenarios give the answers that their comments state (`plan_scenarios`: those in their tables)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from planner.answer import Answer
from planner.api import load, loads, plan

FOLDER = Path(__file__).parent.parent / "scenarios"
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))
EXPECT: dict[str, dict[str, Any]] = {
    name: tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["expect"] for name in NAMES
}


@cache
def answered(name: str) -> Answer:
    return plan(load(FOLDER / f"{name}.toml"))


def replaced(name: str, *changes: tuple[str, str]) -> Answer:
    """The answer to a scenario with some of its text replaced."""
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return plan(loads(text))


def grounds(answer: Answer) -> set[str]:
    """What the entries of a plan rest on."""
    assert answer.plan is not None
    return {stay.ground for stays in answer.plan.journey.stays.values() for stay in stays if stay.entry is not None}


def test_every_scenario_that_is_promised_is_there() -> None:
    marathons = "marathon-us-only marathon-single-entry marathon-transit marathon-acquire marathon-acquire-late"
    others = "pyongyang-marathon marathon-2026 schengen-hop hong-kong-side-trip family-self-transfer"
    assert {*marathons.split(), *others.split()} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_everything_is_expected_of_a_scenario_that_its_answer_has(name: str) -> None:
    of_its_answer = {"optimal": {"cost", "legs", "papers"}, "infeasible": {"printed"}}[EXPECT[name]["status"]]
    assert set(EXPECT[name]) == {"status", "conflicts", *of_its_answer}


# ---- what the answers rest on, and what the comments say of other cases


def test_the_transit_plan_says_which_reading_it_rests_on() -> None:
    for name, answer, declared in (
        ("marathon-transit", "lenient", True),
        ("pyongyang-marathon", "strict", False),
    ):
        used = {reading.id: reading for reading in answered(name).readings}["cn-transit-dprk"]
        assert (used.answer, used.declared) == (answer, declared)


def test_a_single_entry_visa_takes_the_way_by_vladivostok_which_is_dearer() -> None:
    other = replaced("pyongyang-marathon", ('"cn-visa-2", "cn-visa-multiple-6-months", ', ""), ('"cn-visa-us", ', ""))
    best = answered("pyongyang-marathon").plan
    assert other.plan is not None
    assert best is not None
    assert other.plan.cost > best.cost
    assert "fnj-vvo-0407" in other.plan.itinerary.legs
    assert {"cn-visa-1", "cn-transit-240h", "ru-evisa-16"} <= grounds(other)


def test_a_second_entry_in_the_visa_held_makes_the_trip_possible() -> None:
    assert replaced("marathon-single-entry", ("entries = 1\n", "entries = 2\n")).status == "optimal"


def test_a_visa_handed_out_in_beijing_comes_too_late_for_transit_without_visa() -> None:
    answer = replaced("marathon-transit", ('"kp-visa-elsewhere", ', ""))
    assert answer.plan is not None
    out, back = (stay.ground for stay in answer.plan.journey.stays["runner"] if stay.zone == "CN")
    assert (out, back) == ("cn-visa-1", "cn-transit-240h-dprk")  # nothing is shown for going on to the United States


def test_without_a_chinese_visa_the_strict_reading_leaves_no_way() -> None:
    chinese = '"cn-visa-us", "cn-visa-1", "cn-visa-2", "cn-visa-multiple-6-months", '
    assert replaced("marathon-transit", (chinese, "")).status == "optimal"
    assert replaced("marathon-transit", (chinese, ""), ('dprk = "lenient"', 'dprk = "strict"')).status == "infeasible"


def test_visas_are_applied_for_in_a_passport_that_is_there() -> None:
    found = answered("marathon-acquire").plan
    assert found is not None
    applications = {item.acquirable: item for item in found.itinerary.applications}
    there = found.journey.ready(applications["mx-passport"])
    assert all(item.on >= there for item in applications.values() if item.passport == "mx")


def test_nine_nights_in_shanghai_need_no_visa_at_all() -> None:
    answer = replaced("hong-kong-side-trip", ("nights = { min = 12 }", "nights = { min = 9 }"))
    assert "cn-visa-1" not in grounds(answer)
    assert answer.plan is not None
    assert "pvg-hkg-0911" in answer.plan.itinerary.legs


def test_another_passport_brings_no_new_schengen_days() -> None:
    cheapest = replaced("schengen-hop", ('type = "visa_free"\npassport = "us"', 'type = "residence"'))
    assert cheapest.plan is not None
    assert "osl-jfk-0724" in cheapest.plan.itinerary.legs
    one_day_more = replaced("schengen-hop", ("to = 2025-05-22", "to = 2025-05-23"))
    assert one_day_more.plan is not None
    assert "osl-jfk-0716" in one_day_more.plan.itinerary.legs


def test_a_us_visa_for_the_mother_opens_the_way_by_los_angeles() -> None:
    visa = '[[travellers.permissions]]\nid = "us-visa"\nzone = "US"\npassports = ["mx"]\n\n[[travellers]]\nid = "child"'
    answer = replaced("family-self-transfer", ('[[travellers]]\nid = "child"', visa))
    assert answer.plan is not None
    assert "mex-lax-0701" in answer.plan.itinerary.legs
    assert {"us-visa", "us-esta-2025", "citizen:US"} <= grounds(answer)


def test_whoever_does_not_count_the_days_in_bulgaria_buys_the_cheaper_ticket_home() -> None:
    lenient = 'rulebooks = ["SCHENGEN", "US"]\nreadings = { schengen-bg-ro-days = "lenient" }'
    answer = replaced("balkan-days", ('rulebooks = ["SCHENGEN", "US"]', lenient))
    assert answer.plan is not None
    assert "spu-jfk-0725" in answer.plan.itinerary.legs


def test_a_detour_by_skopje_helps_only_in_the_lenient_reading() -> None:
    assert replaced("kosovo-by-skopje", ('"lenient"', '"strict"')).status == "infeasible"


def test_an_eta_is_needed_for_the_way_home_by_london_though_not_for_belfast() -> None:
    answer = replaced("ireland-and-back", ('price = "114 EUR"', 'price = "200 EUR"'))
    assert answer.plan is not None
    assert "cdg-lhr-0525" in answer.plan.itinerary.legs
    entries = [stay.ground for stay in answer.plan.journey.stays["diego"] if stay.zone == "GB"]
    assert entries in (["uk-residents-of-ireland", "uk-eta"], ["uk-eta", "uk-eta"])


def test_a_visa_of_two_countries_is_used_first_where_it_was_issued() -> None:
    answer = replaced("one-visa-two-islands", ('"ie-visa-british-irish", ', ""))
    assert answer.plan is not None
    assert answer.plan.itinerary.legs[0] == "del-lhr-0601"


def test_a_day_less_in_paris_makes_italy_the_main_destination() -> None:
    earlier = (
        "departs = 2026-05-15T10:00:00\narrives = 2026-05-15T12:05:00",
        "departs = 2026-05-14T10:00:00\narrives = 2026-05-14T12:05:00",
    )
    assert replaced("paris-first", earlier).status == "optimal"


def test_a_third_time_by_train_into_thailand_in_the_lenient_reading() -> None:
    lenient = 'rulebooks = ["TH"]\nreadings = { th-land-entries = "lenient" }'
    answer = replaced("thailand-third-entry", ('rulebooks = ["TH"]', lenient))
    assert answer.plan is not None
    assert "train-bangkok-0914" in answer.plan.itinerary.legs


def test_a_year_later_vietnam_wants_no_gap_between_two_visits() -> None:
    assert replaced("vietnam-gap-no-visa", ("2019", "2020")).status == "optimal"


def test_one_day_more_in_june_leaves_one_day_less_of_the_year_in_december() -> None:
    answer = replaced("russia-days-of-the-year", ("to = 2025-06-12", "to = 2025-06-13"))
    assert answer.plan is not None
    assert "evn-svo-1227" in answer.plan.itinerary.legs


def test_the_passport_is_handed_in_after_the_ferries_where_the_early_flight_is_dear() -> None:
    answer = replaced("china-visa-on-the-way", ('price = "180 USD"', 'price = "250 USD"'))
    assert answer.plan is not None
    assert {"ferry-1104", "hkg-pek-1113"} <= set(answer.plan.itinerary.legs)
    assert [str(item.on) for item in answer.plan.itinerary.applications] == ["2025-11-06"]
