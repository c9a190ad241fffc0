"""The command where something goes wrong: a message, an exit code, no traceback."""

from __future__ import annotations

import errno
import io
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from planner import api
from planner.answer import Answer
from planner.cli.failures import emit, report, without_people
from planner.cli.main import entry_point
from planner.core.errors import InternalError, Place, Problem, ScenarioError
from planner.scenario import reading
from tests.cli.fake import Fake, run
from tests.report.answers import infeasible, marathon, optimal, person, undecided

ROOT = Path(__file__).parents[2]
ANSWERS = {0: optimal, 1: infeasible, 3: undecided}


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
