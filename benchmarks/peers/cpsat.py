"""One CP-SAT model over all legs, without bounds or band: a Boolean for each arc of the flow."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from benchmarks.flow import Flow, flow
from benchmarks.instance import Instance
from benchmarks.peers import Outcome

STATUS = {cp_model.OPTIMAL: "optimal", cp_model.FEASIBLE: "feasible", cp_model.INFEASIBLE: "infeasible"}


def solve(instance: Instance, time_limit: float, settings: dict[str, Any] | None = None) -> Outcome:
    """With CP-SAT's own settings on two workers, or those given."""
    began = time.perf_counter()
    model = _model(flow(instance))
    built = time.perf_counter() - began
    solver = cp_model.CpSolver()
    for name, value in (settings or {"num_workers": 2}).items():
        if isinstance(value, list):
            getattr(solver.parameters, name).extend(value)
        else:
            setattr(solver.parameters, name, value)
    solver.parameters.max_time_in_seconds = max(0.1, time_limit - built)
    status = STATUS.get(solver.solve(model), "unknown")
    cost = round(solver.objective_value) if status in ("optimal", "feasible") else None
    return Outcome(status, cost, f"model built in {built:.1f} s")


def _model(net: Flow) -> Any:
    model = cp_model.CpModel()
    arcs = [model.new_bool_var("") for _ in range(len(net.tail))]
    ends = np.concatenate([net.tail, net.head])
    order = np.argsort(ends, kind="stable")
    begins = np.searchsorted(ends[order], np.arange(net.nodes + 1)).tolist()
    arc = (order % len(arcs)).tolist()
    sign = np.where(order < len(arcs), 1, -1).tolist()
    for node, surplus in enumerate(net.balance().tolist()):
        around = slice(begins[node], begins[node + 1])
        model.add(cp_model.LinearExpr.weighted_sum([arcs[a] for a in arc[around]], sign[around]) == surplus)
    for visit in net.visits:
        model.add_exactly_one([arcs[a] for a in visit.tolist()])
    paid = np.flatnonzero(net.cost).tolist()
    model.minimize(cp_model.LinearExpr.weighted_sum([arcs[a] for a in paid], net.cost[paid].tolist()))
    return model
