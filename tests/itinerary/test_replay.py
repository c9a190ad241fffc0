"""Replaying: crossings, stays, visits, and their dates."""

from datetime import date

import pytest

from planner.itinerary.journey import Journey
from planner.itinerary.replay import Unreal, replay
from planner.scenario.law import LawBook
from planner.scenario.travel import Member, Zone
from planner.scenario.trip import Trip
from tests.itinerary.builders import SCHENGEN, TODAY, itinerary, leg, ports, scenario

OUT = leg("out", "JFK-NRT", "2025-02-01 10:00", "2025-02-02 14:00")
BACK = leg("back", "NRT-JFK", "2025-02-10 18:00", "2025-02-10 17:00")  # lands before it left, by the clocks
ROUND = itinerary("out back", "l", ["- us", "us us free", "us - citizen"])


def zones_of(journey: Journey) -> list[str]:
    return [stay.zone for stay in journey.stays["ann"]]


def test_empty_journey_has_one_stay_and_shows_nothing() -> None:
    journey = replay(scenario([OUT]), itinerary())
    (stay,) = journey.stays["ann"]
    assert (stay.entry, stay.exit, stay.zone, stay.last_on) == (None, None, "US", None)
    (visit,) = journey.visits
    assert (visit.port, visit.arrives, visit.departs, visit.nights) == ("JFK", None, None, 0)


def test_empty_journey_only_where_start_is_end() -> None:
    with pytest.raises(Unreal, match="ends at JFK, not at NRT"):
        replay(scenario([OUT], end="NRT"), itinerary())


def test_there_and_back() -> None:
    journey = replay(scenario([OUT, BACK]), ROUND)
    first, away, home = journey.stays["ann"]
    assert zones_of(journey) == ["US", "JP", "US"]

    assert first.entry is None
    assert first.check_in is None
    assert first.previous is None
    assert first.exit is not None
    assert (first.exit.port, first.exit.on, first.following) == ("JFK", date(2025, 2, 1), "JP")

    assert away.entry is not None
    assert away.exit is not None
    assert (away.entry.on, away.exit.on, away.last_on) == (date(2025, 2, 2), date(2025, 2, 10), date(2025, 2, 10))
    assert (away.previous, away.following) == ("US", "US")
    assert (away.passport, away.exit_passport, away.ground) == ("us", "us", "free")
    assert away.check_in is not None
    assert (away.check_in.port, away.check_in.on) == ("JFK", date(2025, 2, 1))
    assert [visit.port for visit in away.visits] == ["NRT"]
    assert away.visits[0].nights == 8

    assert home.exit is None
    assert home.following is None
    assert home.last_on == date(2025, 2, 10)  # local date of the arrival, though it is the 11th in Tokyo
    assert home.last_at == journey.legs[-1].arrives_utc


def test_time_zones_decide_what_departs_before_arrival() -> None:
    # 09:00 in Honolulu is later than 14:00 the next day in Tokyo: by the clocks on the wall it looks earlier.
    early = leg("early", "NRT-HNL", "2025-02-02 14:30", "2025-02-02 02:30")
    journey = replay(
        scenario([OUT, early], end="HNL"), itinerary("out early", "l", ["- us", "us us free", "us - citizen"])
    )
    assert journey.stays["ann"][-1].entry_on == date(2025, 2, 2)
    too_early = leg("early", "NRT-HNL", "2025-02-02 13:59", "2025-02-02 01:59")
    with pytest.raises(Unreal, match="early departs before out arrives"):
        replay(
            scenario([OUT, too_early], end="HNL"),
            itinerary("out early", "l", ["- us", "us us free", "us - citizen"]),
        )


def test_crossing_the_date_line_gains_a_day() -> None:
    east = leg("east", "NRT-HNL", "2025-02-10 20:00", "2025-02-10 08:00")
    journey = replay(
        scenario([OUT, east], end="HNL"), itinerary("out east", "l", ["- us", "us us free", "us - citizen"])
    )
    away, home = journey.stays["ann"][1:]
    assert away.exit is not None
    assert home.entry is not None
    assert away.exit.on == home.entry.on
    assert away.exit.at < home.entry.at


