"""How single values are written: what is accepted for each type, and the words that say so."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from attrs import frozen

from planner.core.money import LARGEST, Price, digits
from planner.core.money import WRITTEN as WRITTEN_PRICE
from planner.core.period import WRITTEN as WRITTEN_PERIOD
from planner.core.period import Period
from planner.scenario.node import StayLimit

MOST = 100_000  # the largest whole number and period count that makes sense in a scenario
_MAGNITUDE = 40  # powers of ten; with larger or smaller numbers, arithmetic ends
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DATETIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:00)?")
_OFFSET = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?\s?([Zz]|[+-]\d\d:?\d\d)")
_TIME = re.compile(r"\d\d:\d\d(:00)?")
LONGEST = 10_000  # characters of a text
_SHOWN = 40  # characters of a wrong text that are repeated


class Wrong(ValueError):
    """A value that cannot be used: what was found, what was expected, perhaps a hint."""

    def __init__(self, expected: str, found: object, hint: str = "") -> None:
        super().__init__(f"expected {expected}, found {describe(found)}")
        self.hint = hint


@frozen
class Scalar:
    """How one type is written: the words for it, and a function that returns the value or raises ValueError.

    The ValueError's text, if any, becomes the hint. `schema` is its JSON Schema, for dates and times as texts; it
    accepts whatever the function does.
    """

    words: str
    parse: Callable[[Any], Any]
    schema: Mapping[str, Any]

    def read(self, value: object) -> Any:
        """The value, or Wrong."""
        try:
            return self.parse(value)
        except (ValueError, TypeError) as error:
            raise Wrong(self.words, value, str(error)) from None


def describe(value: object) -> str:
    """A value found in a file, in words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"the text {value if len(value) <= _SHOWN else value[:_SHOWN] + '…'!r}"
    if isinstance(value, int) and value.bit_length() > 128:
        return "a huge number"
    for types, name in _NAMES:
        if isinstance(value, types):
            return f"{name} {value}"
    if isinstance(value, list | tuple):
        return "a list" if value else "an empty list"
    return "a table" if isinstance(value, dict) else repr(value)


_NAMES: tuple[tuple[type | tuple[type, ...], str], ...] = (
    ((int, float, Decimal), "the number"),
    (datetime, "the date and time"),
    (date, "the date"),
    (time, "the time"),
)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError
    if len(value) > LONGEST:
        raise ValueError(f"it must not have more than {LONGEST:,} characters")
    return value


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise ValueError
    if not 0 <= value <= MOST:
        raise ValueError(f"it must lie between 0 and {MOST}")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("write true or false, without quotes")
    return value


def number(value: Any) -> Decimal:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError
    result = Decimal(value) if isinstance(value, int) else Decimal(str(value))
    if not result.is_finite():
        raise ValueError
    if not -_MAGNITUDE <= result.adjusted() <= _MAGNITUDE:
        raise ValueError("it is more than this planner counts with, or too close to 0")
    return result


def _date(value: Any) -> date:
    if isinstance(value, datetime):
        raise ValueError("leave out the time of day")
    if isinstance(value, date):
        return value
    if _DATE.fullmatch(_text(value)):
        return date.fromisoformat(value)
    raise ValueError


def _datetime(value: Any) -> datetime:
    if isinstance(value, str):
        if _OFFSET.fullmatch(value):
            raise ValueError(_LOCAL)
        if not _DATETIME.fullmatch(value):
            raise ValueError("add the time of day" if _DATE.fullmatch(value) else "")
        return datetime.fromisoformat(value)
    if not isinstance(value, datetime):
        raise ValueError("add the time of day" if isinstance(value, date) else "")
    if value.tzinfo is not None:
        raise ValueError(_LOCAL)
    if value.second or value.microsecond:
        raise ValueError("times are whole minutes")
    return value


_LOCAL = "times are local at the port: leave out the time zone"


def _time(value: Any) -> time:
    if isinstance(value, time):
        if value.second or value.microsecond:
            raise ValueError("times are whole minutes")
        return value
    if _TIME.fullmatch(_text(value)):
        return time.fromisoformat(value)
    raise ValueError


def _period(value: Any) -> Period:
    if not isinstance(value, str):
        return Period(_whole(value), "days")
    try:
        period = Period.parse(value)
    except ValueError:
        raise ValueError from None
    if period.count > MOST:
        raise ValueError(f"it must not exceed {MOST}")
    return period


def _calendar(value: Any) -> Period:
    period = _period(value)
    if period.unit == "hours":
        raise ValueError("hours are only for how long a stay may last")
    return period


def _price(value: Any) -> Price:
    if isinstance(value, str):
        if value.lstrip().startswith("-"):
            raise ValueError("it must not be negative")
        try:
            price = Price.parse(value)
        except ValueError:
            raise ValueError("a currency is three capital letters" if value[:1].isdigit() else "") from None
    else:
        price = Price(number(value))
    if price.amount < 0:
        raise ValueError("it must not be negative")
    if price.amount > LARGEST or price.amount * 10 ** digits(price.currency) > LARGEST:
        raise ValueError("that is more than this planner counts with")
    return price


def _pattern(text: re.Pattern[str]) -> dict[str, str]:
    """The JSON Schema of a date or time as a text; TOML also writes a small t, and fractions of a second."""
    tolerant = text.pattern.replace("[T ]", "[Tt ]").replace("(:00)?", r"(:00(\.0+)?)?")
    return {"type": "string", "pattern": f"^{tolerant}$"}


_COUNT = {"minimum": 0, "maximum": MOST}
_CALENDAR = WRITTEN_PERIOD.replace("hour|", "")

SCALARS: dict[Any, Scalar] = {
    str: Scalar("a text in quotes", _text, {"type": "string"}),
    int: Scalar("a whole number", _whole, {"type": "integer", **_COUNT}),
    bool: Scalar("true or false", _flag, {"type": "boolean"}),
    Decimal: Scalar("a number", number, {"type": "number"}),
    date: Scalar("a date such as 2025-04-03", _date, _pattern(_DATE)),
    datetime: Scalar("a local date and time such as 2025-04-03 13:25", _datetime, _pattern(_DATETIME)),
    time: Scalar("a time of day such as 22:00", _time, _pattern(_TIME)),
    Period: Scalar(
        "a period such as '90 days', '6 months' or '10 years', or a number of days",
        _calendar,
        {"type": ["integer", "string"], "pattern": _CALENDAR, **_COUNT},
    ),
    StayLimit: Scalar(
        "a period such as '90 days', '6 months' or '240 hours', or a number of days",
        _period,
        {"type": ["integer", "string"], "pattern": WRITTEN_PERIOD, **_COUNT},
    ),
    Price: Scalar(
        "a price such as 34.50 or '34.50 USD'",
        _price,
        {"type": ["number", "string"], "pattern": WRITTEN_PRICE, "minimum": 0},
    ),
}
