"""Something done again and again while something else runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

TICK = 0.1  # seconds


@contextmanager
def ticking(action: Callable[[], object]) -> Iterator[None]:
    """Call `action` every TICK from another thread for as long as the block runs, and never after it."""
    done = Event()

    def run() -> None:
        while not done.wait(TICK):
            action()

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
