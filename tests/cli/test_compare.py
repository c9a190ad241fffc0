"""`plan compare`: scenarios and saved answers in any mix, and one clear error for everything else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planner.cli.main import entry_point

SCENARIOS = Path(__file__).parent.parent.parent / "scenarios"
POSSIBLE, IMPOSSIBLE = str(SCENARIOS / "schengen-hop.toml"), str(SCENARIOS / "marathon-single-entry.toml")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A saved answer."""
    target = tmp_path_factory.mktemp("saved") / "answer.json"
    assert entry_point([POSSIBLE, "--format", "json", "-o", str(target)]) == 0
    return target


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0, 0), (1, 1)])
def test_a_saved_answer_is_like_the_fresh_one(
    order: tuple[int, int], saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = (POSSIBLE, str(saved))
    assert entry_point(["compare", *(files[i] for i in order)]) == 0
    assert "Nothing differs." in capsys.readouterr().out


def test_two_that_differ_are_no_failure(saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "differences.json"
    assert entry_point(["compare", str(saved), IMPOSSIBLE, "--format", "json", "-o", str(target)]) == 0
    assert capsys.readouterr().out == ""
    found = json.loads(target.read_text())
    assert (found["same"], found["a"]["status"], found["b"]["status"]) == (False, "optimal", "infeasible")
    assert {one["path"][0] for one in found["differences"]} >= {"status", "cost", "crossings", "conflict", "repairs"}


def complaint(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert entry_point(["compare", *args]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    return shown.err


def broken(saved: Path, *path: str | int, to: Any = None) -> str:
    """The saved answer with another value, or without one."""
    data = json.loads(saved.read_text())
    at = data
    for step in path[:-1]:
        at = at[step]
    if to is None:
        del at[path[-1]]
    else:
        at[path[-1]] = to
    return json.dumps(data)


def test_what_is_no_answer_gets_one_error_that_says_where(
    saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "other.json"
    for text, words in [
        ('{\n  "format": 1,\n  oops\n}', "other.json:3:3: this is no JSON"),
        ("", "other.json:1:1: this is no JSON"),
        ("[]", "other.json: at $: [] is not of type 'object'"),
        ("{}", "other.json: at $: "),
        ('{"format": NaN}', "NaN is no number"),
        ("[" * 200_000, "cannot be read as JSON"),
        ('{"format": ' + "1" * 5000 + "}", "cannot be read as JSON"),
        (broken(saved, "format", to=2), "at $.format: 1 was expected"),
        (broken(saved, "status"), "at $: 'status' is a required property"),
        (broken(saved, "status", to="perfect"), "at $.status: 'perfect' is not one of"),
        (broken(saved, "crossings", 0, "port"), "at $.crossings[0]: 'port' is a required property"),
        (broken(saved, "cost", "amount", to=3), "at $.cost.amount: 3 is not of type 'string'"),
        (broken(saved, "cost", "currency", to="\x1b[31m" * 300), "[…]"),
    ]:
        file.write_text(text)
        for files in ((str(file), POSSIBLE), (str(saved), str(file))):
            told = complaint(capsys, *files)
            assert words in told
            assert "what `plan FILE --format json` wrote, is expected" in told
            assert len(told.splitlines()) == 1
            assert len(told) < 500
            assert "\x1b" not in told


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "this is neither a scenario nor a saved answer"),
        (b"Dear all,\nthe trip = fun\n", "this is neither a scenario nor a saved answer"),
        (b"a = 1\n", "this is neither a scenario nor a saved answer"),
        (b"\x89PNG\r\n\x1a\n\x00", "is not UTF-8"),
        (b"# \x00\x01", "this is neither a scenario nor a saved answer"),
    ],
)
def test_what_is_neither_scenario_nor_answer_gets_one_error_that_says_what_was_expected(
    content: bytes, words: str, saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "other"
    file.write_bytes(content)
    told = complaint(capsys, str(saved), str(file))
    assert len(told.splitlines()) == 1
    assert words in told
    assert "a scenario, or what `plan FILE --format json` wrote, is expected" in told


def test_a_scenario_with_mistakes_gets_those_of_a_scenario(
    saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "trip.toml"
    file.write_text('today = 2025-03-05\ncurrency = "USD"\n')
    assert "needs the key 'travellers'" in complaint(capsys, str(saved), str(file))


def test_keys_of_later_versions_are_let_be(saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "later"  # what it is, is seen by what is in it
    file.write_text(broken(saved, "crossings", 0, "mood", to="good"))
    assert entry_point(["compare", str(saved), str(file)]) == 0
    assert "Only details differ" in capsys.readouterr().out


def test_mistakes_on_the_command_line(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no-such.toml" in complaint(capsys, str(saved), "no-such.toml")
    assert "Only one of the two" in complaint(capsys, "-", "-")
    assert "name another file" in complaint(capsys, str(saved), POSSIBLE, "-o", str(saved))
    assert "Missing argument" in complaint(capsys, str(saved))
