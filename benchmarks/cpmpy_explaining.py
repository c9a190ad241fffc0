"""CPMpy's tools for explaining (`cpmpy.tools.explain`) on the same program: its facts are the soft constraints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import cpmpy as cp
from cpmpy.tools.explain import marco, mcs, mus, smus

from planner.model.program import Program

Ids = frozenset[str]
Asked = Callable[[], Iterator[Ids]]


def mus_of(program: Program) -> Asked:
    """`mus`: a minimal conflict."""
    return _one(program, mus)


def smus_of(program: Program) -> Asked:
    """`smus`: a smallest conflict."""
    return _one(program, smus)


def mcs_of(program: Program) -> Asked:
    """`mcs`: a smallest correction set."""
    return _one(program, mcs)


def marco_of(program: Program) -> Asked:
    """`marco`: all minimal conflicts, and whatever correction sets it comes by."""
    soft, hard, names = _model(program)

    def asked() -> Iterator[Ids]:
        for _, found in marco(soft, hard, solver="ortools", map_solver="ortools", return_mcs=False):
            yield _ids(found, names)

    return asked


def _one(program: Program, tool: Callable[..., Any]) -> Asked:
    soft, hard, names = _model(program)

    def asked() -> Iterator[Ids]:
        yield _ids(tool(soft, hard, solver="ortools"), names)

    return asked


def _ids(found: Any, names: dict[str, str]) -> Ids:
    return frozenset(names[literal.name] for literal in found)


def _model(program: Program) -> tuple[list[Any], list[Any], dict[str, str]]:
    """Soft constraints (the literal of each fact), hard ones (all else), and the fact behind each literal's name."""
    x = list(cp.boolvar(shape=program.size))
    hard: list[Any] = []

    def literal(number: int) -> Any:
        return x[number] if number >= 0 else ~x[~number]

    for fact, options in program.blocks:
        refused = [~x[option] for option in options.tolist()]
        hard += refused if fact is None else [x[fact].implies(cp.all(refused))]
    hard += [cp.any([literal(number) for number in clause.literals]) for clause in program.every_disjunction()]
    for row in program.every_linear():
        total = cp.sum([weight * x[at] for weight, at in zip(row.weights, row.variables, strict=True)])
        if row.low is not None and row.low == row.high:
            bounds = [total == row.low]
        else:
            bounds = [] if row.low is None else [total >= row.low]
            bounds += [] if row.high is None else [total <= row.high]
        hard += bounds if row.fact is None else [x[row.fact].implies(bound) for bound in bounds]
    soft = {name: x[at] for name, at in program.fact_literals().items()}
    return list(soft.values()), hard, {variable.name: name for name, variable in soft.items()}
