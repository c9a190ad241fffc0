"""The process that one question runs in: `python -m benchmarks.explain_run QUESTION PROGRAM SECONDS`.

Prints a line of JSON for each answer as it comes: the facts, and the seconds since the program was there (a peer's:
since its own model was there as well). The last line says that there are no further answers; or why it ended. Whatever
does not keep to its limit is ended by an alarm.
"""

from __future__ import annotations

import json
import pickle
import resource
import signal
import sys
import time
from pathlib import Path

MEMORY = 14 << 30  # bytes of address space; more is no answer either
GRACE = 1.0  # seconds beyond its limit before it is ended


def main(question: str, path: str, seconds: str) -> None:
    """Load, ask, print."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    limit = float(seconds)
    try:
        began = time.perf_counter()
        program = pickle.loads(Path(path).read_bytes())
        if question.startswith("cpmpy "):
            from benchmarks import cpmpy_explaining

            asked = getattr(cpmpy_explaining, f"{question.removeprefix('cpmpy ')}_of")(program)
            began = _started(limit)
            found = asked()
        else:
            from benchmarks import explainers

            began = _started(limit)
            found = getattr(explainers, question)(program, limit)
        for conflict in found:
            print(json.dumps({"facts": sorted(conflict), "seconds": time.perf_counter() - began}), flush=True)
        ended = "complete"
    except ImportError as error:
        ended = f"{error.name} is not installed"
    except MemoryError:
        ended = "out of memory"
    except Exception as error:  # a peer's or ours: a row like any other
        ended = type(error).__name__
    print(json.dumps({"ended": ended, "seconds": time.perf_counter() - began}))


def _started(limit: float) -> float:
    """Set the alarm, which ends the process even in the midst of a solver, and read the clock."""
    signal.setitimer(signal.ITIMER_REAL, limit + GRACE)
    return time.perf_counter()


if __name__ == "__main__":
    main(*sys.argv[1:])
