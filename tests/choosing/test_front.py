"""The front of cost and time from door to door."""

from __future__ import annotations

import pytest

from planner.api import plan
from planner.choosing import front as module
from planner.choosing.searched import Unsettled
from tests.small import small

BACK_SOONER = """
[[legs]]
id = "ba-sooner"
from = "BBB"
to = "AAA"
departs = 2025-06-05T10:00:00
arrives = 2025-06-05T13:00:00
price = "130"
[[legs]]
id = "ba-as-soon-and-dearer"
from = "BBB"
to = "AAA"
departs = 2025-06-05T10:00:00
arrives = 2025-06-05T13:00:00
price = "150"
"""


def test_the_front_has_each_trip_that_none_beats() -> None:
    answer = plan(small(BACK_SOONER), front=True)
    assert answer.front_complete
    assert answer.front is not None
    assert [(choice.cost, choice.plan.itinerary.legs) for choice in answer.front] == [
        (20000, ("ab", "ba")),
        (23000, ("ab", "ba-sooner")),
    ]
    assert answer.front[0].minutes > answer.front[1].minutes
    assert answer.front[0].plan == answer.plan


def test_who_stays_at_home_takes_no_time() -> None:
    answer = plan(small('remove = ["b"]\n'), front=True)
    assert answer.front is not None
    assert [(choice.cost, choice.minutes) for choice in answer.front] == [(0, 0)]


def test_running_out_of_time_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> object:
        raise Unsettled("time ran out")

    monkeypatch.setattr(module, "chosen", never)
    answer = plan(small(BACK_SOONER), front=True)
    assert answer.front_complete is False
    assert len(answer.front or ()) == 1
    assert any("time ran out; this ended the look for quicker trips" in note for note in answer.notes)
