"""The process that fuzzes one target: `python -m benchmarks.fuzz.child TARGET [libFuzzer's options]`."""

from __future__ import annotations

import sys
from random import Random

import atheris


def main(name: str, options: list[str]) -> None:
    """Fuzz until libFuzzer ends the process. What fails is kept, and fuzzing goes on."""
    with atheris.instrument_imports(include=["planner"]):  # open for good: much is imported late
        from benchmarks.fuzz import failures
        from benchmarks.fuzz.targets import TARGETS
        from planner.rules.base import table_kinds
        from planner.scenario.reading import rulebooks

        target, seen = TARGETS[name], set[str]()
        rulebooks.shipped(table_kinds())
        for data in list(target.seeds())[:3]:  # whatever is imported late is imported now: it takes long, instrumented
            target.failure(data)

        def one(data: bytes) -> None:
            error = target.failure(data)
            if error is not None and (cause := failures.cause(error)) not in seen:
                seen.add(cause)
                print(f"FAILURE {cause}", flush=True)
                failures.keep(name, target, data, error)

        def mutated(data: bytes, most: int, seed: int) -> bytes:
            random = Random(seed)
            if random.random() < 0.3:
                return bytes(atheris.Mutate(data, most))
            try:
                return target.mutate(data, random)[:most]
            except (ValueError, RecursionError, ArithmeticError):
                return bytes(atheris.Mutate(data, most))

        atheris.Setup([sys.argv[0], *options], one, custom_mutator=mutated)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
