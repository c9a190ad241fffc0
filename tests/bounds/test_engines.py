"""The two engines against each other, and which of them is used."""

import subprocess
import sys
from collections.abc import Callable

import numba
import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from planner.bounds import compiled as compiling
from planner.bounds import sweep
from planner.bounds.batches import Batches
from planner.bounds.compiled import compiled
from planner.bounds.engine import Engine, Stopped, TooDearError
from planner.bounds.loops import Loops
from planner.bounds.order import in_order, visits
from planner.bounds.relaxed import ANY_DAY, Relaxed, Wish
from planner.bounds.states import kept, states
from planner.core.errors import InternalError

DAYS = 12
FIRST = 730_000


def network(seed: int, legs: int, price: int) -> Relaxed:
    """A random problem with hubs, many legs at the same minutes, places of one port and of several."""
    r = np.random.default_rng(seed)
    ports = int(r.integers(3, 12))
    weights = r.dirichlet(np.full(ports, 0.7))
    from_port = r.choice(ports, legs, p=weights)
    to_port = (from_port + 1 + r.choice(ports - 1, legs)) % ports
    departs = r.integers(0, DAYS * 24, legs) * 60 + 15 * r.integers(0, 2, legs)
    arrives = departs + r.integers(1, 40, legs) * 30
    wishes = []
    for _ in range(r.integers(0, 5)):
        least = int(r.choice([0, 0, 1, 2]))
        wishes.append(
            Wish(
                ports=r.random(ports) < r.choice([0.1, 0.4]),
                arrive_by=int(r.choice([ANY_DAY, FIRST + DAYS // 2])),
                leave_from=int(r.choice([-ANY_DAY, FIRST + 3])),
                least=least,
                most=int(r.choice([ANY_DAY, least + 2])),
                from_start=bool(r.integers(2)),
                to_end=bool(r.integers(2)),
                ordered=bool(r.integers(2)),
            )
        )
    return Relaxed(
        rows=np.arange(legs),
        from_port=from_port,
        to_port=to_port,
        departs=departs + 1000,
        ready=arrives + r.integers(0, 60, legs) + 1000,
        departs_on=FIRST + departs // 1440,
        arrives_on=FIRST + arrives // 1440,
        cost=r.integers(0, 50, legs) * price,
        first=r.random(legs) < 0.8,
        last=r.random(legs) < 0.8,
        nightly=r.choice([0, 3], ports) * price,
        start=0,
        goal=int(r.integers(2)),
        wishes=tuple(wishes),
        apart=((0, 1),) if len(wishes) > 1 and r.integers(2) else (),
    )


def engines(problem: Relaxed) -> dict[str, Callable[[], Engine]]:
    found, order = states(problem, kept(problem, 64)), in_order(problem)
    tables = visits(found, order.first_day, order.days)
    return {
        "narrow": lambda: Loops.of(order, tables, found, wide=False),
        "wide": lambda: Loops.of(order, tables, found, wide=True),
        "batches": lambda: Batches.of(order, tables, found),
    }


@given(st.integers(0, 10**9), st.integers(0, 300), st.sampled_from([1, 10**6, 10**12]))
def test_engines_agree(seed: int, legs: int, price: int) -> None:
    made = engines(network(seed, legs, price))
    best, through = made["wide"]().run()
    before, onward = made["wide"]().labels()
    for name in ("narrow", "batches"):
        try:
            found = made[name]().run()
            labels = made[name]().labels()
        except TooDearError:
            assert name == "narrow"
            assert price > 1
            continue
        assert found[0] == best
        assert found[1].tolist() == through.tolist()
        assert (labels[0] == before).all()
        assert (labels[1] == onward).all()


@given(st.integers(0, 10**9), st.integers(1, 200), st.integers(1, 60))
def test_blocks_change_nothing(seed: int, legs: int, block: int) -> None:
    for make in engines(network(seed, legs, 1)).values():
        best, through = make().run()
        again = make().run(block)
        assert again[0] == best
        assert again[1].tolist() == through.tolist()


def two_legs(*costs: int, nightly: int = 0) -> Relaxed:
    """There and back, with a night between, and a dearer way back the day after."""
    days = np.array([0, 1, 2])
    return Relaxed(
        rows=np.arange(3),
        from_port=np.array([0, 1, 1]),
        to_port=np.array([1, 0, 0]),
        departs=days * 1440,
        ready=days * 1440 + 60,
        departs_on=FIRST + days,
        arrives_on=FIRST + days,
        cost=np.array(costs),
        first=np.ones(3, dtype=bool),
        last=np.ones(3, dtype=bool),
        nightly=np.array([0, nightly]),
        start=0,
        goal=0,
        wishes=(Wish(ports=np.array([False, True])),),
    )


@pytest.mark.parametrize(
    ("costs", "nightly"),
    [
        ((1, 1, 10**10), 0),  # one leg beyond 32 bits, on no cheapest journey
        ((2 * 10**8, 1, 2 * 10**8), 0),  # each of them within, but not the sum
        ((1, 1, 1), 2 * 10**8),
        ((1, 1, 1), 10**12),
        ((10**17, 1, 10**17), 10**16),
    ],
)
@pytest.mark.parametrize("little", [0, 10**18])
def test_nothing_is_too_dear(
    monkeypatch: pytest.MonkeyPatch, costs: tuple[int, ...], nightly: int, little: int
) -> None:
    monkeypatch.setattr(sweep, "LITTLE", little)
    found = sweep.sweep(two_legs(*costs, nightly=nightly))
    early, late = costs[0] + costs[1] + nightly, costs[0] + costs[2] + 2 * nightly
    assert found.lower == min(early, late)
    assert found.through.tolist() == [min(early, late), early, late]


def test_many_legs_are_not_too_dear_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of them fits into 32 bits, but not all of them: what was too dear forward must not count as no way."""
    monkeypatch.setattr(sweep, "LITTLE", 0)
    numbers, dear = np.arange(6), 2**28 - 2
    problem = evolve(
        two_legs(1, 1, 1),
        rows=numbers,
        from_port=numbers,
        to_port=numbers + 1,
        departs=numbers * 1440,
        ready=numbers * 1440 + 60,
        departs_on=FIRST + numbers,
        arrives_on=FIRST + numbers,
        cost=np.full(6, dear),
        first=numbers == 0,
        last=numbers == 5,
        nightly=np.zeros(7, dtype=np.int64),
        goal=6,
        wishes=(),
    )
    found = sweep.sweep(problem)
    assert found.lower == 6 * dear
    assert found.through.tolist() == [6 * dear] * 6


def test_large_problems_do_without_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = network(1, 200, 1)
    expected = sweep.sweep(problem)
    monkeypatch.setattr(sweep, "LITTLE", 0)
    monkeypatch.setattr(sweep, "available", lambda: False)
    monkeypatch.setattr(Loops, "of", None)
    found = sweep.sweep(problem)
    assert found.lower == expected.lower
    assert found.through.tolist() == expected.through.tolist()
    monkeypatch.setattr(compiling, "available", lambda: False)
    assert compiled(two_legs) is two_legs


def test_small_problems_do_not_load_numba() -> None:
    lines = [
        "import sys",
        "import numpy as np",
        "from planner.bounds.relaxed import Relaxed",
        "from planner.bounds.sweep import labels, sweep",
        "one = np.ones(1, dtype=np.int64)",
        "yes = np.ones(1, dtype=bool)",
        "problem = Relaxed(rows=one, from_port=0 * one, to_port=one, departs=one, ready=2 * one, departs_on=one,"
        " arrives_on=one, cost=one, first=yes, last=yes, nightly=np.zeros(2, dtype=np.int64), start=0, goal=1)",
        "print(sweep(problem).lower, labels(problem).through()[0], 'numba' in sys.modules)",
    ]
    ran = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["1", "1", "False"]


def test_compiles_where_nothing_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    real = numba.njit

    def nowhere(cache: bool = False, **options: bool) -> object:
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return real(**options)

    monkeypatch.setattr(numba, "njit", nowhere)

    @compiled
    def doubled(number: int) -> int:
        return 2 * number

    assert doubled(21) == 42
    assert hasattr(doubled, "py_func")


def test_compiled_loops_are_loaded_once_enough_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    problem, asked = network(1, 200, 1), []
    monkeypatch.setattr(sweep, "_asked", sweep._Work())
    monkeypatch.setattr(sweep, "LITTLE", 450_000)
    monkeypatch.setattr(sweep, "available", lambda: asked.append(True))
    for count in (0, 0, 1, 2):
        sweep.sweep(problem)
        assert len(asked) == count


def test_sweeps_stop_when_time_is_over() -> None:
    for make in engines(network(1, 200, 1)).values():
        assert make().run(over=lambda: False)[1].shape == (200,)
        with pytest.raises(Stopped):
            make().run(over=lambda: True)


def test_sweeps_that_disagree_say_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Batches, "_backward", lambda *_: 1)
    with pytest.raises(InternalError, match="disagree"):
        sweep.sweep(two_legs(4, 2, 5))
