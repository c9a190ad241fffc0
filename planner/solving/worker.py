"""The solver process: reads programs and queries on standard input, writes replies. Run as a module.

It ends with its input, and so with the planner: at once, even in the middle of a search.
"""

from __future__ import annotations

import os
import sys
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any

from planner.solving.messages import Interim, Query, Reply, Stop, receive, send, used


def main() -> None:
    """Serve for as long as the process lives."""
    # Nothing but replies may reach the pipe: whatever a library prints goes to standard error.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    from planner.solving.cpsat import Compiled

    messages: SimpleQueue[Any] = SimpleQueue()
    Thread(target=_listen, args=(messages,), daemon=True).start()
    models: dict[int, Compiled] = {}
    kept: list[int] = []

    def tell(interim: Interim) -> None:
        send(replies, interim)

    while True:
        message, stop = messages.get()
        if isinstance(message, Query):
            try:
                reply: Reply | Exception = models[message.program].ask(message, stop, tell)
            except MemoryError:
                reply = MemoryError()
            except Exception as error:  # reported to the asker, who treats it as an internal error
                reply = RuntimeError(f"{type(error).__name__}: {error}")
            used(kept, message.program)
            send(replies, reply)
        else:
            number, program = message
            used(kept, number)
            models[number] = Compiled(program)
            models = {number: model for number, model in models.items() if number in kept}


def _listen(messages: SimpleQueue[Any]) -> None:
    """Take messages in, each with the event that stops it. At the end of the input nobody waits for an answer."""
    stop = Event()
    try:
        while True:
            message = receive(sys.stdin.buffer.read)
            if isinstance(message, Stop):
                stop.set()
            else:
                stop = Event()
                messages.put((message, stop))
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
