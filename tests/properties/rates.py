"""Counting what random scenarios are like: a test on scenarios in which no rule ever matters shows nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from attrs import define, field

from planner.rules.base import kinds
from tests.worlds.oracle import WISHES, Best, Oracle


@define
class Rates:
    """Counts over scenarios. A kind *binds* if dropping all its facts changes the answer."""

    scenarios: int = 0
    feasible: int = 0
    past_reachability: int = 0  # the trip could be made without law, and law changes the answer
    too_large: int = 0
    binding: Counter[str] = field(factory=Counter)

    def count(self, oracle: Oracle, answer: Best | None) -> None:
        """Add a scenario that the oracle has answered. Raises TooLarge."""
        cutting = set(oracle.cutting)
        wished = oracle.best(lambda fact, kind: kind in WISHES)
        changed = [kind for kind in cutting if _rank(oracle.best(_without(kind))) != _rank(answer)]
        self.scenarios += 1
        self.feasible += answer is not None
        self.past_reachability += wished is not None and _rank(wished) != _rank(answer)
        self.binding.update(changed)

    def share(self, count: int) -> float:
        """Percentage of the scenarios."""
        return 100 * count / max(self.scenarios, 1)

    def lines(self) -> Iterator[str]:
        """The report."""
        yield f"{self.scenarios} scenarios compared with the oracle; {self.too_large} others too large for it"
        yield f"{self.share(self.feasible):.1f} % have a plan"
        yield f"{self.share(self.past_reachability):.1f} % get past mere reachability"
        for name, cls in kinds().items():
            if name != "citizenship" or self.binding[name]:  # it has no facts: it only admits
                yield f"{self.share(self.binding[name]):5.1f} % {name} binds ({', '.join(cls.catalogue) or 'no law'})"


def _without(kind: str) -> object:
    return lambda fact, of: of != kind


def _rank(best: Best | None) -> tuple[int, int, int] | None:
    return best.rank if best else None


RATES = Rates()
