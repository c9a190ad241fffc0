"""The flow as a mixed-integer program, by HiGHS."""

from __future__ import annotations

import time

import numpy as np
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from benchmarks.flow import flow
from benchmarks.instance import Instance
from benchmarks.peers import Outcome

STATUS = {0: "optimal", 1: "unknown", 2: "infeasible"}


def solve(instance: Instance, time_limit: float) -> Outcome:
    """All arcs are integer, between 0 and 1, proved to a gap of 0."""
    began = time.perf_counter()
    net = flow(instance)
    arcs = np.arange(len(net.tail))
    ones = np.ones(len(arcs))
    leaving = csr_array((ones, (net.tail, arcs)), shape=(net.nodes, len(arcs)))
    reaching = csr_array((ones, (net.head, arcs)), shape=(net.nodes, len(arcs)))
    chosen = np.concatenate(net.visits)
    visit = np.repeat(np.arange(len(net.visits)), [len(arcs) for arcs in net.visits])
    made = csr_array((np.ones(len(chosen)), (visit, chosen)), shape=(len(net.visits), len(arcs)))
    right = np.concatenate([net.balance(), np.ones(len(net.visits))])
    built = time.perf_counter() - began
    result = milp(
        net.cost,
        integrality=ones,
        bounds=(0, 1),
        constraints=LinearConstraint(vstack([leaving - reaching, made]), right, right),
        options={"time_limit": max(0.1, time_limit - built), "mip_rel_gap": 0},
    )
    status = STATUS.get(result.status, "unknown")
    cost = None if result.fun is None else round(result.fun)
    return Outcome("feasible" if status == "unknown" and cost is not None else status, cost)
