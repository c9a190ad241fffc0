"""The files of a GTFS feed, in a folder or a zip file, row by row."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar

from attrs import define, field, frozen

from planner.core.errors import Place, did_you_mean
from planner.scenario.importing.base import Faults
from planner.scenario.reading.legs.columns import Unreadable
from planner.scenario.reading.legs.delimited import LARGEST, header, records

T = TypeVar("T")


@frozen(eq=False)
class Row:
    """One row of a file: its values by column, and where it stands."""

    place: Place
    cells: Sequence[str]
    columns: dict[str, int]

    def __getitem__(self, column: str) -> str:
        """The value in a column, without spaces around it; empty if there is none."""
        at = self.columns.get(column)
        return self.cells[at].strip() if at is not None and at < len(self.cells) else ""


@define
class Feed:
    """A feed that can be read. `folder` is the one inside the zip file where its files lie, with a slash at its end."""

    path: Path
    faults: Faults
    _zip: zipfile.ZipFile | None = None
    _folder: str = ""
    _names: frozenset[str] = field(factory=frozenset)

    @classmethod
    def of(cls, path: Path, faults: Faults) -> Feed:
        """The feed in a folder or zip file. Raises Unreadable."""
        if path.is_dir():
            return cls(path, faults, names=frozenset(item.name for item in path.iterdir()))
        try:
            opened = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, NotImplementedError):
            raise Unreadable("this is neither a folder nor a zip file that can be read") from None
        names = opened.namelist()
        folder = next((name.removesuffix("stops.txt") for name in names if name.split("/")[-1] == "stops.txt"), "")
        inside = frozenset(name.removeprefix(folder) for name in names if name.startswith(folder))
        return cls(path, faults, opened, folder, inside)

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return name in self._names

    def rows_if_any(self, name: str, *needed: str) -> Iterator[Row]:
        """The same of a file that a feed may do without."""
        if self.has(name):
            yield from self.rows(name, *needed)

    def rows(self, name: str, *needed: str) -> Iterator[Row]:
        """The rows of a file that has some columns, which are not empty in it. Raises Unreadable."""
        file = f"{self.path}/{name}"
        if not self.has(name):
            raise Unreadable(f"the feed has no {name}", did_you_mean(name, sorted(self._names)))
        data = self._data(name)
        try:
            names, line = header(data, ",")
            for column in needed:
                if column not in names:
                    self.faults.add(Place(file, line, 1), f"there is no column {column!r}", did_you_mean(column, names))
                    return
            columns = {column: at for at, column in enumerate(names)}
            for number, at, cells in records(data, ","):
                if not any(cells):
                    continue
                row = Row(Place(file, at, 1, number), cells, columns)
                missing = next((column for column in needed if not row[column]), None)
                if missing is None:
                    yield row
                else:
                    self.faults.add(row.place, f"{missing}: it is empty")
        except Unreadable as error:
            self.faults.add(Place(file, error.line, 1 if error.line else 0), str(error), error.hint)

    def read(self, row: Row, column: str, reader: Callable[[str], T], words: str) -> T | None:
        """The value in a column, if it can be read; what cannot is a fault."""
        try:
            return reader(row[column])
        except (ValueError, InvalidOperation):
            self.faults.add(row.place, f"{column}: expected {words}, found {row[column][:40]!r}")
            return None

    def known(self, row: Row, column: str, among: Collection[str], of: str) -> bool:
        """Whether the value in a column is one of those that another file has; others are a fault."""
        if row[column] in among:
            return True
        self.faults.add(row.place, f"{column}: {of} has no {row[column][:40]!r}")
        return False

    def _data(self, name: str) -> bytes:
        if self._zip is None and not (self.path / name).is_file():
            raise Unreadable(f"{name} in the feed is no regular file")
        try:
            with self._zip.open(self._folder + name) if self._zip else (self.path / name).open("rb") as opened:
                data = opened.read(LARGEST + 1)
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
            raise Unreadable(f"{name} in the feed cannot be read: {error}") from None
        if len(data) > LARGEST:
            raise Unreadable(f"there is more than {LARGEST // 10**9} GB of text in {name}")
        return data.removeprefix(b"\xef\xbb\xbf")


def day(text: str) -> date:
    """A date written 20250403. Raises ValueError."""
    if len(text) != 8 or not text.isdigit():
        raise ValueError
    return datetime.strptime(text, "%Y%m%d").date()


def seconds(text: str) -> int:
    """Seconds of a time of a service's day, such as 25:10:00. Raises ValueError."""
    hours, minutes, rest = (int(part) if part.isdigit() else -1 for part in text.split(":"))
    if hours < 0 or not (0 <= minutes < 60 and 0 <= rest < 60) or hours > 240:
        raise ValueError
    return hours * 3600 + minutes * 60 + rest


def money(text: str) -> Decimal:
    """An amount. Raises ValueError or InvalidOperation."""
    found = Decimal(text)
    if not found.is_finite() or found < 0:
        raise ValueError
    return found


def whole(text: str) -> int:
    """A whole number above 0. Raises ValueError."""
    if not text.isdigit() or int(text) == 0:
        raise ValueError
    return int(text)
