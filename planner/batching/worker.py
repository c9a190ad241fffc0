"""The process that solves items of a batch, one after the other. Run as a module, with its memory in MB (0: any).

It reads items on standard input and writes rows, or a text that says what was lost on the way to one; it ends with its
input, and after a while without work.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from planner.solving.messages import receive, send

TABLES = 4  # timetables kept from one item to the next
IDLE = 60.0  # seconds without work after which it ends
READY = "ready"


def main() -> None:
    """Serve until the input ends, or until there is trouble: another process begins with all its memory."""
    replies = os.fdopen(os.dup(1), "wb")  # nothing but replies may reach the pipe
    os.dup2(2, 1)
    _bounded(int(sys.argv[1]))
    from planner.batching.solved import Troubled, row_of
    from planner.scenario.reading.legs import kept

    kept.keep(TABLES)
    messages: SimpleQueue[Any] = SimpleQueue()
    Thread(target=_listen, args=(messages,), daemon=True).start()
    send(replies, READY)
    while True:
        try:
            item, limits = messages.get(timeout=IDLE)
        except Empty:
            os._exit(0)
        try:
            send(replies, row_of(item, limits))
        except Troubled as trouble:
            send(replies, str(trouble))
            os._exit(1)


def _bounded(memory: int) -> None:
    """Let this process, and each that it starts, have no more than so many MB."""
    with suppress(ImportError):  # not on Windows
        import resource

        if memory:
            resource.setrlimit(resource.RLIMIT_AS, (memory << 20, memory << 20))


def _listen(messages: SimpleQueue[Any]) -> None:
    """Take items in. At the end of the input nobody waits for an answer."""
    try:
        while True:
            messages.put(receive(sys.stdin.buffer.read))
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
