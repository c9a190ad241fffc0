"""Minimal conflicts: sets of facts that cannot hold together, though any proper subset can.

The one printed is the preferred one: facts are given up least telling first (deletion with bisection, after
Junker, QuickXplain, AAAI 2004), so it does not depend on what the solver happens to find. All of them are listed
by MARCO (Liffiton et al., Constraints 21, 2016).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from planner.model.program import Disjunction, Program
from planner.rules.facts import Fact
from planner.solving.client import Effort, Solver
from planner.solving.search import OutOfTime


def telling_order(facts: Sequence[Fact]) -> list[Fact]:
    """Facts with the most telling first; equals in the order in which the rules name them."""
    return sorted(facts, key=lambda fact: fact.telling)


def preferred_conflict(possible: Callable[[Sequence[Fact]], bool], facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The minimal conflict among facts that are known not to hold together, preferring the most telling.

    `possible` says whether some facts can hold together, all others void; what it raises is passed on.
    """
    waiting = telling_order(facts)[::-1]  # least telling first
    kept: list[Fact] = []
    while waiting:
        count = _droppable(len(waiting), lambda n: not possible([*kept, *waiting[n:]]))  # noqa: B023
        if count == len(waiting):
            break
        kept.append(waiting[count])
        waiting = waiting[count + 1 :]
    return tuple(kept[::-1])


def _droppable(most: int, still_infeasible: Callable[[int], bool]) -> int:
    """The greatest n ≤ most with `still_infeasible(n)`, which holds for 0 and is monotone."""
    if still_infeasible(most):
        return most
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        if still_infeasible(middle):
            low = middle
        else:
            high = middle
    return low


def all_conflicts(
    possible: Callable[[Sequence[Fact]], bool], among: Sequence[Fact], effort: Effort
) -> Iterator[tuple[Fact, ...]]:
    """Every minimal conflict among some facts, each once. Raises OutOfTime, and what `possible` raises.

    `possible` says whether some facts can hold together, all others void.
    """
    facts = telling_order(among)
    index = {fact.id: position for position, fact in enumerate(facts)}
    # The map: which subsets of facts are still unexplored. Its largest solution is the next seed.
    explored = Program(len(facts), ())
    largest = (tuple(range(len(facts))), (-1,) * len(facts))
    while True:
        seeds = Solver(explored, effort)  # a new number: the program has grown
        reply = seeds.ask("optimise", minimise=largest)
        if reply.status == "infeasible":
            return
        if reply.values is None:
            raise OutOfTime
        seed = [fact for position, fact in enumerate(facts) if reply.values[position]]
        if possible(seed):
            outside = tuple(index[fact.id] for fact in facts if fact not in seed)
            if not outside:
                return  # all facts together are feasible
            explored.disjunctions.append(Disjunction(outside))
        else:
            conflict = preferred_conflict(possible, seed)
            yield conflict
            if not conflict:
                return  # the structure alone is infeasible
            explored.disjunctions.append(Disjunction(tuple(~index[fact.id] for fact in conflict)))
