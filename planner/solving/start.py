"""Starting the solver process.

Imports next to nothing, so that a command can do it first: the process then loads OR-Tools while the scenario is read.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from contextlib import suppress

_ahead: list[subprocess.Popen[bytes]] = []  # at most one, started ahead of need


def ahead() -> None:
    """Start the process now, because something will be asked soon. A failure is left to `started` to meet again."""
    if not _ahead:
        with suppress(OSError):
            _ahead.append(_start())


def started() -> subprocess.Popen[bytes]:
    """The process started ahead if it still runs, else a new one. Raises OSError if none can be started."""
    while _ahead:
        process = _ahead.pop()
        if process.poll() is None:
            return process
    return _start()


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "planner.solving.worker"],  # -P: nothing is imported from the current directory
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # nothing a library prints may reach the user's screen
        start_new_session=True,  # an interrupt at the terminal is for the planner alone
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
            "OPENBLAS_NUM_THREADS": "1",  # numpy's threads take longer to start than all it does there
        },
    )


@atexit.register
def _unused() -> None:
    for process in _ahead:
        process.kill()
        process.wait()
