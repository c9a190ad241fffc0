from __future__ import annotations

import errno
import io
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner, Result

from planner import api
from planner.answer import Answer
from planner.cli.failures import emit, report, without_people
from planner.cli.main import entry_point, main
from planner.core.errors import InternalError, Place, Problem, ScenarioError
from planner.scenario import reading
from tests.report.answers import feasible, infeasible, marathon, optimal, person, undecided

ROOT = Path(__file__).parents[2]
ANSWERS = {0: optimal, 1: infeasible, 3: undecided}


class Fake:
    """Stands for the reader and `planner.api`: remembers what it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, answer: Answer) -> None:
        self.asked: dict[str, Any] = {}
        self.answer = answer
        monkeypatch.setattr(reading, "read_file", self.read_file)
        monkeypatch.setattr(reading, "read_text", self.read_text)
        monkeypatch.setattr(api, "plan", self.plan)
        monkeypatch.setattr(api, "dump_model", lambda scenario: '{"options": 7}')

    def read_file(self, path: Path, _: object) -> Any:
        self.asked["path"] = str(path)
        return self.answer.scenario

    def read_text(self, text: str, _: object, file: str) -> Any:
        self.asked |= {"text": text, "path": file}
        return self.answer.scenario

    def plan(self, scenario: Any, **options: Any) -> Answer:
        assert options.pop("progress") is None  # nobody looks at a terminal
        assert not options.pop("stop").is_set()
        self.asked |= {"options": options, "travellers": [t.id for t in scenario.travellers]}
        return self.answer


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Fake:
    monkeypatch.chdir(tmp_path)
    return Fake(monkeypatch, optimal())


def run(*args: str, stdin: bytes | None = None) -> Result:
    result = CliRunner().invoke(main, list(args), prog_name="plan", input=stdin)
    assert "Traceback" not in result.output
    return result


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
    result = run("-", stdin=b"\xff\xfe\x00")
    assert result.exit_code == 2
    assert result.stderr == "<stdin>: this is not UTF-8 text (save the file as UTF-8)\n"


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


# ---- what goes wrong


def test_problems_stand_one_a_line_on_stderr(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    problems = [
        Problem(Place("trip.toml", 7, 3), "unknown key 'retrun_by'", "did you mean 'return_by'?"),
        Problem(Place("trip.toml", 2, 1), "no rate for \x1b[31mMXN\n"),
    ]

    def read_file(*_: object) -> Any:
        raise ScenarioError(problems)

    monkeypatch.setattr(reading, "read_file", read_file)
    for command in ("solve", "check"):
        result = run(command, "trip.toml")
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr.splitlines() == [
            "trip.toml:2:1: no rate for \\x1b[31mMXN ",
            "trip.toml:7:3: unknown key 'retrun_by' (did you mean 'return_by'?)",
        ]


def test_an_internal_error_leaves_a_report_without_personal_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    private = evolve(person("ann", "Ann Müller"), born=date(1990, 2, 3))
    private = evolve(private, passports=(evolve(private.passports[0], number="C01X00T47"), *private.passports[1:]))
    fake = Fake(monkeypatch, optimal(travellers=(private,)))

    def breaks(*_: Any, **__: Any) -> Answer:
        try:
            {}["C01X00T47"]
        except KeyError as error:
            raise InternalError("visa.ANN.entries: Ann Müller, born 1990-02-03, C01X00T47") from error
        return fake.answer

    monkeypatch.setattr(api, "plan", breaks)
    result = run("trip.toml")
    assert result.exit_code == 70
    assert result.stdout == ""
    (path,) = tmp_path.glob("plan-internal-error-*.txt")
    assert str(path) in result.stderr
    shown = path.read_text()
    for secret in ("C01X00T47", "1990", "Müller", "ann,"):
        assert secret.lower() not in shown.lower()
        assert secret.lower() not in result.stderr.lower()
    assert "visa.traveller-1.entries: traveller-1, born traveller-1, traveller-1" in shown
    assert "planner.cli.solve:" in shown
    assert "builtins.KeyError\n" in shown
    assert "ortools 9" in shown


def test_other_errors_keep_their_message_to_themselves() -> None:
    shown = report(ValueError("invalid literal: 'Ann Müller'"), None)
    assert "Müller" not in shown
    assert "builtins.ValueError" in shown


def test_short_ids_do_not_tear_words_apart() -> None:
    assert without_people("a visa for a", marathon(travellers=(person("a", ""),))) == (
        "traveller-1 visa for traveller-1"
    )


def test_a_report_that_cannot_be_written_is_still_code_70(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_file(*_: object) -> Any:
        raise RuntimeError("x")

    def no_room(*_: Any, **__: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(reading, "read_file", read_file)
    monkeypatch.setattr("io.open", no_room)
    result = run("trip.toml")
    assert result.exit_code == 70
    assert "could not be written" in result.stderr
    assert "builtins.RuntimeError" in result.stderr, "the report is printed instead"


def test_ctrl_c_exits_with_130(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any, **__: Any) -> Answer:
        raise KeyboardInterrupt

    monkeypatch.setattr(api, "plan", interrupted)
    result = run("trip.toml")
    assert result.exit_code == 130
    assert entry_point(["trip.toml"]) == 130


def test_the_entry_point_returns_the_code_and_prints_harmless_messages(
    fake: Fake, capsys: pytest.CaptureFixture[str]
) -> None:
    assert entry_point(["trip.toml"]) == 0
    assert entry_point(["\x1b[31mred"]) == 2
    assert "\x1b" not in capsys.readouterr().err
    assert entry_point(["--version"]) == 0
    assert entry_point([]) == 2


# ---- standard output that fails


def _python(code: str, **more: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, **more
    )


def test_a_reader_that_has_gone_away_makes_no_noise() -> None:
    code = "from planner.cli.failures import emit\nimport sys\nemit('x' * 10**6)\nsys.exit(1)"
    process = _python(code, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    _, noise = process.communicate()
    assert (process.returncode, noise) == (1, b"")


def test_closed_standard_streams_are_no_bugs() -> None:
    code = (
        "import sys\nsys.stdin = sys.stdout = None\nfrom planner.cli.main import entry_point\nsys.exit(entry_point(%s))"
    )
    for args, expected in ((["rules"], 0), (["-"], 2)):
        process = _python(code % args)
        _, noise = process.communicate()
        assert (process.returncode, b"Internal" in noise) == (expected, False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told() -> None:
    code = "import sys\nfrom planner.cli.main import entry_point\nsys.exit(entry_point(['rules', 'passport-ban']))"
    with open("/dev/full", "wb") as full:
        process = _python(code, stdout=full)
        _, noise = process.communicate()
    assert process.returncode == 2
    assert noise.startswith(b"Error: standard output: cannot be written: No space left")


def test_a_narrow_encoding_does_not_lose_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252"))
    Fake(monkeypatch, optimal(title="Zoë 平"))
    assert entry_point(["trip.toml"]) == 0
    assert raw.getvalue().startswith(b"Zo\xeb \\u5e73")


def test_emit_prints_as_is(capsys: pytest.CaptureFixture[str]) -> None:
    emit("a\nb\n")
    assert capsys.readouterr().out == "a\nb\n"
