"""The same flow in CPMpy, solved by its default solver."""

from __future__ import annotations

import time

import cpmpy as cp
import numpy as np

from benchmarks.flow import flow
from benchmarks.instance import Instance
from benchmarks.peers import Outcome

STATUS = {"OPTIMAL": "optimal", "FEASIBLE": "feasible", "UNSATISFIABLE": "infeasible"}


def solve(instance: Instance, time_limit: float) -> Outcome:
    """A Boolean an arc, as in `cpsat`."""
    began = time.perf_counter()
    net = flow(instance)
    arcs = cp.boolvar(shape=len(net.tail))
    model = cp.Model()
    ends = np.concatenate([net.tail, net.head])
    order = np.argsort(ends, kind="stable")
    begins = np.searchsorted(ends[order], np.arange(net.nodes + 1))
    for node, surplus in enumerate(net.balance().tolist()):
        around = order[begins[node] : begins[node + 1]]
        out, into = around[around < len(arcs)], around[around >= len(arcs)] - len(arcs)
        model += cp.sum(arcs[out]) - cp.sum(arcs[into]) == surplus
    for visit in net.visits:
        model += cp.sum(arcs[visit]) == 1
    paid = np.flatnonzero(net.cost)
    model.minimize(cp.sum(net.cost[paid] * arcs[paid]))
    built = time.perf_counter() - began
    model.solve(solver="ortools", time_limit=max(0.1, time_limit - built), num_workers=2)
    status = STATUS.get(model.status().exitstatus.name, "unknown")
    cost = int(model.objective_value()) if status in ("optimal", "feasible") else None
    return Outcome(status, cost, f"model built in {built:.1f} s")
