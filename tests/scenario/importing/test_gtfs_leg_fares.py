"""The second version of GTFS fares: which product is for which ride, and what is left out and said."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.core.errors import ScenarioError
from planner.scenario.importing.alone import Imported, imported
from planner.scenario.importing.gtfs_leg_fares import FIRST, RIDERS, TIMED, TOGETHER
from tests.scenario.importing.worlds import feed, write_feed

PRODUCTS = """fare_product_id,amount,currency,rider_category_id,fare_media_id
    ten,10,EUR,,
    twenty,20.50,EUR,adult,paper
    twenty,19.50,EUR,adult,card
    twenty,9,EUR,child,
    thirty,30,EUR,,
    child,5,EUR,child,
    off,-2,EUR,,
    """
FILES = {
    "fare_products.txt": PRODUCTS,
    "rider_categories.txt": "rider_category_id,is_default_fare_category\nadult,1\nchild,0",
    "areas.txt": "area_id\nparis\nriviera\namerica",
    "stop_areas.txt": "area_id,stop_id\nparis,CDG\nriviera,NCE-T1\namerica,JFK",  # stations stand for what is in them
    "route_networks.txt": "network_id,route_id\nsky,AF\ndelta,DL",
}
HEAD = "network_id,from_area_id,to_area_id,fare_product_id"
# Rules, and the prices of the rides to Paris, Nice, Paris (sky) and New York (delta).
RULES = [
    (",,,ten", ["10.00"] * 4),
    ("sky,,,ten\n,,,twenty", ["10.00", "10.00", "10.00", "19.50"]),  # what is empty is for what no rule names
    (",paris,riviera,ten\n,riviera,paris,twenty", ["", "10.00", "19.50", ""]),
    (",paris,,ten\n,,paris,twenty", ["19.50", "10.00", "19.50", "10.00"]),  # each side has names of its own
    (",paris,,ten\n,,riviera,twenty", ["", "", "", "10.00"]),
    ("sky,america,paris,ten\nsky,america,paris,thirty", ["10.00", "", "", ""]),
    (",,,child", ["", "", "", ""]),
]


def read(folder: Path, rules: str, head: str = HEAD, **more: str) -> Imported:
    files = feed() | FILES | {"fare_leg_rules.txt": f"{head}\n{rules}"} | more
    del files["fare_attributes.txt"]
    write_feed(folder / "feed", files)
    return imported("gtfs", [str(folder / "feed")])


@pytest.mark.parametrize(("rules", "prices"), RULES, ids=[rules for rules, _ in RULES])
def test_rules_by_networks_and_areas(tmp_path: Path, rules: str, prices: list[str]) -> None:
    found = read(tmp_path, rules)
    assert [(a, b) for a, b in zip(found.legs()["from"], found.legs()["to"], strict=True)] == [
        ("JFK", "CDG"), ("CDG", "NCE"), ("NCE", "CDG"), ("CDG", "JFK"),
    ]  # fmt: skip
    assert found.legs()["price"] == prices
    assert found.left_out[RIDERS] == 2
    assert found.unsold == prices.count("")


def test_priorities_go_first_and_leave_nothing_to_others(tmp_path: Path) -> None:
    rules = ",,,ten,\nsky,,,twenty,1\nsky,paris,,thirty,2"
    found = read(tmp_path, rules, HEAD + ",rule_priority")
    assert found.legs()["price"] == ["19.50", "30.00", "19.50", "10.00"]


def test_a_fare_by_the_time_of_day_leaves_its_rides_unpriced(tmp_path: Path) -> None:
    rules = ",,,ten,,\nsky,paris,,ten,night,1\ndelta,,,thirty,night,\ndelta,,,twenty,,2"
    found = read(tmp_path, rules, HEAD + ",from_timeframe_group_id,rule_priority")
    assert found.legs()["price"] == ["10.00", "", "10.00", "19.50"]  # where a timed one does not go first, it is sure
    assert found.left_out[TIMED] == 2


def test_networks_of_routes_and_what_is_not_read(tmp_path: Path) -> None:
    files = feed() | FILES | {"fare_leg_rules.txt": f"{HEAD}\nsky,,,thirty"}
    del files["route_networks.txt"]
    files["routes.txt"] = "route_id,agency_id,route_type,network_id\nAF,AF,1100,sky\nDL,DL,1100,delta"
    files["fare_transfer_rules.txt"] = "from_leg_group_id,to_leg_group_id,fare_transfer_type\na,b,0\nb,a,0"
    write_feed(tmp_path / "feed", files)
    found = imported("gtfs", [str(tmp_path / "feed")])
    assert found.legs()["price"] == ["30.00"] * 3 + [""]
    assert {words: number for words, number in found.left_out.items() if number} == {RIDERS: 2, TOGETHER: 2, FIRST: 1}


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("fare_leg_rules.txt", f"{HEAD}\n,,,gold", "fare_leg_rules.txt:2:1, row 1: fare_product_id: fare_products.txt"),
        ("fare_leg_rules.txt", f"{HEAD},rule_priority\n,,,ten,x", "row 1: rule_priority: expected a whole number"),
        ("fare_products.txt", PRODUCTS.replace("30,EUR", "NaN,EUR"), "row 5: amount: expected an amount, found 'NaN'"),
        ("fare_products.txt", PRODUCTS.replace("30,EUR", "30,"), "row 5: currency: it is empty"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, name: str, text: str, words: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        read(tmp_path, ",,,ten", **{name: text})
    assert words in str(caught.value)
