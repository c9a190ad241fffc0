"""docs/testing-your-rules.md: its project, as it stands there, passes its tests and is found by every command."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import planner.testing
from planner.testing.expected import Expected
from tests.outside import install

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "testing-your-rules.md").read_text(encoding="utf-8")
FILES: dict[str, str] = dict(re.findall(r"^\*\*`(\S+)`\*\*\n\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
ROWS = dict(re.findall(r"^\| `(\w+)[^`]*`[^|]* \| (.*) \|$", PAGE, re.MULTILINE))
Run = Callable[..., str]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs Python modules in the page's project as if that were installed; returns what they print."""
    project, site = tmp_path_factory.mktemp("project"), tmp_path_factory.mktemp("site")
    for name, text in FILES.items():
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(text, encoding="utf-8")
    (project / "silkroad" / "__init__.py").touch()
    install(project, site)
    path = {**os.environ, "PYTHONPATH": os.pathsep.join([str(site), str(ROOT)])}

    def module(*arguments: str) -> str:
        command = [sys.executable, "-m", *arguments]
        done = subprocess.run(command, cwd=project, env=path, capture_output=True, text=True, check=False, timeout=300)
        return done.stdout + done.stderr

    return module


def test_its_tests_pass(run: Run) -> None:
    printed = run("pytest", "-q", "-p", "no:cacheprovider")
    assert re.search(r"^5 passed in ", printed, re.MULTILINE), printed


def test_what_is_not_as_expected_is_told(run: Run, tmp_path: Path) -> None:
    (shown,) = re.findall(r"pytest scenarios\n\[…\]\n/…/(.*)\n\[…\]", PAGE)
    text = re.sub(r"^cost = .*", 'cost = "150 USD"', FILES["scenarios/naryn.toml"], flags=re.MULTILINE)
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "naryn.toml").write_text(text, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nplan_scenarios = scenarios/*.toml\n")
    printed = run(
        "pytest", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), "-c", f"{tmp_path}/pytest.ini", str(tmp_path)
    )
    assert f"{tmp_path}/{shown}" in printed, printed
    assert "1 failed" in printed


def test_the_command_knows_the_rulebook_and_the_kind(run: Run) -> None:
    assert "silkroad/SILKROAD.toml" not in run("planner", "check", "scenarios/naryn.toml")
    assert "USD 180" in run("planner", "scenarios/naryn.toml")
    assert "torugart-2025 (border-dates)" in run("planner", "rules", "SILKROAD")
    assert "A border post is closed on certain dates." in run("planner", "rules", "border-dates")


def test_the_tables_name_what_there_is() -> None:
    named = {field for field in ROWS if not field.startswith("assert_")}
    public = {name for name in planner.testing.__all__ if name.startswith("assert_")}
    assert {name for name in ROWS if name.startswith("assert_")} == public
    assert set(inspect.get_annotations(Expected)) <= named
    for strategy in ("scenarios", "scenario_tables", "itineraries", "rulebook_tables"):
        assert strategy in named
