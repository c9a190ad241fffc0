"""`plan batch`: many scenarios, or one for every party of a group list, on all processors or on a cluster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from planner.cli import interrupts
from planner.cli.failures import CannotWrite, complain, emit
from planner.cli.line import Line
from planner.cli.options import time_limit_option
from planner.cli.writing import not_what_is_read, write_data

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from planner.batching.items import Item, Limits
    from planner.batching.journal import Journal
    from planner.batching.rows import Row
    from planner.batching.running import Executors

UNDECIDED = 3


def _output(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    if not value.lower().endswith((".jsonl", ".parquet")):
        raise click.BadParameter(f"{value!r} must end in .jsonl or .parquet.")
    return value


@click.command(short_help="Many scenarios, or one for every party of a group list.")
@click.argument("names", metavar="WHAT...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="OUT", required=True, callback=_output, help="To write: .jsonl or .parquet.")
@click.option("--template", metavar="FILE", help="The scenario that each party of the table WHAT is put into.")
@click.option("--jobs", type=click.IntRange(1, 1024), help="Processes at a time; else one for each processor.")
@click.option("--cluster", "address", metavar="ADDRESS", help="Of a running Dask scheduler, to be used instead.")
@click.option(
    "--memory", metavar="MB", type=click.IntRange(0), default=4096, show_default=True,
    help="For each process; 0: any.",
)  # fmt: skip
@time_limit_option
@click.pass_context
def batch(
    ctx: click.Context,
    *,
    names: tuple[str, ...],
    output: str,
    template: str | None,
    jobs: int | None,
    address: str | None,
    memory: int,
    time_limit: float,
) -> None:
    """Solve every scenario of WHAT: scenario files, folders of them, or patterns. The time limit is for each.

    With --template, WHAT is a table of travellers (CSV or Parquet): each row, or those with the same `party`, takes the
    place of the template's traveller. What is done is kept beside OUT, and the same command goes on from there.

    Exit code: 0 all decided, 2 bad input, 3 not all: rows say why, or it was interrupted.

    Example: plan batch guests.csv --template trip.toml -o guests.parquet
    """
    stop = interrupts.patiently()
    if template is not None and len(names) != 1:
        raise click.UsageError("With --template, name one table of travellers.")
    not_what_is_read(output, *names, template or "")
    from planner.batching import output as forms
    from planner.batching import sources
    from planner.batching.engines import CannotUse
    from planner.batching.items import Limits
    from planner.batching.journal import SUFFIX, InUse, journal
    from planner.batching.rows import DECIDED
    from planner.batching.running import ExecutorLost

    if missing := forms.missing(output):
        raise click.UsageError(f"{missing}.")
    limits = Limits(time_limit=time_limit, memory=memory)
    with Line(stop) as line:
        items = sources.scenarios(names) if template is None else sources.travellers(template, names[0])
        try:
            with _engine(address, jobs) as executors, journal(Path(output)) as kept:
                rows = _rows(items, limits, executors, kept, line, stop)
        except InUse:
            raise click.UsageError(f"{output}: another batch is writing this.") from None
        except CannotUse as error:
            raise click.UsageError(f"{error}.") from None
        except OSError as error:
            raise CannotWrite(output + SUFFIX, error) from error
        except ExecutorLost as lost:
            complain(f"Whoever solved them is lost ({lost}). What is done is kept; the same command goes on.")
            ctx.exit(UNDECIDED)
    if len(rows) < len(items):
        complain(f"Interrupted: {len(rows):,} of {len(items):,} are done and kept; the same command goes on.")
        ctx.exit(UNDECIDED)
    write_data(output, forms.content(output, rows))
    emit(f"{_told(Counter(row.status for row in rows))}. Written: {output}\n")
    ctx.exit(0 if all(row.status in DECIDED for row in rows) else UNDECIDED)


@contextmanager
def _engine(address: str | None, jobs: int | None) -> Iterator[Executor | Executors]:
    from planner.batching.engines import Processes, cluster, processors

    if address is None:
        yield partial(Processes, jobs or processors())
    else:
        with cluster(address) as executor:
            yield executor


def _rows(
    items: list[Item], limits: Limits, executors: Executor | Executors, kept: Journal, line: Line, stop: Event
) -> list[Row]:
    """A row for each item, in their order: those kept, and all others as far as they could be solved."""
    from planner.batching.items import digest
    from planner.batching.running import batch as solved

    digests = {item.id: digest(item, limits) for item in items}
    counts: Counter[str] = Counter()
    rows = {}
    for item in items:
        row = kept.rows.get(digests[item.id])
        if row is not None and row.status != "failed":  # which may do better this time
            rows[item.id] = row
            counts[row.status] += 1
    line.say(f"{len(rows):,} of {len(items):,} done")
    left = [item for item in items if item.id not in rows]
    for row in solved(left, executors, limits=limits, stop=stop):
        kept.add(digests[row.id], row)
        rows[row.id] = row
        counts[row.status] += 1
        line.say(f"{len(rows):,} of {len(items):,} done: {_told(counts)}")
    return [rows[item.id] for item in items if item.id in rows]


def _told(counts: Counter[str]) -> str:
    """«38 optimal, 2 invalid»."""
    from planner.batching.rows import STATUSES

    return ", ".join(f"{counts[status]:,} {status}" for status in STATUSES if counts[status])
