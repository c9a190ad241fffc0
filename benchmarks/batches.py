"""How fast batches are: `python -m benchmarks batch [--travellers N]`.

A group list of runners for the marathon, with passports and papers drawn by a seed: solved on ever more processes, on a
Dask scheduler with two worker processes of which one is killed on the way, and, for some of them, by one `plan` process
each. Every way must give the same rows.
"""

from __future__ import annotations

import csv
import json
import os
import random
import re
import signal
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

import click
from attrs import evolve

from benchmarks import measure
from planner.batching.engines import Processes, cluster
from planner.batching.items import Item
from planner.batching.rows import Row
from planner.batching.running import batch
from planner.batching.sources import travellers

MARATHON = Path(__file__).parent.parent / "scenarios" / "pyongyang-marathon.toml"
STATES = ("MX", "US", "DE", "JP", "RU", "GB", "BR", "CN", "KP", "ZA")
SINGLE = 20  # travellers that are planned by a `plan` process each
PAPERS = """
[[travellers.permissions]]
id = "cn-multiple"
zone = "CN"
max_stay = "30 days"
"""


@click.command()
@click.option("--travellers", "count", default=1000, show_default=True, type=click.IntRange(4))
@click.option("--jobs", multiple=True, default=(1, 2), show_default=True, type=int, help="Processes at a time.")
@click.option("--dask/--no-dask", default=True, show_default=True)
def main(count: int, jobs: tuple[int, ...], dask: bool) -> None:
    """Measure and compare, one line for each way."""
    with tempfile.TemporaryDirectory() as name:
        items = group(Path(name), count)
        ways = {f"{number} processes": partial(_processes, number) for number in jobs}
        expected: dict[str, Row] = {}
        for title, solve in (ways | ({"Dask, 2 workers, one killed": _on_dask} if dask else {})).items():
            began = time.monotonic()
            rows = _without_seconds(solve(items))
            _line(title, count, time.monotonic() - began)
            expected = expected or rows
            if rows != expected:
                sys.exit(f"{title}: other rows")
        statuses = sorted({row.status for row in expected.values()})
        click.echo(", ".join(f"{sum(row.status == s for row in expected.values())} {s}" for s in statuses))
        _one_by_one(items[:SINGLE], expected, Path(name))


def group(folder: Path, count: int) -> list[Item]:
    """The items of a group list, written into a folder with its template."""
    text = MARATHON.read_text(encoding="utf-8")
    (folder / "template.toml").write_text(_with_papers(text), encoding="utf-8")
    draw = random.Random(20250406)
    with (folder / "runners.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "passports", "residence", "holds"])
        for number in range(count):
            books = " ".join(
                f"{state}:{draw.randint(2025, 2034)}-{draw.randint(1, 12):02}-15"
                for state in draw.sample(STATES, draw.choice((1, 1, 1, 2)))
            )
            writer.writerow([f"runner-{number + 1}", books, "US", draw.choice(("", "", "cn-multiple"))])
    return travellers(str(folder / "template.toml"), str(folder / "runners.csv"))


def _with_papers(text: str) -> str:
    """The scenario with a paper that some runners hold, before its first leg."""
    head, _, rest = text.partition("# ---- Flights")
    made = f"{head}{PAPERS}\n# ---- Flights{rest}"
    assert tomllib.loads(made)
    return made


def _processes(jobs: int, items: Iterable[Item]) -> list[Row]:
    return list(batch(items, partial(Processes, jobs)))


def _on_dask(items: Iterable[Item]) -> list[Row]:
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as workers:
        first = next(iter(workers.workers.values()))
        with cluster(workers.scheduler_address) as executor:
            return _with_a_kill(executor, items, lambda: os.kill(first.pid, signal.SIGKILL))


def _with_a_kill(executor: Executor, items: Iterable[Item], kill: Callable[[], None]) -> list[Row]:
    rows = []
    for row in batch(items, executor):
        rows.append(row)
        if len(rows) == 3:
            kill()
    return rows


def _without_seconds(rows: Iterable[Row]) -> dict[str, Row]:
    """Rows by id. Nothing comes twice."""
    found: dict[str, Row] = {}
    for row in rows:
        assert row.id not in found, row.id
        found[row.id] = evolve(row, seconds=0.0)
    return found


def _one_by_one(items: Iterable[Item], expected: dict[str, Row], folder: Path) -> None:
    """One `plan` process for each traveller, with the file that somebody would write."""
    seconds, count = 0.0, 0
    for item in items:
        path = folder / f"{item.id}.toml"
        path.write_text(_written(item), encoding="utf-8")
        command = [sys.executable, "-m", "planner", "--format", "json", "--workers", "1", "--repair", "1", str(path)]
        done = measure.run(command, 120)
        seconds, count = seconds + done.seconds, count + 1
        answer = json.loads(done.output)
        cost = answer["cost"]["amount"] if answer["cost"] else None
        if (answer["status"], cost) != (expected[item.id].status, expected[item.id].cost):
            sys.exit(f"{item.id}: another answer")
    _line("a `plan` process each", count, seconds)


def _written(item: Item) -> str:
    """The scenario of a runner as a file."""
    (row,) = item.rows
    books = "".join(
        f'[[travellers.passports]]\nid = "{state.lower()}"\nstate = "{state}"\nexpires = {expires}\n'
        for state, _, expires in (book.partition(":") for book in row.cells["passports"].split())
    )
    paper = PAPERS if row.cells["holds"] else ""
    person = f'[[travellers]]\nid = "{row.cells["id"]}"\nname = "the runner"\nresidence = ["US"]\n{books}{paper}\n'
    return re.sub(r"\[\[travellers\]\]\n.*?(?=# ---- Flights)", lambda _: person, item.text, flags=re.DOTALL)


def _line(title: str, count: int, seconds: float) -> None:
    click.echo(f"{title}: {count:,} travellers in {seconds:.1f} s, {count / seconds:.2f} a second")


if __name__ == "__main__":
    main()
