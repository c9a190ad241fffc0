"""The same trip from every source is the same plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planner import plan
from planner.answer import Answer
from planner.scenario.scenario import Scenario
from tests.scenario.importing.worlds import (
    FLIGHTS,
    alone,
    amadeus_offer,
    duffel_offer,
    feed,
    scenario,
    write_csv,
    write_feed,
    write_offers,
)

RETURN = ([FLIGHTS[:2], FLIGHTS[2:]], "600.00")


def told(answer: Answer) -> dict[str, Any]:
    """What a plan is, whatever its legs are called."""
    assert answer.plan is not None
    assert answer.status == "optimal"
    legs = answer.plan.journey.legs
    return {
        "legs": [(leg.from_, leg.to, leg.departs, leg.arrives, leg.operator, leg.mode) for leg in legs],
        "cost": answer.plan.cost,
        "tickets": len(answer.plan.itinerary.fares),
    }


def from_source(folder: Path, source: str) -> Scenario:
    if source == "csv":
        return scenario(folder, write_csv(folder))
    if source == "gtfs":
        write_feed(folder / "feed", feed())
        return scenario(folder, '[[leg_tables]]\nfiles = "feed"\nformat = "gtfs"\nmode = "air"\n')
    offer = duffel_offer if source == "duffel" else amadeus_offer
    offers = [offer(f"o{number}", [some], price) for number, (some, price) in enumerate(alone())]
    return scenario(folder, write_offers(folder, source, offers))


@pytest.mark.parametrize("source", ["csv", "gtfs", "duffel", "amadeus"])
def test_single_fares(tmp_path: Path, source: str) -> None:
    found = told(plan(from_source(tmp_path, source)))
    assert [leg[:2] for leg in found["legs"]] == [(one.start, one.end) for one in FLIGHTS]
    assert [f"{leg[2]:%Y-%m-%dT%H:%M:%S}" for leg in found["legs"]] == [one.departs for one in FLIGHTS]
    assert [f"{leg[3]:%Y-%m-%dT%H:%M:%S}" for leg in found["legs"]] == [one.arrives for one in FLIGHTS]
    assert [leg[4:] for leg in found["legs"]] == [("Air France", "air")] * 3 + [("Delta Air Lines", "air")]
    assert (found["cost"], found["tickets"]) == (64000, 4)


@pytest.mark.parametrize("source", ["csv", "duffel", "amadeus"])
def test_a_return_fare_priced_as_a_whole(tmp_path: Path, source: str) -> None:
    if source == "csv":
        lines = write_csv(tmp_path, {"return": ((0, 1, 2, 3), "600"), "out": ((0, 1), "320"), "back": ((2, 3), "300")})
    else:
        offer = duffel_offer if source == "duffel" else amadeus_offer
        parts = [RETURN, ([FLIGHTS[:2]], "320.00"), ([FLIGHTS[2:]], "300.00")]
        offers = [offer(f"o{number}", slices, price) for number, (slices, price) in enumerate(parts)]
        lines = write_offers(tmp_path, source, offers)
    found = told(plan(scenario(tmp_path, lines)))
    assert [leg[:2] for leg in found["legs"]] == [(one.start, one.end) for one in FLIGHTS]
    assert (found["cost"], found["tickets"]) == (60000, 1)
