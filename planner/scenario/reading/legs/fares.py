"""Fares from tables and importers, put together as columns."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np
from attrs import define, field, frozen

from planner.core.errors import Place, Problem
from planner.core.money import LARGEST, digits
from planner.scenario.node import Where
from planner.scenario.reading.legs.columns import Array, Frame, Texts, Unreadable
from planner.scenario.reading.legs.files import KINDS, DataFile, files_of
from planner.scenario.reading.legs.findings import Findings, Say
from planner.scenario.reading.legs.opening import opened
from planner.scenario.reading.legs.values import BAD, Reasons, prices
from planner.scenario.reading.legs.written import FareTable
from planner.scenario.reading.values import describe
from planner.scenario.reading.written import ScenarioFile
from planner.scenario.tickets import Tickets
from planner.scenario.timetable import UNPRICED, Timetable
from planner.scenario.travel import Leg

_BETWEEN = ";"  # the ids of a fare's legs
LEFT_OUT = "fares with a leg that is left out"


@frozen(eq=False)
class Fares:
    """Fares of one file as a frame: `legs`, `price`, and perhaps `title`, `currency` and `per`, besides ids."""

    file: DataFile
    frame: Frame
    table: FareTable


def fare_files(written: ScenarioFile, folder: Path, problems: list[Problem]) -> list[Fares]:
    """What the tables of fares of a scenario hold."""
    found = []
    for table in written.fare_tables:
        for file in files_of(table, folder, problems, tuple(KINDS)):
            try:
                frame = opened(file, table.columns, ("legs", "price"), "[[fare_tables]]")
                found.append(Fares(file, frame, table))
            except Unreadable as error:
                place = Place(str(file.path), error.line, 1 if error.line else 0)
                problems.append(Problem(place, str(error), error.hint))
    return found


@define
class FareReader:
    """Puts fares together. `rates` are currencies that can be reckoned with (None: all)."""

    currency: str
    rates: Mapping[str, object] | None
    taken: Collection[str]  # ids of fares that the scenario itself writes
    legs: Sequence[Leg]
    timetable: Timetable | None
    incomplete: bool  # rows of tables were left out, so that a fare may name legs that are not there
    problems: list[Problem] = field(factory=list)
    _currencies: dict[str, int] = field(factory=dict)

    def read(self, files: Sequence[Fares]) -> Tickets | None:
        """All fares; None if there are no files. What is wrong is added to the problems."""
        if not files:
            return None
        position = self._positions(files)
        parts: list[dict[str, Array]] = []
        ids: list[str] = []
        titles: list[str] = []
        left_out = 0
        for number, fares in enumerate(files):
            findings = Findings(fares.file, fares.frame)
            legs, known = self._legs(fares.frame, position, findings)
            part = self._prices(fares, findings)
            names = self._ids(fares, [*ids], findings)
            self.problems += findings.problems()
            left_out += int((~known).sum())
            kept = np.flatnonzero(known)
            lengths = np.array([len(legs[row]) for row in kept.tolist()], dtype=np.int64)
            chosen = [legs[row] for row in kept.tolist()]
            flat = np.array([at for one in chosen for at in one], dtype=np.int64)
            ids += [names[row] for row in kept.tolist()]
            title = fares.frame.columns.get("title")
            titles += [title.at(row) if isinstance(title, Texts) else "" for row in kept.tolist()]
            part = {name: column[kept] for name, column in part.items()}
            part |= {"lengths": lengths, "legs": flat, "file": np.full(len(kept), number, dtype=np.int32)}
            parts.append(part | {"row": fares.frame.rows[kept]})
        joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
        return Tickets(
            ids=ids,
            titles=titles,
            start=np.concatenate([[0], np.cumsum(joined["lengths"])]).astype(np.int64),
            legs=joined["legs"],
            price=joined["price"],
            currency=joined["currency"],
            currencies=tuple(self._currencies),
            party=joined["party"],
            places=[Where(Place(str(fares.file.path))) for fares in files],
            file=joined["file"],
            row=joined["row"],
            left_out={LEFT_OUT: left_out} if left_out else {},
        )

    def _positions(self, files: Sequence[Fares]) -> Mapping[str, int]:
        """Where the legs that fares name stand among all legs."""
        named = {name for fares in files for text in _texts(fares.frame, "legs").values for name in _names(text)}
        own = {str(leg.id): at for at, leg in enumerate(self.legs)}
        if self.timetable is None:
            return own
        found = self.timetable.positions(named - own.keys())
        return own | {name: at + len(own) for name, at in found.items()}

    def _legs(self, frame: Frame, position: Mapping[str, int], findings: Findings) -> tuple[list[list[int]], Array]:
        """The legs of each fare, and whether all are there; legs that cannot be are found wrong."""
        texts = _texts(frame, "legs")
        named = [_names(text) for text in texts.values]
        found = [[position.get(name, -1) for name in names] for names in named]
        there = np.array([*(min(legs, default=-1) >= 0 for legs in found), False], dtype=np.bool_)
        twice = np.array([*(len(set(names)) < len(names) for names in named), False], dtype=np.bool_)
        known = there[texts.codes]
        findings.add(texts.codes < 0, lambda row: ("legs: it is empty", "the ids of legs, with ; between them"))
        findings.add(twice[texts.codes], lambda row: (f"legs: a leg is named twice in {texts.at(row)!r}", ""))
        if not self.incomplete:
            findings.add(~known & (texts.codes >= 0), lambda row: _unknown(texts.at(row), position))
        return [found[code] if code >= 0 else [] for code in texts.codes.tolist()], known

    def _prices(self, fares: Fares, findings: Findings) -> dict[str, Array]:
        frame, count = fares.frame, len(fares.frame.rows)
        codes = _texts(frame, "currency")
        default = fares.table.currency or self.currency
        price = np.full(count, UNPRICED, dtype=np.int64)
        currency = np.zeros(count, dtype=np.int32)
        for number, code in enumerate([*codes.values, default], start=0):
            rows = codes.codes == (number if number < len(codes.values) else -1)
            if not rows.any():
                continue
            if self.rates is not None and code != self.currency and code not in self.rates:
                hint = f"add {code} to values of [rates]: what one {code} is worth in {self.currency}"
                findings.add(rows, _always(f"currency: no exchange rate for {describe(code)}", hint))
                continue
            told = prices(frame.columns["price"], code)
            price[rows] = told.numbers[rows]
            currency[rows] = self._currencies.setdefault(code, len(self._currencies))
            findings.add(rows & (told.numbers == BAD), _why(told))
            empty = rows & (told.numbers == UNPRICED)
            findings.add(empty, _always("price: it is empty", "what all legs cost together"))
            rate = float(str(self.rates[code])) if self.rates and code in self.rates else 1.0
            own = self.currency or code
            most = LARGEST if rate <= 0 else min(LARGEST, LARGEST / 10 ** digits(own) / rate * 10 ** digits(code))
            findings.add(rows & (told.numbers > most), _always("price: it is more than this planner counts with", ""))
        per = _texts(frame, "per")
        wrong = [code for code, text in enumerate(per.values) if text not in ("traveller", "party")]
        findings.add(
            np.isin(per.codes, wrong),
            lambda row: (f"per: found {describe(per.at(row))}", "expected traveller or party"),
        )
        party = np.array([*(text == "party" for text in per.values), fares.table.per == "party"])[per.codes]
        return {"price": price, "currency": currency, "party": party}

    def _ids(self, fares: Fares, before: Collection[str], findings: Findings) -> list[str]:
        """An id for each fare: its own, or the name of the file and the number of the row."""
        frame = fares.frame
        rows = frame.rows.tolist()
        ids = [
            text or f"{fares.file.name}:{row}" for text, row in zip(frame.ids or [""] * len(rows), rows, strict=True)
        ]
        seen = {*before, *self.taken, *(self.timetable.positions(ids) if self.timetable is not None else ())}
        wrong = np.zeros(len(ids), dtype=np.bool_)
        for at, text in enumerate(ids):
            wrong[at] = text in seen
            seen.add(text)
        findings.add(wrong, lambda row: (f"the fare id {ids[row]!r} is used twice", "legs count, too"))
        return ids


def _texts(frame: Frame, name: str) -> Texts:
    found = frame.columns.get(name)
    return found if isinstance(found, Texts) else Texts(np.full(len(frame.rows), -1, dtype=np.int32), [])


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(_BETWEEN) if name.strip()]


def _unknown(text: str, position: Mapping[str, int]) -> tuple[str, str]:
    missing = next((name for name in _names(text) if name not in position), text)
    return f"legs: there is no leg {missing!r}", "the ids of legs, with ; between them"


def _why(told: Reasons) -> Say:
    return lambda row: (f"price: {told.why(row)[0]}", told.why(row)[1])


def _always(message: str, hint: str) -> Say:
    return lambda row: (message, hint)