def test_moves_inside_a_zone_are_no_crossings() -> None:
    world = scenario(
        [
            leg("in", "JFK-CDG", "2025-02-01 18:00", "2025-02-02 07:00"),
            leg("move", "CDG-VIE", "2025-02-05 10:00", "2025-02-05 12:00"),
            leg("out", "VIE-JFK", "2025-02-09 10:00", "2025-02-09 14:00"),
        ]
    )
    journey = replay(world, itinerary("in move out", "ll", ["- us", "us us free", "us - citizen"]))
    stay = journey.stays["ann"][1]
    assert zones_of(journey) == ["US", "SCHENGEN", "US"]
    assert [visit.port for visit in stay.visits] == ["CDG", "VIE"]
    assert stay.entry is not None
    assert stay.exit is not None
    assert (stay.entry.territory, stay.exit.territory) == ("FR", "AT")
    assert stay.previous == "US"
    assert stay.following == "US"


@pytest.mark.parametrize(
    ("day", "stays", "zones"),
    [
        ("2025-01-19", ["- us", "us us free", "us - free"], ["US", "SCHENGEN", "RO"]),
        ("2025-01-20", ["- us", "us - free"], ["US", "SCHENGEN"]),
    ],
)
def test_membership_has_dates(day: str, stays: list[str], zones: list[str]) -> None:
    world = scenario(
        [
            leg("in", "JFK-VIE", "2025-01-10 18:00", "2025-01-11 07:00"),
            leg("move", "VIE-OTP", f"{day} 10:00", f"{day} 12:00"),
        ],
        end="OTP",
    )
    assert zones_of(replay(world, itinerary("in move", "l", stays))) == zones


def test_a_stay_keeps_the_zone_of_its_entry_when_membership_begins() -> None:
    world = scenario(
        [
            leg("in", "JFK-OTP", "2025-01-10 18:00", "2025-01-11 07:00"),
            leg("move", "OTP-VIE", "2025-01-25 10:00", "2025-01-25 12:00"),
            leg("out", "VIE-JFK", "2025-02-09 10:00", "2025-02-09 14:00"),
        ]
    )
    journey = replay(world, itinerary("in move out", "ll", ["- us", "us us free", "us - citizen"]))
    stay = journey.stays["ann"][1]
    assert stay.zone == "RO"
    assert stay.exit is not None
    assert (stay.exit.zone, stay.exit.on) == ("SCHENGEN", date(2025, 2, 9))


def test_surface_legs_cross_at_their_border_ports() -> None:
    world = scenario(
        [
            leg(
                "train",
                "PEK-FNJ",
                "2025-02-01 17:00",
                "2025-02-02 19:00",
                mode="rail",
                exit_port="DDG",
                entry_port="SIN",
            )
        ],
        start="PEK",
        end="FNJ",
    )
    first, last = replay(world, itinerary("train", "", ["- us", "us - visa"])).stays["ann"]
    assert first.exit is not None
    assert last.entry is not None
    assert (first.exit.port, first.exit.on) == ("DDG", date(2025, 2, 1))
    assert (last.entry.port, last.entry.territory, last.entry.on) == ("SIN", "KP", date(2025, 2, 2))
    assert first.following == "KP"
    assert last.previous == "CN"


def test_airside_stops_are_previous_and_following_but_no_stays() -> None:
    world = scenario(
        [
            leg("a", "JFK-IST", "2025-02-01 18:00", "2025-02-02 11:00"),
            leg("b", "IST-PEK", "2025-02-02 14:00", "2025-02-03 05:00"),
            leg("c", "PEK-IST", "2025-02-09 14:00", "2025-02-09 20:00"),
            leg("d", "IST-JFK", "2025-02-09 22:00", "2025-02-10 02:00"),
        ],
        ports=ports(IST={"airside": True, "airside_on_separate_tickets": True}),
    )
    journey = replay(world, itinerary("a b c d", "ala", ["- us", "us us visa", "us - citizen"]))
    first, away, home = journey.stays["ann"]
    assert zones_of(journey) == ["US", "CN", "US"]
    assert (first.following, away.previous, away.following, home.previous) == ("TR", "TR", "TR", "TR")
    assert away.check_in is not None
    assert (away.check_in.port, away.check_in.leg.id) == ("JFK", "a")
    assert away.entry is not None
    assert away.entry.leg.id == "b"
    assert away.exit is not None
    assert away.exit.leg.id == "c"
    assert [touch.port for touch in away.airside] == [touch.port for touch in first.airside_out] == ["IST"]
    assert [visit.port for visit in journey.visits] == ["JFK", "PEK", "JFK"]
    assert [[leg.id for leg in run.legs] for run in journey.runs] == [["a", "b"], ["c", "d"]]


