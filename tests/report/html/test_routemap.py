from __future__ import annotations

import re

import pytest
from attrs import evolve

from planner.itinerary.choices import Itinerary
from planner.itinerary.journey import Journey
from planner.report.html.labels import NARROW, placings
from planner.report.html.routemap import WIDE, RouteMap, route_map, unplaced
from tests.report.html.scenarios import around


def travelled(*route: str) -> Journey:
    """A journey of which only the legs are known, which is all that a map needs."""
    question = around(*route)
    return Journey(scenario=question, itinerary=Itinerary(), legs=question.legs, touches=(), visits=())


def drawn(*route: str) -> RouteMap:
    found = route_map(travelled(*route))
    assert found is not None
    return found


def points(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]


@pytest.mark.parametrize(
    "route", ["SFO PEK SFO", "AKL LAX AKL", "LHR BKK SYD LAX LHR", "JFK PEK", "CDG FCO CDG", "LHR SYD", "TLL HEL"]
)
def test_every_port_and_line_is_on_the_map(route: str) -> None:
    found = drawn(*route.split())
    assert 1.2 < WIDE / found.high < 2.3
    assert {spot.port for spot in found.spots} == set(route.split())
    assert all(3 < spot.x < 97 and 3 < spot.y < 97 for spot in found.spots)
    for track in found.tracks:
        assert all(-0.1 <= x <= WIDE + 0.1 and 0 <= y <= found.high for x, y in points(track.path))
    assert all(re.fullmatch(r"(M[-\d.L ]+Z)*", path) for path in (found.land,))


def test_a_pacific_crossing_is_one_line_with_the_ocean_in_the_middle() -> None:
    found = drawn("AKL", "LAX", "AKL")
    assert len(found.tracks) == 2
    left, right = sorted(found.spots, key=lambda spot: spot.x)
    assert (left.port, right.port) == ("AKL", "LAX")
    assert found.tracks[0].turn < 0 < found.tracks[1].turn  # up to the north-east and down again


def test_around_the_world_one_line_is_in_two_parts() -> None:
    found = drawn("LHR", "BKK", "SYD", "LAX", "LHR")
    assert len(found.tracks) == 5
    edges = [x for track in found.tracks for x, _ in (points(track.path)[0], points(track.path)[-1])]
    assert edges.count(0.0) == edges.count(WIDE) == 1


def test_a_short_trip_shows_its_region_and_not_the_world() -> None:
    found = drawn("TLL", "HEL")
    assert len(found.land) < 20_000
    a, b = found.spots
    assert abs(a.y - b.y) > 10


def test_ports_without_a_known_place_are_named_and_not_drawn() -> None:
    journey = travelled("CDG", "FCO")
    last = evolve(journey.legs[0], id="ferry", mode="sea", from_="FCO", to="pier")
    part = route_map(evolve(journey, legs=(*journey.legs, last)))
    assert part is not None
    assert [spot.port for spot in part.spots] == ["CDG", "FCO"]
    assert unplaced(evolve(journey, legs=(*journey.legs, last))) == ("pier",)
    assert route_map(evolve(journey, legs=(last,))) is None


def test_names_keep_apart_and_on_the_map() -> None:
    crowd = {"AAA": (500.0, 250.0), "BBB": (540.0, 250.0), "CCC": (520.0, 280.0), "DDD": (995.0, 5.0)}
    found = placings(crowd, dict.fromkeys(crowd, "Town"), WIDE, 500)
    assert found["DDD"].side in ("w", "sw", "s")
    pixel = WIDE / NARROW
    boxes = []
    for port, (x, y) in crowd.items():
        side = found[port].side
        across = {"e": 0, "w": -1}.get(side[-1], -0.5)
        down = {"n": -1, "s": 0}.get(side[0], -0.5)
        left = x + (across * 44 + 8 * (2 * across + 1)) * pixel
        top = y + (down * 20 + 8 * (2 * down + 1)) * pixel
        boxes.append((left, top, left + 44 * pixel, top + 20 * pixel))
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_where_there_is_no_room_for_a_town_there_is_its_port() -> None:
    row = {f"P{number}X": (100.0 + 70 * number, 100.0) for number in range(9)}
    found = placings(row, dict.fromkeys(row, "A town with a long name"), WIDE, 200)
    assert any(name.brief for name in found.values())
    alone = placings({"AAA": (500.0, 100.0)}, {"AAA": "A town with a long name"}, WIDE, 200)
    assert not alone["AAA"].brief
