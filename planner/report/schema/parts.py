"""The parts of an answer, as schemas by name."""

from __future__ import annotations

from typing import get_args

from planner.answer import CostLine
from planner.report.schema.terms import (
    ID,
    TEXT,
    Schema,
    array,
    choices,
    day,
    day_or_null,
    flag,
    moment,
    one_of,
    or_null,
    part,
    table,
    text,
    text_or_null,
)
from planner.rules.base import Shown
from planner.scenario.node import GroundType, Mode, Per


def trip() -> dict[str, Schema]:
    """The keys of a trip, of the answer itself and of each repair."""
    return {
        "legs": array(ID, "Ids of the legs in order of travel."),
        "timetable": array(part("leg"), "The same legs with their times."),
        "fares": array(ID, "Ids of the tickets bought; a leg's own fare has the leg's id."),
        "touches": array(part("touch"), "What happens between legs."),
        "crossings": array(part("crossing"), "Every border desk, in order of time."),
        "checks": array(part("check"), "Border checks that are no crossings, inside one permission zone."),
        "documents": array(part("document"), "What is applied for."),
        "bookings": array(part("booking"), "Events and tours booked."),
        "reminders": array(part("reminder"), "What else to see to, and no plan can break."),
        "costs": array(part("cost"), "Every item of the cost."),
    }


