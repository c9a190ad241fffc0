"""Which rulebooks are read, and from when on they say anything."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from planner.api import plan
from planner.rules.base import table_kinds
from planner.scenario.law import Admission, Rulebook
from planner.scenario.reading import read_text
from planner.scenario.reading.law import covered_since, since_covered
from planner.scenario.reading.rulebooks import shipped
from planner.scenario.scenario import Scenario

KINDS = table_kinds()
TRIP = """
today = {year}-01-10
currency = "USD"
rulebooks = ["US", "TH"]
travellers = [{{ id = "ana", name = "Ana", passports = [{{ id = "us", state = "US" }}] }}]
trip = {{ start = "JFK", stops = {{ at = "BKK" }} }}
[[legs]]
id = "out"
from = "JFK"
to = "BKK"
departs = {year}-03-01T10:00:00
arrives = {year}-03-02T14:00:00
price = 500
[[legs]]
id = "back"
from = "BKK"
to = "JFK"
departs = {year}-03-09T10:00:00
arrives = {year}-03-09T14:00:00
price = 500
"""


def trip(year: int) -> Scenario:
    return read_text(TRIP.format(year=year), KINDS)


def test_only_the_rulebooks_named_are_read() -> None:
    assert set(shipped(KINDS, ["MX", "US"])) == {"MX", "US"}
    assert shipped(KINDS, ["MX"])["MX"] == shipped(KINDS)["MX"]


@pytest.mark.parametrize("name", ["MEXICO", "../rulebooks/MX", "", "MX.toml"])
def test_all_are_read_where_one_is_unknown(name: str) -> None:
    assert shipped(KINDS, [name]) == shipped(KINDS)


def test_a_rulebook_admits_nobody_before_it_covers_anything() -> None:
    answer = plan(trip(2020))
    assert answer.conflict is not None
    texts = [fact.text for fact in answer.conflict.facts]
    assert any("cover Thailand only from 2023-04-01 on; before, nothing admits Ana there" in text for text in texts)
    assert plan(trip(2025)).status == "optimal"


def test_from_when_on_a_place_is_covered() -> None:
    old = Rulebook(id="A", title="", covers=("FR",), covers_from=date(2020, 1, 1))
    new = Rulebook(id="B", title="", covers=("FR", "DE"), covers_from=date(2024, 1, 1))
    ever = Rulebook(id="C", title="", covers=("DE",))
    law = trip(2025).law
    assert covered_since([old, new], law) == {"FR": date(2020, 1, 1), "DE": date(2024, 1, 1)}
    assert covered_since([new, ever], law) == {"FR": date(2024, 1, 1)}


def test_entries_begin_with_the_rulebook_at_the_earliest() -> None:
    entry = Admission(id="a", zone="FR", nationalities=("US",), grant="visa_free")
    entries = (
        entry,
        evolve(entry, id="later", effective_from=date(2025, 6, 1)),
        evolve(entry, id="over", effective_to=date(2023, 12, 31)),
    )
    book = Rulebook(id="A", title="", covers=("FR",), covers_from=date(2024, 1, 1), admissions=entries)
    begun = {item.id: item.effective_from for item in since_covered(book).admissions}
    assert begun == {"a": date(2024, 1, 1), "later": date(2025, 6, 1)}
    assert since_covered(evolve(book, covers_from=None)).admissions == entries
