"""docs/law.md: its commands print what it says, its Python runs, and it leaves no option and no key out."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from planner.cli.main import main
from planner.law.answers import Doubt
from planner.report.admit import as_data

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "law.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\S.*)\n((?:.*\n)*?)```$", PAGE, re.MULTILINE)


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder with the page's tables in it, and an empty data folder."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    for mark, body in BLOCKS:
        if mark.startswith("csv "):
            Path(mark.removeprefix("csv ")).write_text(body, encoding="utf-8")


def test_every_command_prints_what_the_page_says() -> None:
    for body in (body for mark, body in BLOCKS if mark == "console"):
        command, _, expected = body.partition("\n")
        result = CliRunner().invoke(main, shlex.split(command.removeprefix("$ plan ")), prog_name="plan")
        printed, position = result.output, 0
        for part in filter(None, (part.strip("\n") for part in expected.split("[…]"))):
            position = printed.find(part, position)
            assert position >= 0, f"{command} does not print, in this order:\n{part}\n\nbut:\n{printed}"


def test_the_python_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (body,) = (body for mark, body in BLOCKS if mark == "python")
    exec(body, {})
    printed = capsys.readouterr().out
    assert "kp-closed-2025" in printed
    assert "2025-05-04" in printed or "datetime.date(2025, 5, 4)" in printed


@pytest.mark.parametrize(("name", "heading"), [("admit", "One crossing"), ("stays", "Counts of days")])
def test_every_option_is_described_and_no_other(name: str, heading: str) -> None:
    section = PAGE.partition(f"# {heading}\n")[2].partition("\n# ")[0]
    rows = "\n".join(re.findall(r"^\| (`.*?) \|", section, re.MULTILINE))
    described = set(re.findall(r"`(--[\w-]+)", rows))
    options = {option for param in main.commands[name].params for option in param.opts if option.startswith("--")}
    assert described | {"--format"} == options | {"--format"}


def test_every_key_of_the_answer_is_described() -> None:
    from datetime import date

    from planner.law.admit import admit
    from planner.law.question import Question

    data = as_data(admit(Question(passports=["MX"], to="KP", on=date(2025, 4, 5))))
    section = PAGE.partition("# The answers as JSON\n")[2]
    keys = {
        *data,
        *(key for way in data["grounds"] for key in way),
        *(key for block in data["blocks"] for key in block),
    }
    assert [key for key in keys if not re.search(rf"\b{key}\b", section)] == []
    missing = Doubt.__annotations__["missing"]
    assert all(f"`{word}`" in section for word in re.findall(r'"(\w+)"', str(missing)))


def test_the_commands_of_the_page_are_those_there_are() -> None:
    named = {command.split()[0] for command in re.findall(r"`plan ((?:rules|admit|stays)[^`]*)`", PAGE)}
    assert named == {"rules", "admit", "stays"}
    group = main.commands["rules"]
    assert isinstance(group, click.Group)
    assert set(group.commands) == {"show", "import"}


def test_links_between_headings_lead_somewhere() -> None:
    anchors = {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", PAGE, re.MULTILINE)
    }
    for anchor in re.findall(r"\]\(#([\w-]+)\)", PAGE):
        assert anchor in anchors
    others = (path for path in (ROOT / "docs").glob("*.md") if path.name != "law.md")
    for path in [*others, ROOT / "README.md"]:
        for anchor in re.findall(r"law\.md#([\w-]+)\)", path.read_text(encoding="utf-8")):
            assert anchor in anchors, f"{path.name} names #{anchor}"
