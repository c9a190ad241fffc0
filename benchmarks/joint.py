"""Fares for several legs of a world: returns, open jaws and passes, cheaper than their legs alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from benchmarks.world import World

DAY = 1440


def write_tickets(path: Path, made: World, table: str, count: int, passes: int = 0, seed: int = 1) -> None:
    """So many fares over rows of a table: 6 of 10 returns, 3 open jaws, 1 for three legs; at 60–95 % of the sum.

    With `passes`, as many more for three legs among the places wanted, some days apart, at 40–70 %: some of them win.
    """
    import polars as pl

    rng = np.random.default_rng(seed)
    returns = _pairs(made, rng, count * 6 // 10, jaw=False)
    jaws = _pairs(made, rng, count * 3 // 10, jaw=True)
    between = _pairs(made, rng, count // 10, jaw=False)
    onward = _leaving(made, rng, made.to_port[between[:, 1]], made.arrives[between[:, 1]] + DAY)
    three = np.column_stack([between, onward])[onward >= 0]
    legs = [*returns.tolist(), *jaws.tolist(), *three.tolist()]
    share = rng.uniform(0.6, 0.95, len(legs))
    best = _passes(made, rng, passes).tolist()
    legs, share = [*legs, *best], np.concatenate([share, rng.uniform(0.4, 0.7, len(best))])
    prices = [round(int(made.price[one].sum()) * part / 100, 2) for one, part in zip(legs, share.tolist(), strict=True)]
    names = [";".join(f"{table}:{row + 1}" for row in one) for one in legs]
    pl.DataFrame({"legs": names, "price": prices}).write_parquet(path)


def _pairs(made: World, rng: np.random.Generator, count: int, jaw: bool) -> NDArray[Any]:
    """Legs out, and legs back to where they began, some days later: from where they led (`jaw`: from anywhere)."""
    out = rng.integers(0, len(made), count)
    after = made.arrives[out] + rng.integers(2 * DAY, 8 * DAY, count)
    start = rng.permutation(made.to_port[out]) if jaw else made.to_port[out]
    back = _leaving(made, rng, start, after, made.from_port[out])
    return np.column_stack([out, back])[back >= 0]


def _passes(made: World, rng: np.random.Generator, count: int) -> NDArray[Any]:
    """Three legs each, from place to place among those wanted, with two to five days at each."""
    wanted = np.array([made.number(code) for code in made.wanted], dtype=np.int64)
    among = np.flatnonzero(np.isin(made.from_port, wanted) & np.isin(made.to_port, wanted))
    chains = rng.choice(among, count)[:, np.newaxis]
    for _ in range(2):
        last = chains[:, -1]
        after = made.arrives[last] + rng.integers(2 * DAY, 5 * DAY, len(last))
        onward = _leaving(made, rng, made.to_port[last], after, rng.choice(wanted, len(last)))
        chains = np.column_stack([chains, onward])[onward >= 0]
    return chains


def _leaving(
    made: World, rng: np.random.Generator, ports: NDArray[Any], after: NDArray[Any], to: NDArray[Any] | None = None
) -> NDArray[Any]:
    """For each port a leg that departs from it after a time, within a day or so; -1 where there is none."""
    span = int(made.departs.max()) + 30 * DAY
    pair = made.from_port.astype(np.int64) * (len(made.places) if to is not None else 1)
    wanted = ports.astype(np.int64) * (len(made.places) if to is not None else 1)
    if to is not None:
        pair, wanted = pair + made.to_port, wanted + to
    order = np.lexsort((made.departs, pair))
    key = pair[order] * span + made.departs[order]
    at = np.searchsorted(key, wanted * span + after) + rng.integers(0, 2, len(ports))
    found = order[np.minimum(at, len(order) - 1)]
    right = (at < len(order)) & (pair[found] == wanted) & (made.departs[found] >= after)
    return np.where(right, found, -1)
