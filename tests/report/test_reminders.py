"""What the traveller has to see to and no plan can break: in the text and in JSON."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from attrs import evolve

from planner.answer import Answer
from planner.report.json import as_data
from planner.report.text import text
from planner.rules.base import Reminder
from tests.report.answers import marathon, optimal, person, plan_of

FORM = Reminder(
    id="cn-form",
    traveller="ann",
    text="fill in the arrival card for China (https://example.org/card)",
    from_on=date(2025, 4, 1),
    by_on=date(2025, 4, 4),
    source="the border police",
)
POLICE = Reminder(id="kp-police", traveller="ann", text="register in North Korea", by_on=date(2025, 4, 6))
GUIDE = Reminder(id="kp-guide", traveller="bo", text="meet the guide")


def reminding(*reminders: Reminder) -> Answer:
    """The plan with reminders, for a party of two if both are reminded."""
    names = {"ann": "Ann", "bo": "Bo"}
    people = tuple(name for name in names if name == "ann" or any(item.traveller == name for item in reminders))
    question = marathon(travellers=tuple(person(who, names[who]) for who in people))
    return Answer(
        status="optimal", scenario=question, plan=evolve(plan_of(question, people=people), reminders=reminders)
    )


def test_reminders_follow_the_preparation_in_the_order_of_their_dates() -> None:
    shown = text(reminding(POLICE, FORM))
    assert (
        "ALSO SEE TO\n"
        "-----------\n"
        "- fill in the arrival card for China (https://example.org/card): from Tue 1 Apr\n"
        "  2025 by Fri 4 Apr 2025\n"
        "- register in North Korea: by Sun 6 Apr 2025\n"
    ) in shown
    assert shown.index("BEFORE YOU GO") < shown.index("ALSO SEE TO") < shown.index("CA982:")
    assert "fill in the arrival card for China (https://example.org/card): the border police\n" in shown


def test_without_reminders_there_is_no_such_heading() -> None:
    assert "ALSO SEE TO" not in text(optimal())


def test_in_a_party_each_reminder_says_whose_it_is() -> None:
    shown = text(reminding(FORM, GUIDE))
    assert "- Ann: fill in" in shown
    assert "- Bo: meet the guide\n" in shown


def test_reminders_in_json() -> None:
    found = as_data(reminding(FORM, GUIDE))["reminders"]
    assert found == [
        {
            "rule": "cn-form",
            "traveller": "ann",
            "text": "fill in the arrival card for China (https://example.org/card)",
            "from": "2025-04-01",
            "by": "2025-04-04",
            "source": "the border police",
        },
        {"rule": "kp-guide", "traveller": "bo", "text": "meet the guide", "from": None, "by": None, "source": ""},
    ]
    documented = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
    row = re.search(r"^\| `reminders` \| (.*) \|$", documented, re.MULTILINE)
    assert row is not None
    assert [key for key in found[0] if not re.search(rf"\b{key}\b", row[1])] == []
