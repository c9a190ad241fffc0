"""The map of a route: which part of the world it shows, and where land, lines, ports and their names lie on it.

Lengths on the map are in units of which it is `WIDE` wide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import atan2, cos, degrees, dist, radians

from attrs import frozen

from planner.itinerary.journey import Journey
from planner.report.html.geometry import Box, Line, Point, clipped, great_circle, longitudes, placed
from planner.report.html.labels import NARROW, Side, placings
from planner.report.html.world import land, place_of

WIDE = 1000.0
_LEAST = 9.0  # degrees of latitude that a map shows at least
_SHAPE = 1.6, 2.1  # how many times as wide as high
_ROOM = 0.2  # of the route's extent, left free around it
_ARROW = 70  # pixels on the smallest map: shorter lines carry no arrow


@frozen(kw_only=True)
class Track:
    """One leg's line, or a part of it, as SVG's path data; and where an arrow on it stands and points, in degrees."""

    path: str
    surface: bool  # by land or sea
    arrow: Point | None
    turn: float = 0


@frozen(kw_only=True)
class Spot:
    """A port on the map; `x` and `y` in percent from the top left corner. Its name stands on one side of it."""

    port: str
    town: str
    x: float
    y: float
    side: Side
    brief: bool  # no room for the town


@frozen(kw_only=True)
class RouteMap:
    """All that is drawn."""

    high: float
    land: str
    tracks: tuple[Track, ...]
    spots: tuple[Spot, ...]


def route_map(journey: Journey) -> RouteMap | None:
    """The map of a journey; None if it has no leg with both ends known."""
    places = {port: place for port in _ports(journey) if (place := place_of(port)) is not None}
    legs = [leg for leg in journey.legs if leg.from_ in places and leg.to in places and leg.from_ != leg.to]
    if not legs:
        return None
    ways = [great_circle(places[leg.from_], places[leg.to]) for leg in legs]
    sheet = _Sheet.around([*ways, *([place] for place in places.values())])
    tracks = (
        track for leg, way in zip(legs, ways, strict=True) for track in _tracks(sheet, way, surface=leg.mode != "air")
    )
    return RouteMap(
        high=sheet.high,
        land=_land(sheet),
        tracks=tuple(tracks),
        spots=tuple(_spots(sheet, places, {port: journey.scenario.town_of(port) for port in places})),
    )


def unplaced(journey: Journey) -> tuple[str, ...]:
    """The ports that are not on the map, as nobody knows where they are."""
    return tuple(port for port in _ports(journey) if place_of(port) is None)


def _ports(journey: Journey) -> list[str]:
    """Where the legs of a journey begin and end, each once and in order."""
    return list(dict.fromkeys(str(port) for leg in journey.legs for port in (leg.from_, leg.to)))


@frozen(kw_only=True)
class _Sheet:
    """A window of the world, and how it lies on the map: flat, with shapes right in its middle."""

    box: Box
    scale: Point  # units of the map in a degree of longitude and latitude

    @classmethod
    def around(cls, lines: Sequence[Line]) -> _Sheet:
        """The window that shows some lines with room around them, not too narrow and of a pleasing shape."""
        west, width = longitudes(lines)
        lats = [lat for line in lines for _, lat in line]
        south, north = min(lats), max(lats)
        squeeze = max(0.2, cos(radians((south + north) / 2)))  # a degree of longitude in degrees of latitude
        high = max(_LEAST, (north - south) * (1 + 2 * _ROOM))
        wide = width * squeeze * (1 + 2 * _ROOM)
        wide, high = max(wide, high * _SHAPE[0]), max(high, wide / _SHAPE[1])
        wide, high = min(wide, 360 * squeeze), min(high, 180)
        middle = west + width / 2
        low = min(max((south + north) / 2 - high / 2, -90), 90 - high)
        box = Box(middle - wide / squeeze / 2, low, middle + wide / squeeze / 2, low + high)
        return cls(box=box, scale=(WIDE * squeeze / wide, WIDE / wide))

    @property
    def high(self) -> float:
        """The map's height."""
        return (self.box.north - self.box.south) * self.scale[1]

    def point(self, point: Point) -> Point:
        """Where a point lies, from the top left corner."""
        return (point[0] - self.box.west) * self.scale[0], (self.box.north - point[1]) * self.scale[1]


def _path(points: Iterable[Point]) -> str:
    """SVG's path data, to a tenth of a unit; points that fall together once."""
    written = dict.fromkeys(f"{x:.1f} {y:.1f}" for x, y in points)
    return "M" + "L".join(written)


def _land(sheet: _Sheet) -> str:
    """All land in the window, a little beyond its edges."""
    edge = 2 / sheet.scale[1]
    box = Box(sheet.box.west - edge, sheet.box.south - edge, sheet.box.east + edge, sheet.box.north + edge)
    found = []
    for ring in land():
        west, east = min(x for x, _ in ring), max(x for x, _ in ring)
        if max(y for _, y in ring) < box.south or min(y for _, y in ring) > box.north:
            continue
        for turn in (-360, 0, 360):
            if west + turn < box.east and east + turn > box.west:
                inside = clipped([(x + turn, y) for x, y in ring], box)
                path = _path(map(sheet.point, inside))
                if path.count("L") > 1:
                    found.append(f"{path}Z")
    return "".join(found)


def _tracks(sheet: _Sheet, way: Line, *, surface: bool) -> Iterator[Track]:
    for piece in placed(way, sheet.box.west):
        points = [sheet.point(point) for point in piece]
        length = sum(dist(a, b) for a, b in pairwise(points))
        arrow, turn = _arrow(points, length * 0.58) if length * NARROW / WIDE >= _ARROW else (None, 0.0)
        if arrow is not None:
            arrow = (100 * arrow[0] / WIDE, 100 * arrow[1] / sheet.high)
        if len(points) > 1:
            yield Track(path=_path(points), surface=surface, arrow=arrow, turn=turn)


def _arrow(points: Sequence[Point], along: float) -> tuple[Point, float]:
    """The point so far along a line, and the direction there in degrees clockwise from the right."""
    for before, after in pairwise(points):
        step = dist(before, after)
        if step >= along and step:
            share = along / step
            x, y = (a + share * (b - a) for a, b in zip(before, after, strict=True))
            return (x, y), degrees(atan2(after[1] - before[1], after[0] - before[0]))
        along -= step
    return points[-1], 0.0


def _spots(sheet: _Sheet, places: Mapping[str, Point], towns: Mapping[str, str]) -> Iterator[Spot]:
    points = {port: sheet.point(placed([place], sheet.box.west)[0][0]) for port, place in places.items()}
    names = placings(points, towns, WIDE, sheet.high)
    for port, (x, y) in points.items():
        yield Spot(
            port=port,
            town=towns[port],
            x=100 * x / WIDE,
            y=100 * y / sheet.high,
            side=names[port].side,
            brief=names[port].brief,
        )
