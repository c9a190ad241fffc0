"""The rulebooks that come with the planner: everything in them is sourced, dated and consistent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from planner.api import load
from planner.rules.base import table_kinds
from planner.rules.kinds.closure import Closure
from planner.rules.kinds.passport_ban import PassportBan
from planner.rules.kinds.rolling_window import RollingWindow
from planner.rules.kinds.transit_without_visa import TransitWithoutVisa
from planner.scenario.documents import Acquirable
from planner.scenario.law import Admission, Entry, Holidays, Reading, Rulebook
from planner.scenario.reading.rulebooks import shipped
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Territory, Zone

ROOT = Path(__file__).parent.parent
BOOKS = shipped(table_kinds())
GRADES = {"official", "secondary", "unsourced", "assumption"}
Sourced = Entry | Acquirable | Territory | Zone | Holidays


def law(book: Rulebook) -> Iterator[Sourced]:
    """Every value of law in a rulebook."""
    yield from book.territories
    yield from book.zones
    yield from book.admissions
    yield from book.rules
    yield from book.acquirables
    yield from book.holidays


EVERYTHING = [pytest.param(item, id=f"{name}-{item.id}") for name, book in BOOKS.items() for item in law(book)]
ENTRIES = {entry.id: entry for book in BOOKS.values() for entry in (*book.admissions, *book.rules)}


@pytest.fixture(scope="module")
def schengen() -> Scenario:
    return load(ROOT / "scenarios" / "schengen-hop.toml")


def test_the_first_six_rulebooks_are_there_under_their_ids() -> None:
    files = {path.stem for path in (ROOT / "planner" / "rulebooks").glob("*.toml")}
    assert {"KP", "CN", "US", "MX", "RU", "SCHENGEN"} <= set(BOOKS) == files


@pytest.mark.parametrize("item", EVERYTHING)
def test_every_value_of_law_says_where_it_was_read_when_and_how_good_that_is(item: Sourced) -> None:
    assert item.source
    assert item.read_on is not None
    assert item.grade in GRADES


@pytest.mark.parametrize("item", [item for item in EVERYTHING if isinstance(item.values[0], Entry)])
def test_no_entry_ends_before_it_begins(item: Entry) -> None:
    assert (item.effective_from or date.min) <= (item.effective_to or date.max)


def test_ids_are_unique_across_all_rulebooks() -> None:
    ids = Counter(
        item.id for book in BOOKS.values() for item in law(book) if isinstance(item, Entry | Acquirable | Holidays)
    )
    assert [name for name, count in ids.items() if count > 1] == []


@pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)
def test_a_rulebook_covers_the_territories_it_describes_and_says_since_when(book: Rulebook) -> None:
    described = {name: {territory.id for territory in other.territories} for name, other in BOOKS.items()}
    assert described[book.id] <= set(book.covers) <= set().union(*described.values())
    assert book.covers_from is not None


@pytest.mark.parametrize("item", [item for book in BOOKS.values() for item in book.holidays], ids=lambda item: item.id)
def test_holidays_fall_on_weekdays_of_one_year_each_once(item: Holidays) -> None:
    assert len(item.dates) == len(set(item.dates))
    assert len({day.year for day in item.dates}) == 1
    assert all(day.weekday() < 5 for day in item.dates)


# ---- readings


@pytest.mark.parametrize("reading", [r for book in BOOKS.values() for r in book.readings], ids=lambda r: r.id)
def test_the_answers_to_a_reading_have_entries_that_differ_in_few_keys(reading: Reading) -> None:
    answers = {entry.answer: entry for entry in ENTRIES.values() if entry.reading == reading.id}
    assert {"strict"} <= set(answers) <= {"strict", "lenient"}
    assert reading.source
    if "lenient" not in answers:
        return  # whether there is such a rule at all is what is disputed
    strict, lenient = answers["strict"], answers["lenient"]
    assert type(strict) is type(lenient)
    keys = ["nationalities", "max_stay", "stay", "entry_ports", "exit_ports", "area", "passport_state"]
    keys += [] if isinstance(strict, RollingWindow) else ["zone"]  # whose days count may be what is disputed
    for key in keys:
        assert getattr(strict, key, None) == getattr(lenient, key, None)


def test_only_the_strict_ban_reaches_the_exit_desk_before_north_korea() -> None:
    strict, lenient = ENTRIES["us-passport-kp"], ENTRIES["us-passport-kp-narrow"]
    assert isinstance(strict, PassportBan)
    assert isinstance(lenient, PassportBan)
    assert (strict.adjacent_exit, lenient.adjacent_exit) == (True, False)


def test_north_korea_is_a_third_country_only_in_the_lenient_reading() -> None:
    strict, lenient = ENTRIES["cn-transit-240h"], ENTRIES["cn-transit-240h-dprk"]
    assert isinstance(strict, TransitWithoutVisa)
    assert isinstance(lenient, TransitWithoutVisa)
    assert strict.not_third == ("KP",) == lenient.onward_documents
    assert lenient.modes == ("air",)


# ---- numbers that the sources state


def test_lists_of_states_are_as_long_as_their_sources_say() -> None:
    transit, waiver = ENTRIES["cn-transit-240h"], ENTRIES["us-visa-waiver"]
    assert isinstance(transit, TransitWithoutVisa)
    assert isinstance(waiver, Admission)
    assert len(set(transit.nationalities)) == 54
    assert len(set(waiver.nationalities)) == 42
    assert len(BOOKS["SCHENGEN"].covers) == 29 + 1  # and Svalbard


def test_esta_is_for_the_nationals_of_the_waiver() -> None:
    waiver = ENTRIES["us-visa-waiver"]
    assert isinstance(waiver, Admission)
    assert {a.nationalities for a in BOOKS["US"].acquirables if a.id.startswith("us-esta")} == {waiver.nationalities}


@pytest.mark.parametrize(
    ("id_", "price"),
    [
        ("cn-visa-us", "USD 140"),
        ("cn-visa-1", "USD 23"),
        ("cn-visa-2", "USD 34"),
        ("cn-visa-multiple-6-months", "USD 45"),
        ("cn-visa-multiple-long", "USD 68"),
        ("kp-visa", "EUR 60"),
    ],
)
def test_visa_fees(id_: str, price: str) -> None:
    prices = {item.id: str(item.price) for book in BOOKS.values() for item in book.acquirables}
    assert prices[id_] == price


def test_north_korea_is_closed_without_a_gap() -> None:
    closures = sorted(
        (rule for rule in BOOKS["KP"].rules if isinstance(rule, Closure)), key=lambda rule: str(rule.effective_from)
    )
    assert closures[0].effective_to is not None
    assert closures[1].effective_from is not None
    assert (closures[1].effective_from - closures[0].effective_to).days == 1
    assert closures[-1].effective_to is None
    assert [bool(rule.exempt_events) for rule in closures] == [True, False]


# ---- Schengen membership by date


@pytest.mark.parametrize(
    ("territory", "day", "zone"),
    [
        ("FR", date(2022, 12, 31), "SCHENGEN"),
        ("HR", date(2022, 12, 31), "HR"),
        ("HR", date(2023, 1, 1), "SCHENGEN"),
        ("RO", date(2024, 3, 30), "RO"),
        ("RO", date(2024, 3, 31), "SCHENGEN"),
        ("SJ", date(2025, 7, 1), "SJ"),
    ],
)
def test_permission_zone_by_date(schengen: Scenario, territory: str, day: date, zone: str) -> None:
    assert schengen.permission_zone(territory, day) == zone
    assert schengen.in_clock("SCHENGEN", territory, day) == (zone == "SCHENGEN")


@pytest.mark.parametrize(
    ("mode", "day", "checked"),
    [
        ("air", date(2024, 3, 30), True),
        ("air", date(2024, 3, 31), False),
        ("rail", date(2024, 12, 31), True),
        ("rail", date(2025, 1, 1), False),
    ],
)
def test_checks_between_hungary_and_romania_by_mode_and_date(
    schengen: Scenario, mode: str, day: date, checked: bool
) -> None:
    assert schengen.checked("HU", "RO", mode, day) is checked


def test_longyearbyen_is_in_svalbard_whatever_airport_tables_say(schengen: Scenario) -> None:
    assert schengen.territory_of("LYR") == "SJ"
    assert schengen.checked("NO", "SJ", "air", date(2025, 7, 1))
