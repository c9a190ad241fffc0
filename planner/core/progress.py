"""How far a search is, told to whoever wants to know. Amounts are minor units of the scenario's currency."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal

from attrs import define, evolve, field, frozen

Stage = Literal[
    "bounding", "searching", "confirming", "settling ties", "looking for alternatives", "looking for quicker trips",
    "explaining", "looking for repairs",
]  # fmt: skip
_SEARCH = ("bounding", "searching", "confirming", "settling ties")


@frozen(kw_only=True)
class Progress:
    """Where a search is after `elapsed` seconds.

    `incumbent` is the cost of the cheapest trip found so far: the solver's word, which the checker has not confirmed;
    no trip is cheaper than `bound`. While an impossible scenario is explained, a smallest conflict is known to have
    `at_least` and `at_most` so many facts; then `repairs` have been found. None: not known, or of another stage.
    """

    stage: Stage
    elapsed: float = 0.0
    incumbent: int | None = None
    bound: int | None = None
    at_least: int | None = None
    at_most: int | None = None
    repairs: int | None = None


Observer = Callable[[Progress], object]


@define(eq=False)
class Watch:
    """Tells an observer about one search, in the thread that searches."""

    observer: Observer
    _began: float = field(factory=time.monotonic)
    _costs: tuple[int | None, int | None] = (None, None)  # the best incumbent and bound so far

    def tell(self, now: Progress) -> None:
        """Pass on where the search is; while the cheapest trip is looked for, with the best costs known so far."""
        if now.stage in _SEARCH:
            found = [cost for cost in (self._costs[0], now.incumbent) if cost is not None]
            proved = [cost for cost in (self._costs[1], now.bound) if cost is not None]
            self._costs = min(found, default=None), min([max(proved), *found]) if proved else None
            now = evolve(now, incumbent=self._costs[0], bound=self._costs[1])
        self.observer(evolve(now, elapsed=time.monotonic() - self._began))
