"""The solver process: reads programs and queries on standard input, writes replies. Run as a module."""

from __future__ import annotations

import os
import sys

from planner.solving.messages import Query, Reply, receive, send, used


def main() -> None:
    """Serve until the input ends."""
    # Nothing but replies may reach the pipe: whatever a library prints goes to standard error.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    from planner.solving.cpsat import Compiled

    models: dict[int, Compiled] = {}
    kept: list[int] = []
    while True:
        try:
            message = receive(sys.stdin.buffer.read)
        except EOFError:
            return
        if isinstance(message, Query):
            try:
                reply: Reply | Exception = models[message.program].ask(message)
            except Exception as error:  # reported to the asker, who treats it as an internal error
                reply = RuntimeError(f"{type(error).__name__}: {error}")
            used(kept, message.program)
            send(replies, reply)
        else:
            number, program = message
            used(kept, number)
            models[number] = Compiled(program)
            models = {number: model for number, model in models.items() if number in kept}


if __name__ == "__main__":
    main()
