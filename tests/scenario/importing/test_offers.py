"""What stands in flight offers, and what may be wrong with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from planner.core.errors import ScenarioError
from planner.scenario.importing.alone import Imported, imported
from planner.scenario.importing.offers import UNEVEN
from tests.scenario.importing.worlds import FLIGHTS, amadeus_offer, duffel_offer, write_offers

OUT, BACK = list(FLIGHTS[:2]), list(FLIGHTS[2:])
KINDS = {"duffel": duffel_offer, "amadeus": amadeus_offer}


def read(folder: Path, kind: str, *files: list[dict[str, Any]]) -> Imported:
    names = [f"offers-{number}.json" for number, _ in enumerate(files)]
    for name, offers in zip(names, files, strict=True):
        write_offers(folder, kind, offers, name)
    return imported(kind, [str(folder / name) for name in names])


@pytest.mark.parametrize("kind", KINDS)
def test_each_flight_is_a_leg_and_each_offer_a_fare(tmp_path: Path, kind: str) -> None:
    offer = KINDS[kind]
    offers = [offer("a", [OUT, BACK], "600.10"), offer("b", [OUT], "320.00"), offer("c", [OUT], "330.00")]
    found = read(tmp_path, kind, offers, [offer("d", [OUT, BACK], "599.00"), offer("e", [BACK], "410.00")])
    assert found.legs()["id"] == [
        "AF9-JFK-CDG-2025-03-29T23:20",
        "AF6202-CDG-NCE-2025-03-30T16:05",
        "AF6203-NCE-CDG-2025-04-06T08:00",
        "AF3636-CDG-JFK-2025-04-06T13:15",
    ]
    assert found.legs()["departs"][0] == "2025-03-30T03:20Z"
    assert found.legs()["operator"][3] == "Delta Air Lines"  # it operates what Air France sells as AF3636
    fares = found.fares()
    assert fares["price"] == ["599.00", "320.00", "410.00"]  # of equal offers the cheapest
    assert fares["title"] == ["Air France d", "Air France b", "Air France e"]
    assert fares["legs"][1].split(";") == found.legs()["id"][:2]
    assert set(fares["currency"]) == {"EUR"}
    assert found.left_out == {"offers dearer than another for the same flights": 2}
    assert found.unsold == 0


def test_travellers_whose_kind_is_no_text_are_not_alike(tmp_path: Path) -> None:
    odd = [{"type": ["adult"]}, {"type": {"adult": 1}}]
    with pytest.raises(ScenarioError, match=UNEVEN):
        read(tmp_path, "duffel", [duffel_offer("a", [OUT], "640.00", passengers=odd)])


def test_offers_for_several_travellers(tmp_path: Path) -> None:
    adult, child = {"type": "adult"}, {"type": "child"}
    offers = [
        duffel_offer("a", [OUT], "640.00", passengers=[adult, adult]),
        duffel_offer("b", [BACK], "640.00", passengers=[adult, child]),
    ]
    found = read(tmp_path, "duffel", offers)
    assert found.fares()["price"] == ["320.00"]
    assert found.left_out == {UNEVEN: 1}
    each = [{"price": {"total": "320.00"}}, {"price": {"total": "320.00"}}]
    offers = [
        amadeus_offer("a", [OUT], "640.00", travelerPricings=each),
        amadeus_offer("b", [BACK], "650.00", travelerPricings=each),  # ten more for the offer itself
    ]
    found = read(tmp_path, "amadeus", offers)
    assert found.fares()["price"] == ["320.00"]
    assert found.left_out == {UNEVEN: 1}


@pytest.mark.parametrize("kind", KINDS)
def test_seconds_are_rounded_to_the_safe_side(tmp_path: Path, kind: str) -> None:
    first = evolve(OUT[0], departs="2025-03-29T23:20:59", arrives="2025-03-30T12:25:01")
    found = read(tmp_path, kind, [KINDS[kind]("a", [[first]], "600.10")])
    assert (found.legs()["departs"], found.legs()["arrives"]) == (["2025-03-30T03:20Z"], ["2025-03-30T10:26Z"])


def test_an_airline_without_a_code(tmp_path: Path) -> None:
    offer = duffel_offer("a", [OUT], "600.10")
    offer["slices"][0]["segments"][0]["marketing_carrier"] = {"iata_code": None, "name": "Duffel Airways"}
    found = read(tmp_path, "duffel", [offer])
    assert found.legs()["id"][0].startswith("Duffel Airways9-JFK-CDG")


def test_airports_that_only_the_offer_describes(tmp_path: Path) -> None:
    strange = evolve(OUT[1], end="QQZ", number="AF1")
    offer = duffel_offer("a", [[OUT[0], strange]], "100.00")
    found = read(tmp_path, "duffel", [offer, duffel_offer("b", [[OUT[0]]], "90.00")])
    assert found.left_out == {"offers that touch airports without known clocks": 1}
    offer["slices"][0]["segments"][1]["destination"]["time_zone"] = "Europe/Paris"
    found = read(tmp_path, "duffel", [offer])
    assert [(port.id, port.timezone) for port in found.strangers] == [("QQZ", "Europe/Paris")]


def without(offer: dict[str, Any], *path: Any, instead: Any = None) -> dict[str, Any]:
    inner: Any = offer
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = instead
    return offer


def wrong_offers() -> list[tuple[str, dict[str, Any], str]]:
    def of(kind: str) -> dict[str, Any]:
        return KINDS[kind]("a", [OUT, BACK], "600.00")

    segment = ("slices", 0, "segments", 0)
    second = ("itineraries", 1, "segments", 1)
    return [
        ("duffel", without(of("duffel"), "total_amount"), "data.offers[1].total_amount is missing"),
        (
            "duffel",
            without(of("duffel"), "total_amount", instead="many"),
            "total_amount: expected an amount, found 'many'",
        ),
        ("duffel", without(of("duffel"), "total_currency", instead="Euro"), "expected a currency such as 'EUR'"),
        ("duffel", without(of("duffel"), *segment, "departing_at", instead="noon"), "expected a time such as"),
        (
            "duffel",
            without(of("duffel"), *segment, "origin"),
            "data.offers[1].slices[0].segments[0].origin is missing",
        ),
        ("duffel", without(of("duffel"), "slices", instead={}), "data.offers[1].slices: expected a list, found {}"),
        ("duffel", without(of("duffel"), *segment, instead="?"), "segments[0].marketing_carrier is missing"),
        ("amadeus", without(of("amadeus"), "price", "grandTotal", instead="-1"), "grandTotal: expected an amount"),
        ("amadeus", without(of("amadeus"), *second, "number"), "data[1].itineraries[1].segments[1].number is missing"),
        (
            "amadeus",
            without(of("amadeus"), *second, "arrival", "at", instead="2025-04-06T05:40:00"),
            "data[1].itineraries[1].segments[1]: the flight does not arrive after it departs",
        ),
        (
            "amadeus",
            without(of("amadeus"), "itineraries", 0, "segments", 1, "departure", "at", instead="2025-03-30T02:30:00"),
            "2025-03-30T02:30:00 does not exist at CDG",
        ),
        (
            "amadeus",
            without(of("amadeus"), "itineraries", 0, "segments", 1, "departure", "at", instead="2025-03-30T12:00:00"),
            "the flight departs before the one before it arrives",
        ),
    ]


@pytest.mark.parametrize(("kind", "offer", "words"), wrong_offers(), ids=[words for _, _, words in wrong_offers()])
def test_what_is_wrong_is_told_with_the_offer(tmp_path: Path, kind: str, offer: dict[str, Any], words: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        read(tmp_path, kind, [KINDS[kind]("fine", [OUT], "1.00"), offer])
    (problem,) = caught.value.problems
    assert words in problem.message
    assert str(problem.place) == f"{tmp_path}/offers-0.json, row 2"


@pytest.mark.parametrize("kind", KINDS)
def test_files_that_hold_no_offers(tmp_path: Path, kind: str) -> None:
    texts = {"a": '{"data": [}', "b": '{"errors": []}', "c": "[1]", "d": "[" * 100_000, "e": "\xff"}
    for name, text in texts.items():
        (tmp_path / f"{name}.json").write_text(text, encoding="latin-1")
    with pytest.raises(ScenarioError) as caught:
        imported(kind, [str(tmp_path / f"{name}.json") for name in texts])
    told = [str(problem).removeprefix(f"{tmp_path}/") for problem in caught.value.problems]
    assert len(told) == 5
    assert told[0].startswith("a.json:1:11: this is no JSON")
    assert all("there are no offers" in text for text in told[1:3])
    assert "nested too deeply" in told[3]
    assert "not UTF-8" in told[4]
