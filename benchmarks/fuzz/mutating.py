# ruff: noqa: E501 (lists of values, as they come)
"""Inputs changed by their structure: a value of a table, a row, a column's type, and not just a byte."""

from __future__ import annotations

import io
import json
import tomllib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from random import Random
from typing import Any, TypeAlias

Mutate: TypeAlias = Callable[[bytes, Random], bytes]  # raises ValueError for bytes it can make nothing of

TEXTS = (
    "", " ", "\0", "\x1b]8;;https://x.test\x1b\\", "\u202e", "\ufeff", "é", "e\u0301", "\U0001f6c2", "a" * 5000, "../../x",
    "/dev/zero", "https://x.test/a.csv", "**/*", "PEK", "SFO", "XX", "CN", "SCHENGEN", "BASE", "USD", "1e400 USD", "0 XXX",
    "9999999999999.99", "-1", "NaN", "99999 days", "100000 years", "0 months", "240 hours", "0001-01-01", "9999-12-31",
    "2024-02-29", "2025-03-09 02:30", "2025-11-02 01:30", "24:00", "citizen:US", "citizen:", "air", "visa_free", "party",
    "Pacific/Kiritimati", "Etc/GMT+12", "../UTC", "us", "mx",
)  # fmt: skip
PLAIN: tuple[Any, ...] = (
    *TEXTS,
    0,
    1,
    -1,
    2,
    30,
    100_000,
    100_001,
    2**31,
    2**63,
    2**64,
    10**400,
    True,
    False,
    [],
    {},
    [[]],
    [{}],
)
DATED: tuple[Any, ...] = (
    date.min, date.max, date(2024, 2, 29), date(2025, 3, 30), datetime.min, datetime(9999, 12, 31, 23, 59),
    datetime(2025, 3, 9, 2, 30), datetime(2025, 11, 2, 1, 30), time(0, 0), time(23, 59, 59), Decimal("1e-400"),
    Decimal("1e400"), Decimal("1e999999"), Decimal("1e-999999"), Decimal("nan"), Decimal("inf"), Decimal("0.005"),
    Decimal("99999999999.99"),
)  # fmt: skip


def toml(data: bytes, random: Random) -> bytes:
    """A TOML text with one or some of its values changed, moved, doubled or taken away."""
    return toml_text(
        _changed(_parsed(tomllib.loads(data.decode(), parse_float=Decimal)), random, PLAIN + DATED)
    ).encode()


def json_(data: bytes, random: Random) -> bytes:
    """The same of a JSON text."""
    return json.dumps(_changed(_parsed(json.loads(data)), random, PLAIN)).encode()


def lines(data: bytes, random: Random) -> bytes:
    """A text with some signs changed for others that it has, taken away, doubled, or put elsewhere."""
    signs = list(data.decode())
    for _ in range(random.randint(1, 4) if signs else 0):
        at, other = random.randrange(len(signs)), random.randrange(len(signs))
        match random.randrange(5):
            case 0 | 1:
                signs[at] = signs[other]
            case 2:
                signs[at], signs[other] = signs[other], signs[at]
            case 3:
                signs[at] = random.choice(("", "0", "O", "<", "\n", "é", "\u202e", signs[at] * 2))
            case _:
                signs[at] = random.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<")
    return "".join(signs).encode()


def delimited(data: bytes, random: Random) -> bytes:
    """A table of texts with one or some cells, rows or columns changed."""
    rows = [line.split(",") for line in data.decode().split("\n")]
    for _ in range(random.randint(1, 4)):
        row = random.choice(rows)
        match random.randrange(5):
            case 0 | 1:
                row[random.randrange(len(row))] = str(random.choice((*PLAIN, *DATED, '"', '"a"b', "\r", "1e5", "007")))
            case 2:
                rows.insert(random.randrange(len(rows) + 1), list(random.choice(rows)))
            case 3:
                row.insert(random.randrange(len(row) + 1), random.choice(row))
            case _:
                row.pop(random.randrange(len(row)))
                rows = [row for row in rows if row] or [[""]]
    return "\n".join(map(",".join, rows)).encode()


