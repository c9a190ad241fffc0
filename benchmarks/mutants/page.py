"""docs/mutation.md, made of the results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from benchmarks.mutants.results import ROOT, Result, Survivor, everything

PAGE = ROOT / "docs" / "mutation.md"
KINDS = "planner/rules/kinds"
HEAD = """\
# Mutation testing

One small wrong change to one function at a time, a *mutant*: `<` for `<=`, `None` for an argument, a statement left
out, a condition the other way round, a word in a text changed. Where no test notices, the tests are weak, or the
change makes no difference. This page is made by the command, which tries the mutants of files, or a sample of about so
many of each:

```console
python -m benchmarks.mutants planner/rules/kinds/*.py planner/verify/*.py
python -m benchmarks.mutants --sample 20 planner/rules/*.py planner/rules/eases/*.py
python -m benchmarks.mutants --sample 15 planner/model/*.py
python -m benchmarks.mutants --sample 24 planner/bounds/*.py planner/bounds/ng/*.py
```

Every mutant of the kinds of rules and of the checker is tried: what these say is what people rely on. A sample is the
same each time. Results are kept in `benchmarks/mutants/results`, a file for each file of the planner; reasons of
survivors are written there by hand, and kept as long as the mutant is the same.

## How

The changes are [mutmut](https://mutmut.readthedocs.io)'s operators, except that strings are changed in one way instead
of three and that arguments by position are not left out (such calls fail at once), and two more: a condition negated,
and a `yield` or a call left out. Bodies of functions are mutated, decorated ones too; defaults of fields are not.

The tests are collected and run once, with a record of the lines that each of them reaches. Then the process forks for
each mutant: the child takes over the changed function's code, runs the tests that reach the line, those first that
killed most so far, and ends at the first that fails. A test that takes ten times as much of the processor's time as
before has noticed too: the mutant is killed by time (–: not counted in that run). Functions that numba compiles are
run uncompiled.

The tests are the quick ones that concern the file: for a kind the golden text of what it says of its examples
(`tests/golden/kinds`), the agreement of its two readings on them and on their neighbours, its own tests and its
examples, solved; for what kinds have in common the golden texts of all kinds, and of their tests those that show it
best; for the checker, the model and the bounds the tests in the folder of their name. Random scenarios against the
oracle, which would notice more, are left out, and so are the slowest tests of the folders
(`benchmarks/mutants/tests.py`).

Why neither mutmut nor cosmic-ray as they are, tried on the kind `stop` with its nine examples and the tests of wishes:
mutmut 3.8 took 1.1 s of CPU a mutant (each child collects its tests again), has one selection of tests for all files,
and leaves out properties and other decorated functions. cosmic-ray 8.7 starts a Python for each mutant and runs whole
tests in it: 8 s of CPU. Here it is 0.15 s where tests notice; most of the rest goes into what survives.
"""


def written() -> None:
    """Write the page anew."""
    results = list(everything())
    kinds = [result for result in results if _package(result) == KINDS]
    parts = [HEAD, "\n## By package\n\n", *_table("package", _packages(results))]
    parts += ["\n## By file\n\n", *_table("file", [(f"`{result.file}`", [result]) for result in results])]
    parts += ["\n## What is left in the kinds of rules\n", *_survivors(kinds)]
    parts += ["\n## What is left elsewhere\n", *_survivors([result for result in results if result not in kinds])]
    PAGE.write_text("".join(parts), encoding="utf-8")


def _package(result: Result) -> str:
    return result.file.rpartition("/")[0]


def _packages(results: Sequence[Result]) -> list[tuple[str, list[Result]]]:
    ordered = sorted(results, key=_package)
    return [(f"`{package}`", list(group)) for package, group in groupby(ordered, key=_package)]


def _table(what: str, rows: Iterable[tuple[str, Sequence[Result]]]) -> Iterator[str]:
    """How many mutants were tried, how many are killed, and how many of those that are left have a reason."""
    yield f"| {what} | mutants tried | killed | by time | score | left, with a reason | without |\n"
    yield "|---|---|---|---|---|---|---|\n"
    for name, results in rows:
        keys = ("mutants", "killed", "sample_of")
        mutants, killed, changes = (sum(getattr(result, key) for result in results) for key in keys)
        counted = [result.by_time for result in results if result.by_time is not None]
        by_time = f"{'' if len(counted) == len(results) else '≥ '}{sum(counted)}" if counted else "–"
        explained = sum(bool(survivor.reason) for result in results for survivor in result.survivors)
        score = f"{100 * killed / mutants:.1f} %" if mutants else ""
        tried = f"{mutants:,}, a sample" if changes else f"{mutants:,}, all"
        left = f"{explained} | {mutants - killed - explained}"
        yield f"| {name} | {tried} | {killed:,} | {by_time} | {score} | {left} |\n"


def _survivors(results: Iterable[Result]) -> Iterator[str]:
    """The mutants that are left, those of one reason together."""
    for result in results:
        if result.survivors:
            yield f"\n`{result.file}`\n\n"
        for reason in sorted({survivor.reason for survivor in result.survivors}, reverse=True):
            yield f"* {reason or 'not judged'}\n"
            yield from (_line(survivor) for survivor in result.survivors if survivor.reason == reason)


def _line(survivor: Survivor) -> str:
    """The part of the line that is changed, in its function."""
    was, now = survivor.was, survivor.now
    first = next((i for i, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now)))
    last = 0
    while last < min(len(was), len(now)) - first and was[-1 - last] == now[-1 - last]:
        last += 1
    first, last = max(0, first - 30), max(0, last - 30)
    shown = [text[first : len(text) - last].replace("`", "'").strip() or "nothing" for text in (was, now)]
    return f"  * `{survivor.where}`: `{shown[0]}` → `{shown[1]}`\n"
