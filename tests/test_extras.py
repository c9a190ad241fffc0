"""The extras: none of what they bring is needed without them, and each says in one line what it brings."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

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


def test_all_works_without_any_of_them(tmp_path: Path) -> None:
    blocked = {"polars", "numba", "llvmlite", "mrz", "distributed", "dask", "hypothesis", "constraint"}
    code = (
        f"import sys\nblocked = {blocked!r}\n"
        "class Blocked:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in blocked:\n"
        "            raise ModuleNotFoundError(name, name=name)\n"
        "sys.meta_path.insert(0, Blocked())\n"
        "from planner.cli.main import entry_point\nimport planner\n"
        "assert all(hasattr(planner, name) for name in planner.__all__)\n"
        "sys.exit(entry_point(sys.argv[1:]))"
    )
    for args in (["check"], ["batch", "-o", str(tmp_path / "x.jsonl"), "--jobs", "1"]):
        done = subprocess.run(
            [sys.executable, "-c", code, args[0], "scenarios/schengen-hop.toml", *args[1:]],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
