"""A template and a group list: what each row makes of the template's traveller, and what is said of wrong rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from planner.batching.items import Item
from planner.batching.solved import scenario_of
from planner.batching.sources import travellers
from planner.batching.table import parties
from planner.core.errors import ScenarioError
from planner.scenario.people import Traveller
from tests.batching.tiny import tiny

PAPERS = """
[[travellers]]
id = "guest"
residence = "AA"
purposes = ["tourism", "event"]
[[travellers.passports]]
id = "aa"
state = "AA"
[[travellers.permissions]]
id = "beta-visa"
zone = "BB"
[[travellers.certificates]]
kind = "fever"
"""
START, *_ = tiny().partition("[[travellers]]")
TEMPLATE = START + PAPERS + tiny()[tiny().index("# Out on 1 June") :]


def made(folder: Path, table: str, template: str = TEMPLATE) -> list[Item]:
    (folder / "trip.toml").write_text(template, encoding="utf-8")
    (folder / "guests.csv").write_text(table, encoding="utf-8")
    return travellers(str(folder / "trip.toml"), str(folder / "guests.csv"))


def people(item: Item) -> tuple[Traveller, ...]:
    return scenario_of(item).travellers


def wrong(item: Item) -> str:
    with pytest.raises(ScenarioError) as caught:
        scenario_of(item)
    return str(caught.value)


def refused(folder: Path, table: str, template: str = TEMPLATE) -> str:
    with pytest.raises(ScenarioError) as caught:
        made(folder, table, template)
    return str(caught.value)


def test_columns_that_are_there_replace_what_the_template_says(tmp_path: Path) -> None:
    table = 'id,name,born,passports,nationalities,residence,holds\nana,Ana,1990-04-03,"bb:2030-05-01 DD,bb",CC,CC BB,\n'
    (item,) = made(tmp_path, table)
    (ana,) = people(item)
    assert (ana.id, ana.name, ana.born) == ("ana", "Ana", date(1990, 4, 3))
    assert [(book.id, book.state, book.expires) for book in ana.passports] == [
        ("bb", "BB", date(2030, 5, 1)),
        ("dd", "DD", None),
        ("bb-2", "BB", None),
    ]
    assert (ana.nationalities, ana.residence) == (("CC",), ("CC", "BB"))
    assert (ana.permissions, ana.certificates) == ((), ())
    assert ana.purposes == ("tourism", "event")


def test_columns_that_are_not_there_leave_it_as_it_is(tmp_path: Path) -> None:
    (item,) = made(tmp_path, "id\nana\n")
    (ana,) = people(item)
    assert [book.id for book in ana.passports] == ["aa"]
    assert [paper.id for paper in ana.permissions] == ["beta-visa"]
    assert ana.residence == ("AA",)


def test_papers_are_picked_from_those_of_the_template(tmp_path: Path) -> None:
    first, second = made(tmp_path, "id,holds\nana,fever\nbo,fever beta-visa\n")
    assert [paper.kind for paper in people(first)[0].certificates] == ["fever"]
    assert people(first)[0].permissions == ()
    assert [paper.id for paper in people(second)[0].permissions] == ["beta-visa"]
    (third,) = made(tmp_path, "id,holds\nana,fewer\n")
    assert wrong(third) == (
        f"{tmp_path}/guests.csv, row 1: holds: the template's traveller has no permission or certificate 'fewer' "
        "(did you mean 'fever'?)"
    )


def test_rows_of_one_party_travel_together(tmp_path: Path) -> None:
    items = made(tmp_path, "id,party,passports\nana,perez,AA\nbo,,BB\ncy,perez,DD\n")
    assert [(item.id, [row.number for row in item.rows]) for item in items] == [("perez", [1, 3]), ("bo", [2])]
    assert [person.id for person in people(items[0])] == ["ana", "cy"]


def test_a_party_starts_and_ends_at_its_home(tmp_path: Path) -> None:
    items = made(tmp_path, "id,party,home\nana,a,BBB\nbo,b,\ncy,c,CCC\ndi,c,BBB\neve,e,QQQ\n")
    trips = [scenario_of(item).trip for item in items[:2]]
    assert [(trip.start, trip.goal) for trip in trips] == [("BBB", "BBB"), ("AAA", "AAA")]
    assert wrong(items[2]).startswith(f"{tmp_path}/guests.csv, row 3: home: the party has several, 'CCC', 'BBB'")
    assert wrong(items[3]).startswith(f"{tmp_path}/guests.csv, row 5: start: ")


def test_an_end_elsewhere_stays(tmp_path: Path) -> None:
    template = TEMPLATE.replace('start = "AAA"', 'start = "AAA"\nend = "CCC"')
    (item,) = made(tmp_path, "id,home\nana,BBB\n", template)
    assert (scenario_of(item).trip.start, scenario_of(item).trip.end) == ("BBB", "CCC")


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("id,passports\nana,AA:soon\n", "row 1: expires: expected a date such as 2025-04-03, found the text 'soon'"),
        ("id,passports\nana,Alpha\n", "row 1: state: unknown country code 'ALPHA'"),
        ("id,born\n\nana,1990\n", "row 2: born: expected a date such as 2025-04-03, found the text '1990'"),
        ("id,residence\nana,Atlantis\n", "row 1: residence: unknown port, territory or zone 'Atlantis'"),
    ],
)
def test_what_is_wrong_in_a_row_is_told_by_its_row(table: str, words: str, tmp_path: Path) -> None:
    (item,) = made(tmp_path, table)
    assert f"{tmp_path}/guests.csv, {words}" in wrong(item)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("name\nAna\n", "guests.csv: there is no column 'id' (columns are called id, party, name, "),
        (
            "id;passports\nana;AA\n",
            "guests.csv: there is no column 'id' (columns are separated by commas, not semicolons)",
        ),
        ("id,passprots\nana,AA\n", "guests.csv: unknown column 'passprots' (did you mean 'passports'?)"),
        ("id,id\nana,bo\n", "guests.csv: there are 2 columns 'id'"),
        ("id,name\nana,A\nana,B\n", "guests.csv, row 2: the id 'ana' stands in row 1 as well"),
        ("id,name\n,A\n", "guests.csv, row 1: there is no id"),
        (
            "id,party\nana,bo\nbo,\n",
            "guests.csv, row 2: party: it is blank, and row 1 belongs to a party called 'bo' (write that here too",
        ),
        ("id\n", "guests.csv: there are no rows"),
        ("", "guests.csv: the file is empty"),
        ('id\n"ana\n', "guests.csv:2:1: this is no CSV"),
    ],
)
def test_what_is_wrong_with_a_list_is_told_at_once(table: str, words: str, tmp_path: Path) -> None:
    assert f"{tmp_path}/{words}" in refused(tmp_path, table)


def test_a_template_is_a_scenario_with_one_traveller(tmp_path: Path) -> None:
    assert "trip.toml:1:1: a template has exactly one traveller" in refused(tmp_path, "id\nana\n", START)
    two = TEMPLATE + '[[travellers]]\nid = "other"\n'
    assert "a template has exactly one traveller" in refused(tmp_path, "id\nana\n", two)
    misspelt = TEMPLATE.replace('start = "AAA"', 'start = "QQQ"')
    assert f"{tmp_path}/trip.toml:" in refused(tmp_path, "id\nana\n", misspelt)


def test_a_list_may_be_parquet_with_dates_and_numbers(tmp_path: Path) -> None:
    frame = {"id": [17, 18], "born": [date(1990, 4, 3), None], "name": [" Ana ", None]}
    pl.DataFrame(frame).write_parquet(tmp_path / "guests.parquet")
    found = parties(tmp_path / "guests.parquet")
    assert {name: rows[0].cells for name, rows in found.items()} == {
        "17": {"id": "17", "born": "1990-04-03", "name": "Ana"},
        "18": {"id": "18", "born": "", "name": ""},
    }


@pytest.mark.parametrize("name", ["guests.xlsx", "nowhere.csv", "broken.parquet"])
def test_files_that_are_no_lists(name: str, tmp_path: Path) -> None:
    if not name.startswith("nowhere"):
        (tmp_path / name).write_bytes(b"PAR1?")
    with pytest.raises(ScenarioError, match=name):
        parties(tmp_path / name)
