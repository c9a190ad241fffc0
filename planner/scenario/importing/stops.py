"""Which ports the stops of a GTFS feed are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import asin, cos, radians, sin, sqrt

from planner.scenario.importing.feeds import Feed, Row
from planner.scenario.node import PortRef
from planner.scenario.reading.airports import Atlas, airports
from planner.scenario.reading.checks.tables import is_zone
from planner.scenario.travel import Port

NEAR = 5  # kilometres from a stop to the airport whose code it has
STRANGE = "stops that are no airport and have no port given"


def ports_of(
    feed: Feed, given: Mapping[str, str], atlas: Atlas, zone: str, left_out: Counter[str]
) -> tuple[dict[str, str], list[Port]]:
    """The port of each stop that is at one, and what the feed itself says of ports that are no airports.

    A stop is at the port that is `given` for its id, or its parent station's, or its code; else at the airport
    whose IATA code is one of these and which lies near it.
    """
    rows = {row["stop_id"]: row for row in feed.rows("stops.txt", "stop_id")}
    found: dict[str, str] = {}
    described: dict[str, Port] = {}
    for stop, row in rows.items():
        parent = rows.get(row["parent_station"])
        if row["parent_station"] and parent is None:
            feed.known(row, "parent_station", rows, "stops.txt")
        around = [row, *([parent] if parent is not None else [])]
        clock = next((place["stop_timezone"] for place in reversed(around) if place["stop_timezone"]), zone)
        if not is_zone(clock):
            feed.faults.add(row.place, f"stop_timezone: unknown time zone {clock[:40]!r}")
            continue
        names = [name for place in around for name in (place["stop_id"], place["stop_code"]) if name]
        port = next((given[name] for name in names if name in given), None)
        port = port or next((name for name in names if any(_near(place, name) for place in around)), None)
        if port is None:
            # Only what people travel to: entrances and boarding areas belong to a stop.
            left_out[STRANGE] += row["location_type"] in ("", "0")
            continue
        found[stop] = port
        if atlas.port(port) is None and port not in described:
            described[port] = Port(id=PortRef(port), name=around[-1]["stop_name"], timezone=clock)
    return found, list(described.values())


def _near(stop: Row, code: str) -> bool:
    """Whether an airport has that code and lies near a stop."""
    if code not in airports():
        return False
    airport = airports()[code]
    try:
        here = radians(float(stop["stop_lat"])), radians(float(stop["stop_lon"]))
    except ValueError:
        return False
    there = radians(float(airport["lat"])), radians(float(airport["lon"]))
    chord = sin((here[0] - there[0]) / 2) ** 2 + cos(here[0]) * cos(there[0]) * sin((here[1] - there[1]) / 2) ** 2
    return 2 * 6371 * asin(sqrt(min(1.0, chord))) <= NEAR
