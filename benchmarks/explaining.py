"""How fast impossible trips are explained: `python -m benchmarks explaining`.

For hard trips (`benchmarks.hard_trips`) of some sizes and seeds: a first minimal conflict, a proved smallest one, the
five smallest repairs, and all minimal conflicts, beside CPMpy's `mus`, `smus`, `mcs` (one repair) and `marco` on the
same program, with the settings they come with. Each question runs in a process of its own, which is ended at its limit.
The seconds count from the built program on; CPMpy's from its own model on, which favours it. All answers are compared
with the conflicts that the trips are made of.
"""

from __future__ import annotations

import json
import math
import pickle
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click
from attrs import frozen

from benchmarks import measure
from benchmarks.hard_trips import hard_trip, known_conflicts
from benchmarks.knots import Facts, hitting_sets

QUESTIONS = {"first": "mus", "smallest": "smus", "repairs": "mcs", "every": "marco"}  # ours, and CPMpy's tool
OURS = {"first": 60.0, "smallest": 60.0, "repairs": 60.0, "every": 10.0}  # seconds that ours may take
START_UP = 600.0  # seconds that imports and making a peer's model may take
OUT_OF_TIME = "out of time"


@frozen
class Answer:
    """What one question got: sets of facts, seconds until the end or the limit, and how it ended."""

    found: tuple[Facts, ...]
    seconds: float
    ended: str

    @property
    def complete(self) -> bool:
        """Whether there are no further answers."""
        return self.ended == "complete"


@frozen
class Case:
    """A hard trip, the minimal conflicts that it is made of, and its program in a file."""

    facts: int
    options: int
    building: float  # seconds
    known: frozenset[Facts]
    program: Path

    def __str__(self) -> str:
        sizes = _range(map(len, self.known))
        built = f"{self.facts:,} facts, {self.options:,} options, built in {self.building:.1f} s"
        return f"{built}, {len(self.known)} minimal conflicts of {sizes} facts"


def prepared(facts: int, seed: int, folder: Path) -> Case:
    """Make a trip, build its program, and store that. `Case.facts` and `options` are those of the program."""
    from planner.api import loads
    from planner.model.build import build

    scenario = loads(hard_trip(facts, seed))
    began = time.perf_counter()
    program = build(scenario).program
    building = time.perf_counter() - began
    stored = folder / f"{facts}-{seed}.pickle"
    stored.write_bytes(pickle.dumps(program))
    known = frozenset(known_conflicts(facts, seed))
    return Case(len(program.facts), program.options, building, known, stored)


def ask(question: str, case: Case, limit: float) -> Answer:
    """Ask one question in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.explain_run", question, str(case.program), str(limit)]
    done = measure.run(command, limit + START_UP)
    lines = [json.loads(line) for line in done.output.splitlines() if line.endswith("}")]
    found = tuple(frozenset(line["facts"]) for line in lines if "facts" in line and line["seconds"] <= limit)
    last = lines[-1] if lines else {}
    stopped = done.code in (None, -signal.SIGALRM) or last.get("ended") == "OutOfTime"
    if stopped or last.get("seconds", 0) > limit:
        return Answer(found, limit, OUT_OF_TIME)
    if "ended" not in last:
        return Answer(found, limit, (done.errors.strip().splitlines() or ["ended unexpectedly"])[-1])
    return Answer(found, last["seconds"], last["ended"])


def wrong(question: str, answer: Answer, case: Case) -> list[str]:
    """What an answer says that is not so. Repairs are judged as far as conflicts decide: minimal hitting sets."""
    said, sizes = [], [len(one) for one in answer.found]
    if question in ("repairs", "mcs"):
        repairs = hitting_sets(case.known, most=max(sizes, default=0))
        said += ["a set that is no minimal repair"] * (not set(answer.found) <= set(repairs))
        said += ["there are smaller repairs"] * (sizes != [len(one) for one in repairs[: len(sizes)]])
        return said
    said += ["a set that is no minimal conflict"] * (not case.known.issuperset(answer.found))
    if question in ("smallest", "smus") and sizes and sizes[0] != min(map(len, case.known)):
        said.append(f"{sizes[0]} facts are not the fewest")
    if question in ("every", "marco") and answer.complete and set(answer.found) != case.known:
        said.append(f"{len(sizes)} conflicts of {len(case.known)}")
    return said


def rows(sizes: Sequence[int], seeds: int, peer_seconds: float, say: Callable[[str], None]) -> Iterator[str]:
    """The lines of the table; `say` gets a line for each program and each thing that is wrong."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            cases = []
            for seed in range(1, seeds + 1):
                case = prepared(size, seed, Path(name))
                cases.append(case)
                say(f"{size} facts, seed {seed}: {case}")
            for question, tool in QUESTIONS.items():
                ours = _asked(question, cases, OURS[question], say)
                peer = _asked(f"cpmpy {tool}", cases, peer_seconds, say) if peer_seconds else []
                facts = round(statistics.median(case.facts for case in cases))
                yield f"| {facts:,} | {question} | {_cells(ours)} | {tool} | {_cells(peer)} | {_ratio(ours, peer)} |"


