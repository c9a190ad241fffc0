"""A file is written whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import BinaryIO

_NAMED = 50  # characters of the file's name in that of its part: together, no more than a name may have


def write_whole(target: Path, content: str | bytes) -> None:
    """Put bytes, or a text in UTF-8, in the place of a file, or make one. Raises OSError; what was there then stays."""
    write_all({target: content.encode() if isinstance(content, str) else content})


def write_all(files: Mapping[Path, bytes]) -> None:
    """Put bytes in the places of files, of all of them or of none. Raises OSError.

    Until all are whole they lie beside the files as `.NAME.NUMBERS.part`, which a process that is killed leaves behind.
    A file that is replaced keeps its permissions.
    """
    parts: dict[Path, Path] = {}
    try:
        for target, content in files.items():
            file, parts[target] = _begun(target)
            with file:
                file.write(content)
            if target.exists():
                parts[target].chmod(target.stat().st_mode & 0o7777)
        for target, part in parts.items():
            part.replace(target)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def _begun(target: Path) -> tuple[BinaryIO, Path]:
    """A file of a name that no other process has, nor one that was killed has left behind."""
    for number in count():
        part = target.with_name(f".{target.name[:_NAMED]}.{os.getpid()}-{number}.part")
        try:
            return part.open("xb"), part
        except FileExistsError:
            continue
    raise AssertionError("numbers do not end")
