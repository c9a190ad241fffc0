"""Checks random scenarios until time is up: `python -m benchmarks.soak --minutes N [--seed S] [--jobs 1|2]`.

A failure is kept as a TOML file as small as can be; `python -m benchmarks.soak --again FILE.toml` runs its check again.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from benchmarks.soak import kept
from benchmarks.soak.session import Session, again


@click.command()
@click.option("--minutes", default=10.0, show_default=True, type=click.FloatRange(0, min_open=True), help="How long.")
@click.option(
    "--seed", default=1, show_default=True, type=click.IntRange(0), help="Which scenarios: all follow from it."
)
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 2), help="Scenarios at a time.")
@click.option(
    "--folder", default=kept.FOLDER, type=click.Path(file_okay=False, path_type=Path), help="For what is found."
)
@click.option("--again", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A failure kept.")
def main(minutes: float, seed: int, jobs: int, folder: Path, file: Path | None) -> None:
    """Check random scenarios in every way there is, or run the check of a failure that was kept again.

    Ends with 1 if anything fails.
    """
    if file is not None:
        try:
            failure = kept.read(file)
        except ValueError as error:
            raise click.UsageError(str(error)) from None
        found = again(failure)
        click.echo(f"{failure.check}: {found.found if found else 'it does not fail'}")
        sys.exit(found is not None)
    session = Session(seed, folder, click.echo)
    session.run(60 * minutes, jobs)
    sys.exit(bool(session.kept))


if __name__ == "__main__":
    main()
