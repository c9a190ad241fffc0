"""From a scenario to its program, and from a solver's values back to an itinerary."""

from __future__ import annotations

from datetime import date
from itertools import repeat

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from planner.itinerary.choices import Application, Booking, Itinerary, StayChoice, TouchMode
from planner.model.arcs import Prune
from planner.model.guide import Guide, guide
from planner.model.options import Options
from planner.model.program import Program, Values, program
from planner.model.structure import flow, structure
from planner.model.sums import Structural
from planner.rules.base import Rule, rules_of
from planner.rules.tables import END, START
from planner.scenario.scenario import Scenario


@frozen(eq=False)
class Model:
    """A scenario's options and program, with the rules they come from."""

    scenario: Scenario
    rules: tuple[Rule, ...]
    options: Options
    program: Program
    guide: Guide | None = None  # for a pruned model
    limit: int | None = None  # of what an itinerary of interest costs, in minor units


def build(scenario: Scenario, prune: Prune | None = None) -> Model:
    """Make all options, let every rule speak, and add the structure.

    With `prune`, the model holds the trips that meet all facts and cost no more than its limit, perhaps others too.
    Raises TooLarge.
    """
    rules = tuple(rules_of(scenario))
    options = Options(scenario, rules, prune)
    said = (statement for rule in rules for statement in rule.restrict(options))
    statements: list[Structural] = [
        statement
        for statement in said
        if getattr(getattr(statement, "fact", None), "id", None) not in scenario.set_aside
    ]
    statements += options.charges()
    statements += structure(options)
    path = flow(options)
    made = program(options.ids.used, statements, path)
    limit = None if prune is None else prune.limit
    return Model(scenario, rules, options, made, guide(options, made), limit)


def route(model: Model, values: Values) -> list[int]:
    """The runs taken, in order, by position in the table of runs."""
    changes = model.options.changes
    taken = np.flatnonzero(values[changes.ids] > 0)
    following = dict(zip(changes.before[taken].tolist(), changes.after[taken].tolist(), strict=True))
    order: list[int] = []
    at = following[START]
    while at != END:
        order.append(at)
        at = following[at]
    return order


def itinerary(model: Model, values: Values) -> Itinerary:
    """Read the itinerary off the solver's values."""
    options, scenario, runs = model.options, model.scenario, model.options.runs
    chosen = values[: model.program.options] > 0
    order = route(model, values)
    touches: list[TouchMode] = []
    for position, run in enumerate(order):
        touches.extend(repeat("landside", min(position, 1)))
        touches.extend(repeat("airside", len(runs.legs[run]) - 1))
    return Itinerary(
        legs=tuple(scenario.legs[leg].id for run in order for leg in runs.legs[run]),
        touches=tuple(touches),
        fares=tuple(fare for fare, option in options.fares.items() if chosen[option]),
        stays={person.id: _stays(model, chosen, person.id) for person in scenario.travellers},
        applications=tuple(
            Application(person.id, str(table.acquirable[row]), str(table.passport[row]), _date(table.apply_on[row]))
            for person in scenario.travellers
            for table in (options.applications(person.id),)
            for row in np.flatnonzero(chosen[table.ids])
        ),
        bookings=tuple(
            Booking(person.id, str(table.event[row]), str(table.passport[row]), _date(table.book_on[row]))
            for person in scenario.travellers
            for table in (options.bookings(person.id),)
            for row in np.flatnonzero(chosen[table.ids])
        ),
    )


def _stays(model: Model, chosen: NDArray[np.bool_], traveller: str) -> tuple[StayChoice, ...]:
    table = model.options.stays(traveller)
    rows = sorted(np.flatnonzero(chosen[table.ids]).tolist(), key=lambda row: int(table.entry_at[row]))
    return tuple(
        StayChoice(str(table.passport[row]), str(table.exit_passport[row]), str(table.ground[row])) for row in rows
    )


def _date(day: int) -> date:
    return date.fromordinal(int(day))
