"""Which files a table of legs means."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from planner.core.errors import Problem, did_you_mean
from planner.scenario.reading.legs.written import FareTable, LegTable
from planner.scenario.reading.walk import place_of

KINDS = {".parquet": "", ".csv": ",", ".tsv": "\t", ".csv.gz": ",", ".tsv.gz": "\t"}  # their separators


MOST_FILES, MOST_PATTERNS = 1000, 3  # of one pattern: files that match, parts of it with signs in them
_ADDRESS = re.compile(r"[A-Za-z][\w+.-]+:/")


@frozen
class DataFile:
    """A file with a table of legs. `name` is how its rows are called; `separator` is empty for Parquet."""

    path: Path
    name: str
    separator: str


def files_of(table: LegTable | FareTable, folder: Path, problems: list[Problem], ends: Sequence[str]) -> list[DataFile]:
    """The files of a table in its order, each once, those of a pattern by name. What cannot be found is a problem.

    `ends` are the ends that their names may have; none: any file will do, and a folder.
    """
    found: dict[Path, DataFile] = {}
    for index, text in enumerate(table.files):
        place = place_of(table, "files", index)
        if _ADDRESS.match(text):
            message = f"{text!r} is an address; legs are read from files, and nothing is fetched"
            problems.append(Problem(place, message, "save it beside the scenario and name that file"))
            continue
        try:
            paths = list(_paths(text, folder))
        except (OSError, ValueError) as error:
            problems.append(Problem(place, f"the file {text!r} cannot be looked for: {error}"))
            continue
        if not paths:
            pattern = any(sign in text for sign in "*?[")
            message = f"no file matches {text!r}" if pattern else f"there is no file {text!r}"
            problems.append(Problem(place, message, _hint(text, folder)))
        for path in paths:
            target = Path(os.path.realpath(path))  # a link must not make a table of what is none
            known = not ends or all(p.name.lower().endswith(tuple(ends)) for p in (path, target))
            if ends and path.is_dir():
                problems.append(Problem(place, f"{str(path)!r} is a directory", "name its files: 'folder/*.parquet'"))
            elif not known:
                hint = f"names of tables end in {', '.join(ends)}; a link leads to one like it"
                problems.append(Problem(place, f"it is not known how to read {str(path)!r}", hint))
            else:
                name = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)
                kind = next((end for end in KINDS if path.name.lower().endswith(end)), "")
                found.setdefault(path, DataFile(path, name, KINDS.get(kind, "")))
    return list(found.values())


def _paths(text: str, folder: Path) -> Iterator[Path]:
    path = folder / text
    if not text or path.exists():
        yield from [path] if text else []
    else:
        yield from sorted(folder / match for match in _matches(text, folder))


def _matches(text: str, folder: Path) -> Iterator[str]:
    """What a pattern matches. Raises ValueError if too much would have to be looked at."""
    parts = Path(text).parts
    if "**" in parts and (Path(text).is_absolute() or ".." in parts):
        raise ValueError("** is for folders beside the scenario file")
    if sum(any(sign in part for sign in "*?[") for part in parts) > MOST_PATTERNS:
        raise ValueError(f"at most {MOST_PATTERNS} of its parts may be patterns")
    for count, match in enumerate(glob.iglob(text, root_dir=folder, recursive=True)):
        if count == MOST_FILES:
            raise ValueError(f"more than {MOST_FILES:,} files match")
        yield match


def _hint(text: str, folder: Path) -> str:
    beside = (folder / text).parent
    try:
        if not beside.is_dir():
            return f"there is no directory {str(beside)!r}"
        names = sorted(path.name for path in beside.iterdir() if path.name.lower().endswith(tuple(KINDS)))
    except OSError as error:
        return f"the directory {str(beside)!r} cannot be looked into: {error.strerror}"
    near = did_you_mean(Path(text).name, names)
    return near or f"file names count from {str(folder)!r}"
