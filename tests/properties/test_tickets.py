"""Fares over several legs in tables: against every journey and every way to pay for it, and against the oracle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from attrs import evolve, frozen
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from planner import plan
from planner.bounds.bounding import bound
from planner.bounds.engine import Stopped
from planner.bounds.fares import _ticket_shares
from planner.bounds.sweep import Bounds
from planner.core.money import to_minor
from planner.network.columns import all_legs
from planner.rules.base import table_kinds
from planner.scenario.node import NOWHERE
from planner.scenario.reading import read_text
from planner.scenario.scenario import Scenario
from planner.scenario.tickets import Tickets
from planner.scenario.travel import Fare, Tour
from planner.testing.brute.band import banded
from planner.testing.drawing.strategies import Table, scenarios
from planner.testing.drawn import read
from planner.testing.oracle.best import Oracle, TooLarge

PORTS = ("MEX", "GDL", "CUN", "TIJ")  # all in one country, so that only fares decide
START = datetime(2025, 3, 3, 6)
SCENARIO = """
today = 2025-03-01
currency = "USD"
legs = "legs.csv"
[[fare_tables]]
files = "fares.csv"
[[travellers]]
id = "ana"
passports = {{ id = "mx", state = "MX" }}
[trip]
start = "MEX"
end = "{end}"
[[trip.stops]]
at = ["GDL"]
[[trip.stops]]
at = ["CUN"]
"""


@frozen
class World:
    """Legs between ports (numbers), one after the other, with prices alone (0: none); fares over some of them."""

    legs: Sequence[tuple[int, int, int]]
    fares: Sequence[tuple[tuple[int, ...], int]]
    end: int


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Networks with many overlapping fares: returns, open jaws, passes, dearer and cheaper than their parts."""
    count = draw(st.integers(4, 9))
    legs = []
    for _ in range(count):
        start = draw(st.integers(0, 3))
        end = draw(st.integers(0, 3).filter(lambda port, start=start: port != start))
        legs.append((start, end, draw(st.sampled_from([0, 40, 50, 60, 90]))))
    some = st.sets(st.integers(0, count - 1), min_size=1, max_size=4).map(lambda found: tuple(sorted(found)))
    fares = draw(st.lists(st.tuples(some, st.sampled_from([30, 70, 80, 100, 130, 170])), min_size=1, max_size=12))
    return World(legs, fares, draw(st.sampled_from([0, 3])))


def written(world: World, folder: Path) -> Scenario:
    """The world as a scenario with two tables."""
    rows = ["id,from,to,departs,arrives,price"]
    for number, (start, end, price) in enumerate(world.legs):
        # In Mexican time zones up to two hours apart, so that any leg can follow any before it.
        departs = START + timedelta(hours=12 * number)
        times = f"{departs:%Y-%m-%d %H:%M},{departs + timedelta(hours=6):%Y-%m-%d %H:%M}"
        rows.append(f"l{number},{PORTS[start]},{PORTS[end]},{times},{price or ''}")
    (folder / "legs.csv").write_text("\n".join(rows))
    lines = [f"t{at},{';'.join(f'l{leg}' for leg in legs)},{price}" for at, (legs, price) in enumerate(world.fares)]
    (folder / "fares.csv").write_text("\n".join(["id,legs,price", *lines]))
    return read_text(SCENARIO.format(end=PORTS[world.end]), table_kinds(), "trip.toml", folder)


