"""A table of real quotes, read in place where it is: every row that has a price is a leg, at that price."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from itertools import permutations, product
from pathlib import Path

import pytest

from benchmarks.data import folder
from planner import plan
from planner.rules.base import table_kinds
from planner.scenario.importing.alone import Imported, imported
from planner.scenario.importing.saving import saved
from planner.scenario.reading import read_text

FOLDER = folder("rigterink")
NO_QUOTE = 2**31 - 1
CITIES = {  # theirs, and an airport
    "BKKT": "BKK", "DXBA": "DXB", "HKGA": "HKG", "ISTA": "IST", "KULM": "KUL",
    "LOND": "LHR", "NYCA": "JFK", "PARI": "CDG", "SINS": "SIN",
}  # fmt: skip
KEYS = """
columns = { from = "origin", to = "destination", departs_date = "outbound_date", arrives_date = "outbound_date", \
price = "quote" }
departs = 06:00:00
arrives = 23:00:00
currency = "USD"
only = { price_to = 1000000 }
"""
STOPS = ("CDG", "IST", "LHR")
TRIP = """
today = 2020-12-24
currency = "USD"
rulebooks = []
[[leg_tables]]
files = "legs.csv"
times = "utc"
[[travellers]]
id = "t"
passports = [{ id = "fr", state = "FR" }, { id = "gb", state = "GB" }, { id = "tr", state = "TR" }, \
{ id = "us", state = "US" }]
[trip]
start = "JFK"
"""
pytestmark = pytest.mark.skipif(FOLDER is None, reason="needs the data set rigterink")


@pytest.fixture(scope="module")
def quotes() -> list[dict[str, str]]:
    assert FOLDER is not None
    with (FOLDER / "quotes_top10_20201117.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    keys = tmp_path_factory.mktemp("keys") / "keys.toml"
    keys.write_text(KEYS)
    ports = {f"{theirs}-sky": ours for theirs, ours in CITIES.items()}
    assert FOLDER is not None
    return imported("table", [str(FOLDER / "quotes_top10_20201117.csv")], keys, ports=ports)


def test_each_quote_is_a_leg_and_nothing_else(quotes: list[dict[str, str]], found: Imported) -> None:
    told = sorted(
        (CITIES[row["origin"][:4]], CITIES[row["destination"][:4]], row["outbound_date"], f"{int(row['quote'])}.00")
        for row in quotes
        if int(row["quote"]) < NO_QUOTE
    )
    legs, table = found.legs(), found.timetable
    days = [date.fromordinal(number).isoformat() for number in table.departs_on.tolist()]
    assert sorted(zip(legs["from"], legs["to"], days, legs["price"], strict=True)) == told
    assert len(told) == 1243
    assert len(quotes) == 1800
    assert table.arrives_on.tolist() == table.departs_on.tolist()


def test_the_plan_is_the_cheapest_round_trip_that_counting_finds(
    quotes: list[dict[str, str]], found: Imported, tmp_path: Path
) -> None:
    price = {
        (CITIES[row["origin"][:4]], CITIES[row["destination"][:4]], date.fromisoformat(row["outbound_date"])): int(
            row["quote"]
        )
        for row in quotes
        if int(row["quote"]) < NO_QUOTE
    }
    days = sorted({day for _, _, day in price})
    sums = []
    for first, *nights in product(days, *[(2, 3)] * len(STOPS)):
        for cities in permutations(STOPS):
            when = [first + timedelta(days=sum(nights[:number])) for number in range(len(nights) + 1)]
            hops = list(zip(("JFK", *cities), (*cities, "JFK"), when, strict=True))
            if all(hop in price for hop in hops):
                sums.append(sum(price[hop] for hop in hops))
    (tmp_path / "legs.csv").write_bytes(saved(found.legs(), "legs.csv"))
    stops = "".join(f'[[trip.stops]]\nat = "{city}"\nnights = {{ min = 2, max = 3 }}\n' for city in STOPS)
    answer = plan(read_text(TRIP + stops, table_kinds(), "trip.toml", tmp_path))
    assert answer.status == "optimal"
    assert answer.plan is not None
    assert answer.plan.cost == 100 * min(sums)
    assert len(sums) > 100