HEAD = (
    "| facts | question | answers | finished | median s | p95 s "
    "| CPMpy | answers | finished | median s | p95 s | ratio of medians |\n|" + "---|" * 12
)


def _asked(question: str, cases: Sequence[Case], limit: float, say: Callable[[str], None]) -> list[Answer]:
    answers = []
    for seed, case in enumerate(cases, 1):
        answer = ask(question, case, limit)
        name = question.removeprefix("cpmpy ")
        for complaint in wrong(name, answer, case):
            say(f"WRONG: {question}, {case.facts:,} facts, seed {seed}: {complaint}")
        if answer.ended not in ("complete", OUT_OF_TIME):
            say(f"{question}, {case.facts:,} facts, seed {seed}: {answer.ended}")
        answers.append(answer)
    return answers


def _cells(answers: Sequence[Answer]) -> str:
    if not any(answer.complete or answer.ended == OUT_OF_TIME for answer in answers):
        return " | ".join(["–"] * 4)
    counts, finished = _range(len(one.found) for one in answers), sum(one.complete for one in answers)
    median, high = _seconds(answers, 0.5), _seconds(answers, 0.95)
    return f"{counts} | {finished} of {len(answers)} | {median} | {high}"


def _at(answers: Sequence[Answer], part: float) -> Answer:
    """The answer at a quantile of the seconds: the smallest one that is not below so great a part."""
    ordered = sorted(answers, key=lambda one: (not one.complete, one.seconds))
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def _seconds(answers: Sequence[Answer], part: float) -> str:
    one = _at(answers, part)
    return f"{'' if one.complete else '> '}{one.seconds:,.3g}"


def _ratio(ours: Sequence[Answer], peer: Sequence[Answer]) -> str:
    """The peer's median over ours; a lower bound if the peer did not finish."""
    if not peer or not any(one.complete or one.ended == OUT_OF_TIME for one in peer):
        return "–"
    mine, theirs = _at(ours, 0.5), _at(peer, 0.5)
    return f"{'' if theirs.complete else '> '}{theirs.seconds / mine.seconds:,.3g}" if mine.complete else "–"


def _range(numbers: Iterator[int]) -> str:
    some = sorted(numbers)
    return str(some[0]) if some[0] == some[-1] else f"{some[0]}–{some[-1]}"


@click.command()
@click.option("--sizes", default="200,2000,10000", show_default=True, help="Facts of the trips, about.")
@click.option("--seeds", default=5, show_default=True, type=click.IntRange(1), help="Trips of each size.")
@click.option("--peer-seconds", default=300.0, show_default=True, help="Seconds for each of CPMpy's runs; 0: none.")
def main(sizes: str, seeds: int, peer_seconds: float) -> None:
    """Print the table, and above it, on stderr, the trips and whatever is wrong."""
    complaints = []

    def say(line: str) -> None:
        complaints.extend([line] * line.startswith("WRONG"))
        click.echo(line, err=True)

    click.echo(HEAD)
    for row in rows([int(size) for size in sizes.split(",")], seeds, peer_seconds, say):
        click.echo(row)
    if complaints:
        sys.exit("Some answers are wrong.")


if __name__ == "__main__":
    main()