def journeys(world: World) -> Iterator[tuple[int, ...]]:
    """All ways from MEX to the end that touch GDL and CUN."""

    def on(at: int, after: int, done: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        touched = {world.legs[leg][1] for leg in done}
        if at == world.end and {1, 2} <= touched:
            yield done
        for number in range(after, len(world.legs)):
            if world.legs[number][0] == at:
                yield from on(world.legs[number][1], number + 1, (*done, number))

    yield from on(0, 0, ())


def cheapest(world: World, journey: tuple[int, ...]) -> int | None:
    """The least that covers every leg of a journey exactly once, with fares wholly on it."""
    fares = [*world.fares, *(((number,), price) for number, (_, _, price) in enumerate(world.legs) if price)]
    best: dict[frozenset[int], int] = {frozenset(): 0}
    for legs, price in fares:
        if set(legs) <= set(journey):
            for covered, cost in list(best.items()):
                if not covered & set(legs):
                    key = covered | set(legs)
                    best[key] = min(best.get(key, cost + price), cost + price)
    return best.get(frozenset(journey))


@given(worlds())
def test_whole_fares_against_every_journey(world: World) -> None:
    with TemporaryDirectory() as folder:
        scenario = written(world, Path(folder))
    costs = [cost for journey in journeys(world) if (cost := cheapest(world, journey)) is not None]
    for answer in (plan(scenario), banded(scenario, 1)):
        assert answer.status == ("optimal" if costs else "infeasible")
        if answer.plan is not None:
            assert answer.plan.cost == 100 * min(costs) == answer.bound


def test_a_band_that_tickets_narrow_can_be_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0

    def once(*args: Any) -> Bounds:
        nonlocal calls
        calls += 1
        if calls > 1:
            raise Stopped
        return bound(*args)

    monkeypatch.setattr("planner.solving.band.bound", once)
    world = World([(0, 1, 40), (1, 2, 50), (2, 0, 60)], [((0, 1, 2), 100)], 0)
    assert banded(written(world, tmp_path), 1).status == "undecided"
    assert calls == 2


def in_tables(scenario: Scenario) -> Scenario:
    """The same scenario, its fares for several legs as columns."""
    position = {leg.id: at for at, leg in enumerate(scenario.legs)}
    moved = [fare for fare in scenario.fares if fare.id not in position and not isinstance(fare, Tour)]
    lengths = [len(fare.legs) for fare in moved]
    currencies = tuple(dict.fromkeys(fare.price.currency or scenario.currency for fare in moved))
    tickets = Tickets(
        ids=[fare.id for fare in moved],
        titles=[fare.title for fare in moved],
        start=np.cumsum([0, *lengths]),
        legs=np.array([position[leg] for fare in moved for leg in fare.legs], dtype=np.int64),
        price=np.array([_minor(scenario, fare) for fare in moved], dtype=np.int64),
        currency=np.array([currencies.index(fare.price.currency or scenario.currency) for fare in moved], dtype=int),
        currencies=currencies,
        party=np.array([fare.per == "party" for fare in moved], dtype=np.bool_),
        places=[NOWHERE],
        file=np.zeros(len(moved), dtype=int),
        row=np.arange(1, len(moved) + 1),
    )
    return evolve(scenario, fares=tuple(fare for fare in scenario.fares if fare not in moved), tickets=tickets)


def _minor(scenario: Scenario, fare: Fare) -> int:
    return to_minor(fare.price.amount, fare.price.currency or scenario.currency)


@settings(max_examples=settings.default.max_examples // 3)  # type: ignore[union-attr]
@given(scenarios())
def test_fares_in_tables_change_no_answer(data: Table) -> None:
    scenario: Any = read(data)
    moved = in_tables(scenario)
    if not len(moved.tickets or ()):
        reject()
    try:
        best = Oracle(scenario).best()
    except TooLarge:
        reject()
    for answer in (plan(moved), banded(moved, 1)):
        assert answer.status == ("optimal" if best else "infeasible")
        if best is not None and answer.plan is not None:
            legs = answer.plan.journey.legs
            assert (answer.plan.cost, len(legs)) == (best.cost, best.legs_count)


def test_shares_of_tickets_add_up_to_their_price_at_most(tmp_path: Path) -> None:
    legs = [(0, 1, 40), (1, 2, 0), (2, 0, 90), (0, 1, 60)]
    scenario = written(World(legs, [((0, 1, 2), 100), ((0, 2), 170), ((3,), 30)], 0), tmp_path)
    table, tickets = all_legs(scenario), scenario.tickets
    assert tickets is not None
    alone = np.where(table.price < 0, 1 << 60, table.price).astype(np.int64)
    rows, shares = _ticket_shares(scenario, tickets, np.ones(4, dtype=np.bool_), alone)
    assert rows.tolist() == [0, 1, 2, 0, 2, 3]
    assert shares.tolist() == [3333, 3333, 3333, 17000 * 40 // 130, 17000 * 90 // 130, 3000]
    large = evolve(tickets, price=tickets.price * 10**9)
    _, shares = _ticket_shares(scenario, large, np.ones(4, dtype=np.bool_), alone)
    for (begin, end), price in zip(pairwise([0, 3, 5, 6]), large.price.tolist(), strict=True):
        assert price * (1 - 1e-9) <= shares[begin:end].sum() <= price
