"""What the map is drawn from: where airports are, and the outlines of land."""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from planner.report.html.geometry import Point
from planner.scenario.reading.airports import airports


def place_of(port: str) -> Point | None:
    """Longitude and latitude of an airport by its IATA code; None for ports of which no place is known."""
    found = airports().get(port)
    if found is None:
        return None
    longitude, latitude = float(found["lon"]), float(found["lat"])
    return None if longitude == latitude == 0 else (longitude, latitude)


@lru_cache(maxsize=1)
def land() -> tuple[tuple[Point, ...], ...]:
    """The outlines of land, islands larger than some 15 km; each a closed ring (made by `docs/land.py`)."""
    rings = json.loads((Path(__file__).parent / "land.json").read_text(encoding="utf-8"))["rings"]
    return tuple(
        tuple((x / 100, y / 100) for x, y in zip(accumulate(ring[::2]), accumulate(ring[1::2]), strict=True))
        for ring in rings
    )
