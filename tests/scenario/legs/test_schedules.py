from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from planner.core.errors import ScenarioError
from planner.rules.base import table_kinds
from planner.scenario.reading import read_text
from planner.scenario.scenario import Scenario
from tests.scenario.legs.worlds import HEAD, TAIL

KORYO = """
[[schedules]]
id = "JS151"
from = "FNJ"
to = "PEK"
departs = "21:30"
arrives = 00:15:00
arrives_days = 1
operator = "Air Koryo"
days = ["tue", "sat"]
first = 2025-02-25
last = 2025-03-18
except = [2025-03-08, 2025-03-09]
also = 2025-03-13
price = "250 USD"
prices = [
    { days = "sat", price = 300 },
    { from = 2025-03-10, to = 2025-03-13, price = 280 },
]
"""


def read(text: str) -> Scenario:
    return read_text(HEAD + TAIL + text, table_kinds(), "trip.toml", Path())


def changed(*changes: tuple[str, str]) -> str:
    text = KORYO
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def problems(text: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        read(text)
    return [str(problem).partition(": ")[2] for problem in caught.value.problems]


def test_a_schedule_runs_on_its_days_from_today_at_the_price_of_the_date() -> None:
    scenario = read(KORYO)
    prices = {str(leg.id): int(leg.price.amount) for leg in scenario.legs if leg.price}
    assert prices == {
        "JS151:2025-03-01": 300,  # a Saturday; 25 February lies before today
        "JS151:2025-03-04": 250,
        "JS151:2025-03-11": 280,
        "JS151:2025-03-13": 280,  # a Thursday
        "JS151:2025-03-15": 300,
        "JS151:2025-03-18": 250,
    }
    leg = scenario.legs[1]
    assert (leg.departs, leg.arrives) == (datetime(2025, 3, 4, 21, 30), datetime(2025, 3, 5, 0, 15))
    assert leg.arrives_utc - leg.departs_utc == 3 * 60 + 45
    assert [fare.id for fare in scenario.fares] == [leg.id for leg in scenario.legs]
    assert scenario.last_departure == date(2025, 3, 18)


def test_tickets_and_changes_name_the_leg_of_a_date() -> None:
    unsold = changed(('price = "250 USD"\n', ""))
    ticket = '[[fares]]\nid = "t"\nlegs = ["JS151:2025-03-04", "JS151:2025-03-11"]\nprice = 9\n'
    scenario = read(unsold + ticket)
    assert [fare.id for fare in scenario.fares if "2025-03-04" in fare.id] == []
    (found,) = problems(unsold + ticket.replace("03-04", "03-05"))
    assert found == "legs: unknown leg 'JS151:2025-03-05' (did you mean 'JS151:2025-03-15'?)"


# What is changed in the schedule, and what is said about it.
BROKEN = [
    (('days = ["tue", "sat"]', 'days = ["tues"]'), "days: expected 'mon', 'tue', 'wed'"),
    (("last = 2025-03-18", "last = 2025-02-18"), "last (2025-02-18) lies before first (2025-02-25)"),
    (("also = 2025-03-13", "also = 2025-03-08"), "also: 2025-03-08 is in except, too"),
    (('departs = "21:30"', 'departs = "9:30 pm"'), "departs: expected a time of day such as 22:00"),
    (("arrives_days = 1\n", ""), "leg 'JS151:2025-03-01' does not arrive after it departs"),
    (("arrives_days = 1", "arrives_days = 200"), "arrives_days: a leg of 200 days is longer than the 100"),
    (('to = "PEK"', 'to = "QQX"'), "to: unknown port 'QQX'"),
    (('"250 USD"', '"250 EUR"'), "no exchange rate for EUR"),
    (("price = 280", 'price = "280 EUR"'), "no exchange rate for EUR"),
    (("last = 2025-03-18", "last = 9999-12-31"), "last: the year 9999 is out of range"),
    (("first = 2025-02-25\n", ""), "[[schedules]] needs the key 'first', which is missing (expected a date"),
]


@pytest.mark.parametrize(("change", "words"), BROKEN, ids=[words for _, words in BROKEN])
def test_a_wrong_schedule_is_one_problem(change: tuple[str, str], words: str) -> None:
    found = problems(changed(change))
    assert [text for text in found if text.startswith(words)] != []
    assert len(found) == (2 if "9999" in words else 1)


def test_a_schedule_without_dates_or_prices() -> None:
    never = changed(
        ("last = 2025-03-18", "last = 2025-02-25"), ('["tue", "sat"]', '"sun"'), ("also = 2025-03-13\n", "")
    )
    assert problems(never) == ["schedule 'JS151' runs on no date (days are sun, from 2025-02-25 to 2025-02-25)"]
    free = KORYO[: KORYO.index("price =")]
    assert problems(free) == [
        "schedule 'JS151' has no price, and none of its legs is in a fare (add price = … to the schedule)"
    ]


def test_ids_are_used_once() -> None:
    twice = problems(KORYO + KORYO)
    assert len(twice) == 1
    assert twice[0].startswith("the schedule id 'JS151' is used twice")
    leg = '[[legs]]\nid = "JS151:2025-03-04"\nfrom = "FNJ"\nto = "PEK"\nprice = 1\n'
    leg += "departs = 2025-03-04T08:00:00\narrives = 2025-03-04T10:00:00\n"
    assert any("the leg id 'JS151:2025-03-04' is used twice" in text for text in problems(KORYO + leg))


def test_clocks_put_forward_skip_a_departure() -> None:
    night = changed(
        ('from = "FNJ"', 'from = "CDG"'), ("2025-03-18", "2025-03-31"), ('"21:30"', '"02:30"'), ('"tue"', '"sun"')
    )
    (found,) = problems(night)
    assert found.startswith("departs: 2025-03-30 02:30 does not exist at CDG")
