"""A line on the terminal that says how far things are, and goes away with them.

It is drawn with blanks and carriage returns alone: any terminal knows these, and there is no cursor to bring back if
the program must end at once.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from threading import Event, Thread
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.core.progress import Observer, Progress

PATIENCE = 0.5  # seconds; of what takes no longer, nothing is shown
REDRAWN = 0.2  # seconds
ENDING = "interrupted: ending with what has been found; Ctrl-C again to end at once"


class Line:
    """Shows stage and seconds on standard error while the block runs, if that is a terminal that can show it.

    Once `stop` is set, it says that the end is near.
    """

    def __init__(self, stop: Event) -> None:
        self._stop, self._text = stop, "reading"
        self._began, self._over = time.monotonic(), Event()
        self._thread = (
            Thread(target=self._run, daemon=True) if _terminal() and os.environ.get("TERM") != "dumb" else None
        )

    def __enter__(self) -> Line:
        if self._thread is not None:
            self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._thread is not None:
            self._over.set()
            self._thread.join()

    def observer(self, currency: str) -> Observer | None:
        """What a search tells its progress, with amounts in a currency; None if nothing is shown."""
        if self._thread is None:
            return None

        def observe(progress: Progress) -> None:
            self._text = told(progress, currency)

        return observe

    def say(self, text: str) -> None:
        """Show something else from now on."""
        self._text = text

    def _run(self) -> None:
        if self._over.wait(PATIENCE):
            return
        with suppress(OSError):  # the terminal has gone away
            while not self._over.is_set():
                text = ENDING if self._stop.is_set() else self._text
                self._draw(f"{time.monotonic() - self._began:.0f} s  {text}")
                self._over.wait(REDRAWN)
            os.write(sys.stderr.fileno(), erased().encode())

    @staticmethod
    def _draw(text: str) -> None:
        room = _room()  # the cursor goes back to where the echo of Ctrl-C is drawn over
        os.write(sys.stderr.fileno(), f"\r{text[:room]:{room}}\r".encode(errors="replace"))


def told(progress: Progress, currency: str) -> str:
    """«searching: found USD 702.64, none below USD 650.00 (gap 7.5 %)»."""
    from planner.core.money import show
    from planner.core.plain import plain
    from planner.report.words import count

    parts = []
    if progress.incumbent is not None:
        parts.append(f"found {show(progress.incumbent, currency)}")
    if progress.bound is not None and progress.bound > 0:
        share = (progress.incumbent - progress.bound) / progress.incumbent if progress.incumbent else None
        gap = "" if share is None else f" (gap {100 * share:.1f} %)"
        parts.append(f"none below {show(progress.bound, currency)}{gap}")
    if progress.at_least is not None and progress.at_most is not None:
        least = f"{progress.at_least} to " if progress.at_least < progress.at_most else ""
        parts.append(f"a smallest conflict has {least}{count(progress.at_most, 'statement')}")
    if progress.repairs:
        parts.append(f"{progress.repairs} found")
    return plain(": ".join([progress.stage, *([", ".join(parts)] if parts else [])]))


def erased() -> str:
    """What blanks the line on which the cursor of standard error stands; nothing where that is no terminal."""
    return f"\r{'':{_room()}}\r" if _terminal() else ""


def _terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _room() -> int:
    """Columns of a line, but the last: after that one, some terminals go on to the next line."""
    columns = 0
    with suppress(OSError):
        columns = os.get_terminal_size(sys.stderr.fileno()).columns
    return max(1, (columns or 80) - 1)
