"""Tables of fares, and times in other forms than the planner's own."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from planner.scenario.timetable import UNPRICED
from tests.scenario.legs.worlds import FARES, legs_of, problems, scenario

TABLES = 'legs = "fares.csv"\n[[fare_tables]]\nfiles = "joint.csv"\n'
RATES = "[rates]\ndate = 2025-02-01\nvalues = { EUR = 1.1 }\n"
JOINT = """\
legs,price,currency,id,title,per
fares.csv:1;fares.csv:3,700,EUR,return,Return,party
fares.csv:1; fares.csv:2 ;fares.csv:3,900.50,,,,
"""


def test_rows_become_fares(tmp_path: Path) -> None:
    sold = scenario(tmp_path, TABLES, RATES, fares=FARES, joint=JOINT).tickets
    assert sold is not None
    assert (list(sold.ids), list(sold.titles)) == (["return", "joint.csv:2"], ["Return", ""])
    assert (sold.start.tolist(), sold.legs.tolist()) == ([0, 2, 5], [0, 2, 0, 1, 2])
    assert [sold.currencies[number] for number in sold.currency] == ["EUR", "USD"]
    assert (sold.price.tolist(), sold.party.tolist()) == ([70000, 90050], [True, False])
    assert str(sold.where(1).place) == f"{tmp_path}/joint.csv, row 2"


def test_fares_may_name_legs_of_the_file_and_legs_that_are_left_out(tmp_path: Path) -> None:
    own = '[[fares]]\nid = "own"\nlegs = ["fares.csv:3"]\nprice = 3\n'  # which makes row 3 a leg of the scenario's own
    early = FARES.replace("2025-03-05", "2025-02-05")
    sold = scenario(tmp_path, TABLES, own + RATES, fares=early, joint=JOINT).tickets
    assert sold is not None
    assert (list(sold.ids), sold.legs.tolist()) == (["return"], [1, 0])
    assert sold.left_out == {"fares with a leg that is left out": 1}


WRONG = [
    ("fares.csv:1;fares.csv:9,1,,,,", "row 1: legs: there is no leg 'fares.csv:9'"),
    ("fares.csv:3;fares.csv:1,1,,,,", "row 1: leg 'fares.csv:1' departs before leg 'fares.csv:3' arrives"),
    ("fares.csv:3;fares.csv:3,1,,,,", "row 1: legs: a leg is named twice"),
    (",1,,,,", "row 1: legs: it is empty"),
    ("fares.csv:1,,,,,", "row 1: price: it is empty"),
    ("fares.csv:1,1,JPY,,,", "row 1: currency: no exchange rate for the text 'JPY'"),
    ("fares.csv:1,x,,,,", "row 1: price: expected a price such as"),
    ("fares.csv:1,1,,,,all", "row 1: per: found the text 'all' (expected traveller or party)"),
    ("fares.csv:1,1,,fares.csv:2,,", "row 1: the fare id 'fares.csv:2' is used twice"),
]


@pytest.mark.parametrize(("row", "words"), WRONG, ids=[words for _, words in WRONG])
def test_what_is_wrong_is_told_with_its_row(tmp_path: Path, row: str, words: str) -> None:
    (found,) = problems(tmp_path, TABLES, RATES, fares=FARES, joint=JOINT.splitlines()[0] + "\n" + row)
    assert found.startswith("joint.csv:2:1, ") or found.startswith("joint.csv, ")
    assert words in found


def test_the_columns_of_fares_can_have_other_names(tmp_path: Path) -> None:
    table = TABLES + 'columns = { legs = "flights", price = "sum" }\n'
    joint = "sum,flights\n5,fares.csv:1\n"
    assert scenario(tmp_path, table, fares=FARES, joint=joint).tickets is not None
    (found,) = problems(tmp_path, TABLES, fares=FARES, joint=joint)
    assert "there is no column 'legs'" in found
    assert "[[fare_tables]]" in problems(tmp_path, TABLES, fares=FARES, joint=joint.replace("flights", "leg"))[0]


HEAD = "from,to,departs,arrives,price\n"
FORMS = [
    ('time_format = "%d/%m/%Y %H.%M"', "MEX,CDG,03/03/2025 19.45,04/03/2025 14.30,5"),
    ('times = "offset"', "MEX,CDG,2025-03-03T19:45-06:00,2025-03-04 13:30Z,5"),
    ('times = "offset"\ntime_format = "%Y%m%d%H%M%z"', "MEX,CDG,202503032045-0500,202503042130+0800,5"),
    ('times = "utc"\ntime_format = "%d %b %Y %H:%M"', "MEX,CDG,04 Mar 2025 01:45,04 Mar 2025 13:30,5"),
    (
        'departs = "19:45"\narrives = "14:30"\ncolumns = { departs_date = "departs", arrives_date = "arrives" }',
        "MEX,CDG,2025-03-03,2025-03-04,5",
    ),
    (
        "only = { price_to = 5 }",
        "MEX,CDG,2025-03-03 19:45,2025-03-04 14:30,5\nMEX,CDG,2025-03-03 19:45,2025-03-04 14:30,6",
    ),
    ('price = "5 USD"', "MEX,CDG,2025-03-03 19:45,2025-03-04 14:30,"),
    ('ports = { "Mexico City" = "MEX", "Paris" = "CDG" }', "Mexico City,Paris,2025-03-03 19:45,2025-03-04 14:30,5"),
]


@pytest.mark.parametrize(("keys", "row"), FORMS, ids=[keys for keys, _ in FORMS])
def test_forms_of_times_prices_and_ports(tmp_path: Path, keys: str, row: str) -> None:
    (leg,) = legs_of(scenario(tmp_path, "", f'[[leg_tables]]\nfiles = "fares.csv"\n{keys}\n', fares=HEAD + row))
    expected = legs_of(scenario(tmp_path, fares=FARES))[0]
    assert (leg.from_, leg.to, leg.departs_utc, leg.arrives_utc) == (
        expected.from_,
        expected.to,
        expected.departs_utc,
        expected.arrives_utc,
    )
    assert leg.price is not None
    assert leg.price.amount == 5


@pytest.mark.parametrize(
    ("keys", "row", "words"),
    [
        ('time_format = "%d/%m/%Y %H:%M"', FORMS[0][1], "expected a time written as '%d/%m/%Y %H:%M', found"),
        (
            'times = "offset"',
            FORMS[6][1] + "5",
            "expected a time with its offset from UTC, found the text '2025-03-03 19:45'",
        ),
        ('time_format = "%Y%m%d%H%M%z"', FORMS[2][1], 'add times = "offset"'),
        ('departs = "19:45"', FORMS[6][1], "departs: there is no column of dates to go with it"),
        ('price = "5 EUR"', FORMS[6][1], "expected an amount in USD, as the prices of the table are, found one in EUR"),
        ('only = { price_to = "5 EUR" }', FORMS[6][1], "expected an amount in USD, as the prices of the table are"),
        ('format = "gtsf"', FORMS[6][1], "format: unknown format 'gtsf' (did you mean 'gtfs'?)"),
    ],
)
def test_times_in_other_forms_than_said(tmp_path: Path, keys: str, row: str, words: str) -> None:
    found = problems(tmp_path, "", f'[[leg_tables]]\nfiles = "fares.csv"\n{keys}\n', fares=HEAD + row)
    assert words in found[0]


def test_dates_of_a_parquet_file(tmp_path: Path) -> None:
    day = pl.Series([date(2025, 3, 3)])
    pl.DataFrame({"from": ["MEX"], "to": ["CDG"], "day": day, "price": [5]}).write_parquet(tmp_path / "days.parquet")
    keys = 'departs = "08:00"\narrives = "23:00"\ncolumns = { departs_date = "day", arrives_date = "day" }'
    (leg,) = legs_of(scenario(tmp_path, "", f'[[leg_tables]]\nfiles = "days.parquet"\n{keys}\n'))
    assert (leg.departs, leg.arrives) == (datetime(2025, 3, 3, 8), datetime(2025, 3, 3, 23))


def test_unpriced_stays_unpriced_without_a_price_for_the_rest(tmp_path: Path) -> None:
    table = scenario(tmp_path, fares=FARES).timetable
    assert table is not None
    assert table.price[1] == UNPRICED
