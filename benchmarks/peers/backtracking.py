"""The path of legs in python-constraint: all solutions are listed, so only the tiniest instances end."""

from __future__ import annotations

from itertools import pairwise

import constraint

from benchmarks.instance import Instance, Visit
from benchmarks.peers import Outcome

LARGEST = 300  # legs


def solve(instance: Instance, time_limit: float) -> Outcome:
    """At most two legs for each stop and the way back: a variable for each leg taken in turn, 0 after the last."""
    if len(instance) > LARGEST:
        return Outcome("skipped", None, f"more than {LARGEST} legs")
    steps = 2 * len(instance.visits) + 2
    problem = constraint.Problem()
    problem.addVariables(range(steps), range(len(instance) + 1))  # 0: no further leg
    columns = (instance.from_port, instance.to_port, instance.departs, instance.arrives)
    origin, target, departs, arrives = (column.tolist() for column in columns)

    def joined(one: int, two: int) -> bool:
        if not two:
            return not one or bool(target[one - 1] == instance.goal)
        return bool(
            one
            and target[one - 1] == origin[two - 1]
            and arrives[one - 1] + instance.transfer <= departs[two - 1]
        )  # fmt: skip

    def made(*legs: int) -> bool:
        return all(
            any(one and two and _stay(instance, one - 1, two - 1, visit) for one, two in pairwise(legs))
            for visit in instance.visits
        )

    problem.addConstraint(lambda leg: bool(leg and origin[leg - 1] == instance.start), [0])
    for step in range(steps - 1):
        problem.addConstraint(joined, [step, step + 1])
    problem.addConstraint(lambda leg: not leg or bool(target[leg - 1] == instance.goal), [steps - 1])
    problem.addConstraint(made, range(steps))
    price = instance.price.tolist()
    costs = [sum(price[leg - 1] for leg in found.values() if leg) for found in problem.getSolutionIter()]
    return Outcome("optimal", min(costs)) if costs else Outcome("infeasible")


def _stay(instance: Instance, one: int, two: int, visit: Visit) -> bool:
    nights = int(instance.departs_on[two]) - int(instance.arrives_on[one])
    return int(instance.to_port[one]) in visit.ports and visit.least <= nights <= visit.most
