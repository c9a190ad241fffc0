"""`plan repair`: what is written, where, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.api import load, plan
from planner.cli.main import entry_point

SCENARIOS = Path(__file__).parent.parent.parent / "scenarios"
SINGLE = SCENARIOS / "marathon-single-entry.toml"


def test_the_repaired_file_has_the_promised_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fixed = tmp_path / "fixed.toml"
    assert entry_point(["repair", str(SINGLE), "-o", str(fixed)]) == 0
    told = capsys.readouterr().err
    answer = plan(load(fixed))
    assert answer.plan is not None
    assert f"The trip then costs USD {answer.plan.cost / 100:,.2f}." in told
    before, after = SINGLE.read_text().splitlines(), fixed.read_text().splitlines()
    assert [line for line in after if line not in before] == ['may_obtain = ["kp-visa", "cn-visa-1"]']
    assert [path.name for path in tmp_path.iterdir()] == ["fixed.toml"]


def test_another_repair_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    russia = SCENARIOS / "russia-days-used-up.toml"
    assert entry_point(["repair", str(russia), "-o", "-", "--repair", "2"]) == 0
    assert capsys.readouterr().out == russia.read_text().replace("return_by = 2025-12-31", "return_by = 2026-01-10")


def test_what_has_a_plan_is_copied(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, copy = SCENARIOS / "schengen-hop.toml", tmp_path / "copy.toml"
    assert entry_point(["repair", str(source), "-o", str(copy)]) == 0
    assert copy.read_text() == source.read_text()
    assert "There is a plan as it is" in capsys.readouterr().err


def test_a_repair_that_there_is_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fixed = tmp_path / "fixed.toml"
    assert entry_point(["repair", str(SCENARIOS / "marathon-2026.toml"), "-o", str(fixed), "--repair", "9"]) == 1
    assert "Only 1 repair was found, not 9. Nothing is written." in capsys.readouterr().err
    assert not fixed.exists()


@pytest.mark.parametrize("output", [".", "/", "/no/such/folder/x.toml"])
def test_where_nothing_can_be_written(output: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert entry_point(["repair", str(SCENARIOS / "schengen-hop.toml"), "-o", output]) == 2
    assert f"{output}: cannot be written" in capsys.readouterr().err


def test_the_scenario_itself_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "trip.toml"
    copy.write_text(SINGLE.read_text())
    assert entry_point(["repair", str(copy), "-o", str(tmp_path / "." / "trip.toml")]) == 2
    assert "is read; name another file" in capsys.readouterr().err
    assert copy.read_text() == SINGLE.read_text()


def test_where_its_tables_would_not_be_found_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    table = "from,to,departs,arrives,price\nOSL,LYR,2025-03-02T10:00,2025-03-02T13:00,100\n"
    (tmp_path / "here" / "legs.csv").write_text(table)
    scenario = tmp_path / "here" / "trip.toml"
    scenario.write_text(WITH_TABLE)
    assert entry_point(["repair", str(scenario), "-o", str(tmp_path / "there" / "fixed.toml")]) == 2
    assert "legs.csv" in capsys.readouterr().err
    assert not list((tmp_path / "there").iterdir())
    assert entry_point(["repair", str(scenario), "-o", str(tmp_path / "here" / "fixed.toml")]) == 0


WITH_TABLE = """
today = 2025-01-01
currency = "USD"
rulebooks = []
legs = "legs.csv"

[[travellers]]
id = "ann"
passports = [{ id = "no", state = "NO" }]

[[admissions]]
id = "open"
zone = "SJ"
grant = "visa_free"
nationalities = ["NO"]

[trip]
start = "OSL"
end = "LYR"
budget = "90"
"""
