"""The peers solve the problem that they are said to solve."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from benchmarks import peers
from benchmarks.instance import Instance, Visit
from benchmarks.peers import cpsat
from tests.benchmarks import tiny


@given(tiny.instances())
def test_one_model_over_all_legs_finds_the_cheapest_journey(instance: Instance) -> None:
    outcome = cpsat.solve(instance, 10)
    expected = tiny.optimum(instance)
    assert (outcome.status, outcome.cost) == ("infeasible" if expected is None else "optimal", expected)


@given(tiny.instances())
def test_highs_finds_it_too(instance: Instance) -> None:
    pytest.importorskip("scipy")
    from benchmarks.peers import highs

    outcome = highs.solve(instance, 10)
    expected = tiny.optimum(instance)
    assert (outcome.status, outcome.cost) == ("infeasible" if expected is None else "optimal", expected)


@given(tiny.instances())
@settings(max_examples=15)
def test_so_does_trying_everything(instance: Instance) -> None:
    from benchmarks.peers import backtracking

    outcome = backtracking.solve(instance, 10)
    expected = tiny.optimum(instance)  # on so few legs no journey is longer than this peer's
    assert outcome.cost == expected


def test_a_stop_at_one_of_several_ports_is_made_at_one_of_them() -> None:
    legs = [(0, 1, 0, 5), (0, 2, 0, 3), (1, 0, 3, 1), (2, 0, 2, 1), (2, 0, 9, 1)]  # from, to, day, price
    origin, target, day, price = (np.array(column, dtype=np.int32) for column in zip(*legs, strict=True))
    order = np.argsort(day, kind="stable")
    columns = {
        "from_port": origin, "to_port": target, "departs": day * 1440, "arrives": day * 1440 + 60,
        "departs_on": day, "arrives_on": day, "price": price,
    }  # fmt: skip
    instance = Instance(
        **{name: column[order] for name, column in columns.items()},
        start=0,
        goal=0,
        transfer=0,
        visits=(Visit((1, 2), 3, 4),),
    )
    assert cpsat.solve(instance, 10).cost == 6


def test_a_peer_in_a_process_of_its_own_gets_the_same_problem(tmp_path: Path) -> None:
    columns = {name: np.array([1, 2], dtype=np.int32) for name in Instance.COLUMNS}
    columns |= {"from_port": np.array([0, 1], dtype=np.int32), "to_port": np.array([1, 0], dtype=np.int32)}
    columns |= {"departs": np.array([5, 2000], dtype=np.int32), "arrives": np.array([10, 3000], dtype=np.int32)}
    instance = Instance(**columns, start=0, goal=0, transfer=9, visits=(Visit((1,), 1, 4),))
    instance.save(tmp_path / "it.npz")
    found = peers.run("cpsat", tmp_path / "it.npz", 30)
    assert (found["peer"], found["status"], found["cost"]) == ("cpsat", "optimal", 3)
    assert found["peak_mb"] >= 0


def test_a_peer_that_breaks_down_is_a_row_like_any_other(tmp_path: Path) -> None:
    found = peers.run("cpsat", tmp_path / "nothing.npz", 30)
    assert (found["status"], found["cost"], found["seconds"]) == ("unknown", None, None)
    assert "nothing.npz" in found["note"]
