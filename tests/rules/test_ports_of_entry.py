"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.core.errors import Place
from planner.itinerary.replay import replay
from planner.rules.kinds.ports_of_entry import PortsOfEntry
from planner.scenario.node import Where
from planner.testing.readings import compare
from tests.itinerary.builders import itinerary, leg, traveller
from tests.rules.judging import world

# By train into China, whose border is crossed at Dandong; out of it by air. Then in again, to stay.
LEGS = (
    leg("in", "FNJ-PEK", "2025-01-18 10:00", "2025-01-19 10:00", mode="rail", exit_port="SIN", entry_port="DDG"),
    leg("off", "PEK-NRT", "2025-01-25 10:00", "2025-01-25 14:00"),
    leg("again", "NRT-PEK", "2025-01-27 10:00", "2025-01-27 14:00"),
)


def broken(**rule: Any) -> list[tuple[str, str]]:
    """Which of the facts are broken on that trip, and how."""
    kind = PortsOfEntry(id="ports", **{"zone": "CN"} | rule)
    question = world(kind, LEGS, start="FNJ", end="PEK")
    stays = ("- us", "us us", "us us", "us -")
    found = list(kind.check(replay(question, itinerary("in off again", "ll", stays))))
    assert (len(compare(question, {"ports-of-entry"}, 20)) > 1) == bool(found)
    return [(item.fact.id.removeprefix("ports.ann."), item.how) for item in found]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ({"entry_ports": ("DDG", "PEK")}, []),
        ({"entry_ports": ("DDG",)}, [("entry", "entry at PEK on 2025-01-27")]),
        ({"not_entry_ports": ("DDG",)}, [("entry", "entry at DDG on 2025-01-19")]),
        ({"exit_ports": ("DDG",)}, [("exit", "exit at PEK on 2025-01-25")]),  # nothing about the last stay
        ({"exit_ports": ("PEK",)}, []),
        ({"not_exit_ports": ("DDG",)}, []),
        ({"entry_ports": ("DDG", "PEK"), "not_entry_ports": ("PEK",)}, [("entry", "entry at PEK on 2025-01-27")]),
        ({"exit_ports": ("DDG", "PEK"), "not_exit_ports": ("PEK",)}, [("exit", "exit at PEK on 2025-01-25")]),
        ({"same_port": True}, [("same_port", "entry at DDG on 2025-01-19, exit at PEK on 2025-01-25")]),
        ({"zone": "KP", "exit_ports": ("FNJ",)}, []),  # the stay at the start was not entered
    ],
)
def test_border_ports_count(rule: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert broken(**rule) == found


def test_the_day_of_entry_decides_whether_it_is_in_force_at_the_exit_too() -> None:
    assert broken(same_port=True, effective_to=date(2025, 1, 19)) != []
    assert broken(same_port=True, effective_from=date(2025, 1, 20)) == []


def test_each_fact_has_its_own_sentence() -> None:
    ann = traveller("ann")
    rule = PortsOfEntry(id="ports", zone="CN", entry_ports=("DDG", "PEK"), not_exit_ports=("DDG",), same_port=True)
    question = world(rule, LEGS, start="FNJ", end="PEK", travellers=(ann,))
    assert [rule.fact(question, ann, aspect).text for aspect in ("entry", "exit", "same_port")] == [
        "ann may enter China only at DDG or PEK",
        "ann, having entered China, may leave it not at DDG",
        "ann, having entered China, must leave it at the port of entry",
    ]


def test_each_fact_stands_where_its_ports_are_written() -> None:
    keys = ("entry_ports", "not_entry_ports", "exit_ports", "not_exit_ports", "same_port")
    there = Where(keys={key: Place(key) for key in keys})
    for entry, leaving in ((keys[0], keys[2]), (keys[1], keys[3])):
        rule = PortsOfEntry(id="ports", zone="CN", same_port=True, where=there, **{entry: ("PEK",), leaving: ("PEK",)})
        question = world(rule, LEGS, start="FNJ", end="PEK")
        found = [rule.fact(question, traveller("ann"), aspect).place.file for aspect in ("entry", "exit", "same_port")]
        assert found == [entry, leaving, "same_port"]
