"""Why there is no plan: facts that cannot hold together, and what proves it. Amounts are in minor units."""

from __future__ import annotations

from attrs import field, frozen

from planner.itinerary.choices import Itinerary
from planner.itinerary.journey import Journey
from planner.rules.facts import Broken, Fact
from planner.scenario.scenario import Scenario


@frozen(kw_only=True)
class Witness:
    """A trip, confirmed by the checker, that meets every fact of a conflict but one.

    `broken` says how the trip breaks `without`, and whatever else of the whole scenario it breaks; `cost` is what it
    costs. `alone` is True if it breaks nothing else, so that giving up that one fact is enough, and `cheapest` says
    whether it is proved to be the cheapest such trip. If it is not, more than this conflict stands in the way: proved.
    """

    without: Fact
    scenario: Scenario = field(repr=False)  # has the legs of the trip
    itinerary: Itinerary
    journey: Journey = field(repr=False)
    broken: tuple[Broken, ...] = ()
    cost: int | None = None
    alone: bool = False
    cheapest: bool = False


@frozen(kw_only=True)
class Correction:
    """Facts that some trip breaks, every other fact of the scenario being met: each conflict contains one of them.

    The checker has confirmed the trip.
    """

    facts: tuple[Fact, ...]
    itinerary: Itinerary


@frozen(kw_only=True)
class Closed:
    """Ways to go on that a fact of the conflict closes by itself, in words; `count` of them, of which some are told."""

    fact: Fact
    ways: tuple[str, ...]
    count: int


@frozen(kw_only=True)
class Conflict:
    """Facts that cannot hold together; leaving out any one of them, the others can.

    No conflict of the scenario has fewer than `at_least` facts. Where that is the number of `facts`, this one is a
    smallest, and `corrections` prove it: no set of fewer facts contains one of each. `witnesses` are in the order of
    `facts`. `structural` says what the network itself lacks, where that is the reason.
    """

    facts: tuple[Fact, ...]
    structural: tuple[str, ...] = ()
    at_least: int = 0
    witnesses: tuple[Witness, ...] = ()
    corrections: tuple[Correction, ...] = ()
    closed: tuple[Closed, ...] = ()

    @property
    def at_most(self) -> int:
        """A smallest conflict has no more facts than this one."""
        return len(self.facts)

    @property
    def smallest(self) -> bool:
        """Whether it is proved that no conflict has fewer facts."""
        return self.at_least == len(self.facts)

    def _repr_html_(self) -> str | None:
        """What a notebook shows, as for a plan; None, so that it shows something simpler, without witnesses."""
        from planner import to_html_part

        return to_html_part(self) if self.witnesses else None
