"""Where what a plan relies on comes from: papers applied for, grounds of entry, reminders."""

from __future__ import annotations

from attrs import frozen

from planner.answer import Plan
from planner.report.told.preparation import preparation
from planner.report.told.trip import trip
from planner.scenario.scenario import Scenario


@frozen(kw_only=True)
class SourceTold:
    """What is said somewhere, and where; often an address, perhaps with words around it."""

    about: str
    source: str


def sources(scenario: Scenario, plan: Plan) -> tuple[SourceTold, ...]:
    """The sources of a plan, each once for what it is about, in the order of preparing and travelling."""
    told = preparation(scenario, plan)
    found = [(step.label, line.text) for step in told.steps for line in step.lines if line.role == "source"]
    found += [(desk.ground, desk.source) for leg in trip(plan).legs for desk in leg.desks if desk.desk == "entry"]
    found += [(reminder.text, reminder.source) for reminder in told.reminders]
    return tuple(SourceTold(about=about, source=source) for about, source in dict.fromkeys(found) if source)
