"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.core.money import Price
from planner.itinerary.replay import replay
from planner.network.columns import all_legs
from planner.rules.kinds.own_passport import OwnPassport
from planner.rules.outlook import Outlook
from planner.scenario.documents import Acquirable, LeadTime, NewPassport
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Member, Zone
from planner.testing.readings import compare
from tests.itinerary.builders import itinerary, leg, traveller
from tests.rules.judging import told, world

# Into China by air and out of it by rail.
LEGS = (
    leg("in", "JFK-PEK", "2025-02-09 10:00", "2025-02-10 14:00"),
    leg("off", "PEK-FNJ", "2025-02-12 10:00", "2025-02-12 20:00", mode="rail"),
)
BOTH = traveller("ann", "us:US", "mx:MX", nationalities=("CN",))


def asked(who: Traveller = BOTH, **rule: Any) -> Scenario:
    """That way under a duty of China's nationals; ann can become one, or a citizen of Japan, in three days."""
    own = OwnPassport(id="own", **{"state": "CN", "zone": "CN"} | rule)
    lead = LeadTime(days=3)
    items = [
        Acquirable(
            id=f"be-{name}", price=Price.parse("0"), lead=lead, passport=NewPassport(id=name.lower(), state=name)
        )
        for name in ("CN", "JP")
    ]
    zone = Zone(id="Z", members=(Member(territory="CN", to=date(2025, 2, 11), purposes=("clock",)),))
    return world(
        own, LEGS, zones=(zone,), end="FNJ", travellers=(who,), acquirables=tuple(items), today=date(2025, 2, 6)
    )


def broken(**rule: Any) -> list[str]:
    """How the duty is broken by a national who shows the US passport on the way in, and the Mexican one out."""
    return told(replay(asked(**rule), itinerary("in off", "l", ("- us", "us mx", "mx -"))))


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ({}, ["us is shown at PEK on 2025-02-10", "mx is shown at PEK on 2025-02-12"]),
        ({"directions": ("in",)}, ["us is shown at PEK on 2025-02-10"]),
        ({"directions": ("out",)}, ["mx is shown at PEK on 2025-02-12"]),
        ({"modes": ("rail",)}, ["mx is shown at PEK on 2025-02-12"]),
        ({"modes": ("air", "road")}, ["us is shown at PEK on 2025-02-10"]),
        ({"accepts": ("MX",)}, ["us is shown at PEK on 2025-02-10"]),
        ({"zone": "Z"}, ["us is shown at PEK on 2025-02-10"]),
        ({"effective_from": date(2025, 2, 11)}, ["mx is shown at PEK on 2025-02-12"]),
        ({"effective_to": date(2025, 2, 11)}, ["us is shown at PEK on 2025-02-10"]),
    ],
)
def test_each_border_is_judged_for_itself(rule: dict[str, Any], found: list[str]) -> None:
    assert broken(**rule) == found
    for who in (BOTH, traveller("ann", "us:US", "mx:MX")):
        seen = compare(asked(who, **rule), {"own-passport"}, 150)
        assert 0 < seen["own.ann"] < seen[""]


def test_bounds_hear_only_of_entries_by_any_mode() -> None:
    for rule, count in (({}, 1), ({"directions": ("in",)}, 1), ({"directions": ("out",)}, 0), ({"modes": ("air",)}, 0)):
        made = asked(**rule)  # type: ignore[arg-type]
        (own,) = made.law.rules
        assert isinstance(own, OwnPassport)
        assert len(list(own.bound(Outlook(made, all_legs(made))))) == count
