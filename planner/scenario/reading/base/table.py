"""Reading a table of visa requirements: a row for each passport and destination (tidy), or a matrix of both."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeAlias

from attrs import define, field, frozen

from planner.core.errors import Place, Problem, ScenarioError, did_you_mean
from planner.scenario.reading.base.states import state, state_hint
from planner.scenario.reading.text import read_bytes

OWN = "-1"  # the status of a passport in its own country
STATUSES = ("visa free", "visa on arrival", "eta", "e-visa", "visa required", "no admission")  # or a number of days
_OTHER_NAMES = {"evisa": "e-visa", "e visa": "e-visa", "visa-free": "visa free", "covid ban": "no admission"}
_LONGEST = 3660  # days
_SHOWN = 50  # problems after which the table is read no further
_TIDY = (("passport", "from"), ("destination", "to"), ("requirement", "status", "value", "code"))

Requirements: TypeAlias = dict[tuple[str, str], str]  # status by passport and destination (alpha-2 codes)


@frozen
class _Cell:
    """One status of the table, with what it is about; empty texts where the table has nothing."""

    passport: str
    destination: str
    status: str
    place: Place
    column: str  # what messages call the column


def read_table(path: Path) -> Requirements:
    """The status of every pair of a passport and a destination. Raises ScenarioError with what is wrong.

    The layout shows in the header. A table that lacks a pair, or says two things about one, cannot be used: nothing
    would tell «not known» from «not admitted».
    """
    if path.is_dir():
        raise ScenarioError([Problem(Place(str(path)), "this is a directory", "name a table, such as table.csv")])
    rows = list(_rows(read_bytes(path), str(path)))
    if not rows:
        raise ScenarioError([Problem(Place(str(path)), "the file is empty", "the first line names the columns")])
    findings = _Findings(str(path))
    header, *body = rows
    cells = _tidy(header, body, findings) if _is_tidy(header[1]) else _matrix(header, body, findings)
    found = _collected(cells, findings)
    if not findings.problems:
        _whole(found, findings)
    findings.tell()
    return found


Row: TypeAlias = tuple[Place, list[str]]


def _rows(text: str, file: str) -> Iterator[Row]:
    """The header and the rows after it that are not blank, with their places."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line, row = 1, 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Place(file, line, 1, row), [cell.strip() for cell in cells]
                row += 1
            line = reader.line_num + 1
    except csv.Error as error:
        raise ScenarioError([Problem(Place(file, line, 1), f"this is no CSV: {error}")]) from None


@define
class _Findings:
    """Problems found, the same one told once, and not too many."""

    file: str
    problems: list[Problem] = field(factory=list)
    seen: set[str] = field(factory=set)
    more: int = 0

    def add(self, place: Place, message: str, hint: Callable[[], str] = str) -> None:
        """Note a problem; guesses at what is meant take long, so they are made for new ones only."""
        if message in self.seen:
            self.more += 1
            return
        if len(self.problems) == _SHOWN:
            raise ScenarioError([*self.problems, Problem(place, "and more from here on")])
        self.seen.add(message)
        self.problems.append(Problem(place, message, hint()))

    def tell(self) -> None:
        """Raise what was found, if anything."""
        if self.more:
            last = self.problems[-1].place
            self.problems.append(Problem(last, f"{self.more:,} more like these cannot be used"))
        if self.problems:
            raise ScenarioError(self.problems)


def _is_tidy(header: Sequence[str]) -> bool:
    first, second = (name.lower() for name in (*header, "", "")[:2])
    return second == "destination" or (first == "from" and second == "to")


