"""The instances of Kiwi.com's two travelling salesman challenges (2017, 2018): real fares, one flight a day.

2017: visit every city once and return to the start. 2018: visit every area once, leave from the airport one came to,
end anywhere in the start's area. An instance becomes a relaxed problem directly, or a scenario with one stop an area.
"""

from __future__ import annotations

import zipfile
from datetime import date
from typing import Any

import numpy as np
from attrs import evolve, frozen

from benchmarks import data
from planner.bounds.relaxed import Relaxed, Wish
from planner.core.time import EPOCH
from planner.rules.base import table_kinds
from planner.scenario.reading import read_mapping
from planner.scenario.scenario import Scenario
from planner.scenario.timetable import MODES, Source, Timetable

OPTIMA = {
    "2017-5": 1950, "2017-10": 5375, "2017-15": 4281, "2017-30": 7629,
    "2018-1": 1396, "2018-2": 1498, "2018-4": 13952,
}  # fmt: skip
DAY_0 = date(2030, 1, 1)
LEAVES, ARRIVES = 600, 720  # minutes of the day; the surface legs to the end of the journey are later
HOME = "ZZHOME"  # made up: where the journey of 2018 ends


@frozen(kw_only=True, eq=False)
class Instance:
    """An instance: areas and flights as columns. Days count from 0; prices are whole dollars."""

    name: str
    ports: tuple[str, ...]
    start: str
    goal: str
    areas: dict[str, tuple[str, ...]]  # by name, without the start's
    from_port: Any
    to_port: Any
    day: Any
    price: Any
    surface: Any  # mask: free legs from the airports of the start's area to HOME


def load(name: str) -> Instance | None:
    """The instance of a name such as «2017-30»; None if the data is not there."""
    folder = data.folder("kiwi")
    year, number = name.split("-")
    if folder is None:
        return None
    if year == "2017":
        with zipfile.ZipFile(folder / year / f"data_{number}.txt.zip") as archive:
            text = archive.read(archive.namelist()[0]).decode()
        lines = text.splitlines()
        start = lines[0].strip()
        flights = [line.split() for line in lines[1:] if line.strip()]
        areas = {city: (city,) for city in sorted({flight[0] for flight in flights}) if city != start}
        return _instance(name, start, start, areas, flights, (), len(areas) + 1)
    lines = (folder / year / f"{number}.in").read_text().splitlines()
    count, start = int(lines[0].split()[0]), lines[0].split()[1]
    areas = {lines[row].strip(): tuple(lines[row + 1].split()) for row in range(1, 2 * count, 2)}
    home = next(area for area, airports in areas.items() if start in airports)
    ends = areas.pop(home)
    flights = [line.split() for line in lines[2 * count + 1 :] if line.strip()]
    return _instance(name, start, HOME, areas, flights, ends, count)


def _instance(
    name: str,
    start: str,
    goal: str,
    areas: dict[str, tuple[str, ...]],
    flights: list[list[str]],
    ends: tuple[str, ...],
    days: int,
) -> Instance:
    ports = sorted({flight[end] for flight in flights for end in (0, 1)} | {start, goal, *ends})
    number = {port: index for index, port in enumerate(ports)}
    columns = np.array([[number[f[0]], number[f[1]], int(f[2]), int(f[3])] for f in flights], dtype=np.int64)
    if ends:  # 2018: days count from 1, and 0 means any
        always = columns[columns[:, 2] == 0]
        every = np.repeat(always, days, axis=0)
        every[:, 2] = np.tile(np.arange(days), len(always))
        dated = columns[columns[:, 2] > 0] - [0, 0, 1, 0]
        walks = np.array([[number[port], number[goal], days - 1, 0] for port in ends])
        columns = np.concatenate([every, dated, walks])
    order = np.lexsort(columns.T[::-1])
    columns = columns[order]
    return Instance(
        name=name,
        ports=tuple(ports),
        start=start,
        goal=goal,
        areas=areas,
        from_port=columns[:, 0],
        to_port=columns[:, 1],
        day=columns[:, 2],
        price=columns[:, 3],
        surface=columns[:, 1] == number[goal] if ends else np.zeros(len(columns), dtype=np.bool_),
    )


def relaxed(instance: Instance) -> Relaxed:
    """The instance as a relaxed problem: a wish for each area, with one night."""
    number = {port: index for index, port in enumerate(instance.ports)}
    wishes = []
    for airports in instance.areas.values():
        mask = np.zeros(len(instance.ports), dtype=np.bool_)
        mask[[number[port] for port in airports if port in number]] = True
        wishes.append(Wish(ports=mask, least=1, most=1, to_end=False))
    departs, arrives = _times(instance)
    on = instance.day + DAY_0.toordinal()
    return Relaxed(
        rows=np.arange(len(on)),
        from_port=instance.from_port,
        to_port=instance.to_port,
        departs=departs,
        ready=arrives,
        departs_on=on,
        arrives_on=on,
        cost=instance.price * 100,
        first=(instance.from_port == number[instance.start]) & (instance.day == 0),
        last=instance.to_port == number[instance.goal],
        nightly=np.zeros(len(instance.ports), dtype=np.int64),
        start=number[instance.start],
        goal=number[instance.goal],
        wishes=tuple(wishes),
    )


def scenario(instance: Instance) -> Scenario:
    """The instance as a scenario: all places in one territory, so that no rule of entry matters."""
    days = int(instance.day.max())
    stops = [{"id": f"area-{index}", "at": list(area), "nights": {"min": 1, "max": 1}}
             for index, area in enumerate(instance.areas.values())]  # fmt: skip
    text = {
        "title": f"Kiwi challenge {instance.name}",
        "language": 1,
        "today": date(2029, 12, 1),
        "currency": "USD",
        "rulebooks": [],
        "travellers": [{"id": "t", "passports": [{"id": "p", "state": "XA", "expires": date(2040, 1, 1)}]}],
        "ports": [
            {"id": port, "name": port, "territory": "XA", "timezone": "UTC", "airside": False}
            for port in instance.ports
        ],
        "trip": {
            "start": instance.start,
            "end": instance.goal,
            "depart_from": DAY_0,
            "depart_by": DAY_0,
            "return_by": date.fromordinal(DAY_0.toordinal() + days),
            "stops": stops,
        },
    }
    departs, arrives = _times(instance)
    on = instance.day + DAY_0.toordinal()
    zero = np.zeros(len(on), dtype=np.int32)
    table = Timetable(
        ports=instance.ports,
        operators=("",),
        sources=(Source(prefix="kiwi", currency="USD", per="party"),),
        from_port=instance.from_port,
        to_port=instance.to_port,
        departs=departs,
        arrives=arrives,
        departs_on=on,
        arrives_on=on,
        price=instance.price * 100,
        mode=np.where(instance.surface, MODES.index("road"), MODES.index("air")),
        operator=zero,
        source=zero,
        row=np.arange(1, len(on) + 1),
    )
    return evolve(read_mapping(text, table_kinds()), timetable=table)


def _times(instance: Instance) -> tuple[Any, Any]:
    """Departures and arrivals in UTC minutes; the surface legs at the end leave when the last flight has come."""
    midnight = (instance.day + DAY_0.toordinal() - EPOCH.toordinal()) * 1440
    later = np.where(instance.surface, ARRIVES - LEAVES, 0)
    return midnight + LEAVES + later, midnight + ARRIVES + later
