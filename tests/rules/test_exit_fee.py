"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.core.money import Price
from planner.rules.kinds.exit_fee import ExitFee
from planner.scenario.law import LawBook
from planner.testing.readings import compare
from planner.verify.checker import verify
from tests.itinerary.builders import itinerary, leg, scenario, traveller

# Ann and Bob go by train over the bridge at Dandong, and come back by air.
WAY = (
    leg("in", "PEK-FNJ", "2025-02-01 17:30", "2025-02-02 19:00", mode="rail", exit_port="DDG"),
    leg("out", "FNJ-PEK", "2025-02-05 12:00", "2025-02-05 13:00"),
)
STAYS = {"ann": ("- us", "us us", "us -"), "bob": ("- cn", "cn mx", "cn -")}


def fees(**rule: Any) -> list[tuple[str, int]]:
    """Whom the fee is asked of, and how much, in minor units."""
    fee = ExitFee(id="fee", **{"zone": "CN", "amount": Price.parse("10")} | rule)
    made = scenario(
        WAY,
        start="PEK",
        travellers=(traveller("ann", "us:US"), traveller("bob", "cn:CN", "mx:MX")),
        law=LawBook(rules=(fee,)),
    )
    compare(made, {"exit-fee"}, 200)
    verdict = verify(made, itinerary("in out", "l", STAYS))
    lines = [line for line in verdict.costs if line.kind == "fee"]
    assert verdict.cost == 40000 + sum(line.amount for line in lines)
    return [(line.what, line.amount) for line in lines]


ANN, BOB = ("exit fee, China at DDG (ann)", 1000), ("exit fee, China at DDG (bob)", 1000)


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        ({}, [ANN, BOB]),
        ({"ports": ("DDG",), "modes": ("rail", "road")}, [ANN, BOB]),
        ({"ports": ("PEK",)}, []),
        ({"modes": ("air",)}, []),
        ({"nationalities": ("US",)}, [ANN]),
        ({"exempt_nationalities": ("US",)}, [BOB]),
        ({"effective_from": date(2025, 2, 2)}, []),
        ({"effective_to": date(2025, 2, 1)}, [ANN, BOB]),
        ({"zone": "FR"}, []),
    ],
)
def test_who_is_asked_for_it(rule: dict[str, Any], asked: list[tuple[str, int]]) -> None:
    assert fees(**rule) == asked


def test_the_passport_shown_at_the_exit_counts() -> None:
    assert fees(zone="KP", nationalities=("MX",)) == [("exit fee, Korea (North) at FNJ (bob)", 1000)]
    assert fees(zone="KP", nationalities=("CN",)) == []
