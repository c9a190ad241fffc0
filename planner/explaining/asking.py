"""Who answers the questions of explaining: a SAT solver on one model of everything, or a search through bounds."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from attrs import define, field

from planner.rules.facts import Fact
from planner.solving.oracle import Impossible, Oracle, Possible
from planner.solving.search import Search, Whole, Witness
from planner.verify.conflict import possible


def oracle_of(search: Search) -> Oracle:
    """The oracle for what a search was about, within the search's effort."""
    if isinstance(search, Whole):
        from planner.solving.sat import SatOracle  # loaded only where there is something to explain

        return SatOracle.of(search.model, search.solver.effort)
    return SearchOracle(search)


@define(eq=False)
class SearchOracle:
    """Asks a search, each time anew. The checker says what a trip breaks, so further facts come up with the answers."""

    search: Search
    _facts: dict[str, Fact] = field(init=False)
    _possible: list[Possible] = field(factory=list)
    _impossible: list[frozenset[str]] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        self._facts = {fact.id: fact for fact in self.search.facts()}

    @property
    def facts(self) -> Sequence[Fact]:
        """All facts that came up so far."""
        return tuple(self._facts.values())

    def ask(self, enforced: Collection[str]) -> Possible | Impossible:
        """Search with these facts in force; what is known already is not asked again."""
        facts = frozenset(enforced)
        known = next((found for found in self._possible if found.broken.isdisjoint(facts)), None)
        core = next((core for core in self._impossible if core <= facts), None)
        if known is not None or core is not None:
            return known or Impossible(core or frozenset())
        found = self.search.holding([fact for name, fact in self._facts.items() if name in facts])
        if found is None:
            self._impossible.append(facts)
            return Impossible(facts)
        broken = {item.fact.id: item.fact for item in possible(found.scenario, found.itinerary).broken}
        self._facts |= {name: fact for name, fact in broken.items() if name not in self._facts}
        if facts.isdisjoint(broken):
            self._possible.append(Possible(frozenset(broken), found))
            return self._possible[-1]
        # The checker lets visits count for stops as suits all wishes together, not just those in force.
        return Possible(frozenset(self._facts.keys() - facts), found)

    def most(self, enforced: Collection[str], barred: Collection[str] = ()) -> Possible | Impossible:
        """No more than is asked for: each question takes a search."""
        return self.ask(enforced)

    def more(self, found: Possible) -> Possible | None:
        """Not asked: each question takes a search."""
        return None

    def witness(self, found: Possible) -> Witness:
        """The trip found."""
        witness: Witness = found.solution
        return witness
