"""The worked example of a new kind of rule, carried out in a copy of the project as its page says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "adding-a-rule-kind.md").read_text()
FILES: dict[str, str] = dict(re.findall(r"^\*\*`(\S+)`\*\*\n\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
KIND_FILE = "planner/rules/kinds/border_hours.py"
TEST_FILE = "tests/rules/test_border_hours.py"
TITLES = re.findall(r'title="(.+?)"', FILES[KIND_FILE])
CALLS = [
    (call[0], call[1])
    for block in re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    for call in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
]
PROGRAMS = (("plan", "planner"), ("pytest", "pytest -p no:cacheprovider -vv"), ("drawn", "tests.docs.drawn"))
Run = Callable[[str], str]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs a shell command in a copy of the project with the page's files; returns what it prints."""
    copy = tmp_path_factory.mktemp("project")
    for name in ("planner", "tests"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    for name, text in FILES.items():
        assert not (copy / name).exists(), f"{name} stands in the project: the page needs another example"
        (copy / name).write_text(text)

    def shell(command: str) -> str:
        commands = "".join(f'{name}() {{ "{sys.executable}" -m {module} "$@"; }}; ' for name, module in PROGRAMS)
        done = subprocess.run(
            ["sh", "-c", commands + command], cwd=copy, capture_output=True, text=True, check=False, timeout=300
        )
        return done.stdout + done.stderr

    assert str(copy) in shell(f"'{sys.executable}' -c 'import planner; print(planner.__file__)'")
    return shell


def test_the_page_has_one_file_of_the_kind_its_test_and_a_scenario() -> None:
    assert list(FILES) == [KIND_FILE, TEST_FILE, "poipet.toml"]
    assert len(CALLS) == 8


@pytest.mark.parametrize(("command", "shown"), [pytest.param(*call, id=call[0]) for call in CALLS])
def test_the_output_shown_is_real(run: Run, command: str, shown: str) -> None:
    printed, position = run(command), 0
    for text in filter(None, (part.strip("\n") for part in shown.split("[…]\n"))):
        position = printed.find(text, position)
        assert position >= 0, f"{command} does not print, in this order:\n{text}\nbut:\n{printed}"


def test_the_tests_of_all_kinds_include_it(run: Run) -> None:
    (command,) = (command for command, _ in CALLS if command.startswith("pytest"))
    printed = run(command)
    assert re.search(r"\d+ passed", printed), printed
    assert " failed" not in printed, printed
    passed = re.findall(r"^(\S+?)::(.+) PASSED", printed, re.MULTILINE)
    for title in TITLES:
        assert ("tests/rules/test_examples.py", f"test_example[border-hours: {title}]") in passed
        name = f"test_both_readings_break_the_same_facts[border-hours: {title}]"
        assert ("tests/rules/test_two_readings.py", name) in passed
    assert ("tests/test_layers.py", "test_imports_point_downward[rules/kinds/border_hours.py]") in passed
    assert TEST_FILE in [file for file, _ in passed]


def test_its_checking_side_uses_no_helper_for_solving(run: Run) -> None:
    assert "1 passed" in run("pytest tests/test_layers.py -k checking_side")


def test_random_scenarios_have_rules_of_it_and_its_two_readings_agree_there(run: Run) -> None:
    printed = run("drawn border-hours")
    assert printed.strip().isdigit(), printed
    assert int(printed) > 2
