"""`plan new`: what it writes can be read, and what it cannot use it says."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from planner.api import loads
from planner.cli import new
from planner.cli.main import main
from planner.law.starting import Shelf
from tests.law.test_mrz import passport
from tests.scenario.reading.test_schema import as_json

PARIS = {"--passport": "MX", "--from": "SFO", "--to": "CDG", "--depart": "2027-04-01", "--return": "2027-04-14"}


@pytest.fixture(autouse=True)
def somewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def run(*args: str, stdin: str | None = None) -> Result:
    result = CliRunner().invoke(main, ["new", *args], prog_name="plan", input=stdin)
    assert "Traceback" not in result.output
    return result


def flags(**changed: str) -> list[str]:
    """The flags of a trip to Paris, with some changed."""
    wanted = PARIS | {f"--{name}": value for name, value in changed.items()}
    return [part for pair in wanted.items() for part in pair if pair[1]]


def test_what_is_written_can_be_read_and_fits_the_schema_beside_it(tmp_path: Path) -> None:
    result = run("paris.toml", *flags(passport="mx:2030-05-01"), "--passport", "US", "--passport", "US", "--via", "mex")
    assert result.exit_code == 0
    assert "plan check paris.toml" in result.output
    text = (tmp_path / "paris.toml").read_text(encoding="utf-8")
    scenario = loads(text)
    (person,) = scenario.travellers
    assert [(book.id, book.state, book.expires) for book in person.passports] == [
        ("mx", "MX", date(2030, 5, 1)),
        ("us", "US", None),
        ("us-2", "US", None),
    ]
    trip = scenario.trip
    assert (trip.start, trip.depart_from, trip.return_by) == ("SFO", date(2027, 4, 1), date(2027, 4, 14))
    assert [stop.at for stop in trip.stops] == [("CDG",)]
    assert {"SCHENGEN", "US", "MX"} <= set(scenario.rulebooks)
    assert text.startswith("#:schema ./scenario.schema.json\n")
    schema = json.loads((tmp_path / "scenario.schema.json").read_text(encoding="utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(as_json(tomllib.loads(text)))) == []


def test_whatever_stands_in_its_comments_can_be_used_as_it_is() -> None:
    text = run("-", *flags(currency="EUR"), "--to", "NRT", "--rate", "USD=0.9", "--rate", "JPY=0.006").stdout
    assert not text.startswith("#:schema")
    used = re.sub(r"^( *)# (\[\[?\w[\w.]*\]\]?|\w+ = .*|\".*)$", r"\1\2", text, flags=re.MULTILINE)
    assert used.count("#") < text.count("#") - 40
    given = re.search(r"^may_obtain = \[\n(?:.*\n)*?\]\n", used, re.MULTILINE)
    assert given is not None
    codes = set(re.findall(r", ([A-Z]{3}) [\d.]+$", given[0], re.MULTILINE)) - {"EUR"}
    rates = ", ".join(f"{code} = 1" for code in sorted(codes | {"USD", "JPY"}))
    scenario = loads(re.sub(r"^values = .*", f"values = {{ {rates} }}", used, flags=re.MULTILINE))
    assert [leg.id for leg in scenario.legs] == ["out", "back"]
    assert scenario.trip.budget is not None
    assert scenario.trip.events
    assert scenario.may_obtain


def test_places_without_a_rulebook_are_named() -> None:
    text = run("-", *flags(to="TIA")).stdout
    assert "No rulebook covers Albania (AL)" in text
    assert loads(text).rulebooks == ("MX", "US")
    assert "No rulebook covers" not in run("-", *flags()).stdout


def test_a_place_may_be_a_country_or_a_zone() -> None:
    text = run("-", *flags(to="SCHENGEN", passport="BR")).stdout
    assert loads(text).trip.stops[0].at == ("SCHENGEN",)
    assert 'to = "XXX"  # the IATA code of an airport in SCHENGEN' in text


def test_rulebooks_can_be_chosen() -> None:
    assert loads(run("-", *flags(), "--rulebook", "kp", "--rulebook", "MX").stdout).rulebooks == ("KP", "MX")


def test_values_may_stand_in_one_option_with_commas() -> None:
    args = flags(passport="MX,us:2030-05-01", to="CDG, PEK", rate="JPY=0.006,HKD=0.1")
    scenario = loads(run("-", *args, "--rulebook", "US,jp").stdout)
    assert scenario.rulebooks == ("US", "JP")
    assert [stop.at for stop in scenario.trip.stops] == [("CDG",), ("PEK",)]
    assert [book.state for book in scenario.travellers[0].passports] == ["MX", "US"]


def test_papers_say_where_they_are_applied_for_unless_one_starts_there() -> None:
    text = run("-", *flags(to="PEK", passport="US", rate="HKD=0.1")).stdout
    assert re.search(r'"cn-visa-us",  # .*, USD 140$', text, re.MULTILINE)
    assert re.search(r'"cn-visa-hk-us",  # .*HKD 1100, applied for in Hong Kong$', text, re.MULTILINE)


def test_the_code_of_a_country_that_an_airport_has_is_noted() -> None:
    assert "Note: CAN is Guangzhou Baiyun" in run("a.toml", *flags(to="CAN")).output
    assert "Note" not in run("b.toml", *flags(to="CA")).output


def test_all_that_cannot_be_used_is_told_at_once() -> None:
    result = run("-", *flags(**{"from": "Atlantis"}, depart="April", rate="EUR"), "--rulebook", "JAPAN")
    assert result.exit_code == 2
    told = re.findall(r"Invalid value for '(--\w+)'", result.output)
    assert told == ["--from", "--depart", "--rulebook", "--rate"]
    assert "did you mean 'JP' (Japan)?" in result.output


def test_a_folder_that_does_not_exist() -> None:
    result = run("nowhere/trip.toml", *flags())
    assert result.exit_code == 2
    assert "Invalid value for 'FILE': there is no folder 'nowhere'." in result.output


def test_trips_of_the_first_days_are_planned_from_the_first_one() -> None:
    assert loads(run("-", *flags(depart="1900-01-01")).stdout).today == date(1900, 1, 1)


@pytest.mark.parametrize(
    ("depart", "today"),
    [("2020-03-01", date(2020, 1, 1)), (f"{date.today()}", date.today()), ("2190-01-01", date.today())],
)
def test_one_plans_from_now_but_for_trips_of_the_past(depart: str, today: date) -> None:
    text = run("-", *flags(depart=depart, **{"return": "2199-01-01"})).stdout
    assert loads(text).today == today


def test_prices_in_the_law_ask_for_rates(tmp_path: Path) -> None:
    result = run("jo.toml", *flags(to="AMM"))
    assert result.exit_code == 2
    assert "Missing: --rate JOD=… (what one is worth in USD" in result.output
    assert list(tmp_path.iterdir()) == []
    text = run("-", *flags(to="AMM"), "--rate", "JOD=1.41").stdout
    assert "values = { JOD = 1.41 }" in text
    assert loads(text)


def test_what_is_missing_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    result = run("--from", "SFO", "--depart", "2027-04-01")
    assert result.exit_code == 2
    assert "Missing: --passport, --to, --return." in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("passport", "Mexico", "'Mexico' is no country code (did you mean 'MX' (Mexico)?)"),
        ("passport", "MX:soon", "'soon' is no date such as 2027-04-01"),
        ("from", "Paris", "'Paris' is no port (IATA codes there: "),
        ("to", "Atlantis", "'Atlantis' is no port, territory or zone"),
        ("depart", "April", "'April' is no date"),
        ("depart", "1066-10-14", "the year 1066 is out of range"),
        ("return", "2027-03-31", "2027-03-31 lies before 2027-04-01"),
        ("currency", "dollars", "'dollars' is no currency"),
        ("rate", "EUR", "'' is no number above 0"),
        ("rate", "EUR=0", "'0' is no number above 0"),
        ("rulebook", "MEX", "'MEX' is no rulebook (did you mean 'MX' (Mexico)?)"),
        ("today", "2027-04-02", "2027-04-02 lies after the departure"),
    ],
)
def test_what_cannot_be_used_is_told_and_nothing_is_written(
    option: str, value: str, words: str, tmp_path: Path
) -> None:
    result = run("trip.toml", *flags(**{option: value}))
    assert result.exit_code == 2
    assert words in result.output
    assert f"--{option}" in result.output
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "trip.toml").write_text("mine")
    result = run(*flags())
    assert result.exit_code == 2
    assert "'trip.toml' exists, and is not overwritten" in result.output
    (tmp_path / "scenario.schema.json").write_text("also mine")
    assert run("other.toml", *flags()).exit_code == 0
    assert (tmp_path / "trip.toml").read_text() == "mine"
    assert (tmp_path / "scenario.schema.json").read_text() == "also mine"


@pytest.mark.parametrize("name", ["a\nb = 1.toml", "ba\x07d.toml", "q\"u'o.toml"])
def test_names_of_files_do_no_harm(name: str, tmp_path: Path) -> None:
    assert run(name, *flags()).exit_code == 0
    assert loads((tmp_path / name).read_text(encoding="utf-8")).trip.start == "SFO"


def test_on_a_terminal_what_is_missing_is_asked_until_it_can_be_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(new, "on_a_terminal", lambda: True)
    answers = [
        "Mexico",
        ",",
        "MX, us",
        "",
        "Nowhere",
        "AMM",
        "PEK",
        "2027-04-01",
        "2027-03-01",
        "2027-04-14",
        "",
        "no",
        "1.41",
    ]
    result = run("--from", "SFO", stdin="\n".join(answers) + "\n")
    assert result.exit_code == 0
    for words in (
        "did you mean 'MX' (Mexico)",
        "name at least one",
        "'Nowhere' is no port",
        "lies before",
        "Currency [USD]",
        "'no' is no number",
    ):
        assert words in result.output
    scenario = loads((tmp_path / "trip.toml").read_text(encoding="utf-8"))
    assert set(scenario.rulebooks) == {"CN", "JO", "MX", "US"}
    assert scenario.rates is not None
    assert set(scenario.rates.values) == {"JOD"}


def test_who_gives_all_that_is_needed_is_asked_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new, "on_a_terminal", lambda: True)
    assert run("-", *flags()).exit_code == 0


@pytest.mark.parametrize(
    ("place", "book"),
    [("FR", "SCHENGEN"), ("SCHENGEN", "SCHENGEN"), ("HKG", "CN"), ("DANDONG-RAIL", "CN"), ("GB", "UK")],
)
def test_what_covers_a_place_is_suggested(place: str, book: str) -> None:
    shelf = Shelf.whole()
    assert book in shelf.suggested([place], [])
    assert "MX" not in shelf.suggested([place], [])
    assert "MX" in shelf.suggested([place], ["MX"])


def test_nobody_is_offered_a_visa_for_their_own_country() -> None:
    shelf = Shelf.whole()
    offered = {states: {item.id for item in shelf.offers(["US"], states, ["US"])} for states in (("MX",), ("US", "MX"))}
    assert offered["MX",] - offered["US", "MX"] == {"us-b-visa"}


@pytest.mark.parametrize(
    ("place", "books"), [("PEK", ["CN"]), ("HAK", ["CN", "HAINAN"]), ("CN", ["CN", "HAINAN"]), ("ICN", ["KR"])]
)
def test_law_for_an_island_is_suggested_to_those_who_may_go_there(place: str, books: list[str]) -> None:
    assert Shelf.whole().suggested([place], ["CN"]) == sorted({*books, "CN"})


def zone(state: str = "MEX", born: str = "900403") -> str:
    return passport(state, born=born)


def test_a_passport_may_come_from_its_machine_readable_zone(tmp_path: Path) -> None:
    (tmp_path / "zone.txt").write_text(zone() + zone("USA"), encoding="utf-8")
    args = [part for part in flags() if part not in ("--passport", "MX")]
    result = run("trip.toml", *args, "--mrz", "zone.txt", "--today", "2026-01-01")
    assert result.exit_code == 0
    text = (tmp_path / "trip.toml").read_text(encoding="utf-8")
    (person,) = loads(text).travellers
    assert [(book.state, book.expires) for book in person.passports] == [
        ("MX", date(2030, 5, 1)),
        ("US", date(2030, 5, 1)),
    ]
    assert (person.born, person.name) == (date(1990, 4, 3), "")
    assert not re.search("perez|G12345678", text + result.output, re.IGNORECASE)


def test_name_and_number_are_written_down_if_that_is_asked_for_and_told_nowhere_else(tmp_path: Path) -> None:
    args = [*flags(passport="US"), "--mrz", "-", "--keep", "name", "--keep", "number", "--today", "2026-01-01"]
    result = run("trip.toml", *args, stdin=zone())
    (person,) = loads((tmp_path / "trip.toml").read_text(encoding="utf-8")).travellers
    assert person.name == "Ana Perez"
    assert [(book.id, book.number) for book in person.passports] == [("mx", "G12345678"), ("us", "")]
    assert not re.search("perez|G12345678", result.output, re.IGNORECASE)


def test_a_zone_that_cannot_be_used_is_told_by_its_place(tmp_path: Path) -> None:
    (tmp_path / "zone.txt").write_text(zone().replace("300501", "300601"), encoding="utf-8")
    result = run("trip.toml", *flags(), "--mrz", "zone.txt")
    assert result.exit_code == 2
    assert result.output.startswith("zone.txt:1:1: the check digit of the date of expiry does not fit")
    (tmp_path / "zone.txt").write_text(zone() + zone("USA", "910403"), encoding="utf-8")
    assert "are not one person's" in run("trip.toml", *flags(), "--mrz", "zone.txt").output
    assert not (tmp_path / "trip.toml").exists()


def test_reading_zones_needs_a_library_and_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mrz.checker.td1", None)
    result = run("trip.toml", *flags(), "--mrz", "-", stdin=zone())
    assert result.exit_code == 2
    assert "pip install 'entry-planner[mrz]'" in result.output
