"""Small scenarios with tables of legs beside them."""

from __future__ import annotations

from pathlib import Path

from planner.core.errors import ScenarioError
from planner.rules.base import table_kinds
from planner.scenario.reading import read_text
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Leg

HEAD = """
today = 2025-03-01
currency = "USD"
"""
TAIL = """
[[travellers]]
id = "ana"
passports = { id = "mx", state = "MX" }

[trip]
start = "MEX"
"""
FARES = """\
from,to,departs,arrives,price,operator
MEX,CDG,2025-03-03 19:45,2025-03-04 14:30,410.50,Air France
CDG,FNJ,2025-03-05T08:00,2025-03-05T23:10,,Air Koryo
CDG,MEX,2025-03-16 13:30:00,2025-03-16 17:40:00,395,Air France
"""


def scenario(folder: Path, legs: str = 'legs = "fares.csv"', after: str = "", **files: str) -> Scenario:
    """The scenario with those lines at its top and at its end; `fares` is the text of fares.csv, and so on."""
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    return read_text(HEAD + legs + TAIL + after, table_kinds(), "trip.toml", folder)


def problems(folder: Path, legs: str = 'legs = "fares.csv"', after: str = "", **files: str) -> list[str]:
    """What is wrong with it, with places that leave out the folder."""
    try:
        scenario(folder, legs, after, **files)
    except ScenarioError as error:
        return [str(problem).replace(f"{folder}/", "") for problem in error.problems]
    return []


def legs_of(read: Scenario) -> list[Leg]:
    """All legs as objects, in the canonical order."""
    table = read.timetable
    if table is None:
        return list(read.legs)
    timezones = [read.ports[port].timezone for port in table.ports]
    return [*read.legs, *(table.leg(at, timezones) for at in range(len(table)))]
