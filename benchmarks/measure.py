"""Running a command: how long it takes, and how much memory it and its children hold at most."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).parent.parent
PROC = Path("/proc")
EVERY = 0.05  # seconds between two looks at the memory


@frozen
class Measured:
    """What a command printed; seconds of the whole process; peak MB of it and its children together.

    `code` is its exit code, None if it was ended at its limit.
    """

    output: str
    errors: str
    seconds: float
    peak_mb: int
    code: int | None


def run(command: Sequence[str], limit: float) -> Measured:
    """Run a command from the project's folder; after `limit` seconds it is ended."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        began, peak = time.monotonic(), 0
        process = subprocess.Popen(command, stdout=output, stderr=errors, cwd=ROOT, start_new_session=True)
        while process.poll() is None and time.monotonic() - began < limit:
            peak = max(peak, _resident(process.pid))
            time.sleep(EVERY)
        seconds, code = time.monotonic() - began, process.poll()
        if code is None:
            os.killpg(process.pid, 9)
            process.wait()
        output.seek(0)
        errors.seek(0)
        return Measured(output.read(), errors.read(), seconds, peak >> 20, code)


def _resident(root: int) -> int:
    """Bytes in memory of a process and all below it; 0 where /proc does not tell."""
    children, pages = defaultdict(list), {}
    for entry in PROC.glob("[0-9]*/stat"):
        try:
            parent = int(entry.read_text().rpartition(")")[2].split()[1])
            pages[int(entry.parent.name)] = int((entry.parent / "statm").read_text().split()[1])
        except (OSError, IndexError, ValueError):
            continue  # it has just ended
        children[parent].append(int(entry.parent.name))
    held, waiting = 0, [root]
    while waiting:
        process = waiting.pop()
        held += pages.get(process, 0)
        waiting += children[process]
    return held * os.sysconf("SC_PAGE_SIZE")
