"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.core.money import Price
from planner.core.period import Period
from planner.rules.kinds.yearly_entries import YearlyEntries
from planner.rules.showing import Paper
from planner.scenario.documents import Acquirable, LeadTime, NewPassport, NewPermission
from planner.scenario.law import Admission, LawBook
from planner.scenario.people import PastStay
from planner.scenario.scenario import Scenario
from planner.testing.readings import compare
from tests.itinerary.builders import leg, scenario, traveller
from tests.rules.judging import journey, told
from tests.rules.judging import world as only
from tests.rules.plainly import TWO, been, heard, refusal

# Three entries to China around New Year, one of them in the old year.
LEGS = (
    leg("in", "JFK-PEK", "2025-12-28 10:00", "2025-12-29 14:30"),
    leg("off-1", "PEK-NRT", "2025-12-30 10:00", "2025-12-30 14:00"),
    leg("back-1", "NRT-PEK", "2025-12-31 10:00", "2025-12-31 13:00"),
    leg("back-2", "NRT-PEK", "2026-01-01 10:00", "2026-01-01 13:00"),
    leg("off-2", "PEK-NRT", "2026-01-03 10:00", "2026-01-03 14:00"),
    leg("back-3", "NRT-PEK", "2026-01-08 10:00", "2026-01-08 13:00", mode="sea"),
    leg("home", "PEK-JFK", "2026-01-10 10:00", "2026-01-10 10:30"),
)
FREE = Price.parse("0")
ITEMS = (
    Acquirable(
        id="card",
        price=FREE,
        lead=LeadTime(days=8),
        permission=NewPermission(zone="FR", type="residence", enter_within=Period(12)),
    ),
    Acquirable(
        id="fetched",
        price=FREE,
        handed_over_in=("PEK",),
        permission=NewPermission(zone="FR", type="residence"),
    ),
    Acquirable(id="book", price=FREE, lead=LeadTime(days=5), passport=NewPassport(id="jp", state="JP")),
)


def seen(*past: PastStay, items: tuple[Acquirable, ...] = (), tries: int = 200, **rule: Any) -> int:
    """How many random journeys break the rule; both readings agree on each."""
    made: Scenario = scenario(
        LEGS,
        travellers=(traveller("ann", "us:US", past_stays=past),),
        law=LawBook(
            rules=(YearlyEntries(id="often", zone="CN", **rule),),
            admissions=(
                Admission(id="free", zone="CN", nationalities=("US", "JP"), grant="visa_free"),
                Admission(id="jp", zone="JP", nationalities=("US",), grant="visa_free"),
            ),
        ),
        acquirables=items,
        today=date(2025, 12, 24),
    )
    return compare(made, {"yearly-entries"}, tries)["often.ann"]


def test_years_count_for_themselves() -> None:
    assert seen(cap=2) == 0
    assert seen(cap=1) > 0
    assert seen(cap=0, effective_from=date(2026, 1, 9)) == 0
    old = PastStay(territory="CN", from_=date(2025, 12, 1), to=date(2025, 12, 2))
    assert seen(old, cap=1, effective_from=date(2025, 12, 30)) > 0


def test_past_stays_are_entries_of_their_first_day() -> None:
    old = PastStay(territory="CN", from_=date(2025, 12, 1), to=date(2025, 12, 2))
    assert seen(old, cap=3) == 0
    assert seen(old, cap=2) > 0
    assert seen(old, cap=2, types=("visa_free",)) > 0  # its type is not known
    visa = PastStay(territory="CN", from_=date(2025, 12, 1), to=date(2025, 12, 2), type="visa")
    assert seen(visa, cap=2, types=("visa_free",)) == 0
    assert seen(visa, cap=2) > 0


def test_past_entries_alone_break_nothing() -> None:
    old = [PastStay(territory="CN", from_=date(2025, 1, day), to=date(2025, 1, day)) for day in (1, 3)]
    assert seen(*old, cap=1, modes=("sea",)) == 0  # by sea only in the new year


