"""Tables of visa requirements: both layouts, all ways to name a country, and what is said about bad ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.data import folder
from planner.core.errors import ScenarioError
from planner.scenario.reading.base.states import state, state_hint
from planner.scenario.reading.base.table import Requirements, read_table

PUBLISHED = folder("passport-index")
GOOD = {("FR", "FR"): "-1", ("FR", "MX"): "180", ("MX", "FR"): "90", ("MX", "MX"): "-1"}
TIDY = "Passport,Destination,Requirement\nFR,FR,-1\nFR,MX,180\nMX,FR,90\nMX,MX,-1\n"


def read(tmp_path: Path, text: str) -> Requirements:
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    return read_table(path)


def problems(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        read(tmp_path, text)
    return [str(problem).removeprefix(f"{tmp_path}/") for problem in caught.value.problems]


@pytest.mark.parametrize(
    "text",
    [
        TIDY,
        "Passport,FR,MX\nFR,-1,180\nMX,90,-1\n",
        "Passport,France,Mexico\nFrance,-1,180\nMexico,90,-1\n",
        "passport,destination,value\nFRA,FRA,-1\nFRA,MEX,180\nMEX,FRA,90\nMEX,MEX,-1\n",
        "\ufeffPassport,Destination,Requirement\r\nFR,MX,180\r\n\r\nMX,FR,90\r\nFR,FR,-1\r\nMX,MX,-1\r\n",
    ],
    ids=["tidy", "matrix", "names", "alpha-3", "lines of Windows"],
)
def test_all_layouts_say_the_same(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == GOOD


def test_the_own_country_may_be_left_out(tmp_path: Path) -> None:
    assert read(tmp_path, "Passport,Destination,Requirement\nFR,MX,180\nMX,FR,90\n") == {
        pair: status for pair, status in GOOD.items() if status != "-1"
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("MX", "MX"), ("mex", "MX"), ("Mexico", "MX"), ("Ivory Coast", "CI"), ("Côte d'Ivoire", "CI"),
        ("DR Congo", "CD"), ("Congo", "CG"), ("Swaziland", "SZ"), ("Macao", "MO"), ("North Korea", "KP"),
        ("St. Kitts & Nevis", "KN"),
        ("Saint Vincent and the Grenadines", "VC"), ("Türkiye", "TR"), ("Kosovo", "XK"), ("XKX", "XK"), ("NA", "NA"),
        ("Samoa", "WS"), ("The Gambia", "GM"), ("Atlantis", None), ("", None),
    ],
)  # fmt: skip
def test_countries_by_code_and_name(text: str, code: str | None) -> None:
    assert state(text) == code


def test_a_misspelt_country_gets_a_guess() -> None:
    assert state_hint("Mexiko") == "did you mean 'MX' (Mexico)?"
    assert "ISO 3166" in state_hint("???")


@pytest.mark.parametrize(
    ("written", "status"),
    [("Visa Free", "visa free"), ("e-Visa", "e-visa"), ("ETA", "eta"), ("030", "30"), ("covid ban", "no admission")],
)
def test_statuses_in_other_spellings(tmp_path: Path, written: str, status: str) -> None:
    assert read(tmp_path, TIDY.replace(",90", f",{written}"))["MX", "FR"] == status


@pytest.mark.parametrize(
    ("text", "where", "found"),
    [
        ("", "", "the file is empty (the first line names the columns)"),
        ("Passport,Destination,Requirement\n", "", "the table has no rows"),
        (
            TIDY.replace("MX,FR,90", "MX,FR,visa fre"),
            ":4:1, row 3",
            "column Requirement: expected a number of days, -1 or one of visa free, visa on arrival, eta, e-visa, "
            "visa required, no admission, found 'visa fre' (did you mean 'visa free'?)",
        ),
        (
            TIDY.replace("MX,FR,90", "Mexiko,FR,90"),
            ":4:1, row 3",
            "unknown passport 'Mexiko' (did you mean 'MX' (Mexico)?)",
        ),
        (TIDY.replace("MX,FR,90", "MX,FX,90"), ":4:1, row 3", "unknown destination 'FX'"),
        (TIDY.replace("MX,FR,90", "MX,FR"), ":4:1, row 3", "expected 3 values, found 2"),
        (TIDY.replace("FR,FR,-1", "FR,FR,90"), ":2:1, row 1", "expected -1 for the passport's own country"),
        (TIDY.replace("FR,MX,180", "FR,MX,-1"), ":3:1, row 2", "-1 is for the own country, found '-1' for FR in MX"),
        (TIDY + "FR,MX,90\n", ":6:1, row 5", "column Requirement: FR in MX is '90' here, '180' before"),
        (TIDY.replace("MX,FR,90\n", ""), "", "passport MX: nothing is said about FR"),
        (TIDY.replace(",90", ",0"), ":4:1, row 3", "found '0'"),
        ("Passport,FR,MX\nFR,-1,\nMX,90,-1\n", ":2:1, row 1", "column MX: expected a number of days, -1 or one of"),
        ("Passport,FR,Mexiko\nFR,-1,90\n", ":1:1", "unknown destination 'Mexiko' (did you mean 'MX' (Mexico)?)"),
        (
            "Passport,Destination,Requirement,Days\n",
            ":1:1",
            "expected the columns Passport, Destination, Requirement, found Passport, Destination, Requirement, Days",
        ),
        ("Passport,Destination\nFR,MX\n", ":1:1", "expected the columns Passport, Destination, Requirement, found"),
        ("from,to\nFR,MX\n", ":1:1", "expected the columns Passport, Destination, Requirement, found from, to"),
        (
            "state,FR\nFR,-1\n",
            ":1:1",
            "expected the columns of a table of visa requirements, found state, FR (Passport",
        ),
        ('Passport,Destination,Requirement\nFR,"MX,180\n', ":2:1", "this is no CSV"),
    ],
)
def test_bad_tables_are_told_with_file_row_column_and_what_was_expected(
    tmp_path: Path, text: str, where: str, found: str
) -> None:
    told = problems(tmp_path, text)
    assert any(problem.startswith(f"table.csv{where}: ") and found in problem for problem in told), told


def test_an_unknown_passport_of_a_matrix_is_told_once(tmp_path: Path) -> None:
    assert len(problems(tmp_path, "Passport,FR,MX\nMexiko,90,-1\nFR,-1,180\n")) == 1


def test_several_problems_are_told_at_once_and_then_no_more(tmp_path: Path) -> None:
    rows = "".join(f"MX,FR,wrong {number}\n" for number in range(1000))
    found = problems(tmp_path, TIDY + rows)
    assert len(found) == 51
    assert found[-1].endswith("and more from here on")


def test_the_same_mistake_is_told_once_and_counted(tmp_path: Path) -> None:
    found = problems(tmp_path, TIDY + "MX,FR,wrong\n" * 41)
    assert len(found) == 2
    assert any(problem.endswith("40 more like these cannot be used") for problem in found)


def test_tonga_may_be_the_first_destination_of_a_matrix(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("Passport,TO,FR\nTO,-1,90\nFR,90,-1\n", encoding="utf-8")
    assert read_table(tmp_path / "table.csv")["FR", "TO"] == "90"


@pytest.mark.skipif(PUBLISHED is None, reason="the tables are not there")
@pytest.mark.parametrize(
    ("name", "pair", "status"),
    [
        ("ilyankou-passport-index-tidy-iso2.csv", ("MX", "FR"), "90"),
        ("imorte-passport-index-matrix-iso2.csv", ("MX", "FR"), "90"),
    ],
)
def test_the_published_tables_are_read_whole(name: str, pair: tuple[str, str], status: str) -> None:
    assert PUBLISHED is not None
    found = read_table(PUBLISHED / name)
    assert len(found) == 199 * 199
    assert found[pair] == status
