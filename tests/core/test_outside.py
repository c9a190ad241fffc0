"""What other packages add, and what is said where that goes wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from planner.rules.base import table_kinds
from planner.scenario.reading import read_rulebooks
from tests.outside import install

ROOT = Path(__file__).parents[2]
PROJECT = '[project]\nname = "other"\nversion = "1"\n[project.entry-points."{group}"]\nother = "{target}"\n'
BOOK = 'id = "{id}"\ntitle = "Other"\ncovers = ["XO"]\nterritories = [{{ id = "XO" }}]\n'
TWICE = "from planner.rules.base import Rule, kind\n@kind('stop', summary='')\nclass Other(Rule): ..."
SCENARIO = """
today = 2025-01-01
currency = "USD"
rulebooks = ["{book}"]
travellers = [{{ id = "t", passports = [{{ id = "p", state = "DE" }}] }}]
trip = {{ start = "TXL" }}
legs = []
"""


def checked(folder: Path, group: str, target: str, files: dict[str, str], book: str = "US") -> tuple[int, str]:
    """What `plan check` says, with a package «other» installed that has those files."""
    (folder / "other").mkdir()
    (folder / "pyproject.toml").write_text(PROJECT.format(group=group, target=target))
    for name, text in {"__init__.py": "", **files}.items():
        (folder / "other" / name).write_text(text)
    install(folder, folder / "site")
    done = subprocess.run(
        [sys.executable, "-m", "planner", "check", "-"],
        input=SCENARIO.format(book=book),
        cwd=folder,
        env={"PYTHONPATH": f"{folder / 'site'}:{ROOT}", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_rulebook_is_found_by_its_id(tmp_path: Path) -> None:
    code, printed = checked(tmp_path, "planner.rulebooks", "other", {"OTHER.toml": BOOK.format(id="OTHER")}, "OTHER")
    assert code == 0, printed


def test_mistakes_in_a_rulebook_have_the_place_in_its_file(tmp_path: Path) -> None:
    broken = BOOK.format(id="OTHER") + 'colour = "red"\n'
    code, printed = checked(tmp_path, "planner.rulebooks", "other", {"OTHER.toml": broken}, "OTHER")
    assert (code, printed.split(": ")[0]) == (2, "other/OTHER.toml:5:1")


def test_an_id_that_another_rulebook_has_is_told_though_only_one_of_them_is_used(tmp_path: Path) -> None:
    known = read_rulebooks(table_kinds())["US"].rules[0].id
    entry = f'[[admissions]]\nid = "{known}"\nzone = "XO"\nnationalities = ["DE"]\ngrant = "visa_free"\n'
    twice = BOOK.format(id="OTHER") + entry
    code, printed = checked(tmp_path, "planner.rulebooks", "other", {"OTHER.toml": twice}, "OTHER")
    assert code == 2
    assert f"the rule or admission id '{known}' is used twice" in printed


BREAKS = """
from attrs import frozen
from planner.rules.base import Rule, kind

@kind("broken", summary="Breaks.")
@frozen
class Broken(Rule):
    @classmethod
    def instances(cls, scenario):
        {does}
"""


@pytest.mark.parametrize(
    ("does", "told"),
    [
        ("return [1 / 0]", "It arose in a kind of rule of another package: other.kinds."),
        ("return [None]", "Kinds of rules of other packages are in use; the mistake may be theirs: other.kinds."),
    ],
)
def test_whose_mistake_an_internal_error_may_be(tmp_path: Path, does: str, told: str) -> None:
    code, printed = checked(tmp_path, "planner.kinds", "other.kinds", {"kinds.py": BREAKS.format(does=does)})
    assert code == 70
    assert told in printed


@pytest.mark.parametrize(
    ("group", "target", "files", "told"),
    [
        ("planner.rulebooks", "other", {"US.toml": BOOK.format(id="US")}, "there is a rulebook 'US' already"),
        ("planner.kinds", "other.kinds", {"kinds.py": "1 / 0"}, "cannot be imported: division by zero"),
        ("planner.kinds", "other.missing", {}, "cannot be imported: No module named 'other.missing'"),
        ("planner.kinds", "other.kinds:x", {"kinds.py": "x = 1"}, "expected a module"),
        ("planner.kinds", "other.kinds", {"kinds.py": "x = 1"}, "has no kind of rule"),
        ("planner.rulebooks", "other", {"US.yaml": ""}, "no rulebook (a file *.toml)"),
        (
            "planner.kinds",
            "other.kinds",
            {"kinds.py": TWICE},
            "there is a kind 'stop' already, in planner.rules.kinds.stop",
        ),
    ],
)
def test_what_cannot_be_used_is_told_in_one_line(
    tmp_path: Path, group: str, target: str, files: dict[str, str], told: str
) -> None:
    code, printed = checked(tmp_path, group, target, files)
    assert code == 2
    assert told in printed
    assert printed.startswith(f"entry point other = {target} of {group}: ")
    assert "Traceback" not in printed
