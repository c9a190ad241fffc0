"""The wish to attend an event names whoever has it."""

from __future__ import annotations

from datetime import date

import pytest

from planner.rules.attendance import attending
from planner.scenario.trip import Event
from tests.itinerary.builders import scenario, traveller

PARTY = tuple(traveller(name) for name in ("ann", "bob", "eve"))


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ((), "ann, bob and eve want to attend race on 5 June 2025"),
        (("ann", "eve"), "ann and eve want to attend race on 5 June 2025"),
        (("bob",), "bob wants to attend race on 5 June 2025"),
    ],
)
def test_those_who_want_to_attend(who: tuple[str, ...], said: str) -> None:
    event = Event(id="race", at=("PEK",), first_day=date(2025, 6, 5), travellers=who)
    assert attending(scenario([], travellers=PARTY), event).text == said
