from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from planner.core.money import Price
from planner.core.period import Period
from planner.scenario.node import StayLimit
from planner.scenario.reading.values import SCALARS, Wrong


@pytest.mark.parametrize(
    ("cls", "value", "expected"),
    [
        (Period, "90 days", Period(90, "days")),
        (Period, "1 month", Period(1, "months")),
        (StayLimit, "90 days", Period(90, "days")),
        (StayLimit, "240 hours", Period(240, "hours")),
        (Period, 30, Period(30, "days")),
        (Price, 5, Price(Decimal(5))),
        (Price, Decimal("34.50"), Price(Decimal("34.50"))),
        (Price, "34.50 USD", Price(Decimal("34.50"), "USD")),
        (Price, "USD 34", Price(Decimal(34), "USD")),
        (date, date(2025, 4, 3), date(2025, 4, 3)),
        (date, "2025-04-03", date(2025, 4, 3)),
        (datetime, datetime(2025, 4, 3, 13, 25), datetime(2025, 4, 3, 13, 25)),
        (datetime, "2025-04-03 13:25", datetime(2025, 4, 3, 13, 25)),
        (datetime, "2025-04-03T13:25:00", datetime(2025, 4, 3, 13, 25)),
        (time, "22:00", time(22)),
        (time, time(6, 30), time(6, 30)),
        (bool, False, False),
        (int, 100_000, 100_000),
        (Decimal, 2, Decimal(2)),
    ],
)
def test_what_is_accepted(cls: type, value: Any, expected: Any) -> None:
    assert SCALARS[cls].read(value) == expected


@pytest.mark.parametrize(
    ("cls", "value", "words"),
    [
        (int, True, "found true"),
        (int, "5", "the text '5'"),
        (int, Decimal("1.0"), "the number 1.0"),
        (int, -1, "between 0 and 100000"),
        (int, 100_001, "between 0 and 100000"),
        pytest.param(int, 16**5000, "a huge number", id="huge"),
        (str, 5, "the number 5"),
        (bool, "true", "without quotes"),
        (bool, 1, "the number 1"),
        (Period, "90", "a period such as"),
        (Period, "240 hours", "only for how long a stay may last"),
        (Period, "-3 days", "a period such as"),
        (Period, "100001 days", "must not exceed"),
        (Period, True, "found true"),
        (Price, "-3 USD", "negative"),
        (Price, -3, "negative"),
        (Price, "34 usd", "three capital letters"),
        (Price, Decimal("Infinity"), "Infinity"),
        (Price, Decimal("1e300"), "more than"),
        (Price, 10**12, "more than"),
        (Price, True, "found true"),
        (date, "3 April 2025", "2025-04-03"),
        (date, "2025-02-30", "day is out of range"),
        (date, datetime(2025, 4, 3, 13, 25), "leave out the time"),
        (date, 20250403, "the number"),
        (datetime, date(2025, 4, 3), "add the time"),
        (datetime, "2025-04-03", "add the time"),
        (datetime, "2025-04-03T13:25Z", "leave out the time zone"),
        (datetime, "2025-04-03 13:25+08:00", "leave out the time zone"),
        (datetime, datetime.fromisoformat("2025-04-03T13:25+08:00"), "leave out the time zone"),
        (datetime, datetime(2025, 4, 3, 13, 25, 1), "whole minutes"),
        (datetime, "2025-W14-4 13:25", "local date and time"),
        (time, "10 pm", "22:00"),
        (Decimal, "1.5", "the text"),
        (Decimal, Decimal("NaN"), "NaN"),
        (int, "x" * 500, "…"),
        (int, [1], "a list"),
        (int, {}, "a table"),
    ],
)
def test_what_is_refused_and_how(cls: type, value: Any, words: str) -> None:
    with pytest.raises(Wrong) as caught:
        SCALARS[cls].read(value)
    message = f"{caught.value} ({caught.value.hint})"
    assert "expected" in message
    assert words in message
    assert len(message) < 220
