"""How fast batches are: `python -m benchmarks batch [--travellers N]`.

A group list with passports and papers drawn by a seed, for a trip in the small world of the kinds' examples or, with
`--marathon` (some seconds each), to Pyongyang: solved on ever more processes, on a Dask scheduler with two worker
processes of which one is killed on the way, and, for some of them, by one `plan` process each. Every way must give the
same rows.
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
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

import click
from attrs import evolve, frozen

from benchmarks import measure
from planner.batching.engines import Processes, cluster
from planner.batching.items import Item
from planner.batching.rows import Row
from planner.batching.running import batch
from planner.batching.sources import travellers
from planner.rules.examples import WORLD

MARATHON = Path(__file__).parent.parent / "scenarios" / "pyongyang-marathon.toml"
SINGLE = 20  # travellers that are planned by a `plan` process each


@frozen(kw_only=True)
class Group:
    """A scenario to put people into: where its legs begin, the states of their passports, a zone to hold a visa of."""

    text: str
    legs: str
    states: tuple[str, ...]
    home: str
    zone: str

    @property
    def paper(self) -> str:
        """A visa that some hold."""
        return f'[[travellers.permissions]]\nid = "visa"\nzone = "{self.zone}"\nmax_stay = "30 days"\n\n'

    @property
    def template(self) -> str:
        """The scenario, its traveller with that visa."""
        return self.text.replace(self.legs, f"{self.paper}{self.legs}", 1)


def small() -> Group:
    """The small world; Beta admits Delta alone without a visa, so that some trips are impossible."""
    beta = 'id = "visit-beta"\nzone = "BB"\nnationalities = ["AA", "BB", "CC", "DD"]'
    text = WORLD.replace(beta, beta.replace('["AA", "BB", "CC", "DD"]', '["DD"]'))
    assert text != WORLD
    return Group(text=text, legs="# Out on 1 June", states=("AA", "BB", "CC", "DD"), home="AA", zone="BB")


def marathon() -> Group:
    """The shipped scenario."""
    states = ("MX", "US", "DE", "JP", "RU", "GB", "BR", "CN", "KP", "ZA")
    text = MARATHON.read_text(encoding="utf-8")
    return Group(text=text, legs="# ---- Flights", states=states, home="US", zone="CN")


@click.command()
@click.option("--travellers", "count", default=1000, show_default=True, type=click.IntRange(4))
@click.option("--jobs", multiple=True, default=(1, 2), show_default=True, type=int, help="Processes at a time.")
@click.option("--dask/--no-dask", default=True, show_default=True)
@click.option("--marathon", "runners", is_flag=True, help="For the marathon.")
def main(count: int, jobs: tuple[int, ...], dask: bool, runners: bool) -> None:
    """Measure and compare, one line for each way."""
    with tempfile.TemporaryDirectory() as name:
        group = marathon() if runners else small()
        items = drawn(group, Path(name), count)
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
        _one_by_one(group, items[:SINGLE], expected, Path(name))


def drawn(group: Group, folder: Path, count: int) -> list[Item]:
    """The items of a group list, written into a folder with its template."""
    (folder / "template.toml").write_text(group.template, encoding="utf-8")
    draw = random.Random(20250406)
    with (folder / "list.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "passports", "residence", "holds"])
        for number in range(count):
            books = " ".join(
                f"{state}:{draw.randint(2025, 2034)}-{draw.randint(1, 12):02}-15"
                for state in draw.sample(group.states, draw.choice((1, 1, 1, 2)))
            )
            writer.writerow([f"guest-{number + 1}", books, group.home, draw.choice(("", "", "visa"))])
    return travellers(str(folder / "template.toml"), str(folder / "list.csv"))


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


def _one_by_one(group: Group, items: Iterable[Item], expected: dict[str, Row], folder: Path) -> None:
    """One `plan` process for each traveller, with the file that somebody would write."""
    seconds, count = 0.0, 0
    for item in items:
        path = folder / f"{item.id}.toml"
        path.write_text(_written(group, item), encoding="utf-8")
        command = [sys.executable, "-m", "planner", "--format", "json", "--workers", "1", "--repair", "1", str(path)]
        done = measure.run(command, 120)
        seconds, count = seconds + done.seconds, count + 1
        answer = json.loads(done.output)
        cost = answer["cost"]["amount"] if answer["cost"] else None
        if (answer["status"], cost) != (expected[item.id].status, expected[item.id].cost):
            sys.exit(f"{item.id}: another answer")
    _line("a `plan` process each", count, seconds)


def _written(group: Group, item: Item) -> str:
    """The scenario of one traveller as a file."""
    (row,) = item.rows
    books = "".join(
        f'[[travellers.passports]]\nid = "{state.lower()}"\nstate = "{state}"\nexpires = {expires}\n'
        for state, _, expires in (book.partition(":") for book in row.cells["passports"].split())
    )
    person = f'[[travellers]]\nid = "{item.id}"\nresidence = ["{group.home}"]\n{books}'
    person += group.paper if row.cells["holds"] else ""
    return re.sub(rf"\[\[travellers\]\]\n.*?(?={group.legs})", lambda _: person, item.text, flags=re.DOTALL)


def _line(title: str, count: int, seconds: float) -> None:
    click.echo(f"{title}: {count:,} travellers in {seconds:.1f} s, {count / seconds:.2f} a second")


if __name__ == "__main__":
    main()
