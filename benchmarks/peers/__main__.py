"""The process that one peer runs in: `python -m benchmarks.peers PEER INSTANCE SECONDS`; prints JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from importlib import import_module
from pathlib import Path

from attrs import asdict

from benchmarks.instance import Instance
from benchmarks.peers import Outcome

MEMORY = 14 << 30  # bytes of address space; more is no answer either


def main(peer: str, path: str, seconds: str) -> None:
    """Load, solve, print."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    instance = Instance.load(Path(path))
    began = time.perf_counter()
    try:
        module = import_module(f"benchmarks.peers.{peer}")
        began = time.perf_counter()
        outcome: Outcome = module.solve(instance, float(seconds))
    except ImportError as error:
        outcome = Outcome("skipped", None, f"{error.name} is not installed")
    except MemoryError:
        outcome = Outcome("unknown", None, "out of memory")
    spent = time.perf_counter() - began
    print(json.dumps({**asdict(outcome), "seconds": round(spent, 4)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
