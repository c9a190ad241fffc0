"""`python -m benchmarks.mutants FILE…` tries the mutants of files of the planner, one after the other."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from benchmarks.mutants.changes import mutants
from benchmarks.mutants.page import written
from benchmarks.mutants.results import ROOT, judged
from benchmarks.mutants.tests import Tests, tests_of
from benchmarks.mutants.trying import Trial

PLAINLY = ["-q", "-s", "-p", "no:cacheprovider", "-p", "no:xdist", "--assert=plain", "--tb=no"]  # nobody reads why


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--all-tests", is_flag=True, help="Try with all tests of the package, also the long ones.")
@click.option("--only", default="", help="Try only the mutants of the function of this name, and keep no result.")
def main(files: tuple[Path, ...], all_tests: bool, only: str) -> None:
    """Try the mutants of FILES, keep what became of them, and write docs/mutation.md anew."""
    if len(files) > 1:
        for file in files:
            more = ["--all-tests"] if all_tests else []
            subprocess.run([sys.executable, "-m", "benchmarks.mutants", *more, str(file)], check=False)
        return
    for file in files:
        _try(str(file.resolve().relative_to(ROOT)), all_tests, only)
    if not only:
        written()


def _try(file: str, all_tests: bool, only: str) -> None:
    began = time.monotonic()
    found = [mutant for mutant in mutants((ROOT / file).read_text(encoding="utf-8")) if only in mutant.where]
    wanted: Tests = tests_of(file, thorough=all_tests)
    trial = Trial(ROOT / file, found, wanted.includes)
    code = pytest.main([*PLAINLY, *wanted.files], plugins=[trial])
    if len(trial.fates) < len(found):
        raise click.ClickException(f"{file}: the tests do not pass as they are ({code})")
    result = judged(file, found, trial.fates)
    if not only:
        result.written()
    else:
        for survivor in result.survivors:
            print(f"{survivor.where}\n  - {survivor.was}\n  + {survivor.now}")
    print(
        f"\n{file}: {result.killed} of {result.mutants} killed, {len(result.survivors)} left,"
        f" {trial.fates.count('timeout')} by time, {trial.fates.count('unreached')} not reached;"
        f" {time.monotonic() - began:.0f} s, {trial.seconds / max(1, len(found)):.2f} s a mutant"
    )


if __name__ == "__main__":
    main()
