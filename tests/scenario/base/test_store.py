"""The base as a file and as law in a scenario."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from planner.api import loads, plan
from planner.core.errors import ScenarioError
from planner.report.json import as_data
from planner.report.text import text
from planner.scenario.reading.base.store import Base, read_base, write_base
from planner.scenario.scenario import Scenario

TABLE = {
    ("MX", "PE"): "20", ("MX", "BO"): "visa on arrival", ("MX", "CL"): "no admission", ("MX", "MX"): "-1",
    ("PE", "PE"): "-1", ("PE", "BO"): "visa free", ("PE", "CL"): "e-visa", ("PE", "MX"): "visa required",
}  # fmt: skip
TRIP = """
today = 2025-05-10
currency = "USD"
base = true

[[travellers]]
id = "ana"
passports = [{{ id = "mx", state = "MX" }}]

[[legs]]
id = "out"
from = "MEX"
to = "{port}"
departs = 2025-06-02T08:00:00
arrives = 2025-06-02T15:00:00
price = 300

[[legs]]
id = "back"
from = "{port}"
to = "MEX"
departs = 2025-06-{last:02}T08:00:00
arrives = 2025-06-{last:02}T15:00:00
price = 300

[trip]
start = "MEX"
stops = [{{ at = "{port}" }}]
"""


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path


def base() -> Base:
    return Base.of(TABLE, source="a table", licence="MIT", on=date(2025, 1, 12))


def scenario(port: str = "LIM", last: int = 12, more: str = "") -> Scenario:
    return loads(TRIP.format(port=port, last=last).replace("base = true", f"base = true\n{more}"))


# ---- the file


def test_what_is_written_is_read_again() -> None:
    assert read_base() is None
    write_base(base())
    assert read_base() == base()


def test_a_failed_import_leaves_the_old_one_and_no_litter(monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_base(base())

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(OSError, match="No space"):
        write_base(Base.of({("MX", "PE"): "1"}, source="another", licence="", on=date(2026, 1, 1)))
    assert read_base() == base()
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("visa on arrival", "visa upon arrival"),
        ("visa required", "-1"),
        ('"20"', '"0"'),
        ('"20"', '"020"'),
        ('"visa free": "PE"', '"visa free": ""'),
        ('"visa free": "PE"', '"visa free": "PE", "visa required": "PE"'),
        ('"CL"', '"XQ"'),
        ("MX PE", "MX PE US"),
    ],
)
def test_a_base_that_no_import_writes_is_damaged_rather_than_read_as_refusals(was: str, now: str) -> None:
    path = write_base(base())
    content = path.read_text(encoding="utf-8")
    assert was in content
    path.write_text(content.replace(was, now), encoding="utf-8")
    with pytest.raises(ScenarioError, match="the imported base is damaged"):
        read_base()


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": 2}', '{"format": 1, "source": "x"}'])
def test_a_damaged_base_is_told(content: str) -> None:
    path = write_base(base())
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"the imported base is damaged \(import the table again"):
        read_base()


def test_one_entry_for_each_status_of_a_destination_and_no_more() -> None:
    table = {(f"A{letter}", "PE"): "90" for letter in "DEFGILMORSTUWXZ"} | {("MX", "PE"): "eta"}
    book = Base.of(table, source="a table", licence="MIT", on=date(2025, 1, 12)).rulebook({"PE", "BO"})
    assert [(entry.id, entry.grant, len(entry.nationalities)) for entry in book.admissions] == [
        ("base-pe-90-days", "visa_free", 15),
        ("base-pe-eta", "electronic", 1),
    ]
    assert {(entry.grade, entry.read_on, entry.source) for entry in book.admissions} == {
        ("secondary", date(2025, 1, 12), "a table; licence: MIT")
    }
    assert book.covers == ("PE",)


# ---- in a scenario


def test_a_scenario_that_wants_a_base_that_is_not_there_is_refused() -> None:
    with pytest.raises(ScenarioError, match=r"base: none has been imported on this machine \(import a Passport Index"):
        scenario()


def test_a_scenario_that_does_not_ask_for_it_is_not_changed_by_it() -> None:
    write_base(base())
    without = loads(TRIP.format(port="LIM", last=12).replace("base = true", ""))
    assert (without.law.admissions, without.base) == ((), None)


@pytest.mark.parametrize(("last", "status"), [(21, "optimal"), (22, "infeasible")])
def test_the_base_admits_for_its_days(last: int, status: str) -> None:
    write_base(base())
    answer = plan(scenario(last=last))
    assert answer.status == status
    printed = " ".join(text(answer).split())
    words = "For Mexico and Peru this rests on the imported base alone (a table; as of Sun 12 Jan 2025; licence: MIT)"
    assert words in printed
    assert as_data(answer)["base"] == {
        "source": "a table",
        "licence": "MIT",
        "on": "2025-01-12",
        "territories": ["MX", "PE"],
    }


def test_no_admission_is_covered_and_a_place_that_it_does_not_know_is_not() -> None:
    write_base(base())
    assert scenario("SCL").covers("CL")
    assert not scenario("GRU").covers("BR")


def test_what_the_scenario_or_a_rulebook_says_wins() -> None:
    write_base(base())
    own = '[[admissions]]\nid = "own"\nzone = "PE"\nnationalities = ["MX"]\ngrant = "visa_free"\n'
    found = loads(TRIP.format(port="LIM", last=30) + own)
    assert [entry.id for entry in found.law.admissions if entry.zone == "PE"] == ["own"]
    booked = scenario(more='rulebooks = ["MX"]')
    assert booked.base is not None
    assert booked.base.territories == ("PE",)


def test_a_territory_that_shares_a_permission_is_left_to_other_law() -> None:
    write_base(base())
    zone = '[[zones]]\nid = "ANDES"\nmembers = [{ territory = "PE" }, { territory = "BO" }]\n'
    found = loads(TRIP.format(port="LIM", last=12) + zone)
    assert found.base is not None
    assert found.base.territories == ("MX",)


def test_the_file_is_small_and_plain() -> None:
    path = write_base(base())
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["destinations"]["PE"] == {"20": "MX"}