def parts() -> dict[str, Schema]:
    """The parts, by name."""
    return {
        "money": table(
            "An amount, with all decimals of its currency.",
            {
                "amount": {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"},
                "currency": {"type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217."},
            },
        ),
        "leg": table(
            "A leg taken.",
            {
                "leg": ID,
                "mode": one_of(get_args(Mode)),
                "operator": text("Perhaps empty."),
                "from": text("Port."),
                "to": text("Port."),
                "departs": moment("Local time with its offset from UTC."),
                "arrives": moment("Local time with its offset from UTC."),
            },
        ),
        "touch": table(
            "A change between two legs.",
            {
                "after": text("Leg."),
                "before": text("Leg."),
                "port": ID,
                "mode": one_of(("airside", "landside")),
            },
        ),
        "crossing": table(
            "A border desk.",
            {
                "traveller": ID,
                "port": text("The border port."),
                "direction": one_of(("exit", "entry")),
                "date": day(),
                "time": {"type": "string", "pattern": r"^\d\d:\d\d$", "description": "Local."},
                "leg": ID,
                "territory": text("Left or entered."),
                "zone": text("Left or entered."),
                "checked": flag("False at a border without checks."),
                "passport": text("Id of the passport shown."),
                "permission": text_or_null("What the stay rests on; null for leaving the place of the start."),
                "permission_type": or_null(one_of(get_args(GroundType))),
                "papers": array(part("paper"), "What rules want to see besides the passport and that permission."),
                "until": day_or_null("The last date to which the stay may last; null: nothing limits it."),
            },
        ),
        "paper": table(
            "A paper to show.",
            {
                "kind": one_of(choices(Shown, "sort")),
                "id": ID,
                "label": TEXT,
                "rules": array(ID, "Ids of the rules that want to see it."),
            },
        ),
        "check": table(
            "Checks at a border that ends no stay.",
            {
                "leg": ID,
                "from": text("Territory."),
                "to": text("Territory."),
                "date": day("Of departure."),
                "traveller": ID,
                "passport": text_or_null("To have at hand."),
            },
        ),
        "document": table(
            "A paper applied for.",
            {
                "traveller": ID,
                "id": text("Of the acquirable."),
                "passport": text_or_null("The one it is issued in."),
                "apply_on": day("In the plan."),
                "apply_latest": day("The last date with which the plan still holds."),
                "ready": day_or_null("Usable from this date."),
                "cost": part("money"),
                "per": one_of(get_args(Per)),
            },
        ),
        "booking": table(
            "An event or a tour booked; one of the two is null.",
            {
                "traveller": ID,
                "event": text_or_null(),
                "tour": text_or_null(),
                "passport": text_or_null("The one registered with."),
                "book_on": day("In the plan."),
                "book_latest": day_or_null("The last date with which the plan still holds; null: was booked before."),
                "cost": part("money"),
                "per": one_of(get_args(Per)),
            },
        ),
        "reminder": table(
            "Something to see to.",
            {
                "rule": ID,
                "traveller": ID,
                "text": TEXT,
                "from": day_or_null(),
                "by": day_or_null(),
                "source": TEXT,
            },
        ),
        "cost": table(
            "An item of the cost.",
            {"kind": one_of(choices(CostLine, "kind")), "what": TEXT, "cost": part("money")},
        ),
        "reading": table(
            "A question on which sources disagree.",
            {
                "id": ID,
                "question": TEXT,
                "answer": TEXT,
                "declared": flag("False where the file does not choose, and the strict answer was used."),
            },
        ),
        "base": table(
            "What is taken from the imported base.",
            {"source": TEXT, "licence": TEXT, "on": day("As of."), "territories": array(ID)},
        ),
        "rests_on": table(
            "What the answer was made with, so that a later change can be told.",
            {
                "scenario": text("Digest of the scenario's file; empty if it was not read from one."),
                "editions": array(part("edition"), "The editions of the rulebooks in use."),
            },
        ),
        "edition": table(
            "A rulebook as it was.",
            {
                "id": ID,
                "digest": text("Of all that it says."),
                "read_on": day_or_null("The last date on which anything in it was read."),
                "entries": {
                    "type": "object",
                    "description": "A digest of each entry, by its table and id.",
                    "additionalProperties": TEXT,
                },
            },
        ),
        "choice": table(
            "A trip that could be chosen instead of the cheapest.",
            {
                "cost": part("money"),
                "minutes": {"type": "integer", "minimum": 0, "description": "From door to door."},
                "proved": flag("Whether it is proved that nothing cheaper would do in its place."),
                "trades": array(TEXT, "What it is like beside the cheapest trip; the price first."),
                "plan": table("That trip.", trip()),
            },
        ),
        **_of_conflicts(),
    }


def _of_conflicts() -> dict[str, Schema]:
    """The parts of conflicts and repairs."""
    count = {"type": "integer", "minimum": 0}
    return {
        "conflict": table(
            "Statements that cannot hold together, while without any one of them the others can.",
            {
                "facts": array(part("fact")),
                "at_least": {**count, "description": "A smallest conflict has no fewer facts."},
                "at_most": {**count, "description": "A smallest conflict has no more facts."},
                "smallest": flag("Whether this one is proved smallest."),
                "structural": array(TEXT, "What the file lacks."),
                "witnesses": array(part("witness"), "One for each fact, in their order."),
                "corrections": array(part("correction"), "What proves the size."),
                "closed": array(part("closed"), "What each fact closes by itself."),
            },
        ),
        "fact": table(
            "A statement.",
            {
                "id": ID,
                "text": TEXT,
                "source": text("Of a statement of law; else where it stands."),
                "place": text("file:line:column."),
                "kind": text("One of `plan rules`."),
                "changeable": flag("Whether the travellers could change it."),
            },
        ),
        "witness": table(
            "A trip that meets all facts of a conflict but one.",
            {
                "without": text("Id of that fact."),
                "legs": array(ID),
                "cost": or_null(part("money")),
                "alone": flag("It breaks nothing else."),
                "cheapest": flag("No such trip costs less."),
                "broken": array(part("broken"), "What it breaks."),
            },
        ),
        "broken": table("A fact broken, and how.", {"id": ID, "how": TEXT}),
        "correction": table("Facts that one trip breaks, and nothing else.", {"facts": array(ID), "legs": array(ID)}),
        "closed": table(
            "Ways that a fact closes by itself.",
            {"fact": ID, "count": count, "ways": array(TEXT, "Some of them.")},
        ),
        "repair": table(
            "Changes after which there is a plan.",
            {
                "texts": array(TEXT, "What to do."),
                "changes": array(part("change"), "The same as changes of the file."),
                "disruption": {**count, "description": "The weights of the changes, added up."},
                "cost": part("money"),
                "proved": flag("Whether that is proved cheapest."),
                "plan": table("That trip.", trip()),
            },
        ),
        "change": table(
            "A value of the file changed.",
            {
                "path": array(TEXT, "Keys of the file; entries of lists are named by their id."),
                "from": {"description": "Null adds."},
                "to": {"description": "Null takes away."},
            },
        ),
    }
