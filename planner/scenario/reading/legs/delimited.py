"""CSV and TSV files: their bytes, their header, and all of a small one by the csv module."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from planner.scenario.reading.legs.columns import Frame, Texts, Unreadable

LARGEST = 10**9  # bytes of text in one file: a packed one may be made of a few
MOST_ROWS = 200_000  # that are read by the csv module, one object a cell
_DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile)


def content(path: Path) -> bytes:
    """The bytes of a file in UTF-8, unpacked and without a byte order mark."""
    try:
        packed = path.name.lower().endswith(".gz")
        with path.open("rb") as file, gzip.open(file) if packed else file as opened:
            data = opened.read(LARGEST + 1)
    except _DAMAGED:
        raise Unreadable("the file is damaged, or not packed by gzip") from None
    except OSError as error:
        raise Unreadable(f"the file cannot be read: {error.strerror or error}") from None
    if len(data) > LARGEST:
        raise Unreadable(
            f"there is more than {LARGEST // 10**9} GB of text in it", "write it as Parquet, or as several files"
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("the file is written in UTF-16", "save it as UTF-8", 1)
    return data.removeprefix(b"\xef\xbb\xbf")


def header(data: bytes, separator: str) -> tuple[list[str], int]:
    """The names in the first line that is not blank, and the number of lines up to its end."""
    for _, (_, last), cells in _records(data, separator):
        if cells:
            return [cell.strip() for cell in cells], last
    raise Unreadable("the file is empty", "the first line holds the names of the columns")


def by_csv(path: Path, data: bytes, separator: str, wanted: Mapping[str, int], most: int) -> Frame | None:
    """Some columns, by name of ours and number in the file; None if there are more than `most` rows.

    Rows count from 1 after the header, blank ones too; blank rows and such as have nothing in these columns are
    left out.
    """
    names, _ = header(data, separator)
    places = list(wanted.values())
    rows: list[int] = []
    cells: list[list[str]] = [[] for _ in places]
    for row, line, record in records(data, separator):
        if row > most:
            return None
        if len(record) > len(names):
            message = f"row {row} has {len(record)} values, and there are {len(names)} columns"
            raise Unreadable(message, 'a value with a separator in it stands in quotes: "a, b"', line)
        found = [record[place].strip() if place < len(record) else "" for place in places]
        if any(found):
            rows.append(row)
            for column, cell in zip(cells, found, strict=True):
                column.append(cell)
    made = dict(zip(wanted, cells, strict=True))
    ids = made.pop("id", None)
    columns = {name: Texts.coded(column) for name, column in made.items()}
    return Frame(np.array(rows, dtype=np.int64), columns, ids, partial(lines, path, separator))


def lines(path: Path, separator: str, rows: Collection[int]) -> dict[int, int]:
    """The lines on which some rows of a file begin."""
    wanted, last = set(rows), max(rows, default=0)
    found = {}
    for row, line, _ in records(content(path), separator):
        if row > last:
            break
        if row in wanted:
            found[row] = line
    return found


def records(data: bytes, separator: str) -> Iterator[tuple[int, int, list[str]]]:
    """Rows below the names of the columns, with their numbers from 1 and the lines they begin on. Raises Unreadable."""
    first = 0
    for row, (line, _), cells in _records(data, separator):
        if first:
            yield row - first, line, cells
        elif cells:
            first = row


def _records(data: bytes, separator: str) -> Iterator[tuple[int, tuple[int, int], list[str]]]:
    """Records with their numbers from 1 and their first and last lines."""
    text = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")
    reader: Any = csv.reader(text, delimiter=separator, strict=True)
    row, line = 0, 1
    try:
        for cells in reader:
            row += 1
            yield row, (line, reader.line_num), cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(f"this is no {_word(separator)}: {error}", "quotes inside quotes are doubled", line) from None
    except UnicodeDecodeError:
        raise _not_utf8(data) from None


def _word(separator: str) -> str:
    return "TSV" if separator == "\t" else "CSV"


def _not_utf8(data: bytes) -> Unreadable:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return Unreadable(f"the byte 0x{data[error.start]:02x} is not UTF-8", "save the file as UTF-8", line)
    raise AssertionError("decoded after all")


def plain(data: bytes, separator: str) -> bool:
    """Whether every reader of CSV understands these bytes alike: in quotes, whole values and nothing else."""
    signs = np.frombuffer(data + b"\n", dtype=np.uint8)
    quotes, returns = np.flatnonzero(signs == ord('"')), np.flatnonzero(signs == 13)
    around = (ord(separator), 10, 13, ord('"'))
    opened = np.isin(signs[quotes[::2] - 1], around).all()  # before the first sign stands the last one, a new line
    closed = np.isin(signs[quotes[1::2] + 1], around).all()
    return bool(opened and closed and len(quotes) % 2 == 0 and (signs[returns + 1] == 10).all())
