"""Reading a plan: a saved answer, or one written by hand. Every problem is told at its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from planner.checking.form import Booked, Change, Desk, Paper, PlanFile, TimedLeg
from planner.core.errors import Place, Problem, ScenarioError
from planner.scenario.node import Node
from planner.scenario.reading.checks.ids import used_twice
from planner.scenario.reading.json_text import parse_json
from planner.scenario.reading.structure import structure
from planner.scenario.reading.tables import Table
from planner.scenario.reading.values import describe
from planner.scenario.reading.walk import fields_of, place_of

FORMAT = 1
EXPECTED = "a plan is expected: what `plan FILE --format json` wrote, or the same by hand"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:00)?([+-]\d\d:\d\d(:\d\d)?)?")
_AMOUNT = re.compile(r"\d{1,15}(\.\d{1,6})?")
# What an answer says besides of each part of its plan; tables taken from one may have it.
_ANSWERED: dict[type[Node], frozenset[str]] = {
    PlanFile: frozenset(["checks", "costs", "reminders"]),
    Change: frozenset(["port"]),
    Desk: frozenset(["checked", "papers", "permission_type", "territory", "time", "until"]),
    Paper: frozenset(["apply_latest", "cost", "per", "ready"]),
    Booked: frozenset(["book_latest", "cost", "per"]),
}
_KEYS_NEEDED = ("from", "to", "departs", "arrives")  # of a leg given in full


def read_plan(text: str, file: str) -> tuple[PlanFile, Table]:
    """The plan that a text has, and the text's plain data. Raises ScenarioError with all problems found.

    Keys that are not known are problems; but those of a saved answer are let be, as answers say more than a plan, and
    so does what is taken from one.
    """
    data, places = parse_json(text, file, EXPECTED)
    outcome = structure(_of_plan(data, PlanFile, whole="planner" in data), PlanFile, {}, places)
    problems = list(outcome.problems)
    if outcome.value is not None and not problems:
        problems += _problems(outcome.value)
    if problems or outcome.value is None:
        raise ScenarioError(problems)
    return outcome.value, data


def moment(text: str) -> datetime:
    """A local time, with the offset from UTC if the text has one. Raises ValueError."""
    if not _MOMENT.fullmatch(text):
        raise ValueError
    return datetime.fromisoformat(text)


def missing(leg: TimedLeg) -> list[str]:
    """The keys that a leg would need to be given in full, a price aside."""
    return [key for key in _KEYS_NEEDED if not getattr(leg, "from_" if key == "from" else key)]


def _of_plan(data: Any, cls: type[Node], *, whole: bool) -> Table:
    """The data without keys that only answers have: in a `whole` answer, whatever no class of tables has."""
    fields = {field.key: field for field in fields_of(cls)}
    kept = Table()
    kept.where = data.where
    for key, value in data.items():
        field = fields.get(key)
        if field is None:
            if not whole and key not in _ANSWERED.get(cls, ()):
                kept[key] = value
        elif field.nested and isinstance(value, Table):
            kept[key] = _of_plan(value, field.type, whole=whole)
        elif field.nested and isinstance(value, list):
            kept[key] = [_of_plan(item, field.type, whole=whole) if isinstance(item, Table) else item for item in value]
        else:
            kept[key] = value
    return kept


def _problems(plan: PlanFile) -> Iterator[Problem]:
    if plan.format != FORMAT:
        yield Problem(
            plan.where.of("format"), f"format: version {plan.format} of the form", f"version {FORMAT} is read"
        )
    if plan.status in ("infeasible", "undecided"):
        yield Problem(plan.where.of("status"), f"this answer has no plan: its status is {plan.status!r}", EXPECTED)
    elif plan.legs is None and not plan.timetable:
        yield Problem(
            plan.where.place, "the plan has no legs", "`legs` lists their ids, `timetable` gives them in full"
        )
    yield from _of_legs(plan)
    if plan.cost is not None and not _AMOUNT.fullmatch(plan.cost.amount):
        message = f"amount: {describe(plan.cost.amount)} is no amount"
        yield Problem(plan.cost.where.of("amount"), message, "such as '412.00'")
    if plan.rests_on is not None:
        yield from used_twice("rulebook", plan.rests_on.editions)
    for booking in plan.bookings:
        if not booking.event and not booking.tour:
            yield Problem(booking.where.place, "the booking names no event", "the key event is missing")


def _of_legs(plan: PlanFile) -> Iterator[Problem]:
    times = Counter(leg.leg for leg in plan.timetable)
    for leg in plan.timetable:
        if times[leg.leg] > 1:
            yield Problem(leg.where.of("leg"), f"leg {leg.leg!r} stands twice in the timetable")
        if plan.legs is not None and leg.leg not in plan.legs:
            yield Problem(leg.where.of("leg"), f"leg {leg.leg!r} is in the timetable, but not in legs")
        for key in ("departs", "arrives"):
            yield from _of_moment(getattr(leg, key), leg.where.of(key), key)


def _of_moment(text: str, place: Place, key: str) -> Iterator[Problem]:
    try:
        if text:
            moment(text)
    except ValueError:
        yield Problem(place, f"{key}: {describe(text)} is no time", "expected a local time such as 2025-04-01T13:40")


def leg_places(plan: PlanFile) -> dict[str, Place]:
    """Where each leg stands: in `legs`, else in the timetable."""
    found: dict[str, Place] = {leg.leg: leg.where.of("leg") for leg in plan.timetable}
    for index, leg in enumerate(plan.legs or ()):
        found[leg] = place_of(plan, "legs", index)
    return found