def _tidy(header: Row, body: Sequence[Row], findings: _Findings) -> Iterator[_Cell]:
    place, names = header
    if len(names) != len(_TIDY):
        findings.add(place, f"expected the columns Passport, Destination, Requirement, found {', '.join(names)}")
        return
    for name, known in zip(names, _TIDY, strict=True):
        if name.lower() not in known:
            findings.add(place, f"there is a column {name!r} where {known[0]!r} is expected")
    for where, cells in body:
        if len(cells) != len(names):
            findings.add(where, f"expected {len(names)} values, found {len(cells)}")
        else:
            passport, destination, status = cells
            yield _Cell(passport, destination, status, where, f"column {names[2]}")


def _matrix(header: Row, body: Sequence[Row], findings: _Findings) -> Iterator[_Cell]:
    place, names = header
    if len(names) < 2 or names[0].lower() != _TIDY[0][0]:
        hint = "Passport,Destination,Requirement; or a matrix: Passport, then a column for each destination"
        findings.add(
            place, f"expected the columns of a table of visa requirements, found {', '.join(names)}", lambda: hint
        )
        return
    for name in names[1:]:
        if state(name) is None:
            findings.add(place, f"unknown destination {name!r}", partial(state_hint, name))
    for where, cells in body:
        if len(cells) != len(names):
            findings.add(where, f"expected {len(names)} values, found {len(cells)}")
            continue
        if state(cells[0]) is None:  # told once, and not for every destination
            findings.add(where, f"unknown passport {cells[0]!r}", partial(state_hint, cells[0]))
            continue
        for name, status in zip(names[1:], cells[1:], strict=True):
            if state(name) is not None:  # else it is told above
                yield _Cell(cells[0], name, status, where, f"column {name}")


def _collected(cells: Iterator[_Cell], findings: _Findings) -> Requirements:
    found: Requirements = {}
    for cell in cells:
        passport, destination = state(cell.passport), state(cell.destination)
        status = as_status(cell.status)
        if passport is None:
            findings.add(cell.place, f"unknown passport {cell.passport!r}", partial(state_hint, cell.passport))
        elif destination is None:
            findings.add(cell.place, f"unknown destination {cell.destination!r}", partial(state_hint, cell.destination))
        elif status is None:
            what = f"found {cell.status!r}" if cell.status else "found nothing"
            expected = f"expected a number of days, -1 or one of {', '.join(STATUSES)}"
            findings.add(cell.place, f"{cell.column}: {expected}, {what}", partial(_status_hint, cell.status))
        elif (status == OWN) != (passport == destination):
            expected = "expected -1 for the passport's own country" if status != OWN else "-1 is for the own country"
            findings.add(
                cell.place, f"{cell.column}: {expected}, found {cell.status!r} for {passport} in {destination}"
            )
        elif found.setdefault((passport, destination), status) != status:
            before = found[passport, destination]
            findings.add(
                cell.place, f"{cell.column}: {passport} in {destination} is {status!r} here, {before!r} before"
            )
    return found


def as_status(text: str) -> str | None:
    """A status as the base writes it, numbers of days without leading zeros; None if it is none."""
    low = _OTHER_NAMES.get(text.lower(), text.lower())
    if low.isascii() and low.isdigit():
        return str(int(low)) if len(low) < 6 and 0 < int(low) <= _LONGEST else None
    return low if low in (*STATUSES, OWN) else None


def _status_hint(text: str) -> str:
    near = did_you_mean(text, STATUSES) if text else ""
    return near if near.startswith("did") else ""


def _whole(found: Requirements, findings: _Findings) -> None:
    """Every passport of the table meets every destination of it."""
    passports = dict.fromkeys(passport for passport, _ in found)
    destinations = dict.fromkeys(destination for _, destination in found)
    if not found:
        findings.add(Place(findings.file), "the table has no rows")
    for passport in passports:
        lacking = [name for name in destinations if name != passport and (passport, name) not in found]
        if lacking:
            more = f" and {len(lacking) - 3} more" if len(lacking) > 3 else ""
            findings.add(
                Place(findings.file), f"passport {passport}: nothing is said about {', '.join(lacking[:3])}{more}"
            )
