"""On which side of its port each name on the map stands.

Names are set in letters of a fixed size over a map of any size. So they are placed for a map on a phone, where only the
ports' ids are written, and for a larger one with the towns' names: where they keep apart on the smaller, they do on
every larger map with the same names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import frozen

from planner.report.html.geometry import Point
from planner.report.page import cell_len

NARROW = 330  # pixels: the smallest map
LARGE = 700  # pixels: the smallest map with the towns' names on it
_HIGH = 20  # pixels, of a name
_ROUNDS = 6
_AWAY = 8  # pixels from a port to its name
_PORT = 6  # pixels around a port
Side = Literal["e", "w", "n", "s", "ne", "nw", "se", "sw"]
# How far to the right and down of its port a name begins, in its own width and height.
_SIDES: dict[Side, Point] = {
    "e": (0, -0.5), "w": (-1, -0.5), "n": (-0.5, -1), "s": (-0.5, 0),
    "ne": (0, -1), "nw": (-1, -1), "se": (0, 0), "sw": (-1, 0),
}  # fmt: skip
_Rectangle = tuple[float, float, float, float]  # left, top, right, bottom


@frozen(kw_only=True)
class Placed:
    """Where a name stands; `brief` says that there is no room for the town beside the id, on any map."""

    side: Side
    brief: bool


_CHOICES = [Placed(side=side, brief=brief) for brief in (False, True) for side in _SIDES]


def placings(points: Mapping[str, Point], towns: Mapping[str, str], wide: float, high: float) -> dict[str, Placed]:
    """For ports on a map of some width and height, places of their names that hide least of each other.

    One after the other takes the best place beside the others', until all are content or a few rounds are over.
    """
    ports = [
        tuple(_around(point, _PORT * pixel) for point in points.values()) for pixel in (wide / NARROW, wide / LARGE)
    ]
    found: dict[str, Placed] = {}

    def names(port: str, choice: Placed) -> tuple[_Rectangle, _Rectangle]:
        short = 8 + 12 * cell_len(port)
        full = short if choice.brief else short + 8 + 7 * cell_len(towns[port])
        return (
            _name(points[port], choice.side, short, wide / NARROW),
            _name(points[port], choice.side, full, wide / LARGE),
        )

    def hidden(port: str, choice: Placed) -> float:
        others = [names(other, place) for other, place in found.items() if other != port]
        cost = 1.0 if choice.brief else 0.0
        for size, name in enumerate(names(port, choice)):
            taken = (*ports[size], *(other[size] for other in others))
            cost += _outside(name, wide, high) + sum(_overlap(name, other) for other in taken)
        return cost

    for _ in range(_ROUNDS):
        before = dict(found)
        for port in points:
            found[port] = min(_CHOICES, key=lambda choice: hidden(port, choice))
        if found == before:
            break
    return found


def _around(point: Point, half: float) -> _Rectangle:
    return point[0] - half, point[1] - half, point[0] + half, point[1] + half


def _name(point: Point, side: Side, width: int, pixel: float) -> _Rectangle:
    right, down = _SIDES[side]
    left = point[0] + (right * width + _AWAY * (2 * right + 1)) * pixel
    top = point[1] + (down * _HIGH + _AWAY * (2 * down + 1)) * pixel
    return left, top, left + width * pixel, top + _HIGH * pixel


def _overlap(one: _Rectangle, other: _Rectangle) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across * down if across > 0 and down > 0 else 0.0


def _outside(name: _Rectangle, wide: float, high: float) -> float:
    """The area that lies beyond the map's edges, and a little more: there a name is cut off."""
    area = (name[2] - name[0]) * (name[3] - name[1])
    return 2 * (area - _overlap(name, (0, 0, wide, high)))
