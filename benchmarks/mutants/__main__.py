"""`python -m benchmarks.mutants FILE…` tries the mutants of files of the planner."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import TypeVar

import click
import pytest

from benchmarks.mutants.changes import Mutant, mutants
from benchmarks.mutants.page import written
from benchmarks.mutants.results import ROOT, Result, judged
from benchmarks.mutants.tests import Tests, tests_of
from benchmarks.mutants.trying import Trial

F = TypeVar("F")
PLAINLY = [
    "-o",
    "addopts=",
    "-q",
    "-s",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    "--assert=plain",
    "--tb=no",
]  # nobody reads why


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--all-tests", is_flag=True, help="Try with all tests of the package, also the long ones.")
@click.option("--only", default="", help="Try only the mutants of the function of this name, and keep no result.")
@click.option("--sample", default=0, help="Try about so many mutants of each file, the same ones each time.")
def main(files: tuple[Path, ...], all_tests: bool, only: str, sample: int) -> None:
    """Try the mutants of FILES, keep what became of them, and write docs/mutation.md anew."""
    alike: dict[Tests, list[str]] = {}
    for file in files:
        name = str(file.resolve().relative_to(ROOT))
        alike.setdefault(tests_of(name, thorough=all_tests), []).append(name)
    if len(alike) > 1:  # a process for each lot of tests
        more = ["--all-tests"] * all_tests + [f"--only={only}", f"--sample={sample}"]
        for names in alike.values():
            subprocess.run([sys.executable, "-m", "benchmarks.mutants", *more, *names], check=False, cwd=ROOT)
        return
    for tests, names in alike.items():
        _try(names, tests, only, sample)
    if not only:
        written()


def _try(names: Sequence[str], tests: Tests, only: str, sample: int) -> None:
    began = time.monotonic()
    sys.modules["numba"] = _interpreted()
    found = {name: mutants(ROOT / name, sample) for name in names}
    tried = [mutant for made, _ in found.values() for mutant in made if only in mutant.where]
    changes = {ROOT / name: number for name, (_, number) in found.items()}

    def told(file: Path, fates: Sequence[tuple[Mutant, str]]) -> None:
        number = changes[file]
        _tell(judged(str(file.relative_to(ROOT)), fates, number if 0 < sample < number else 0), fates, keep=not only)

    trial = Trial(tried, tests.includes, told)
    code = pytest.main([*PLAINLY, *tests.files], plugins=[trial])
    if len(trial.fates) < len(trial.mutants):
        raise click.ClickException(f"{', '.join(names)}: the tests do not pass as they are ({code})")
    seconds = trial.seconds / max(1, len(trial.mutants))
    print(f"{time.monotonic() - began:.0f} s, {seconds:.2f} s a mutant")


def _tell(result: Result, fates: Sequence[tuple[Mutant, str]], keep: bool) -> None:
    """Keep what became of a file's mutants, or else print those that no test noticed."""
    if keep:
        result.written()
    else:
        for survivor in result.survivors:
            print(f"{survivor.where}\n  - {survivor.was}\n  + {survivor.now}")
    unreached = sum(fate == "unreached" for _, fate in fates)
    print(
        f"\n{result.file}: {result.killed} of {result.mutants} killed, {len(result.survivors)} left,"
        f" {result.by_time} by time, {unreached} not reached",
        flush=True,
    )


def _interpreted() -> ModuleType:
    """What stands in for numba, and leaves functions as they are: what is compiled cannot take a mutant over."""
    found = ModuleType("numba")

    def njit(cache: bool = False, **_: bool) -> Callable[[F], F]:
        if cache:
            raise RuntimeError("nothing is kept")
        return lambda function: function

    found.njit = njit  # type: ignore[attr-defined]
    return found


if __name__ == "__main__":
    main()
