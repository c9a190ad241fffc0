"""What is solved in a batch: a scenario as text, perhaps with travellers from rows of a table, and what decides it."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from attrs import asdict, field, frozen

from planner.core.errors import Problem
from planner.scenario.reading.base.store import path as base_path
from planner.scenario.reading.legs.files import files_of
from planner.scenario.reading.legs.written import LegTable
from planner.scenario.reading.rulebooks import digest as law_digest
from planner.version import __version__


@frozen(kw_only=True)
class Limits:
    """What one scenario may take: seconds for its answer, and MB (2**20 bytes) for each of its processes (0: any)."""

    time_limit: float = 60.0
    memory: int = 4096


@frozen
class TableRow:
    """A row of a group list: its number from 1, and its cells by column."""

    number: int
    cells: Mapping[str, str] = field(repr=False)


@frozen(kw_only=True)
class Item:
    """One scenario of a batch. It carries its text along, as whoever solves it may not have its file.

    `file` is what messages call it; names of other files count from `folder`. With `rows` (of the file `table`), these
    take the place of the traveller that the text has. `wrong`: what was wrong with it from the beginning, if anything.
    """

    id: str
    file: str = "<text>"
    text: str = field(default="", repr=False)
    folder: str = "."
    table: str = ""
    rows: tuple[TableRow, ...] = ()
    wrong: str = ""


def digest(item: Item, limits: Limits) -> str:
    """A number for all that decides the answer: another one means that it has to be solved anew."""
    parts = [__version__, law_digest(), limits.time_limit, asdict(item), list(_files(item.text, Path(item.folder)))]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


@lru_cache(maxsize=16)
def _files(text: str, folder: Path) -> tuple[tuple[str, str], ...]:
    """The files that a scenario's text names, each with a number for what stands in it."""
    return tuple((str(path), _content(path, path.stat().st_mtime_ns)) for path in _named(text, folder))


def _named(text: str, folder: Path) -> Iterator[Path]:
    try:
        data: dict[str, Any] = tomllib.loads(text)
        tables = [data.get("legs")]
        tables += [table.get("files") for key in ("leg_tables", "fare_tables") for table in data.get(key, ())]
    except (ValueError, AttributeError, TypeError, RecursionError):
        return  # its row will say so
    if data.get("base") is True and base_path().is_file():
        yield base_path()
    for names in tables:
        texts = [names] if isinstance(names, str) else names if isinstance(names, list) else []
        table = LegTable(files=tuple(name for name in texts if isinstance(name, str)))
        for file in files_of(table, folder, list[Problem](), ()):
            # Of a folder, what a feed may have in it: the name may be that of the whole disk.
            within = sorted(file.path.glob("*.txt")) if file.path.is_dir() else [file.path]
            yield from (path for path in within if path.is_file())


@lru_cache(maxsize=256)
def _content(path: Path, _changed: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
