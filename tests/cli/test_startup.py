"""What a command imports: start-up time is imports, and these are counted instead of seconds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.checking.plans import BY_HAND, SMALL

ROOT = Path(__file__).parents[2]
MARATHON = str(ROOT / "scenarios" / "pyongyang-marathon.toml")
TABLES = {"polars", "duckdb", "pyarrow", "pandas", "numba", "scipy"}  # what only large scenarios need
SOLVER = {"ortools", "planner.solving", "planner.model", "planner.bounds", "planner.explaining", "planner.api"}


def imported(*args: str) -> set[str]:
    """The modules in memory after a command, which must succeed."""
    code = (
        "import sys\nfrom planner.cli.main import entry_point\ncode = entry_point(sys.argv[1:])\n"
        "print('\\n', *sys.modules, file=sys.stderr)\nsys.exit(code)"
    )
    done = run(code, *args)
    assert done.returncode == 0, done.stderr[:2000]
    return set(done.stderr.splitlines()[-1].split())


def run(code: str, *args: str) -> subprocess.CompletedProcess[str]:
    """Run a text of Python in a process of its own, in a directory that may be written to."""
    with TemporaryDirectory() as folder:
        return subprocess.run(
            [sys.executable, "-c", code, *args],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )


@pytest.mark.parametrize(
    "args",
    [["--help"], ["--version"], ["solve", "--help"], ["check", "--help"], ["admit", "--help"], ["verify", "--help"]],
)
def test_help_imports_nothing_but_click(args: list[str]) -> None:
    heavy = {"numpy", "cattrs", "rich", "airportsdata", "tree_sitter", "importlib.metadata", "subprocess"}
    heavy |= TABLES | SOLVER | {"planner.scenario", "planner.rules"}
    found = imported(*args)
    assert found & heavy == set()
    assert {name for name in found if name.startswith("planner.report.")} <= {
        "planner.report.forms"
    }  # their names only


def test_checking_a_scenario_without_tables_imports_no_solver_and_no_engine() -> None:
    found = imported("check", MARATHON)
    assert "planner.scenario.scenario" in found
    assert found & (TABLES | SOLVER | {"rich", "importlib.metadata", "zipfile", "subprocess"}) == set()


def test_listing_rules_imports_no_solver_and_no_engine() -> None:
    assert imported("rules", "stop") & (TABLES | SOLVER) == set()


def test_asking_the_law_imports_no_solver_and_no_engine() -> None:
    asked = ("admit", "--passport", "MX", "--to", "FR", "--on", "2025-07-05")
    assert imported(*asked) & (TABLES | SOLVER) == set()
    assert imported("stays", "--zone", "SCHENGEN", "--on", "2025-07-05") & (TABLES | SOLVER) == set()


def test_verifying_a_plan_imports_no_solver_and_no_engine(tmp_path: Path) -> None:
    trip, plan = tmp_path / "trip.toml", tmp_path / "plan.json"
    trip.write_text(SMALL)
    plan.write_text(json.dumps(BY_HAND))
    found = imported("verify", str(plan), str(trip))
    assert "planner.verify.checker" in found
    assert found & (TABLES | SOLVER | {"rich", "jsonschema"}) == set()


def test_solving_a_small_scenario_leaves_the_solver_to_its_process() -> None:
    found = imported(MARATHON)
    assert "planner.solving.client" in found
    assert found & (TABLES | {"ortools"}) == set()


def test_the_solver_process_imports_the_solver_alone() -> None:
    done = run("import sys, planner.solving.worker, planner.solving.cpsat\nprint(*sys.modules)")
    found = set(done.stdout.split())
    assert "ortools.sat.python.cp_model_helper" in found, done.stderr
    others = {"ortools.sat.python.cp_model", "google.protobuf", "cattrs", "rich", "click"}
    assert found & (TABLES | others | {"planner.scenario", "planner.network", "planner.bounds"}) == set()
