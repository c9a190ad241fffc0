from __future__ import annotations

from itertools import pairwise

import pytest

from planner.report.html.geometry import Box, clipped, great_circle, longitudes, placed
from planner.report.html.world import land, place_of


def way(*ports: str) -> list[list[tuple[float, float]]]:
    places = [place_of(port) for port in ports]
    return [great_circle(a, b) for a, b in pairwise(places) if a and b]


@pytest.mark.parametrize("route", ["SFO PEK", "AKL LAX", "LAX AKL", "JFK PEK", "LHR JFK", "CDG CDG"])
def test_a_great_circle_goes_from_end_to_end_without_a_jump(route: str) -> None:
    start, end = route.split()
    (line,) = way(start, end)
    assert line[0] == place_of(start)
    far = place_of(end)
    assert far is not None
    assert (line[-1][0] - far[0]) % 360 == pytest.approx(0, abs=1e-9) or (line[-1][0] - far[0]) % 360 > 359.9
    assert line[-1][1] == far[1]
    assert all(abs(b[0] - a[0]) < 20 and abs(b[1] - a[1]) <= 1.01 for a, b in pairwise(line))


def test_a_great_circle_is_the_shortest_way() -> None:
    (north,) = way("SFO", "PEK")
    assert max(lat for _, lat in north) == pytest.approx(58.6, abs=0.1)  # over the Aleutians, not along 40 degrees
    (over,) = way("JFK", "PEK")
    assert max(lat for _, lat in over) > 80


def test_between_opposite_points_there_is_a_line_too() -> None:
    line = great_circle((10, 20), (-170, -20))
    assert line[0] == (10, 20)
    assert line[-1] == (190, -20)
    assert all(abs(b[0] - a[0]) <= 1.01 for a, b in pairwise(line))


def test_the_window_of_a_pacific_crossing_goes_over_the_date_line_and_cuts_nothing() -> None:
    for route in (("AKL", "LAX"), ("LAX", "AKL"), ("SFO", "PEK", "FNJ", "PEK", "SFO")):
        lines = way(*route)
        west, width = longitudes(lines)
        assert width < 130
        assert 110 < west < 180
        pieces = [placed(line, west - 1) for line in lines]
        assert all(len(found) == 1 for found in pieces)
        assert all(west - 1 <= lon <= west + width + 1 for found in pieces for lon, _ in found[0])


def test_the_window_of_a_european_trip_is_small() -> None:
    west, width = longitudes(way("CDG", "FCO", "CDG"))
    assert west == pytest.approx(2.55, abs=0.01)
    assert width == pytest.approx(9.69, abs=0.05)


def test_around_the_world_the_whole_globe_is_shown_and_one_line_cut_at_its_edge() -> None:
    lines = way("LHR", "BKK", "SYD", "LAX", "LHR")
    west, width = longitudes(lines)
    assert width == 360
    pieces = [placed(line, west) for line in lines]
    assert sorted(map(len, pieces)) == [1, 1, 1, 2]
    (cut,) = (found for found in pieces if len(found) == 2)
    assert cut[0][-1] == (pytest.approx(west + 360), pytest.approx(cut[1][0][1]))
    assert cut[1][0][0] == pytest.approx(west)
    assert all(west <= lon <= west + 360 for found in pieces for piece in found for lon, _ in piece)


def test_a_line_that_ends_on_the_eastern_edge_is_not_cut() -> None:
    assert placed([(350, 0), (360, 0)], 0) == [[(350, 0), (360, 0)]]


def test_an_area_is_cut_to_its_part_in_the_window() -> None:
    box = Box(0, 0, 10, 10)
    assert set(clipped([(-5, 5), (5, 5), (5, 15), (-5, 15)], box)) == {(0, 5), (5, 5), (5, 10), (0, 10)}
    assert clipped([(20, 20), (30, 20), (30, 30)], box) == []
    assert set(clipped([(-5, -5), (15, -5), (15, 15), (-5, 15)], box)) == {(0, 0), (10, 0), (10, 10), (0, 10)}


def test_outlines_of_land_have_no_jumps_and_end_where_they_begin_or_at_the_pole() -> None:
    assert len(land()) > 500
    for ring in land():
        steps = [abs(b[0] - a[0]) for a, b in pairwise(ring) if a[1] > -89 or b[1] > -89]
        assert max(steps) < 30
    outlines = land()
    assert any(max(x for x, _ in ring) > 180 or min(x for x, _ in ring) < -180 for ring in outlines)  # Chukotka, Fiji


@pytest.mark.parametrize(("port", "known"), [("SFO", True), ("home", False), ("", False)])
def test_places_are_those_of_airports(port: str, known: bool) -> None:
    assert (place_of(port) is not None) is known
