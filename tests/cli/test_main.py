from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from planner import api
from planner.answer import Answer
from planner.core.errors import InternalError
from tests.cli.fake import Fake, run
from tests.report.answers import feasible, infeasible, marathon, optimal, person, undecided

ROOT = Path(__file__).parents[2]
ANSWERS = {0: optimal, 1: infeasible, 3: undecided}


# ---- which command


@pytest.mark.parametrize(
    "args",
    [
        ["trip.toml"],
        ["solve", "trip.toml"],
        ["TRIP.TOML"],
        ["trip.toml", "--format", "json"],
        ["--format", "json", "trip.toml"],
        ["--format=json", "trip.toml"],
        ["--format", "json", "solve", "trip.toml"],
        ["--seed", "3", "--workers", "1", "trip.toml"],
        ["--", "trip.toml"],
    ],
)
def test_a_file_is_solved_wherever_the_options_stand(fake: Fake, args: list[str]) -> None:
    result = run(*args)
    assert result.exit_code == 0
    assert fake.asked["path"].lower() == "trip.toml"
    if any("json" in arg for arg in args):
        assert json.loads(result.stdout)["status"] == "optimal"
    else:
        assert result.stdout.startswith("Run in Pyongyang\n")


def test_an_existing_path_is_solved_whatever_its_name(fake: Fake, tmp_path: Path) -> None:
    (tmp_path / "trip").touch()
    assert run("trip").exit_code == 0
    assert fake.asked["path"] == "trip"


def test_a_dash_reads_standard_input(fake: Fake) -> None:
    assert run("-", stdin="title = 'Zoë'".encode()).exit_code == 0
    assert (fake.asked["text"], fake.asked["path"]) == ("title = 'Zoë'", "<stdin>")
    assert run("check", "-", stdin=b"").stdout.startswith("standard input: no problems found.")


def test_standard_input_that_is_no_text_is_bad_input(fake: Fake) -> None:
    result = run("-", stdin=b"a\xff")
    assert result.exit_code == 2
    assert result.stderr.startswith("<stdin>:1:2: ")


@pytest.mark.parametrize("args", [["chek"], ["chek", "trip.toml"], ["--format", "json", "chek"]])
def test_a_misspelt_command_gets_a_suggestion(fake: Fake, args: list[str]) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert "No such command 'chek'. Did you mean 'check'?" in result.stderr


@pytest.mark.parametrize(
    "args",
    [
        ["nonsense"],
        ["--fromat", "json", "trip.toml"],
        ["--format", "xml", "trip.toml"],
        ["--format", "json"],
        ["solve"],
        ["check"],
        ["trip.toml", "more.toml"],
        ["trip.toml", "--time-limit", "0"],
        ["trip.toml", "--time-limit", "nan"],
        ["trip.toml", "--time-limit", "inf"],
        ["trip.toml", "--time-limit", "soon"],
        ["trip.toml", "--workers", "0"],
        ["trip.toml", "--seed", "-1"],
        ["trip.toml", "--dump-model", "trip.toml"],
    ],
)
def test_wrong_usage_exits_with_2_and_prints_nothing_on_stdout(fake: Fake, args: list[str]) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error: " in result.stderr
    assert not list(Path().glob("plan-internal-error-*"))


def test_version_and_help(fake: Fake) -> None:
    assert run("--version").stdout.startswith("plan 0.")
    assert "check" in run("--help").stdout
    assert "--time-limit" in run("solve", "-h").stdout


# ---- answers


@pytest.mark.parametrize("code", ANSWERS)
def test_the_exit_code_says_the_status(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    Fake(monkeypatch, ANSWERS[code]())
    assert run("trip.toml").exit_code == code
    assert run("trip.toml", "--format", "json").exit_code == code


def test_a_plan_not_proved_cheapest_is_a_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    Fake(monkeypatch, feasible())
    assert run("trip.toml").exit_code == 0


def test_options_reach_the_planner(fake: Fake) -> None:
    run("trip.toml")
    more = {"alternatives": 0, "front": False}
    assert fake.asked["options"] == {"limit": 1, "repairs": 3, "time_limit": 60.0, "workers": 2, "seed": 0} | more
    run("trip.toml", "--time-limit", "1.5", "--workers", "7", "--seed", "9", "--explain", "all", "--repair", "0")
    assert fake.asked["options"] == {"limit": None, "repairs": 0, "time_limit": 1.5, "workers": 7, "seed": 9} | more


@pytest.mark.parametrize("wrong", ["0", "-1", "some", "1.5", "", "9" * 20, "9" * 5000, "١"])
def test_how_many_conflicts(fake: Fake, wrong: str) -> None:
    result = run("trip.toml", "--explain", wrong)
    assert result.exit_code == 2
    assert "neither a number from 1 to 999999999 nor 'all'" in result.stderr


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["--for", "ann"], ["ann"]),
        (["--for", "cy,ann"], ["ann", "cy"]),
        (["--for", "cy", "--for", "Bo Li"], ["bo", "cy"]),
        ([], ["ann", "bo", "cy"]),
    ],
)
def test_for_some_travellers(fake: Fake, args: list[str], expected: list[str]) -> None:
    people = (person("ann", "Ann"), person("bo", "Bo Li"), person("cy", ""))
    fake.answer = evolve(fake.answer, scenario=marathon(travellers=people))
    run("trip.toml", *args)
    assert fake.asked["travellers"] == expected


def test_for_an_unknown_traveller_suggests_one(fake: Fake) -> None:
    result = run("trip.toml", "--for", "amn")
    assert result.exit_code == 2
    assert "'amn'" in result.stderr
    assert "did you mean 'ann'?" in result.stderr
    assert not result.stderr.startswith(":")


def test_the_model_is_dumped_before_solving(fake: Fake, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def breaks(*_: Any, **__: Any) -> Answer:
        raise InternalError("no")

    monkeypatch.setattr(api, "plan", breaks)
    assert run("trip.toml", "--dump-model", "model.json").exit_code == 70
    assert json.loads((tmp_path / "model.json").read_text()) == {"options": 7}


def test_a_dump_that_cannot_be_written_is_bad_usage(fake: Fake) -> None:
    result = run("trip.toml", "--dump-model", "no/such/folder/model.json")
    assert result.exit_code == 2
    assert "no/such/folder/model.json: cannot be written: No such file or directory" in result.stderr


# ---- check


def test_check_summarises_without_planning(fake: Fake) -> None:
    result = run("check", "trip.toml")
    assert result.exit_code == 0
    assert "options" not in fake.asked
    lines = result.stdout.splitlines()
    first = ("trip.toml: no problems found.", "Run in Pyongyang", "Not covered by any rulebook in use: North Korea.")
    assert all(line.startswith(words) for line, words in zip(lines, first, strict=False))
    start = next(at for at, line in enumerate(lines) if line.startswith("Travellers"))
    assert lines[start : start + 3] == [
        "Travellers: 1 (Ann)",
        "Papers held: 2 passports, 1 permission and 0 certificates; 1 more can be applied",
        "  for",
    ]
    assert "Legs: 4, Thu 3 Apr 2025 to Tue 8 Apr 2025; 4 with a price" in lines
    assert re.fullmatch(r"Rules in force: \d+, of \d+ kinds \(`plan rules` lists them\)", lines[-1])
