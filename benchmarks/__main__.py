"""How fast the planner is: `python -m benchmarks [NAME …] [--json FILE]`.

A row for each case: `plan FILE` as a user runs it, from the start of the process to its end, with the peak memory of
it and its solver together, and the stages it reports itself. Below it a row for each peer on the same problem, with
its seconds in-process (imports and reading excluded) over ours. What the suites are: `benchmarks/suites.py`.

`python -m benchmarks explaining` measures how impossible trips are explained, and `python -m benchmarks batch` measures
batches, with options of their own.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import click
from attrs import evolve

from benchmarks import batches, cases, explaining, suites, table


@click.command()
@click.argument("names", nargs=-1)
@click.option("--json", "target", type=click.Path(dir_okay=False, path_type=Path), help="Write the rows there as well.")
@click.option("--time-limit", default=120.0, show_default=True, help="Seconds for each run, ours and a peer's.")
@click.option("--repeat", default=1, show_default=True, type=click.IntRange(1), help="Runs of ours: the median counts.")
@click.option("--peers/--no-peers", default=True, show_default=True, help="Run the peers as well.")
def main(names: tuple[str, ...], target: Path | None, time_limit: float, repeat: int, peers: bool) -> None:
    """Run all suites, or those named. The name of a case (such as world-5) runs that case alone."""
    chosen, rows = _chosen(names), []
    with tempfile.TemporaryDirectory() as name:
        _warm_up(Path(name))
    click.echo(table.HEAD)
    for suite, case in chosen:
        with tempfile.TemporaryDirectory() as name:
            measured = case if peers else evolve(case, peers=())
            for row in cases.rows(measured, Path(name), time_limit, repeat):
                rows.append({"suite": suite, **row})
                click.echo(table.line(row))
    if target:
        target.write_text(json.dumps(rows, indent=1) + "\n")
    if any(row.get("disagrees") for row in rows):
        sys.exit("Two proofs disagree.")


def _chosen(names: tuple[str, ...]) -> list[tuple[str, cases.Case]]:
    """The cases of the suites named and those named themselves, in the suites' order."""
    known = [(suite, case) for suite, cases_of in suites.SUITES.items() for case in cases_of()]
    for name in names:
        if not any(name in (suite, case.name) for suite, case in known):
            raise click.BadParameter(f"no suite or case is called {name}; suites: {', '.join(suites.SUITES)}")
    return [(suite, case) for suite, case in known if not names or {suite, case.name} & set(names)]


def _warm_up(folder: Path) -> None:
    """One small run, so that compiled code is in its cache."""
    case = next(case for case in suites.growth() if case.name == "growth-1k")
    list(cases.rows(case, folder, 60, 1))


if __name__ == "__main__":
    if sys.argv[1:2] == ["explaining"]:
        explaining.main(sys.argv[2:])
    if sys.argv[1:2] == ["batch"]:
        batches.main(sys.argv[2:])
    main()
