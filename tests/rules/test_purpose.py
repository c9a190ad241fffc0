"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from typing import Any

import pytest

from planner.rules.kinds.purpose import PurposeLimit
from planner.scenario.node import Purpose
from planner.testing.readings import compare
from tests.itinerary.builders import leg, traveller
from tests.rules.judging import journey, told, world

LEGS = (
    leg("in", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 14:00"),
    leg("home", "PEK-JFK", "2025-02-09 10:00", "2025-02-09 10:30"),
)


def broken(*purposes: Purpose, **rule: Any) -> list[str]:
    """How a limit is broken by somebody who travels to China for some purposes (none: the default)."""
    who = traveller("ann", purposes=purposes) if purposes else traveller("ann")
    question = world(PurposeLimit(id="purpose", zone="CN", **rule), LEGS, travellers=(who,))
    found = told(journey(question, "in home", "l", "us", "us", "us"))
    assert (compare(question, {"purpose"}, 20)["purpose.ann"] > 0) == bool(found)
    return found


@pytest.mark.parametrize(
    ("purposes", "rule", "found"),
    [
        ((), {"only_for": ("tourism",)}, []),  # who says nothing is a tourist
        ((), {"not_for": ("tourism",)}, ["tourism"]),
        (("work", "study", "event"), {"not_for": ("study", "work")}, ["work", "study"]),
        (("work", "event"), {"only_for": ("event",), "not_for": ("event",)}, ["work", "event"]),
        (("work",), {}, []),
    ],
)
def test_every_purpose_is_asked_about(
    purposes: tuple[Purpose, ...], rule: dict[str, tuple[Purpose, ...]], found: list[str]
) -> None:
    assert broken(*purposes, **rule) == [f"entry on 2025-02-02 on nothing for {purpose}" for purpose in found]


def test_the_sentence_says_both_sides() -> None:
    who = traveller("ann", purposes=("event", "work"))
    rule = PurposeLimit(id="purpose", zone="CN", only_for=("event",), not_for=("study",))
    assert rule.fact(world(rule, LEGS, travellers=(who,)), who).text == (
        "ann travels for event and work; an entry to China is only for event and not for study"
    )