def test_an_entry_with_a_paper_that_lets_it_off_is_not_counted() -> None:
    unless = (Paper(zones=("FR",)),)
    assert 0 < seen(items=ITEMS, cap=1, unless=unless) < seen(items=ITEMS, cap=1)
    assert seen(items=ITEMS[:1], cap=0, unless=unless) > 0


def test_who_becomes_a_national_on_the_way_is_counted_from_then_on() -> None:
    assert 0 < seen(items=ITEMS, cap=1, nationals_of=("JP",)) < seen(items=ITEMS, cap=1)
    assert 0 < seen(items=ITEMS, cap=1, exempt_nationals_of=("JP",)) < seen(items=ITEMS, cap=1)
    rule: Any = {"items": (ITEMS[0], ITEMS[2]), "cap": 1, "nationals_of": ("JP",), "tries": 600}
    assert 0 < seen(**rule, unless=(Paper(zones=("FR",)),)) < seen(**rule)


OFTEN = '[[rules]]\nkind = "yearly-entries"\nid = "yearly"\nzone = "BB"\ncap = 2\n'
USED_UP = been("BB", "2025-01-01", "2025-02-01")
OVER_NEW_YEAR = """
[[legs]]
id = "cb"
departs = 2026-01-01T08:00:00
arrives = 2026-01-01T10:00:00
[[legs]]
id = "ba"
departs = 2026-01-03T08:00:00
arrives = 2026-01-03T10:00:00
"""
ON_NEW_YEARS_DAY = """
today = 2025-01-01
[[travellers]]
id = "t"
past_stays = [{ territory = "BB", from = 2025-01-01, to = 2025-01-01 }]
[[rules]]
id = "yearly"
cap = 1
[[legs]]
id = "ab"
departs = 2025-01-01T08:00:00
arrives = 2025-01-01T10:00:00
"""


@pytest.mark.parametrize(
    ("overlay", "expected"),
    [
        (USED_UP, ["BB always"]),
        (USED_UP + TWO.replace('[[travellers]]\nid = "t"\n', ""), ["BB always"]),
        (USED_UP + OVER_NEW_YEAR, ["BB 0601-1231"]),
        (been("BB", "2025-01-01"), []),
        (been("BB", "2025-01-01", "2024-12-31"), []),
        (been("BB", "2024-01-01", "2024-12-31"), ["nowhere"]),
        (ON_NEW_YEARS_DAY, ["BB always"]),
    ],
)
def test_bounds_hear_of_years_that_are_used_up(overlay: str, expected: list[str]) -> None:
    assert heard("yearly-entries", OFTEN, overlay) == [refusal("yearly.t", days) for days in expected]


@pytest.mark.parametrize(
    ("cap", "first", "text"),
    [
        (1, date(2025, 1, 19), "at most once in a calendar year"),  # the day before Romania joins the zone
        (2, date(2025, 1, 20), "at most 2 times in a calendar year (so far on 2025-01-20)"),
    ],
)
def test_a_past_stay_is_in_the_zone_if_it_was_on_its_first_day(cap: int, first: date, text: str) -> None:
    ann = traveller("ann", past_stays=(PastStay(territory="RO", from_=first, to=date(2025, 1, 21)),))
    legs = (
        leg("in", "JFK-CDG", "2025-02-01 10:00", "2025-02-01 22:00"),
        leg("off", "CDG-IST", "2025-02-03 10:00", "2025-02-03 13:00"),
        leg("back", "IST-VIE", "2025-02-05 10:00", "2025-02-05 12:00"),
    )
    rule = YearlyEntries(id="often", zone="SCHENGEN", cap=cap)
    question = only(rule, legs, end="VIE", travellers=(ann,))
    assert rule.fact(question, ann).text == f"ann may enter SCHENGEN {text}"
    assert compare(question, {"yearly-entries"}, 4)["often.ann"] == 4
    assert told(journey(question, "in off back", "ll", "us", "us", "us", "us")) == [
        f"the entry on 2025-02-05 is number {cap + 1} of the year"
    ]
