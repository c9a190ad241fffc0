"""Time the shipped scenarios and a growing synthetic network.

Whole-process seconds and peak memory of `plan`; for the networks also the time of the solve alone against a peer in
the same run: CP-SAT with its default settings on the same program.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import click

from benchmarks import synthetic

ROOT = Path(__file__).parent.parent
SIZES = (50, 100, 200, 400)


@click.command()
@click.argument("names", nargs=-1)
@click.option("--json", "target", type=click.Path(dir_okay=False), help="Write the rows there as well.")
@click.option("--time-limit", default=120.0, show_default=True, help="Seconds for each run.")
def main(names: tuple[str, ...], target: str | None, time_limit: float) -> None:
    """Run all benchmarks, or those named (a scenario's name, or «growth»)."""
    rows = []
    click.echo(
        f"{'name':28} {'legs':>6} {'status':11} {'cost':>10} {'seconds':>8} {'peak MB':>8} {'peer s':>8} {'ratio':>6}"
    )
    for path in sorted((ROOT / "scenarios").glob("*.toml")):
        if not names or path.stem in names:
            rows.append(_show(_run(path.stem, path, time_limit)))
    if not names or "growth" in names:
        with tempfile.TemporaryDirectory() as folder:
            for size in SIZES:
                path = Path(folder) / f"growth-{size}.toml"
                path.write_text(synthetic.scenario(size))
                row = _run(path.stem, path, time_limit)
                rows.append(_show(row | _against_defaults(path, time_limit)))
    if target:
        Path(target).write_text(json.dumps(rows, indent=1) + "\n")


def _run(name: str, path: Path, time_limit: float) -> dict[str, Any]:
    command = [sys.executable, "-m", "planner", "--format", "json", "--time-limit", str(time_limit), str(path)]
    began = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, cwd=ROOT)
        _, _, usage = os.wait4(process.pid, 0)  # the run's own usage, its solver process included
        seconds = time.monotonic() - began
        output.seek(0)
        printed = output.read()
    if not printed:
        raise click.ClickException(f"{name}: no answer")
    answer = json.loads(printed)
    return {
        "name": name,
        "legs": answer["stats"].get("legs"),
        "status": answer["status"],
        "cost": (answer["cost"] or {}).get("amount"),
        "seconds": round(seconds, 2),
        "peak_mb": usage.ru_maxrss // 1024,
    }


def _against_defaults(path: Path, time_limit: float) -> dict[str, Any]:
    """Seconds to the proof with our settings and with CP-SAT's own, on the same program."""
    from ortools.sat.python import cp_model

    from planner.api import load
    from planner.model.build import build
    from planner.solving import cpsat
    from planner.solving.messages import Query

    program = build(load(path)).program
    cost = (tuple(program.cost_variables), tuple(program.cost_weights))
    began = time.monotonic()
    ours = cpsat.Compiled(program).ask(Query(0, "optimise", time_limit, minimise=cost, workers=2))
    our_seconds = time.monotonic() - began

    began = time.monotonic()
    model, variables = cpsat.compile_program(program, all_facts=True)
    model.minimize(cp_model.LinearExpr.weighted_sum([variables[v] for v in cost[0]], cost[1]))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = time_limit
    peer_status = solver.status_name(solver.solve(model))
    peer_seconds = time.monotonic() - began
    if ours.status == "optimal" and peer_status == "OPTIMAL":
        assert round(solver.objective_value) == ours.objective, "two proofs disagree"
    return {
        "solve_seconds": round(our_seconds, 2),
        "peer_seconds": round(peer_seconds, 2),
        "peer_status": peer_status.lower(),
        "ratio": round(peer_seconds / our_seconds, 2),
    }


def _show(row: dict[str, Any]) -> dict[str, Any]:
    peer, ratio = row.get("peer_seconds", ""), row.get("ratio", "")
    click.echo(
        f"{row['name']:28} {row['legs']:>6} {row['status']:11} {row['cost'] or '-':>10} "
        f"{row['seconds']:>8.2f} {row['peak_mb']:>8} {peer:>8} {ratio:>6}"
    )
    return row


if __name__ == "__main__":
    main()
