"""What shells offer: by click's own means, and in a real bash."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import BashComplete

from planner.cli.main import main
from tests.cli.test_startup import SOLVER, TABLES

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder with two scenarios, one of them in another folder, and files that are none."""
    for name in ("trip.toml", "notes.txt", ".hidden.toml", "sub/Other.TOML", "sub/fares.csv", "stop/deep/x.toml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def offered(*words: str) -> list[str]:
    """What is offered for the last word, each with its type if that is not plain."""
    *before, incomplete = words
    items = BashComplete(main, {}, "plan", "_PLAN_COMPLETE").get_completions(before, incomplete)
    return [item.value if item.type == "plain" else f"{item.type}:{item.value}" for item in items]


def test_commands_scenarios_and_folders_may_stand_first() -> None:
    assert offered("") == [*main.commands, "trip.toml", "stop/", "sub/"]
    assert offered("st") == ["stays", "stop/"]
    assert offered("t") == ["trip.toml"]
    assert offered(".h") == [".hidden.toml"]


def test_options_of_solve_may_stand_first_and_after_the_file() -> None:
    assert {"--format", "--for", "--version", "--help"} <= {*offered("--")}
    assert offered("trip.toml", "--fo") == ["--format", "--for"]
    assert "--version" not in offered("trip.toml", "--")
    assert offered("--format", "json", "tri") == ["trip.toml"]


@pytest.mark.parametrize("command", ["solve", "check", "repair", "stays", "why-not"])
def test_commands_that_read_a_scenario_offer_scenarios(command: str) -> None:
    assert offered(command, "") == ["trip.toml", "stop/", "sub/"]
    assert offered(command, "sub/") == ["sub/Other.TOML"]
    assert offered(command, "su") == ["dir:su"]  # the shell knows to add no space after a folder
    assert offered(command, "stop/") == ["dir:stop/"]
    assert offered(command, "nowhere/") == []


def test_words_that_an_option_knows_are_offered_and_names_are_not() -> None:
    assert {"text", "json"} <= {*offered("trip.toml", "--format", "")}
    assert offered("admit", "--by", "r") == ["rail", "road"]
    assert offered("trip.toml", "--for", "") == []
    assert offered("trip.toml", "-o", "x") == ["file:x"]


@pytest.mark.parametrize("words", [["nonsense", ""], ["--nonsense", ""], ["admit", "--on", "2025-01-01", "--sta"]])
def test_whatever_stands_before_no_shell_is_left_with_an_error(words: list[str]) -> None:
    assert isinstance(offered(*words), list)


# ---- in processes of their own


def shell(code: str, folder: Path) -> str:
    """What a bash prints in which `plan` is the command of this project."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash")
    plan = folder / "bin" / "plan"
    plan.parent.mkdir()
    plan.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m planner "$@"\n')
    plan.chmod(0o755)
    path = f"{plan.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [bash, "--norc", "-c", code],
        cwd=folder,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_bash_completes(folder: Path) -> None:
    code = """
eval "$(_PLAN_COMPLETE=bash_source plan)"
complete -p plan
tab() { COMPREPLY=(); COMP_WORDS=(plan "$@"); COMP_CWORD=$#; _plan_completion plan; echo "${COMPREPLY[@]}"; }
tab st
tab check t
tab trip.toml --format js
"""
    complete, *answers = shell(code, folder).splitlines()
    assert "_plan_completion" in complete
    assert answers[0] == "stays stop/"
    assert answers[1] == "trip.toml"
    assert answers[2].split()[0] == "json"


def test_completing_imports_nothing_heavy_and_succeeds() -> None:
    code = (
        "import sys\nfrom planner.cli.main import entry_point\ncode = entry_point([])\n"
        "print('\\n', *sys.modules, file=sys.stderr)\nsys.exit(code)"
    )
    words = "plan admit --on 2025-01-01 --st"
    asked = {"_PLAN_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": "4", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "plain,--stay")
    heavy = (
        TABLES
        | SOLVER
        | {"numpy", "cattrs", "attrs", "rich", "planner.scenario", "planner.rules", "planner.report.text"}
    )
    assert heavy & set(done.stderr.splitlines()[-1].split()) == set()
