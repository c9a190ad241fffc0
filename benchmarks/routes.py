"""Who flies from where to where: the routes of OpenFlights, or as many between made-up airports."""

from __future__ import annotations

import csv
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from benchmarks import data

WANTED = ("JFK", "CDG", "IST", "DEL", "NRT", "GRU", "SYD", "BKK", "JNB")
MADE_UP_AIRPORTS = 3_200
MADE_UP_ROUTES = 66_500


@frozen
class Place:
    """An airport. `made_up`: no airport table knows it, so a scenario must say where it lies."""

    code: str
    latitude: float
    longitude: float
    territory: str
    timezone: str
    made_up: bool = False


@frozen(kw_only=True, eq=False)
class Routes:
    """Routes as columns, none twice; places and operators by number. `wanted`: the start, then the stops to make."""

    places: tuple[Place, ...]
    operators: tuple[str, ...]
    from_port: NDArray[np.int32]
    to_port: NDArray[np.int32]
    operator: NDArray[np.int32]
    wanted: tuple[str, ...]

    def kilometres(self) -> NDArray[np.float64]:
        """Great-circle length of each route (haversine formula)."""
        there = np.radians([[place.latitude, place.longitude] for place in self.places])
        a, b = there[self.from_port], there[self.to_port]
        half = np.sin((b - a) / 2) ** 2
        chord = half[:, 0] + np.cos(a[:, 0]) * np.cos(b[:, 0]) * half[:, 1]
        length: NDArray[np.float64] = 2 * 6371 * np.arcsin(np.sqrt(chord))
        return length


def routes() -> Routes:
    """The routes of OpenFlights where that data is, made-up ones otherwise. Always the same."""
    return made_up() if data.folder("openflights") is None else real()


def real() -> Routes:
    """OpenFlights' routes between airports whose place and time zone are known; one each airline and pair."""
    import airportsdata

    folder = data.folder("openflights")
    assert folder is not None
    known = airportsdata.load("IATA")
    with (folder / "routes.dat").open(encoding="utf-8", newline="") as file:
        flown = dict.fromkeys((row[0], row[2], row[4]) for row in csv.reader(file))
    found = [
        route
        for route in sorted(flown)
        if route[1] != route[2] and all(code in known and known[code]["tz"] for code in route[1:])
    ]
    places = tuple(
        Place(code, known[code]["lat"], known[code]["lon"], known[code]["country"], known[code]["tz"])
        for code in sorted({code for route in found for code in route[1:]})
    )
    return _numbered(places, found, WANTED)


def made_up(airports: int = MADE_UP_AIRPORTS, routes: int = MADE_UP_ROUTES, seed: int = 1) -> Routes:
    """Airports spread over a sphere in 200 territories, some much busier than others; the busiest are wanted."""
    rng = np.random.default_rng(seed)
    latitude = np.degrees(np.arcsin(rng.uniform(-0.8, 0.9, airports)))
    longitude = rng.uniform(-180, 180, airports)
    places = tuple(
        Place(f"P{index:04d}", lat, lon, f"T{int((lon + 180) // 18):02d}{int((lat + 90) // 18)}", _zone(lon), True)
        for index, (lat, lon) in enumerate(zip(latitude.tolist(), longitude.tolist(), strict=True))
    )
    busy = 1 / np.arange(8, airports + 8)
    ends = rng.choice(airports, size=(2, 2 * routes), p=busy / busy.sum())
    operators = rng.integers(0, 40, 2 * routes)
    pairs: dict[tuple[str, str, str], None] = {}
    for number, start, end in zip(operators.tolist(), *ends.tolist(), strict=True):
        if start != end and len(pairs) < routes - 1:
            for origin, target in ((start, end), (end, start)):
                pairs[f"OP{number:02d}", places[origin].code, places[target].code] = None
    used = {code for route in pairs for code in route[1:]}
    return _numbered(tuple(p for p in places if p.code in used), list(pairs), tuple(p.code for p in places[:9]))


def _zone(longitude: float) -> str:
    hours = round(longitude / 15)
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT"  # the sign in these names is turned round


def _numbered(places: tuple[Place, ...], found: list[tuple[str, str, str]], wanted: tuple[str, ...]) -> Routes:
    port = {place.code: index for index, place in enumerate(places)}
    operators = tuple(sorted({route[0] for route in found}))
    number = {operator: index for index, operator in enumerate(operators)}

    def column(values: list[int]) -> NDArray[Any]:
        return np.array(values, dtype=np.int32)

    return Routes(
        places=places,
        operators=operators,
        from_port=column([port[route[1]] for route in found]),
        to_port=column([port[route[2]] for route in found]),
        operator=column([number[route[0]] for route in found]),
        wanted=wanted,
    )
