"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.core.money import Price
from planner.itinerary.choices import Application
from planner.itinerary.replay import replay
from planner.rules.kinds.main_destination import MainDestination
from planner.scenario.documents import Acquirable, NewPermission
from planner.scenario.law import LawBook
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Member, Zone
from planner.testing.readings import compare
from tests.itinerary.builders import itinerary, leg, scenario, traveller

FRANCE, AUSTRIA, ROMANIA = (Member(territory=name) for name in ("FR", "AT", "RO"))
# Paris from 2 February, Vienna from the 5th, Bucharest from the 8th, and home on the 11th.
LEGS = (
    leg("in", "JFK-CDG", "2025-02-01 20:00", "2025-02-02 08:00"),
    leg("in-vienna", "JFK-VIE", "2025-02-01 20:00", "2025-02-02 10:00"),
    leg("cv", "CDG-VIE", "2025-02-05 10:00", "2025-02-05 12:00"),
    leg("vc", "VIE-CDG", "2025-02-06 10:00", "2025-02-06 12:00"),
    leg("vc-same-day", "VIE-CDG", "2025-02-05 15:00", "2025-02-05 17:00"),
    leg("vo", "VIE-OTP", "2025-02-08 10:00", "2025-02-08 12:00"),
    leg("co", "CDG-OTP", "2025-02-08 10:00", "2025-02-08 14:00"),
    leg("ov", "OTP-VIE", "2025-02-09 10:00", "2025-02-09 12:00"),
    leg("home-v", "VIE-JFK", "2025-02-11 10:00", "2025-02-11 14:00"),
    leg("home-o", "OTP-JFK", "2025-02-11 10:00", "2025-02-11 14:00"),
)


def world(*members: Member, start: str = "JFK", end: str = "JFK", **rule: Any) -> Scenario:
    """Those legs, with a visa from each of four consulates."""
    made = MainDestination(id="main", **{"zone": "SCHENGEN"} | rule)
    visas = [
        Acquirable(
            id=f"visa-{issuer}", price=Price.parse("0"), issued_by=issuer, permission=NewPermission(zone="SCHENGEN")
        )
        for issuer in ("FR", "AT", "RO", "TR")
    ]
    elsewhere = Acquirable(id="elsewhere", price=Price.parse("0"), issued_by="CN", permission=NewPermission(zone="CN"))
    plain = Acquirable(id="visa", price=Price.parse("0"), permission=NewPermission(zone="SCHENGEN"))
    return scenario(
        LEGS,
        travellers=(traveller("ann", "us:US"),),
        law=LawBook(rules=(made,), zones=(Zone(id="SCHENGEN", members=members or (FRANCE, AUSTRIA, ROMANIA)),)),
        acquirables=(elsewhere, *visas, plain),
        start=start,
        end=end,
        today=date(2025, 1, 30),
    )


def main(made: Scenario, legs: str, issuer: str) -> str:
    """Where most of a journey takes place, by what the rule says of another issuer's visa; "" if it says nothing."""
    (rule,) = made.law.rules
    assert isinstance(rule, MainDestination)
    obtained = (Application("ann", f"visa-{issuer}", "us", date(2025, 1, 31)),)
    stays = ("- us", f"us us visa-{issuer}", "us - citizen:US")
    plan = itinerary(legs, "l" * (len(legs.split()) - 1), stays, applications=obtained)
    found = list(rule.check(replay(made, plan)))
    assert len(found) <= 1
    return "".join(item.how[-2:] for item in found)


def test_days_of_travel_count_for_both_places() -> None:
    made = world()
    assert main(made, "in cv vo home-o", "FR") == ""  # four dates each: Paris comes first
    assert main(made, "in cv vo home-o", "AT") == "FR"
    assert main(made, "in cv vo ov home-v", "AT") == ""  # again in Vienna, from the 9th on
    assert main(made, "in cv vo ov home-v", "FR") == "AT"
    assert main(made, "in-vienna vc co home-o", "FR") == "AT"  # five dates in Vienna, three and four elsewhere
    assert main(made, "in-vienna vo home-o", "TR") == "AT"


@pytest.mark.parametrize(
    ("members", "rule"),
    [
        ((), {}),
        ((FRANCE, AUSTRIA, Member(territory="RO", from_=date(2025, 2, 9))), {}),
        ((Member(territory="FR", to=date(2025, 2, 3)), AUSTRIA, ROMANIA), {}),
        ((), {"effective_from": date(2025, 2, 3)}),
        ((FRANCE, AUSTRIA), {}),
        ((), {"zone": "FR"}),
        ((FRANCE, AUSTRIA, Member(territory="TR")), {}),  # no leg leads there
    ],
)
@pytest.mark.parametrize(
    ("start", "end"), [("JFK", "JFK"), ("CDG", "JFK"), ("VIE", "JFK"), ("JFK", "OTP"), ("JFK", "VIE")]
)
def test_both_readings_agree(members: tuple[Member, ...], rule: dict[str, Any], start: str, end: str) -> None:
    compare(world(*members, start=start, end=end, **rule), {"main-destination"}, 200)


def test_every_issuer_is_refused_on_some_journeys() -> None:
    seen = compare(world(), {"main-destination"}, 800)
    assert 0 < seen["main.ann"] < seen[""]
