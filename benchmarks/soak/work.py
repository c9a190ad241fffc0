"""What a process of the soak does: examine scenarios, and make those that fail smaller. Told what to by messages."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterator
from multiprocessing.connection import Connection
from random import Random

from attrs import frozen

from benchmarks.soak import checks
from benchmarks.soak.kept import Failure
from benchmarks.soak.smaller import smaller
from planner.core.errors import ScenarioError
from planner.rules.base import table_kinds
from planner.scenario.reading import read_rulebooks
from planner.testing import rates
from planner.testing.drawing.strategies import scenario_from
from planner.testing.drawing.world import Dice
from planner.testing.transforms.walking import Table

RULEBOOK_ONCE_IN = 6


@frozen
class Examine:
    """Draw the scenario of a seed and check it."""

    seed: str


@frozen
class Again:
    """Run one check again."""

    failure: Failure


@frozen
class Shrink:
    """Make the scenario of a failure smaller, for so many seconds."""

    failure: Failure
    seconds: float


@frozen
class Begun:
    """A check has begun."""

    check: str


@frozen
class Done:
    """All of it is done; what was counted on the way."""

    counts: dict[str, int]


def serve(pipe: Connection) -> None:
    """Do what the messages say until there are no more; the last answer to each is `Done`."""
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        rates.counts.clear()
        for said in doing(task):
            pipe.send(said)
        pipe.send(Done(dict(rates.counts)))


def doing(task: Examine | Again | Shrink) -> Iterator[Begun | Failure]:
    """What there is to say while a task is done: which check has begun, what fails."""
    if isinstance(task, Examine):
        yield from examined(task.seed)
    elif isinstance(task, Again):
        found = failing(task.failure.check, checks.Case(task.failure.data), task.failure.seed)
        yield from (found,) if found else ()
    else:
        yield from shrunk(task.failure, task.seconds)


def drawn(seed: str) -> Table:
    """The tables of a seed; now and then under an installed rulebook, else under law of their own."""
    random = Random(seed)
    books = [random.choice([*read_rulebooks(table_kinds())])] if random.randrange(RULEBOOK_ONCE_IN) == 0 else []
    return scenario_from(random.randbytes(Dice.SIZE), rulebooks=books)


def examined(seed: str) -> Iterator[Begun | Failure]:
    """Every failure of the scenario of a seed; before each check, that it begins."""
    try:
        case = checks.Case(drawn(seed))
    except ScenarioError:  # some are drawn that the reader refuses
        rates.counts["refused"] += 1
        return
    rates.counts["soak: scenarios"] += 1
    for check in checks.of(Random(f"{seed} checks")):
        yield Begun(check)
        found = failing(check, case, seed)
        if found is not None:
            yield found


def failing(check: str, case: checks.Case, seed: str) -> Failure | None:
    """How a check fails, if it does. What is drawn in it depends on the seed alone."""
    try:
        checks.run(check, case, Random(f"{seed} {check}"))
    except checks.Skipped:
        rates.counts[f"soak: {check}, skipped"] += 1
    except Exception as error:  # whatever it is, it is a finding
        where = traceback.extract_tb(error.__traceback__)[-1]
        return Failure(check, seed, f"{type(error).__name__}: {error} ({where.name}, line {where.lineno})", case.data)
    else:
        rates.counts[f"soak: {check}"] += 1
    return None


def shrunk(failure: Failure, seconds: float) -> Iterator[Failure]:
    """Ever smaller failures of the same check by the same sort of error."""
    until = time.monotonic() + seconds
    sort = failure.found.split(":")[0]
    last: list[Failure] = []

    def fails(data: Table) -> bool:
        if time.monotonic() > until:
            return False
        try:
            found = failing(failure.check, checks.Case(data), failure.seed)
        except Exception:  # it cannot be read any more
            return False
        if found is None or found.found.split(":")[0] != sort:
            return False
        last.append(found)
        return True

    for _ in smaller(failure.data, fails):
        yield last[-1]
