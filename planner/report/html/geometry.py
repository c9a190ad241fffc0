"""Lines on the globe: great circles, the stretch of longitudes that shows them whole, and cutting to a window.

Points are (longitude, latitude) in degrees. Along a line longitudes go on past ±180 rather than jump.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from math import acos, atan2, ceil, cos, degrees, hypot, radians, sin

from attrs import frozen

Point = tuple[float, float]
Line = Sequence[Point]
_STEP = 1.0  # degrees of arc between two points of a great circle
_NO_GAP = 1e-6  # degrees: rounding, where one line ends and the next one begins
_OPPOSITE = 179.99  # degrees of arc from which on no great circle is the shortest


@frozen
class Box:
    """A window of the map: longitudes from `west` on, perhaps past 180, and latitudes."""

    west: float
    south: float
    east: float
    north: float


def great_circle(start: Point, end: Point) -> list[Point]:
    """The shortest way between two points; between opposite ones, along the straight line of a flat map."""
    (lon1, lat1), (lon2, lat2) = start, end
    turn = _wrapped(lon2 - lon1)
    a, b = _vector(start), _vector(end)
    angle = acos(max(-1.0, min(1.0, sum(x * y for x, y in zip(a, b, strict=True)))))
    steps = max(1, ceil(degrees(angle) / _STEP))
    if degrees(angle) > _OPPOSITE:
        return [(lon1 + turn * n / steps, lat1 + (lat2 - lat1) * n / steps) for n in range(steps + 1)]
    found = [start]
    for n in range(1, steps):
        near, far = sin(angle * (steps - n) / steps), sin(angle * n / steps)
        x, y, z = ((near * p + far * q) / sin(angle) for p, q in zip(a, b, strict=True))
        lon = degrees(atan2(y, x))
        found.append((found[-1][0] + _wrapped(lon - found[-1][0]), degrees(atan2(z, hypot(x, y)))))
    return [*found, (found[-1][0] + _wrapped(lon2 - found[-1][0]), lat2)]


def longitudes(lines: Iterable[Line]) -> tuple[float, float]:
    """The westernmost longitude of the narrowest window that has every line whole, and its width.

    Where the lines go all around, the window is the whole globe with the first point in its middle.
    """
    lines = list(lines)
    spans = sorted((lon % 360, lon % 360 + width) for lon, width in map(_span, lines))
    end, gap, west = spans[0][1], 0.0, 0.0
    for start, stop in (*spans[1:], (spans[0][0] + 360, spans[0][1] + 360)):
        if start - end > gap:
            gap, west = start - end, start
        end = max(end, stop)
    if gap < _NO_GAP:
        return lines[0][0][0] - 180, 360
    return _wrapped(west), 360 - gap


def placed(line: Line, west: float) -> list[list[Point]]:
    """The line in the window of 360 degrees from `west` on, cut in two wherever it leaves the window."""
    lap = (line[0][0] - west) // 360
    pieces: list[list[Point]] = [[(line[0][0] - 360 * lap, line[0][1])]]
    for before, after in pairwise(line):
        now = (after[0] - west) // 360
        # A point on the eastern edge stays there, so that a line which ends on it is not cut.
        if after[0] == west + 360 * (lap + 1):
            now = lap
        if now != lap:
            edge = west + 360 * max(now, lap)
            share = (edge - before[0]) / (after[0] - before[0])
            lat = before[1] + share * (after[1] - before[1])
            pieces[-1].append((edge - 360 * lap, lat))
            pieces.append([(edge - 360 * now, lat)])
            lap = now
        pieces[-1].append((after[0] - 360 * lap, after[1]))
    return pieces


def clipped(ring: Line, box: Box) -> list[Point]:
    """The part of an area inside a window (Sutherland and Hodgman's way); parts hang together along the edges."""
    edges: tuple[tuple[int, float, Callable[[float], bool]], ...] = (
        (0, box.west, lambda x: x >= box.west),
        (0, box.east, lambda x: x <= box.east),
        (1, box.south, lambda y: y >= box.south),
        (1, box.north, lambda y: y <= box.north),
    )
    points = list(ring)
    for axis, edge, inside in edges:
        points = list(_half(points, axis, edge, inside))
    return points


def _half(points: Line, axis: int, edge: float, inside: Callable[[float], bool]) -> Iterator[Point]:
    """The part of an area on one side of an edge."""
    for before, after in zip([*points[-1:], *points[:-1]], points, strict=True):
        if inside(before[axis]) != inside(after[axis]):
            share = (edge - before[axis]) / (after[axis] - before[axis])
            yield before[0] + share * (after[0] - before[0]), before[1] + share * (after[1] - before[1])
        if inside(after[axis]):
            yield after


def _span(line: Line) -> tuple[float, float]:
    west, east = min(x for x, _ in line), max(x for x, _ in line)
    return west, east - west


def _wrapped(turn: float) -> float:
    """The same turn from -180 (not included) to 180."""
    return -((180 - turn) % 360 - 180)


def _vector(point: Point) -> tuple[float, float, float]:
    lon, lat = map(radians, point)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)
