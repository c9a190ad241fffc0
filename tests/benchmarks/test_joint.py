"""Fares for several legs of a world: what they are, and a small world in which a pass wins, proved in two ways."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks import routes
from benchmarks.joint import DAY, write_tickets
from benchmarks.question import question
from benchmarks.world import World, world, write_parquet
from planner import plan
from planner.rules.base import table_kinds
from planner.scenario.reading import read_file
from planner.scenario.scenario import Scenario
from planner.testing.brute.band import banded


@pytest.fixture(scope="module")
def made() -> World:
    return world(800, 2, 14, network=routes.made_up(airports=20, routes=120))


def read(folder: Path, made: World, passes: int) -> Scenario:
    pytest.importorskip("polars")
    write_parquet(folder / "world.parquet", made)
    write_tickets(folder / "world.fares.parquet", made, "world.parquet", 400, passes)
    table = '\n[[fare_tables]]\nfiles = "world.fares.parquet"\n'
    (folder / "world.toml").write_text(question(made, "world.parquet", borders="none") + table)
    return read_file(folder / "world.toml", table_kinds())


def test_legs_of_a_ticket_follow_one_another(made: World, tmp_path: Path) -> None:
    tickets = read(tmp_path, made, 1_000).tickets
    assert tickets is not None
    wanted, won = {made.number(code) for code in made.wanted}, 0
    for begin, end in pairwise(tickets.start.tolist()):
        legs = tickets.legs[begin:end].tolist()
        assert all(made.departs[b] >= made.arrives[a] + DAY for a, b in pairwise(legs))
        chain = all(made.to_port[a] == made.from_port[b] for a, b in pairwise(legs))
        won += len(legs) == 3 and chain and {*made.from_port[legs].tolist(), *made.to_port[legs].tolist()} <= wanted
    assert won > 10


def test_a_pass_wins_and_both_ways_prove_it(made: World, tmp_path: Path) -> None:
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()
    scenario = read(tmp_path / "with", made, 1_000)
    answers = plan(scenario), banded(scenario, 300)
    for answer in answers:
        assert answer.status == "optimal"
        assert answer.plan is not None
    tickets = scenario.tickets
    assert tickets is not None
    assert answers[0].plan is not None
    assert answers[1].plan is not None
    assert answers[0].plan.cost == answers[1].plan.cost
    lengths = dict(zip(tickets.ids, tickets.lengths().tolist(), strict=True))
    assert max(lengths.get(fare, 1) for fare in answers[0].plan.itinerary.fares) == 3
    without = plan(read(tmp_path / "without", made, 0))
    assert without.plan is not None
    assert without.plan.cost > answers[0].plan.cost
