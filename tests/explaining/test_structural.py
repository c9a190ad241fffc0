"""Where the legs and tickets allow no journey at all, the answer says what they lack."""

from __future__ import annotations

from pathlib import Path

from planner.answer import Answer
from planner.api import load, loads, plan
from planner.report.text import text

WORLD = """
today = 2025-01-01
currency = "USD"
travellers = [{ id = "t", passports = [{ id = "p", state = "US" }] }]
legs = [
  { id = "out", from = "JFK", to = "LHR", departs = 2025-06-01T10:00:00, arrives = 2025-06-01T22:00:00 },
  { id = "on", from = "LHR", to = "CDG", departs = 2025-06-02T10:00:00, arrives = 2025-06-02T12:00:00 },
  { id = "early", from = "LHR", to = "OSL", departs = 2025-06-01T10:00:00, arrives = 2025-06-01T13:00:00 },
]
fares = [{ id = "both", legs = ["out", "on"], price = "100" }, { id = "north", legs = ["early"], price = "10" }]
"""


def answer(trip: str) -> Answer:
    found = plan(loads(f"{WORLD}trip = {trip}\n"))
    assert found.status == "infeasible"
    assert found.conflict is not None
    assert found.conflict.facts == ()
    assert "whatever the rules" in text(found)
    return found


def test_tickets_that_sell_no_such_journey() -> None:
    """The way to London is sold together with the way on to Paris only."""
    found = answer('{ start = "JFK", end = "LHR" }').conflict
    assert found is not None
    assert "(out), but no tickets in the file sell these and no others" in found.structural[0]


def test_legs_that_do_not_follow_each_other_in_time() -> None:
    found = answer('{ start = "JFK", end = "OSL" }').conflict
    assert found is not None
    assert "no sequence of the legs listed leads from" in found.structural[0]


def test_without_any_legs_they_are_to_be_written_down_and_nothing_is_to_be_given_up() -> None:
    world = WORLD[: WORLD.index("legs = [")] + 'trip = { start = "JFK", stops = { at = "LHR" } }\n'
    found = plan(loads(world))
    assert (found.status, found.repairs) == ("infeasible", None)
    assert found.conflict is not None
    assert [sentence.partition(":")[0] for sentence in found.conflict.structural] == ["it has no legs at all"]
    told = text(found)
    assert "write down those that you would take" in told
    assert "WHAT WOULD HELP" not in told


def test_tickets_in_tables_that_sell_no_such_journey(tmp_path: Path) -> None:
    """Of a ticket for both, the second flight cannot be had alone."""
    (tmp_path / "legs.csv").write_text(
        "id,from,to,departs,arrives,price\n"
        "out,JFK,CDG,2025-06-01T08:00,2025-06-01T20:00,\n"
        "on,CDG,NCE,2025-06-02T08:00,2025-06-02T10:00,\n"
    )
    (tmp_path / "fares.csv").write_text("id,legs,price\nboth,out;on,300\n")
    tables = 'legs = "legs.csv"\nfare_tables = [{ files = "fares.csv" }]\ntrip = { start = "CDG", end = "NCE" }\n'
    (tmp_path / "trip.toml").write_text(WORLD[: WORLD.index("legs = [")] + tables)
    found = plan(load(tmp_path / "trip.toml")).conflict
    assert found is not None
    assert "(on), but no tickets in the file sell these and no others" in found.structural[0]