def parquet(data: bytes, random: Random) -> bytes:
    """A Parquet file with the columns of a table of legs, of types and values that fit or do not."""
    import polars as pl

    rows = random.randint(0, 5)
    columns: dict[str, pl.Series] = {}
    for name in ("from", "to", "departs", "arrives", "price", "operator", "mode", "id", "from "):
        if random.random() < 0.9:
            values, kinds = _COLUMNS[name if random.random() < 0.8 else random.choice(sorted(_COLUMNS))]
            picked = [None if random.random() < 0.1 else random.choice(values) for _ in range(rows)]
            kind = getattr(pl, random.choice(kinds)) if random.random() < 0.8 else random.choice(_types())
            try:
                columns[name] = pl.Series(picked, dtype=kind, strict=False)
            except (TypeError, ValueError, OverflowError, pl.exceptions.PolarsError):
                columns[name] = pl.Series([str(value) for value in picked], dtype=pl.String)
    file = io.BytesIO()
    pl.DataFrame(columns).write_parquet(file, compression=random.choice(["zstd", "uncompressed", "snappy"]))
    return file.getvalue()


_COLUMNS: dict[str, tuple[tuple[Any, ...], tuple[str, ...]]] = {
    "from": (("SFO", "PEK", "FNJ", " SFO", "xyz"), ("String", "Categorical")),
    "to": (("PEK", "FNJ", "SFO", ""), ("String", "Categorical")),
    "departs": (
        (datetime(2025, 4, 1, 13), "2025-04-02 13:00", datetime.max, datetime.min, 0, 2**62, "2025-03-09 02:30"),
        ("Datetime", "String"),
    ),
    "arrives": (
        (datetime(2025, 4, 2, 17), datetime(2025, 4, 4), "2025-04-03T01:00", datetime.max),
        ("Datetime", "String"),
    ),
    "price": (
        (100, 0, -1, 0.1, 1e300, 2**62, 10**11, float("nan"), float("inf"), "12.34", "1e9"),
        ("Float64", "Int64"),
    ),
    "operator": (("CA", "", "JS", 7), ("String", "Int64")),
    "mode": (("air", "rail", "bus", ""), ("String",)),
    "id": (("a", "b", "a", 1, 2**63), ("String", "UInt64")),
    "from ": (("x",), ("String",)),
}


def _types() -> list[Any]:
    import polars as pl

    return [
        pl.Int8, pl.UInt64, pl.Float32, pl.Boolean, pl.Binary, pl.Date, pl.Time, pl.Duration("us"), pl.Null,
        pl.Datetime("ns"), pl.Datetime("ms", "UTC"), pl.Datetime("us", "Asia/Tokyo"), pl.Decimal(18, 4), pl.List(pl.String),
        pl.Struct({"a": pl.Int8}), pl.Enum(["SFO", "PEK"]),
    ]  # fmt: skip


def _parsed(value: Any) -> Any:
    if not isinstance(value, dict):
        raise ValueError("no table")
    return value


def _changed(data: dict[str, Any], random: Random, hostile: tuple[Any, ...]) -> dict[str, Any]:
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        slots = list(_slots(data))
        if not slots:
            return {random.choice(TEXTS): random.choice(hostile)}
        container, key = random.choice(slots)
        other, other_key = random.choice(slots)
        match random.randrange(6):
            case 0 | 1 | 2:
                container[key] = random.choice(hostile)
            case 3:
                container[key] = _copy(other[other_key])
            case 4 if isinstance(container, list):
                container.insert(key, _copy(container[key]))
            case 4:
                container[other_key if isinstance(other_key, str) else random.choice(TEXTS)] = _copy(other[other_key])
            case _:
                del container[key]
    return data


def _slots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container in a value, with each of its keys or positions."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _slots(value[key])


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    return [_copy(item) for item in value] if isinstance(value, list) else value


def toml_text(data: dict[str, Any]) -> str:
    """Plain data as TOML, a line for each top-level key, and a table of its own for each item of a list of tables."""
    lines, tables = [], []
    for key, value in data.items():
        if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            for item in value:
                tables += [
                    f"[[{_quoted(key)}]]",
                    *(f"{_quoted(name)} = {_value(inner)}" for name, inner in item.items()),
                ]
        else:
            lines.append(f"{_quoted(key)} = {_value(value)}")
    return "\n".join([*lines, *tables]) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(key)} = {_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, Decimal) and value.is_finite() and not set("E.") & set(str(value)):
        return f"{value}.0"
    if isinstance(value, bool):
        return "true" if value else "false"
    return {"NaN": "nan", "Infinity": "inf"}.get(str(value), str(value))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
