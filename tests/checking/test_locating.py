"""Where a fact comes up on the way."""

from __future__ import annotations

from planner.checking.locating import located
from tests.checking.plans import BY_HAND, SMALL, Data, changed, check

FOUR = SMALL.replace(
    "[trip]",
    """[[legs]]
id = "again"
from = "AAA"
to = "BBB"
departs = 2025-07-01T08:00:00
arrives = 2025-07-01T18:00:00
price = 100
[[legs]]
id = "home"
from = "BBB"
to = "AAA"
departs = 2025-07-20T08:00:00
arrives = 2025-07-20T09:00:00
price = 100

[trip]""",
)


def four() -> Data:
    """There and back, and there and back again."""
    names = {"out": "again", "back": "home"}
    more = [desk | {"leg": names[desk["leg"]]} for desk in BY_HAND["crossings"]]
    return {"legs": ["out", "back", "again", "home"], "crossings": [*BY_HAND["crossings"], *more]}


def told(data: Data, scenario: str) -> list[tuple[str, str, str]]:
    journey = check(data, scenario).verdict.journey
    assert journey is not None
    return [
        (found.broken.fact.id, found.leg.id if found.leg else "", found.crossing.direction if found.crossing else "")
        for found in located(journey)
    ]


def test_a_stay_too_long_comes_up_where_it_ends() -> None:
    assert told(four(), FOUR) == [("visit-beta.max_stay.ann", "home", "exit")]


def test_what_is_broken_twice_comes_up_twice() -> None:
    long = FOUR.replace("2025-06-05T", "2025-06-15T")
    assert told(four(), long) == [
        ("visit-beta.max_stay.ann", "back", "exit"),
        ("visit-beta.max_stay.ann", "home", "exit"),
    ]


def test_an_entry_that_nothing_admits_comes_up_there() -> None:
    wrong = changed(four(), lambda data: data["crossings"][5].update(passport="d"))
    assert ("admission.BB.ann", "again", "entry") in told(wrong, FOUR)


def test_wishes_are_about_the_whole_trip() -> None:
    assert told(BY_HAND, SMALL) == []
    found = told(BY_HAND | {"legs": [], "crossings": []}, SMALL)
    assert found == [("stop.BBB", "", "")]


def test_leaving_too_early_comes_up_at_the_first_leg() -> None:
    later = SMALL.replace('start = "AAA"', 'start = "AAA"\ndepart_from = 2025-06-02')
    assert told(BY_HAND, later) == [("trip.depart_from", "out", "exit")]
