"""The rows of a batch as they come, kept beside its output, so that the same command goes on where it was ended."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from planner.batching.rows import Row

SUFFIX = ".journal"


class InUse(Exception):
    """Another batch writes the same output."""


class Journal:
    """A file with one JSON object a line: the digest of an item, and its row. One that was cut short is no harm."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.rows: dict[str, Row] = {}
        whole = 0
        for line in file:
            if not line.endswith(b"\n"):
                break  # it was being written when the machine stopped
            whole += len(line)
            with suppress(ValueError, TypeError, KeyError):
                found = json.loads(line)
                self.rows[found["digest"]] = Row.of_data(found["row"])
        file.seek(whole)
        file.truncate()

    def add(self, digest: str, row: Row) -> None:
        """Keep a row; it is on the disk when this returns. Raises OSError."""
        self.rows[digest] = row
        self._file.write(json.dumps({"digest": digest, "row": row.as_data()}).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())


@contextmanager
def journal(output: Path) -> Iterator[Journal]:
    """The journal of an output, for this process alone. Raises OSError, InUse."""
    with output.with_name(output.name + SUFFIX).open("a+b") as file:
        with suppress(ImportError):  # not on Windows
            import fcntl

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise InUse from None
        file.seek(0)
        yield Journal(file)
