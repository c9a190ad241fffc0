from __future__ import annotations

from pathlib import Path

import pytest

from planner.core.errors import Problem, ScenarioError
from planner.scenario.reading import read_file, text
from planner.scenario.reading.text import parse, text_in
from tests.scenario.marathon import MARATHON


def only_problem(path: Path) -> Problem:
    with pytest.raises(ScenarioError) as caught:
        read_file(path, {})
    (problem,) = caught.value.problems
    return problem


def test_a_missing_file_and_a_directory(tmp_path: Path) -> None:
    assert only_problem(tmp_path / "none.toml").hint == f"`plan new {tmp_path / 'none.toml'}` begins one"
    assert str(only_problem(tmp_path / "none.csv")).endswith("there is no such file")
    assert "directory" in str(only_problem(tmp_path))


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "LARGEST_FILE", 2_000_000)
    path = tmp_path / "big.toml"
    path.write_bytes(b"#" * 2_000_001)
    assert "larger than 2 MB" in str(only_problem(path))


def test_bytes_that_are_no_utf_8_are_named_with_their_place(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes('# é\nname = "é'.encode() + b'\xe9"\n')
    problem = only_problem(path)
    assert (problem.place.line, problem.place.column) == (2, 10)
    assert "0xe9" in problem.message
    assert "UTF-8" in problem.hint


def test_utf_16_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "wide.toml"
    path.write_bytes("a = 1".encode("utf-16"))
    assert "UTF-16" in str(only_problem(path))


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "marked.toml"
    path.write_bytes(b"\xef\xbb\xbf" + MARATHON.replace('"passport-ban"', '"no-ban"').encode())
    problem = only_problem(path)  # which shows that the rest was read, and at its true place
    assert "unknown" in problem.message or "kind" in problem.message
    assert problem.place.column == 8


@pytest.mark.parametrize(
    ("source", "line", "column", "words"),
    [
        ("a = 1\nb = SFO\n", 2, 5, "texts stand in quotes"),
        ("a = 1\na = 2\n", 2, 6, "written twice"),
        ("[x]\n[x]\n", 2, 3, "twice"),
        ('a = "SFO\n', 1, 9, "needs one at its end"),
        ("a = [1,\n", 2, 1, "not valid TOML"),
        ("a = 2025-02-30\n", 1, 5, "date"),
        ("just words\n", 1, 6, "not valid TOML"),
        ("a = 2027-04-01T22:00\n", 1, 15, "(a time without quotes needs seconds: 2027-04-01T22:00:00)"),
        ("a = 2027-04-01 22:00  # at night\n", 1, 16, "(a time without quotes needs seconds: 2027-04-01 22:00:00)"),
        ("a = { b = 9:00 }\n", 1, 12, "(a time without quotes needs seconds: 09:00:00)"),
        ("a = [True]\n", 1, 6, "(true or false, in small letters)"),
        ("a = yes\n", 1, 5, "(true or false, in small letters)"),
        ("a = 2027-02-30\n", 1, 5, "(there is no day 2027-02-30)"),
        ("a = [2027-01-01, 2027-02-30T10:00:00]\n", 1, 18, "(there is no day 2027-02-30)"),
        ("a = 2027-13-01\n", 1, 9, "(there is no day 2027-13-01)"),
        ("a = 2027-4-25\n", 1, 9, "(month and day have two digits: 2027-04-25)"),
        ("a = 2027-04-01T25:00\n", 1, 15, "(there is no time 25:00)"),
        ("a = 24:00:00\n", 1, 7, "(there is no time 24:00:00)"),
        ("a = 1e99999999999999999999\n", 0, 0, "too large"),
        ("a = " + "[" * 5000, 0, 0, "nested too deeply"),
        (".".join("a" * 5000) + " = 1\n", 0, 0, "nested too deeply"),
        ("a = " + "1" * 5000, 1, 1, "not valid TOML"),
    ],
)
def test_syntax_errors_are_one_message_with_a_place(source: str, line: int, column: int, words: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        parse(source, "f.toml")
    (problem,) = caught.value.problems
    assert words in str(problem)
    assert (problem.place.line, problem.place.column) == (line, column)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_that_is_no_text_is_told_with_its_place_after_a_mark_of_utf_8_too(mark: bytes) -> None:
    with pytest.raises(ScenarioError) as raised:
        text_in(mark + "é\nné, ".encode() + b"\xe2", "a.csv")
    (problem,) = raised.value.problems
    assert problem.message == "the byte 0xe2 is not UTF-8"
    assert (problem.place.line, problem.place.column) == (2, 5)
