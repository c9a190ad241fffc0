"""Writes `planner/report/html/land.json`, the outlines of land for the map of a route.

Run as `python docs/land.py land-50m.json`, with that file of the npm package `world-atlas` 2: TopoJSON made of Natural
Earth's land at 1:50 million, which is in the public domain.
"""

from __future__ import annotations

import json
import sys
from itertools import accumulate
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "planner" / "report" / "html" / "land.json"
COARSE = 0.06  # degrees: how far the outline may lie off the coast
SMALLEST = 0.02  # square degrees: smaller islands are left out
Point = tuple[float, float]


def main(path: str) -> None:
    """Simplify every outline, round it to 0.01 degrees, and write each as its first point and the steps from there."""
    atlas = json.loads(Path(path).read_text(encoding="utf-8"))
    arcs = [_simpler(arc) for arc in _arcs(atlas)]
    rings = []
    for geometry in atlas["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for ring in polygon:
                points = _unrolled([point for number in ring for point in _directed(arcs, number)])
                if _area(points) >= SMALLEST:
                    rings.append(_steps(points))
    about = {
        "source": "Natural Earth 4.1.0, land, 1:50m (npm: world-atlas 2.0.2); simplified by docs/land.py",
        "licence": "public domain",
        "unit": "0.01 degrees; each ring: longitude, latitude, then steps from point to point",
    }
    TARGET.write_text(json.dumps({**about, "rings": rings}, separators=(",", ":")) + "\n", encoding="utf-8")


def _arcs(atlas: dict[str, Any]) -> list[list[Point]]:
    (wide, high), (left, low) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    found = []
    for arc in atlas["arcs"]:
        xs, ys = (accumulate(steps) for steps in zip(*arc, strict=True))
        found.append([(x * wide + left, y * high + low) for x, y in zip(xs, ys, strict=True)])
    return found


def _directed(arcs: list[list[Point]], number: int) -> list[Point]:
    """An arc without its last point, which the next one begins with; ~number is the arc backwards."""
    return arcs[number][:-1] if number >= 0 else arcs[~number][:0:-1]


def _unrolled(ring: list[Point]) -> list[Point]:
    """The ring without jumps at 180 degrees; one that goes around the south pole is closed along it."""
    found = ring[:1]
    for x, y in ring[1:]:
        found.append((found[-1][0] + (x - found[-1][0] + 180) % 360 - 180, y))
    turn = round(found[-1][0] - ring[0][0])
    return [*found, (found[-1][0], -90.0), (ring[0][0], -90.0)] if abs(turn) > 180 else found


def _simpler(arc: list[Point]) -> list[Point]:
    """Douglas and Peucker's way: the points without which the line would lie too far off."""
    if len(arc) < 3:
        return arc
    if arc[0] == arc[-1]:
        far = len(arc) // 2
        return [*_simpler(arc[: far + 1])[:-1], *_simpler(arc[far:])]
    far = max(range(1, len(arc) - 1), key=lambda n: _distance(arc[n], arc[0], arc[-1]))
    if _distance(arc[far], arc[0], arc[-1]) <= COARSE:
        return [arc[0], arc[-1]]
    return [*_simpler(arc[: far + 1])[:-1], *_simpler(arc[far:])]


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to a stretch of line."""
    (x, y), (a, b), (c, d) = point, start, end
    length = (c - a) ** 2 + (d - b) ** 2
    along = max(0.0, min(1.0, ((x - a) * (c - a) + (y - b) * (d - b)) / length)) if length else 0.0
    return float(((x - a - along * (c - a)) ** 2 + (y - b - along * (d - b)) ** 2) ** 0.5)


def _area(ring: list[Point]) -> float:
    following = [*ring[1:], ring[0]]
    return abs(sum(a * d - c * b for (a, b), (c, d) in zip(ring, following, strict=True))) / 2


def _steps(ring: list[Point]) -> list[int]:
    found: list[int] = []
    before = (0, 0)
    for x, y in ((round(x * 100), round(y * 100)) for x, y in ring):
        if (x, y) != before or not found:
            found += [x - before[0], y - before[1]]
            before = (x, y)
    return found


if __name__ == "__main__":
    sys.setrecursionlimit(10_000)
    main(sys.argv[1])
