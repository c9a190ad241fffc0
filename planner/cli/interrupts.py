"""Ctrl-C, and SIGTERM like it: at first a search ends with what it has found, then the program ends at once.

Nothing is raised, as there is no moment at which that would be safe: a thread hears of the signals, even while the main
one is deep in compiled code.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from threading import Event, Lock, Thread
from types import FrameType

from planner.cli.line import erased

SIGNALED = 128  # exit codes of programs that a signal ended count from here

stop = Event()  # somebody has had enough
whole = Lock()  # held while a file is written, which is done to its end
_patient = Event()


def install() -> None:
    """Take charge of the signals, but for those that the caller ignores. For the main thread of a whole process."""
    listening, heard = os.pipe()
    os.set_blocking(heard, False)
    for number in _ours():
        signal.signal(number, _nothing)
    signal.set_wakeup_fd(heard, warn_on_full_buffer=False)
    Thread(target=_listen, args=(listening,), daemon=True).start()


def patiently() -> Event:
    """From now on a first signal only sets the event that is returned: what runs ends by itself, early."""
    _patient.set()
    return stop


def over() -> None:
    """The work is done: nothing is interrupted any more."""
    for number in _ours():
        signal.signal(number, signal.SIG_IGN)


def _ours() -> list[signal.Signals]:
    both = (signal.SIGINT, signal.SIGTERM)
    return [number for number in both if signal.getsignal(number) is not signal.SIG_IGN]


def _nothing(_number: int, _frame: FrameType | None) -> None:
    """Python writes the signal's number to the pipe only if it has a handler."""


def _listen(pipe: int) -> None:
    while True:
        for number in os.read(pipe, 64):
            if stop.is_set() or not _patient.is_set():
                _end(number)
            stop.set()


def _end(number: int) -> None:
    with whole:
        with suppress(OSError):
            os.write(2, f"{erased()}Interrupted.\n".encode())
        os._exit(SIGNALED + number)
