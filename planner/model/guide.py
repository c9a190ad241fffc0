"""The cost once more, counted from a lower bound: what each step of a journey costs beyond the cheapest way on.

Sums that are zero for every journey can be added to its cost without changing it. Added so that no weight is negative
(the potentials of shortest paths: Johnson, Journal of the ACM 24, 1977), they turn what the sweeps know into
something that a solver sees at once: its bound begins where theirs ends, and whatever lies too far above an itinerary
in hand falls away.
"""

from __future__ import annotations

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from planner.model.options import Options
from planner.model.program import Program, Values
from planner.rules.statements import Ids
from planner.rules.tables import END, NEVER, START

FAR = np.int64(1) << 60


@frozen(eq=False)
class Guide:
    """For solutions that meet all facts: the cost is `constant` + Σ weight · variable; no weight is negative.

    `hint` has 1 for the runs and changes of a path that costs least by itself, 0 for other runs and changes;
    `hinted` are those variables.
    """

    variables: Ids
    weights: Ids
    constant: int
    hinted: Ids
    hint: Values


def guide(options: Options, program: Program) -> Guide | None:
    """The cost from the lower bound on, if the model is pruned and holds any journey."""
    arcs, flow, runs = options.arcs, program.flow, options.runs
    if arcs is None or flow is None or not len(arcs.before) or not len(runs.ids):
        return None
    weights = np.zeros(program.size, dtype=np.int64)
    np.add.at(weights, np.array(program.cost_variables, dtype=np.int64), np.array(program.cost_weights, dtype=np.int64))
    of_run = _fares(options, weights) + _entries(options, program, weights)
    of_run += weights[runs.ids]
    weights[runs.ids] = 0
    taken = arcs.before >= 0
    step = weights[flow.change] + np.where(taken, of_run[np.where(taken, arcs.before, 0)], 0)
    weights[flow.change] = 0
    here, there, first = _nodes(options)
    onward = _cheapest(step, here, there, runs.departs, arcs.before, first)
    if onward[first] >= FAR:
        return None
    no_way = (onward[there] >= FAR) | (onward[here] >= FAR)  # never taken
    step = np.where(no_way, FAR, step + onward[there] - onward[here])
    weights[flow.arc] = step
    some = np.flatnonzero((weights != 0) & (weights < FAR))
    hint = _path(step, here, there, first)
    hinted = np.unique(np.concatenate([runs.ids, flow.change, flow.arc]))
    values = np.zeros(program.size, dtype=np.int64)
    values[flow.change[hint]] = values[flow.arc[hint]] = 1
    values[runs.ids[arcs.before[hint][arcs.before[hint] >= 0]]] = 1
    return Guide(some, weights[some], int(onward[first]), hinted, values)


def _fares(options: Options, weights: NDArray[np.int64]) -> NDArray[np.int64]:
    """Move fares to the runs they are for, as far as that leaves nothing negative; what each run takes over.

    Each leg of a run is covered by one fare.
    """
    scenario = options.scenario
    position = {leg.id: index for index, leg in enumerate(scenario.legs)}
    share = np.full(len(scenario.legs), FAR)
    for fare in scenario.fares:
        for leg in fare.legs:
            at = position[leg]
            share[at] = min(share[at], weights[options.fares[fare.id]] // len(fare.legs))
    share[share == FAR] = 0
    for fare in scenario.fares:
        weights[options.fares[fare.id]] -= sum(int(share[position[leg]]) for leg in fare.legs)
    return np.array([share[list(run)].sum() for run in options.runs.legs], dtype=np.int64)


def _entries(options: Options, program: Program, weights: NDArray[np.int64]) -> NDArray[np.int64]:
    """The same for what stays cost: each traveller begins one with each run that crosses."""
    gone = np.zeros(program.size, dtype=bool)
    for _, blocked in program.blocks:
        gone[blocked] = True
    runs = options.runs
    total = np.zeros(len(runs.ids), dtype=np.int64)
    for person in options.scenario.travellers:
        stays = options.stays(person.id)
        least = np.full(len(runs.ids), FAR)
        rows = stays.enters & ~gone[stays.ids]
        np.minimum.at(least, stays.entry_run[rows], weights[stays.ids[rows]])
        least[least == FAR] = 0
        weights[stays.ids[rows]] -= least[stays.entry_run[rows]]
        total += least
    return total


def _nodes(options: Options) -> tuple[Ids, Ids, int]:
    """Numbers of the nodes that arcs lead from and to: (run, state) by run, 0 the end, and the start, returned last."""
    arcs = options.arcs
    assert arcs is not None
    width = int(max(arcs.came.max(), arcs.goes.max())) + 2
    count = len(options.runs.ids) * width
    here = np.where(arcs.before == START, count + 1, arcs.before * width + arcs.came + 1)
    there = np.where(arcs.after == END, 0, arcs.after * width + arcs.goes + 1)
    return here, there, count + 1


def _cheapest(step: Ids, here: Ids, there: Ids, departs: Ids, before: Ids, first: int) -> NDArray[np.int64]:
    """By node: the least cost of the way from there to the end."""
    onward = np.full(first + 1, FAR)
    onward[0] = 0
    when = np.where(before == START, -NEVER, departs[before])
    order = np.argsort(-when, kind="stable")
    ends = np.flatnonzero(np.append(np.diff(when[order]) != 0, True)) + 1
    begin = 0
    for end in ends.tolist():  # latest departures first
        now = order[begin:end]
        np.minimum.at(onward, here[now], np.minimum(step[now] + onward[there[now]], FAR))
        begin = end
    return onward


def _path(step: Ids, here: Ids, there: Ids, first: int) -> Ids:
    """The arcs of a way from the start to the end that costs nothing."""
    free = np.flatnonzero(step == 0)
    following = dict(zip(here[free[::-1]].tolist(), free[::-1].tolist(), strict=True))
    path, node = [], first
    while node:
        path.append(following[node])
        node = int(there[path[-1]])
    return np.array(path, dtype=np.int64)
