"""Reading from the solver process: not beyond a deadline, and not for long once somebody has had enough."""

from __future__ import annotations

import os
import select
import time
from threading import Event
from typing import BinaryIO

from planner.core.ticking import TICK
from planner.solving.messages import Stop, send

HASTE = 0.5  # seconds after a stop, if there is no solution that would be lost


class Reader:
    """Reads exact numbers of bytes from a pipe until a deadline; raises TimeoutError after it.

    When `stop` is set, the process at the other end is told so, and has a `grace` of some seconds left to answer.
    """

    grace = HASTE

    def __init__(self, descriptor: int, deadline: float, stop: Event | None, stdin: BinaryIO) -> None:
        self._descriptor, self._deadline, self._stop, self._stdin = descriptor, deadline, stop, stdin

    def read(self, count: int) -> bytes:
        """So many bytes. Raises TimeoutError, and EOFError if the other end is closed before."""
        parts: list[bytes] = []
        while count:
            left = max(0.0, self._deadline - time.monotonic())
            patience = left if self._stop is None else min(left, TICK)
            ready, _, _ = select.select([self._descriptor], [], [], patience)
            if not ready and patience == left:
                raise TimeoutError
            if self._stop is not None and self._stop.is_set():
                send(self._stdin, Stop())
                self._stop, self._deadline = None, min(self._deadline, time.monotonic() + self.grace)
            if not ready:
                continue
            part = os.read(self._descriptor, min(count, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            count -= len(part)
        return b"".join(parts)
