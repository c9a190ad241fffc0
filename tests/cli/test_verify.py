"""`plan verify`: exit codes, standard input, both forms, files written whole, and one clear error for bad input."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from planner.cli.main import entry_point
from tests.checking.plans import BY_HAND, SMALL, Data


@pytest.fixture
def scenario(tmp_path: Path) -> str:
    file = tmp_path / "trip.toml"
    file.write_text(SMALL)
    return str(file)


def written(tmp_path: Path, data: Data) -> str:
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(data, indent=1))
    return str(file)


def test_a_plan_that_stands(scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert entry_point(["verify", written(tmp_path, BY_HAND), scenario]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    assert "The plan stands." in shown.out
    assert "It costs USD 200." in shown.out


def test_one_that_does_not(scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = written(tmp_path, BY_HAND | {"crossings": BY_HAND["crossings"][:3]})
    assert entry_point(["verify", plan, scenario]) == 1
    shown = capsys.readouterr()
    assert "The plan does not stand: 1 thing against it." in shown.out
    assert "the plan does not say which passport is shown" in shown.out.replace("\n   ", " ").lower()


def test_as_data_into_a_file(scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    late = tmp_path / "late.toml"
    late.write_text(SMALL.replace("2025-06-05T", "2025-06-15T"))
    target = tmp_path / "verdict.json"
    plan = written(tmp_path, BY_HAND | {"cost": {"amount": "1.00", "currency": "USD"}})
    assert entry_point(["verify", plan, str(late), "--format", "json", "-o", str(target)]) == 1
    assert capsys.readouterr().out == ""
    data = json.loads(target.read_text())
    assert (data["stands"], data["as_of"], data["stated_cost"]) == (
        False,
        "2025-05-01",
        {"amount": "1.00", "currency": "USD"},
    )
    (found,) = data["violations"]
    assert (found["sort"], found["leg"], found["direction"], found["port"]) == ("fact", "back", "exit", "BBB")
    assert found["fact"]["id"] == "visit-beta.max_stay.ann"
    assert found["source"] == "the law of Beta"
    assert found["place"] == {"file": plan, "line": 18, "column": 3}
    assert data["drift"]["known"] is False


def test_as_of_a_date(scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = written(tmp_path, BY_HAND)
    assert entry_point(["verify", plan, scenario, "--as-of", "2025-05-20"]) == 0
    assert "Checked as of Tue 20 May 2025." in capsys.readouterr().out
    assert entry_point(["verify", plan, scenario, "--as-of", "0001-01-01"]) == 2
    assert "out of range" in capsys.readouterr().err


@pytest.mark.parametrize("which", [0, 1])
def test_one_of_the_two_from_standard_input(
    which: int, scenario: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [written(tmp_path, BY_HAND), scenario]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(Path(files[which]).read_bytes())))
    files[which] = "-"
    assert entry_point(["verify", *files]) == 0


def test_bad_input_is_told_whole(scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def complaint(*args: str) -> str:
        assert entry_point(["verify", *args]) == 2
        shown = capsys.readouterr()
        assert shown.out == ""
        return shown.err

    plan = written(tmp_path, {"legs": ["out"], "crossings": [{"leg": "out", "direction": "up", "passprt": "a"}]})
    lines = complaint(plan, scenario).splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"{plan}:8:17", f"{plan}:9:4"]
    assert "there is no such file" in complaint("none.json", scenario)
    assert "there is no such file" in complaint(plan, "none.toml")
    assert "this is no JSON" in complaint(scenario, scenario)
    assert "Only one of the two" in complaint("-", "-")
    assert "Missing argument" in complaint(plan)
    assert "name another file" in complaint(plan, scenario, "-o", plan)
    broken = tmp_path / "broken.toml"
    broken.write_text(SMALL.replace("currency", "curency"))
    assert "unknown key 'curency'" in complaint(written(tmp_path, BY_HAND), str(broken))
