"""Who may apply for what."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.rules.obtainable import open_to
from planner.scenario.documents import Acquirable, NewPermission
from tests.itinerary.builders import price, scenario, traveller


@pytest.mark.parametrize(
    ("residence", "limits", "today", "is_open"),
    [
        ((), {}, date(2025, 1, 1), True),
        ((), {"residents_of": ("FR",)}, date(2025, 1, 1), False),
        (("FR",), {"residents_of": ("FR",)}, date(2025, 1, 1), True),
        (("CDG",), {"residents_of": ("FR",)}, date(2025, 1, 1), True),
        (("CDG",), {"residents_of": ("CDG",)}, date(2025, 1, 1), True),
        (("FR",), {"residents_of": ("SCHENGEN",)}, date(2025, 1, 1), True),
        (("RO",), {"residents_of": ("SCHENGEN",)}, date(2025, 1, 19), False),  # the day before it joins
        (("RO",), {"residents_of": ("SCHENGEN",)}, date(2025, 1, 20), True),
        (("TR",), {"residents_of": ("SCHENGEN", "TR")}, date(2025, 1, 1), True),
        (("FR",), {"residents_of": ("FR",), "travellers": ("bob",)}, date(2025, 1, 1), False),
        ((), {"travellers": ("bob", "ann")}, date(2025, 1, 1), True),
        ((), {"travellers": ("ann",), "residents_of": ("FR",)}, date(2025, 1, 1), False),
    ],
)
def test_by_name_and_by_residence_today(
    residence: tuple[str, ...], limits: dict[str, Any], today: date, is_open: bool
) -> None:
    person = traveller("ann", residence=residence)
    item = Acquirable(id="visa", price=price("1"), permission=NewPermission(zone="CN"), **limits)
    assert open_to(scenario([], travellers=(person,), today=today), item, person) == is_open
