"""The JSON Schema of the JSON answer. `docs/answer.schema.json` is its text; `docs/json.md` says the same in words."""

from __future__ import annotations

import json
from typing import get_args

from planner.answer import Status
from planner.report.json import FORMAT
from planner.report.schema.parts import parts, trip
from planner.report.schema.terms import ID, TEXT, Schema, array, day, one_of, or_null, part, table, text

DRAFT = "https://json-schema.org/draft/2020-12/schema"
URN = f"urn:entry-planner:answer:{FORMAT}"


def schema_text() -> str:
    """The schema as the text of a file: ASCII only, indented, ending with a line break."""
    return json.dumps(answer_schema(), indent=2, ensure_ascii=True) + "\n"


def answer_schema() -> Schema:
    """The schema (draft 2020-12) of what `plan FILE --format json` prints, strict: no key that it does not name."""
    return {
        "$schema": DRAFT,
        "$id": URN,
        "title": "Answer of the travel planner",
        "description": "What `plan FILE --format json` prints. Keys may be added within a format.",
        **table("", _top()),
        "allOf": [
            _where(("optimal", "feasible"), cost=part("money"), conflict={"type": "null"}),
            _where(("infeasible",), cost={"type": "null"}, conflict=part("conflict")),
            _where(("undecided",), cost={"type": "null"}, conflict={"type": "null"}),
        ],
        "$defs": parts(),
    }


def _top() -> dict[str, Schema]:
    """The keys of an answer, in their order."""
    return {
        "format": {"const": FORMAT, "description": "Version of this shape."},
        "planner": text("Version of the planner."),
        "zone_data": text("Version of the time-zone data used."),
        "title": text("The scenario's title, perhaps empty."),
        "today": day("The date on which it was planned; the law is as of then."),
        "status": one_of(
            get_args(Status),
            "optimal: cheapest, proved; feasible: a valid trip, not proved cheapest; infeasible: proved impossible; "
            "undecided: time ran out with neither.",
        ),
        "cost": or_null(part("money"), "What the trip costs the whole party; null without a trip."),
        "bound": or_null(part("money"), "No valid trip is cheaper than this."),
        "travellers": array(ID, "Ids of the travellers answered for."),
        **trip(),
        "conflict": or_null(part("conflict"), "Why there is no valid trip."),
        "more_conflicts": array(part("conflict"), "Further minimal conflicts in order, if they were asked for."),
        "conflicts_complete": or_null(
            {"type": "boolean"}, "Whether there are no other minimal conflicts; null: not looked for."
        ),
        "repairs_complete": or_null(
            {"type": "boolean"}, "Whether these are as many repairs as were asked for, or all; null: not looked for."
        ),
        "repairs": or_null(array(part("repair")), "What would help, least disruptive first; null: not looked for."),
        "alternatives": or_null(
            array(part("choice")),
            "The next-cheapest trips of another route, other dates or papers; null: not looked for.",
        ),
        "alternatives_complete": or_null(
            {"type": "boolean"}, "Whether these are as many as were asked for, or all; null: not looked for."
        ),
        "front": or_null(
            array(part("choice")),
            "The trips that none beats in both cost and time, cheapest first; null: not looked for.",
        ),
        "front_complete": or_null({"type": "boolean"}, "Whether these are all; null: not looked for."),
        "readings": array(part("reading"), "Where sources disagree, the answer used."),
        "rulebooks": array(ID, "Ids of the rulebooks in use."),
        "base": or_null(part("base"), "The part of the imported base that the scenario uses."),
        "rests_on": {**part("rests_on"), "description": "What it was made with, so that later changes can be told."},
        "notes": array(TEXT, "Sentences about how the answer was reached."),
        "stats": {
            "type": "object",
            "description": "Numbers about the computation; their names may change.",
            "additionalProperties": {"type": ["number", "null"]},
        },
    }


def _where(status: tuple[str, ...], **keys: Schema) -> Schema:
    """What more holds of some statuses."""
    return {"if": {"properties": {"status": {"enum": [*status]}}}, "then": {"properties": keys}}
