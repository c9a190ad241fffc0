"""From what stands in a table's cells to minutes and minor units, with the reason for each that cannot be used."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np
from attrs import field, frozen

from planner.core.money import LARGEST, Price, digits, to_minor
from planner.core.time import EPOCH
from planner.scenario.reading.legs.columns import Amounts, Array, Column, Stamps, Texts
from planner.scenario.reading.legs.written import LegTable
from planner.scenario.reading.values import SCALARS, Wrong
from planner.scenario.timetable import UNPRICED

BAD = np.iinfo(np.int64).min  # no value, for a reason
_EPOCH = EPOCH.replace(tzinfo=None)
_UTC = re.compile(r"\s?(Z|z|UTC|[+-]00:?00)$")
_NO_SECONDS = re.compile(r"(?<=:\d\d):00(\.0+)?$")
_PLAIN = re.compile(r"\d{1,15}(\.\d*)?|\.\d+")
_CLOSE = 1e-6  # minor units that a binary fraction may be off


@frozen(eq=False)
class Reasons:
    """A column turned into numbers, BAD where it cannot be; why, for texts by their number."""

    numbers: Array
    column: Column
    by_text: dict[int, tuple[str, str]] = field(factory=dict)
    otherwise: str = ""  # the reason for numbers, where `{}` stands for the number found

    def why(self, row: int) -> tuple[str, str]:
        """What is wrong in a row whose number is BAD, and a hint."""
        if isinstance(self.column, Texts):
            return self.by_text.get(int(self.column.codes[row]), ("it is empty", ""))
        return self.otherwise.format(self.column.numbers[row]), ""


def moments(column: Column, table: LegTable) -> Reasons:
    """Minutes since 1970: local ones, or UTC where the table's `times` are not local."""
    if isinstance(column, Texts):
        return _each(column, lambda text: _moment(text, table), BAD)
    assert isinstance(column, Stamps)
    minutes, rest = np.divmod(column.numbers, column.a_minute)
    minutes[(rest != 0) | column.missing] = BAD
    return Reasons(minutes, column, otherwise="it is empty or has seconds; times are whole minutes")


def prices(column: Column, currency: str) -> Reasons:
    """Minor units of a currency, UNPRICED where there is none."""
    if isinstance(column, Texts):
        return _each(column, lambda text: _price(text, currency), UNPRICED)
    assert isinstance(column, Amounts)
    numbers, scale = column.numbers, 10 ** digits(currency)
    missing = column.missing
    if numbers.dtype.kind == "f":
        missing = missing | np.isnan(numbers)
        with np.errstate(invalid="ignore", over="ignore"):
            exact = numbers * scale
            whole = np.rint(exact)
            wrong = ~(np.abs(exact - whole) <= _CLOSE)
            large = np.flatnonzero(wrong)  # of large amounts, the last bits of a binary fraction count for more
            wrong[large] = ~(np.abs(exact[large] - whole[large]) <= 2 * np.spacing(np.abs(exact[large])))
            wrong |= ~((exact >= 0) & (numbers <= LARGEST // 100) & (whole <= LARGEST))
        minor = np.where(wrong | missing, 0, whole).astype(np.int64)
    else:
        wrong = (numbers < 0) | (numbers > min(LARGEST // 100, LARGEST // scale))
        minor = np.where(wrong, 0, numbers).astype(np.int64) * scale
    minor[wrong] = BAD
    minor[missing] = UNPRICED
    words = f"expected an amount from 0 to {LARGEST // 100} with at most {digits(currency)} decimals, found {{}}"
    return Reasons(minor, column, otherwise=words)


def _each(column: Texts, read: Callable[[str], int], nothing: int) -> Reasons:
    numbers, reasons = [], {}
    for code, text in enumerate(column.values):
        try:
            numbers.append(read(text))
        except Wrong as wrong:
            numbers.append(BAD)
            reasons[code] = (str(wrong), wrong.hint)
    by_text = np.array([*numbers, nothing], dtype=np.int64)
    return Reasons(by_text[column.codes], column, by_text=reasons)


def _moment(text: str, table: LegTable) -> int:
    if table.time_format or table.times == "offset":
        return _formatted(text, table)
    utc, zoned = table.times == "utc", _UTC.search(text)
    if zoned and not utc:
        raise Wrong(SCALARS[datetime].words, text, 'for a table in UTC, add times = "utc" to its [[leg_tables]]')
    found: datetime = SCALARS[datetime].read(_NO_SECONDS.sub("", text[: zoned.start()] if zoned else text))
    between = found - _EPOCH
    return between.days * 1440 + between.seconds // 60


def _formatted(text: str, table: LegTable) -> int:
    """A time in a format of the table's own, or with the offset of its clock."""
    wanted = f"a time written as {table.time_format!r}" if table.time_format else "a time and its offset from UTC"
    try:
        found = datetime.strptime(text, table.time_format) if table.time_format else datetime.fromisoformat(text)
    except (ValueError, re.error):  # of a format that says something twice
        raise Wrong(wanted, text) from None
    if (table.times == "offset") != (found.tzinfo is not None):
        if table.times == "offset":
            raise Wrong("a time with its offset from UTC", text)
        raise Wrong("a time alone", text, 'for times with an offset, add times = "offset" to the [[leg_tables]]')
    between = found.replace(tzinfo=None) - _EPOCH - (found.utcoffset() or timedelta())
    if between.seconds % 60:
        raise Wrong("whole minutes", text)
    return between.days * 1440 + between.seconds // 60


def _price(text: str, currency: str) -> int:
    price: Price = SCALARS[Price].read(Decimal(text) if _PLAIN.fullmatch(text) else text)
    if price.currency not in ("", currency):
        raise Wrong(f"an amount in {currency}", text, "tables in another currency are [[leg_tables]] of their own")
    minor = to_minor(price.amount, currency)
    if minor > LARGEST:
        raise Wrong(f"at most {LARGEST} of the smallest coin", text)
    return minor
