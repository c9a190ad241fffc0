"""Passages that are closed on purpose: several ways to a stop, each closed by some of several facts.

A way is known by the set of facts that close it. The minimal conflicts about the stop are then the minimal sets of
facts that hit every way, so that in a trip made of such passages all minimal conflicts are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from random import Random

from attrs import frozen

Facts = frozenset[str]
AVOIDED = ("Red Air", "Blue Air", "Green Air")
LEAST, FEWEST, MOST = 5, 5, 40  # facts of the smallest conflict of a passage; minimal conflicts of it
PATTERNS = ("banned", "one law a passport", "visa too old", "visa without paper", "old visa without paper")


@frozen
class Hub:
    """One way from the stop before to the stop wanted, and what closes it.

    `early`: it leaves before the day on which the stop before may be left. `late`: it arrives after the last day of the
    stop wanted. `operator`: by whom; perhaps one to be avoided. `weak`: the traveller whom `pattern` stops there.
    """

    zone: str
    weak: str
    pattern: str
    early: bool
    late: bool
    operator: str

    def closed_by(self, before: str, wanted: str) -> list[Facts]:
        """For each passport, ground and wish given up, the facts that still close the way."""
        common = {f"avoid.{self.operator}"} if self.operator in AVOIDED else set()
        common |= {f"stop.{wanted}.arrive_by"} if self.late else set()
        kept = [{f"stop.{before}.leave_from"}, {f"stop.{before}"}] if self.early else [set()]
        return [frozenset(common | one | leaf) for one in kept for leaf in self._leaves()]

    def _leaves(self) -> list[set[str]]:
        none, visa = f"admission.{self.zone}.{self.weak}", f"visa-{self.zone}-{self.weak}.{self.weak}.enter_by"
        paper = f"paper-{self.zone}.{self.weak}"
        return {
            "banned": [{f"ban-{self.zone}.{self.weak}"}],
            "one law a passport": [{f"refused-{self.zone}.{self.weak}"}, {f"recent-{self.zone}.{self.weak}"}],
            "visa too old": [{none}, {visa}],
            "visa without paper": [{none}, {paper}],
            "old visa without paper": [{none}, {visa, paper}],
        }[self.pattern]


@frozen
class Knot:
    """A passage closed on purpose, and the minimal conflicts about it."""

    hubs: tuple[Hub, ...]
    conflicts: tuple[Facts, ...]


def knot(random: Random, segment: int, travellers: Sequence[str], before: str, wanted: str) -> Knot:
    """A passage whose smallest conflict has at least `LEAST` facts, with `FEWEST` to `MOST` minimal conflicts."""
    while True:
        hubs = tuple(_hub(random, f"{segment}-{letter}", travellers) for letter in "abcdef"[: random.randint(4, 6)])
        ways = [frozenset({f"stop.{wanted}"}), *(way for hub in hubs for way in hub.closed_by(before, wanted))]
        found = hitting_sets(ways)
        sizes = sorted(map(len, found))
        if FEWEST <= len(found) <= MOST and LEAST <= sizes[0] < sizes[-1]:
            return Knot(hubs, tuple(found))


def _hub(random: Random, name: str, travellers: Sequence[str]) -> Hub:
    operator = random.choice([*AVOIDED, "Knot Air", "Knot Air"])
    early, late = random.random() < 0.25, random.random() < 0.3
    return Hub(f"HUB-{name}", random.choice(travellers), random.choice(PATTERNS), early, late, operator)


def hitting_sets(ways: Iterable[Facts], most: int | None = None) -> list[Facts]:
    """The minimal sets, of at most so many facts, that share something with every way (Berge); the smallest first."""
    found: list[Facts] = [frozenset()]
    for way in ways:
        hit = [one for one in found if one & way]
        more = {one | {fact} for one in found if not one & way for fact in way}
        small = [one for one in more if most is None or len(one) <= most]
        found = hit + [one for one in small if not any(other <= one for other in hit)]
        # No two of `more` contain each other: they differ in a fact of the way, or else in minimal sets.
    return sorted(found, key=lambda one: (len(one), sorted(one)))


def spread(random: Random, segments: int, knots: int) -> list[int]:
    """Segments for so many knots, no two of them next to each other, neither first nor last."""
    while True:
        chosen = sorted(random.sample(range(1, segments - 1), knots))
        if all(b - a > 1 for a, b in pairwise(chosen)):
            return chosen
