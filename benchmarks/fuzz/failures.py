"""Failures, each kept once and as small as it gets."""

from __future__ import annotations

import hashlib
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from benchmarks.fuzz.targets import Target

FOLDER = Path(__file__).parent / "failures"
_PATIENCE = 8.0  # seconds for making one failure smaller; libFuzzer counts them as those of the input, and ends at 20


def cause(error: BaseException) -> str:
    """What tells failures apart: the exception's type, and where in the planner it was raised."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/planner/" in frame.filename]
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__} at {place}"


def keep(name: str, target: Target, data: bytes, error: Exception) -> None:
    """Write the smallest input found that fails for the same cause, and how, into the folder of failures."""
    wanted = cause(error)

    def fails(smaller: bytes) -> bool:
        found = target.failure(smaller)
        return found is not None and cause(found) == wanted

    data = smallest(data, fails)
    path = FOLDER / f"{name}-{hashlib.sha256(wanted.encode()).hexdigest()[:10]}.{target.suffix}"
    FOLDER.mkdir(exist_ok=True)
    path.write_bytes(data)
    told = "".join(traceback.format_exception(target.failure(data) or error))
    path.with_name(path.name + ".txt").write_text(f"{wanted}\n\n{told}")


def smallest(data: bytes, fails: Callable[[bytes], bool]) -> bytes:
    """The data with as many pieces taken out, first large ones, as leave it failing."""
    until, size = time.monotonic() + _PATIENCE, max(1, len(data) // 2)
    while time.monotonic() < until:
        start, found = 0, False
        while start < len(data) and time.monotonic() < until:
            smaller = data[:start] + data[start + size :]
            if fails(smaller):
                data, found = smaller, True
            else:
                start += size
        if size == 1 and not found:
            break
        size = max(1, size // 2)
    return data
