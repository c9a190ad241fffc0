from __future__ import annotations

from pathlib import Path

from planner.cli.check import summary
from tests.scenario.legs.worlds import FARES, scenario


def test_legs_in_tables_are_counted_with_the_others(tmp_path: Path) -> None:
    leg = '[[legs]]\nid = "out"\nfrom = "MEX"\nto = "CDG"\nprice = 1\n'
    leg += "departs = 2025-03-02T19:45:00\narrives = 2025-03-03T14:30:00\n"
    table = '[[leg_tables]]\nfiles = "fares.csv"\n'
    gone = "MEX,CDG,2025-02-03 19:45,2025-02-04 14:30,1,\n"
    text = summary(scenario(tmp_path, "", leg + table, fares=FARES + gone), "trip.toml")
    assert "Legs: 4, Sun 2 Mar 2025 to Sun 16 Mar 2025; 3 with a price\n" in text
    assert "Rows left out of fares.csv: 1 that depart before today\n" in text
    assert "Korea (North)" in text  # no rulebook in use covers it