def test_a_run_with_an_airside_change_crosses_even_back_into_the_same_zone() -> None:
    world = scenario(
        [
            leg("a", "JFK-NRT", "2025-02-01 18:00", "2025-02-02 21:00"),
            leg("b", "NRT-HNL", "2025-02-02 23:00", "2025-02-02 11:00"),
        ],
        end="HNL",
        ports=ports(NRT={"airside": True, "airside_on_separate_tickets": True}),
    )
    journey = replay(world, itinerary("a b", "a", ["- us", "us - citizen"]))
    assert zones_of(journey) == ["US", "US"]
    assert journey.stays["ann"][1].previous == "JP"


def test_a_domestic_leg_is_no_crossing() -> None:
    world = scenario([leg("a", "JFK-HNL", "2025-02-01 08:00", "2025-02-01 14:00")], end="HNL")
    (stay,) = replay(world, itinerary("a")).stays["ann"]
    assert [visit.port for visit in stay.visits] == ["JFK", "HNL"]
    assert stay.last_on == date(2025, 2, 1)


def test_borders_without_checks_are_crossings_unchecked() -> None:
    checks = Zone(
        id="CTA",
        members=(Member(territory="FR", purposes=("checks",)), Member(territory="TR", purposes=("checks",))),
    )
    world = scenario(
        [leg("a", "CDG-IST", "2025-02-01 08:00", "2025-02-01 14:00")],
        start="CDG",
        end="IST",
        law=LawBook(zones=(SCHENGEN, checks)),
    )
    last = replay(world, itinerary("a", "", ["- us", "us - free"])).stays["ann"][1]
    assert last.entry is not None
    assert not last.entry.checked


# ---- presence


def test_visits_to_a_place_join_its_ports() -> None:
    world = scenario(
        [
            leg("in", "JFK-CDG", "2025-02-01 18:00", "2025-02-02 07:00"),
            leg("move", "CDG-VIE", "2025-02-05 10:00", "2025-02-05 12:00"),
            leg("aside", "VIE-IST", "2025-02-06 10:00", "2025-02-06 14:00"),
            leg("again", "IST-VIE", "2025-02-07 10:00", "2025-02-07 12:00"),
            leg("out", "VIE-JFK", "2025-02-09 10:00", "2025-02-09 14:00"),
        ]
    )
    plan = itinerary(
        "in move aside again out",
        "llll",
        ["- us", "us us free", "us us free", "us us free", "us - citizen"],
    )
    journey = replay(world, plan)
    first, second = journey.visits_to(["SCHENGEN"])
    assert (first.port, first.arrives_on, first.departs_on, first.nights) == (
        "CDG",
        date(2025, 2, 2),
        date(2025, 2, 6),
        4,
    )
    assert first.outbound is not None
    assert first.outbound.id == "aside"
    assert (second.port, second.nights) == ("VIE", 2)
    assert [visit.nights for visit in journey.visits_to(["VIE"])] == [1, 2]
    assert next(visit.arrives for visit in journey.visits_to(["US"])) is None
    # Together with Turkey it is all one visit.
    (both,) = journey.visits_to(["SCHENGEN", "IST"])
    assert both.nights == 7


def test_an_airside_stop_elsewhere_ends_a_visit() -> None:
    world = scenario(
        [
            leg("a", "CDG-IST", "2025-02-01 08:00", "2025-02-01 14:00"),
            leg("b", "IST-VIE", "2025-02-01 16:00", "2025-02-01 18:00"),
        ],
        start="CDG",
        end="VIE",
        ports=ports(IST={"airside": True, "airside_on_separate_tickets": True}),
    )
    journey = replay(world, itinerary("a b", "a", ["- us", "us - free"]))
    assert len(journey.visits_to(["SCHENGEN"])) == 2


def test_party_at_counts_both_dates_and_the_time_before_and_after() -> None:
    journey = replay(scenario([OUT, BACK], trip=Trip(start="JFK")), ROUND)
    assert journey.party_at(TODAY) == {"JFK"}
    assert journey.party_at(date(2025, 2, 1)) == {"JFK"}
    assert journey.party_at(date(2025, 2, 2)) == {"NRT"}
    assert journey.party_at(date(2025, 2, 10)) == {"NRT", "JFK"}
    assert journey.party_at(date(2025, 3, 1)) == {"JFK"}
    assert replay(scenario([OUT]), itinerary()).party_at(date(2025, 3, 1)) == {"JFK"}
