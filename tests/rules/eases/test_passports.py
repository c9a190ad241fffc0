"""Other passport books."""

from __future__ import annotations

from planner.rules.eases.passports import thicker
from planner.scenario.people import Passport
from tests.itinerary.builders import traveller


def test_only_more_pages_are_a_thicker_passport() -> None:
    book, plenty = Passport(id="us", state="US", blank_pages=2), Passport(id="uk", state="GB")
    for pages, eased in ((1, False), (2, False), (3, True), (None, True)):
        assert (thicker("f", traveller(), {book: pages}) is not None) == eased
    assert thicker("f", traveller(), {plenty: 3}) is None
