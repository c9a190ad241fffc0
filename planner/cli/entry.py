"""Where the command starts: signals are taken care of before anything that takes time is imported.

Whatever goes wrong here or below ends with an exit code of its own: Python's, 1, means «proved impossible».
"""

from __future__ import annotations

import mmap
import os
from contextlib import suppress

from planner.cli.codes import BROKE_DOWN, INTERNAL, NO_MEMORY, OUT_OF_MEMORY
from planner.core.memory import lacks_memory

ROOM = 160 << 20  # bytes that any command may need; with less, libraries end the process, and one with exit code 1


def entry_point() -> int:
    """Run the command line of this process; return the exit code."""
    _opened()
    try:
        mmap.mmap(-1, ROOM).close()
        from planner.cli import interrupts

        interrupts.install()
        from planner.cli.main import entry_point as run

        code = run()
        interrupts.over()
    except Exception as error:
        return _ended_by(error)
    return code


def _opened() -> None:
    """Standard streams that the caller has closed lead nowhere, lest a file that is opened later takes their place."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            with suppress(OSError):
                os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free: this one


def _ended_by(error: Exception) -> int:
    """Say what went wrong, with next to no memory."""
    lacking = lacks_memory(error)
    with suppress(OSError):
        os.write(2, f"{OUT_OF_MEMORY if lacking else BROKE_DOWN}\n".encode())
    return NO_MEMORY if lacking else INTERNAL
