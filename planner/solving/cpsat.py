"""A program as a CP-SAT model, and queries about it. Runs in the solver process only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from planner.model.program import Linear, Program
from planner.solving.messages import Query, Reply
from planner.solving.settings import settings

_STATUS = {cp_model.OPTIMAL: "optimal", cp_model.FEASIBLE: "feasible", cp_model.INFEASIBLE: "infeasible"}


class Compiled:
    """A program compiled twice, each when first needed: with a literal for each fact, and with all facts in force."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._open: tuple[Any, list[Any]] | None = None
        self._closed: tuple[Any, list[Any]] | None = None

    def ask(self, query: Query) -> Reply:
        """Answer one query."""
        model = self._model(query)
        solver = cp_model.CpSolver()
        for name, value in settings(query.purpose, query.workers, query.seed).items():
            if isinstance(value, list):
                getattr(solver.parameters, name).extend(value)
            else:
                setattr(solver.parameters, name, value)
        solver.parameters.max_time_in_seconds = max(query.seconds, 0.01)
        status = _STATUS.get(solver.solve(model), "unknown")
        if status not in ("optimal", "feasible"):
            return Reply(status, seconds=solver.wall_time)  # type: ignore[arg-type]
        values = np.array(solver.response_proto.solution, dtype=np.int64)
        if query.minimise is None:
            return Reply("feasible", values, seconds=solver.wall_time)
        return Reply(
            status,  # type: ignore[arg-type]
            values,
            round(solver.objective_value),
            round(solver.best_objective_bound),
            solver.wall_time,
        )

    def _model(self, query: Query) -> Any:
        if query.enforced is None:
            if self._closed is None:
                self._closed = compile_program(self._program, all_facts=True)
            base, variables = self._closed
        else:
            if self._open is None:
                self._open = compile_program(self._program, all_facts=False)
            base, variables = self._open
            for literal in self._program.fact_literals().values():
                value = int(literal in query.enforced)
                domain = base.proto.variables[literal].domain
                domain.clear()
                domain.extend([value, value])
        if not (query.extra or query.minimise or query.hint is not None):
            return base
        model = base.clone()
        at = [model.get_bool_var_from_proto_index(index) for index in range(len(variables))]
        for linear in query.extra:
            _add_linear(model, at, linear)
        if query.minimise is not None:
            model.minimize(cp_model.LinearExpr.weighted_sum([at[v] for v in query.minimise[0]], query.minimise[1]))
        if query.hint is not None:
            for variable, value in zip(at, query.hint.tolist(), strict=False):
                model.add_hint(variable, value)
        return model


def compile_program(program: Program, all_facts: bool) -> tuple[Any, list[Any]]:
    """The CP-SAT model. With all facts in force, what they block is fixed and constraints are cut down."""
    model = cp_model.CpModel()
    variables = [model.new_bool_var("") for _ in range(program.size)]
    literals = set(program.fact_literals().values())
    gone: set[int] = set()
    for fact, options in program.blocks:
        if all_facts or fact is None:
            gone.update(options.tolist())
        else:
            for option in options.tolist():
                model.add_implication(variables[fact], ~variables[option])
    for option in gone:
        _fix(model, option, 0)
    if all_facts:
        for literal in literals:
            _fix(model, literal, 1)
    for clause in program.disjunctions:
        if any(~literal in gone for literal in clause.literals if literal < 0):
            continue
        kept = [
            literal
            for literal in clause.literals
            if not (literal >= 0 and literal in gone) and not (all_facts and literal < 0 and ~literal in literals)
        ]
        model.add_bool_or([variables[v] if v >= 0 else ~variables[~v] for v in kept])
    for linear in program.linears:
        _add_linear(model, variables, linear, gone, drop_fact=all_facts)
    return model, variables


def _fix(model: Any, index: int, value: int) -> None:
    domain = model.proto.variables[index].domain
    domain.clear()
    domain.extend([value, value])


def _add_linear(
    model: Any, variables: Sequence[Any], linear: Linear, gone: set[int] | None = None, drop_fact: bool = False
) -> None:
    kept = [
        (variables[v], weight)
        for v, weight in zip(linear.variables, linear.weights, strict=True)
        if not gone or v not in gone
    ]
    low = linear.low if linear.low is not None else cp_model.INT_MIN
    high = linear.high if linear.high is not None else cp_model.INT_MAX
    total = cp_model.LinearExpr.weighted_sum([v for v, _ in kept], [w for _, w in kept])
    constraint = model.add_linear_constraint(total, low, high)
    if linear.fact is not None and not drop_fact:
        constraint.only_enforce_if(variables[linear.fact])
