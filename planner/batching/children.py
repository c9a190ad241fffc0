"""Processes that solve items, each with bounded memory and time, so that none can harm another or its caller.

An executor's worker, be it a thread here or a process elsewhere, hands its item to such a child and waits. A child that
dies is replaced by a new one, and what it was at is known.
"""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Timer, local
from typing import Any

from planner.batching.items import Item, Limits
from planner.batching.rows import Row
from planner.solving.messages import Garbled, receive, send

TRIES = 2  # processes that one item may bring down
GRACE = 60.0  # seconds beyond the limit, for reading and for ending
START = 120.0  # seconds in which a child must be ready


class Lost(Exception):
    """A child did not answer; its text says why. `again`: another try may help."""

    def __init__(self, told: str, again: bool = True) -> None:
        super().__init__(told)
        self.again = again


class Child:
    """One such process. For one caller at a time."""

    def __init__(self, memory: int) -> None:
        self.memory, self._overdue = memory, False
        self._process = subprocess.Popen(
            [sys.executable, "-m", "planner.batching.worker", str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # an interrupt at the terminal is for the planner alone
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
                "OPENBLAS_NUM_THREADS": "1",
                "POLARS_MAX_THREADS": "1",  # there are as many children as there is work for processors
            },
        )
        self._new = True

    @property
    def runs(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def ask(self, item: Item, limits: Limits) -> Row:
        """The row of an item. Raises Lost; the child is of no use then."""
        if self._new:
            self._answer(START, None)
            self._new = False
        reply = self._answer(limits.time_limit + GRACE, (item, limits))
        if isinstance(reply, Row):
            return reply
        self.end()
        raise Lost(f"{reply}, with {self.memory} MB for each process" if self.memory else str(reply))

    def _answer(self, seconds: float, message: object) -> Any:
        timer = Timer(seconds, self._late)
        timer.daemon = True
        timer.start()
        try:
            if message is not None:
                send(self._process.stdin, message)  # type: ignore[arg-type]
            return receive(self._process.stdout.read)  # type: ignore[union-attr]
        except (OSError, EOFError, ValueError, struct.error, Garbled) as error:
            self.end()
            if self._overdue:
                raise Lost(f"it did not end within {seconds:.0f} s", again=False) from error
            raise Lost(_ended(self._process.returncode)) from error
        finally:
            timer.cancel()

    def _late(self) -> None:
        self._overdue = True
        self.end()

    def end(self) -> None:
        """End it at once, from any thread."""
        self._process.kill()
        self._process.wait()


class Children:
    """Children that wait for work, and those that are at it. For any number of threads."""

    def __init__(self) -> None:
        self._lock, self._closed = Lock(), False
        self._idle: list[Child] = []
        self._busy: list[Child] = []

    def solve(self, item: Item, limits: Limits) -> Row:
        """The row of an item, whatever happens on the way; at most TRIES children are lost with it."""
        began = time.monotonic()
        for attempt in range(TRIES):
            try:
                with self._one(limits.memory, fresh=attempt > 0) as child:
                    return child.ask(item, limits)
            except Lost as lost:
                told = f"{lost}; tried {attempt + 1} times" if attempt else str(lost)
                if not lost.again or self._closed:
                    break
        return Row(id=item.id, status="failed", error=told, seconds=round(time.monotonic() - began, 3))

    def close(self) -> None:
        """End all of them, also those at work."""
        with self._lock:
            self._closed, children = True, [*self._idle, *self._busy]
        for child in children:
            child.end()

    @contextmanager
    def _one(self, memory: int, fresh: bool) -> Iterator[Child]:
        """A child to ask; it is kept if it can be asked again. A `fresh` one has done nothing else before."""
        with self._lock:
            if self._closed:
                raise Lost("the batch has ended")
            usable = [child for child in self._idle if child.memory == memory and child.runs]
            self._idle = usable
            child = usable.pop() if usable and not fresh else Child(memory)
            self._busy.append(child)
        try:
            yield child
        finally:
            with self._lock:
                self._busy.remove(child)
                if child.runs and not self._closed:
                    self._idle.append(child)


_of_this_process = Children()
_of_this_thread = local()


def belong_to(children: Children) -> None:
    """From now on this thread solves with these children; others share those of the process."""
    _of_this_thread.children = children


def solve(item: Item, limits: Limits) -> Row:
    """The row of an item: what an executor is given to do, in whatever process and thread it does it."""
    children: Children = getattr(_of_this_thread, "children", _of_this_process)
    return children.solve(item, limits)


def _ended(code: int) -> str:
    name = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
    return f"its process ended ({name})"
