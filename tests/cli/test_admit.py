from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from planner.cli.main import main
from planner.scenario.reading.base import store


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


def run(*args: str) -> Result:
    result = CliRunner().invoke(main, ["admit", *args], prog_name="plan")
    assert "Traceback" not in result.output
    return result


@pytest.mark.parametrize(
    ("args", "code", "admitted", "words"),
    [
        (["--passport", "MX", "--to", "FR", "--on", "2025-07-05"], 0, True, "admitted."),
        (["--passport", "MX", "--to", "KP", "--on", "2025-04-05"], 1, False, "not admitted."),
        (["--passport", "MX", "--to", "PEK", "--on", "2025-04-05"], 1, False, "not admitted yet"),
        (["--passport", "MX", "--to", "BO", "--on", "2025-04-05"], 3, None, "not covered, so neither yes nor no."),
    ],
)
def test_the_exit_code_and_the_first_sentence_say_the_same(
    args: list[str], code: int, admitted: bool | None, words: str
) -> None:
    shown, data = run(*args), run(*args, "--format", "json")
    assert (shown.exit_code, data.exit_code) == (code, code)
    assert words in " ".join(shown.stdout.split())
    assert json.loads(data.stdout)["admitted"] is admitted


def test_north_korea_on_a_mexican_passport_is_closed_but_for_the_marathon() -> None:
    answer = json.loads(
        run("--passport", "MX", "--to", "KP", "--on", "2025-04-05", "--from", "CN", "--format", "json").stdout
    )
    (block,) = [block for block in answer["blocks"] if block["rule"] == "kp-closed-2025"]
    assert any("pyongyang-marathon" in words for words in block["lifted_by"])
    assert {source["id"] for source in answer["sources"]} >= {"kp-closed-2025", "kp-visa"}
    assert all(source["grade"] and source["read_on"] for source in answer["sources"])
    assert {way["id"]: way["blocks"] for way in answer["grounds"]}["kp-visa"] == ["kp-closed-2025.traveller"]


def test_an_american_passport_may_not_be_used_for_north_korea_whatever_admits() -> None:
    answer = json.loads(run("--passport", "US", "--to", "KP", "--on", "2025-04-05", "--format", "json").stdout)
    assert "us-passport-kp" in [block["rule"] for block in answer["blocks"]]


def test_the_text_fits_80_columns() -> None:
    for to in ("CN", "KP", "US", "SCHENGEN"):
        lines = run("--passport", "MX", "--to", to, "--on", "2025-07-05").stdout.splitlines()
        assert max(len(line) for line in lines if "://" not in line) <= 80


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--passport", "MEX"], "passport: unknown country 'MEX' (did you mean 'MX' (Mexico)?)"),
        (["--passport", "MX", "--until", "2031-01-01"], "until: 2031-01-01 lies more than five years after the entry"),
        (["--passport", "MX", "--until", "9999-12-31"], "'--until': the year 9999 is out of range"),
        (["--passport", "MX:9999-12-31"], "passport: the year 9999 is out of range"),
        (["--passport", "MX", "--born", "2025-04-06"], "born: 2025-04-06 lies after the entry"),
        (["--passport", "MX", "--to", ""], "to: name a territory, zone or port"),
        (["--passport", "MX:soon"], "expected MX or MX:2027-05-01"),
        (["--passport", "MX", "--stay", "a month"], "expected a period such as '90 days'"),
        (["--passport", "MX", "--stay", "3 days", "--until", "2025-04-09"], "Give --until or --stay, not both."),
        (["--passport", "MX", "--holding", "US:card"], "'card' is none of citizen, visa_free"),
        (["--passport", "MX", "--purpose", "fun"], "'fun' is none of tourism"),
        (["--passport", "MX", "--reading", "strict"], "expected ID=ANSWER"),
    ],
)
def test_mistakes_are_bad_input(args: list[str], words: str) -> None:
    result = run("--to", "KP", "--on", "2025-04-05", *args)
    assert result.exit_code == 2
    assert words in result.stderr


def test_a_stay_is_as_long_as_it_says() -> None:
    args = ["--passport", "MX:2025-11-01", "--to", "FR", "--on", "2025-07-05", "--format", "json"]
    # Three months after leaving are asked for: 30 days end on 3 August, so it would have to be valid until 3 November.
    assert json.loads(run(*args, "--stay", "30 days").stdout)["admitted"] is False
    assert json.loads(run(*args, "--stay", "20 days").stdout)["admitted"] is True


def test_a_damaged_base_keeps_nobody_from_asking_about_what_rulebooks_cover() -> None:
    store.path().parent.mkdir(parents=True)
    store.path().write_text("{", encoding="utf-8")
    covered = run("--passport", "MX", "--to", "FR", "--on", "2025-07-05")
    assert (covered.exit_code, covered.stderr.count("\n")) == (0, 1)
    assert "the imported base is damaged" in covered.stderr
    assert run("--passport", "MX", "--to", "FR", "--on", "2025-07-05", "--no-base").stderr == ""
    assert run("--passport", "MX", "--to", "BO", "--on", "2025-07-05").exit_code == 2


def test_a_region_is_told_in_the_first_sentence_and_at_the_ground() -> None:
    args = ["--passport", "FR", "--to", "CN", "--on", "2026-05-01", "--stay", "31 days"]
    printed = " ".join(run(*args).stdout.split())
    assert "admitted, but only to HAK, SYX or BAR." in printed
    assert "for a stay in HAK, SYX or BAR only" in printed
    ways = json.loads(run(*args, "--format", "json").stdout)["grounds"]
    assert {way["id"]: way["only_in"] for way in ways if way["admits"]} == {"hainan-30": ["HAK", "SYX", "BAR"]}
