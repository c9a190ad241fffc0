"""The extras: none of what they bring is needed without them, and each says in one line what it brings."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.law.test_mrz import passport

ROOT = Path(__file__).parent.parent
PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
USERS = ("tables", "fast", "mrz", "cluster")


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[>=<]", text)[0] for text in requirements}


def test_nothing_of_an_extra_is_among_the_dependencies() -> None:
    project = tomllib.loads(PROJECT)["project"]
    extras = {name for extra in USERS for name in names(project["optional-dependencies"][extra])}
    assert extras == {"polars", "numba", "mrz", "distributed"}
    assert not extras & names(project["dependencies"])


@pytest.mark.parametrize("extra", USERS)
def test_each_says_what_it_brings(extra: str) -> None:
    assert re.search(rf"^{extra} = \[.*\]  # \w.+$", PROJECT, re.MULTILINE)
    assert re.search(rf"^\| `{extra}` \| \w.+ \|$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)


BLOCKED = """
import sys
from importlib.machinery import PathFinder
find = PathFinder.find_spec
PathFinder.find_spec = lambda name, *more: None if name.partition('.')[0] in {blocked!r} else find(name, *more)
"""
COMMAND = "from planner.cli.main import entry_point\nsys.exit(entry_point(sys.argv[1:]))"
EVERYTHING = {"polars", "numba", "llvmlite", "mrz", "distributed", "dask", "hypothesis", "constraint", "tomli_w"}
OFFERS = "scenarios/sources/offers.json"
MRZ = "new trip.toml --mrz zone.txt --from SFO --to CDG --depart 2027-04-01 --return 2027-04-14"
ASKED = [  # what needs an extra, and what it then says
    ("mrz", COMMAND, MRZ.split(), 2, "--mrz needs the library mrz, which is not installed"),
    ("tables", COMMAND, ["import", "duffel", OFFERS, "-o", "x.parquet"], 2, "Parquet files are written with Polars"),
    ("tables", COMMAND, ["import", "table", "x.parquet", "-o", "x.csv"], 2, "Parquet files are read with Polars"),
    ("cluster", COMMAND, ["batch", "LICENSE", "-o", "x.jsonl", "--cluster", "tcp://127.0.0.1:1"], 2, "needs Dask"),
    ("testing", "from planner.testing import scenarios", [], 1, "planner.testing needs more"),
    ("testing", "from planner.testing import assert_same_as_oracle", [], 1, "planner.testing needs more"),
]


def run_without(blocked: set[str], code: str, args: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Python in a folder, where modules cannot be found."""
    return subprocess.run(
        [sys.executable, "-c", BLOCKED.format(blocked=blocked) + code, *args],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("extra", "code", "args", "exits", "words"), ASKED, ids=[f"{row[0]}: {row[4]}" for row in ASKED]
)
def test_what_needs_a_missing_one_says_how_to_get_it(
    extra: str, code: str, args: list[str], exits: int, words: str, tmp_path: Path
) -> None:
    (tmp_path / "x.parquet").write_bytes(b"PAR1")
    (tmp_path / "zone.txt").write_text(passport())
    args = [str(ROOT / arg) if (ROOT / arg).is_file() else arg for arg in args]
    done = run_without(EVERYTHING, code, args, tmp_path)
    assert done.returncode == exits, done.stderr
    assert words in done.stderr
    assert f"pip install 'entry-planner[{extra}]'" in " ".join(done.stderr.split())
    assert {path.name for path in tmp_path.iterdir()} == {"x.parquet", "zone.txt"}, "nothing is written"


def test_all_works_without_any_of_them(tmp_path: Path) -> None:
    code = f"import planner\nassert all(hasattr(planner, name) for name in planner.__all__)\n{COMMAND}"
    for args in (["check"], ["batch", "-o", str(tmp_path / "x.jsonl"), "--jobs", "1"]):
        done = run_without(EVERYTHING, code, [args[0], "scenarios/schengen-hop.toml", *args[1:]], ROOT)
        assert done.returncode == 0, done.stderr
