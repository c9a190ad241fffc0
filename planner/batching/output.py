"""The rows of a batch as a file: JSON lines, or Parquet."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from decimal import Decimal

from planner.batching.rows import Row
from planner.scenario.reading.legs.columnar import GET_IT, installed

FORMS = (".jsonl", ".parquet")
_MONEY = ("cost", "repair_cost")


def missing(name: str) -> str:
    """What must be installed to write a file of that name, and how; "" if nothing is missing."""
    if name.endswith(".parquet") and not installed():
        return f"Parquet files are written with Polars, which is not installed ({GET_IT})"
    return ""


def content(name: str, rows: Sequence[Row]) -> bytes:
    """The content of a file of that name. In Parquet, amounts are decimal numbers."""
    if name.endswith(".parquet"):
        return _parquet(rows)
    return "".join(json.dumps(row.as_data()) + "\n" for row in rows).encode()


def _parquet(rows: Sequence[Row]) -> bytes:
    import polars as pl

    text, texts, money = pl.String(), pl.List(pl.String()), pl.Decimal(18, 4)
    schema = {
        "id": text, "status": text, "cost": money, "currency": text, "legs": text, "missing": texts, "repair": texts,
        "repair_cost": money, "error": text, "seconds": pl.Float64(),
    }  # fmt: skip
    data = [row.as_data() for row in rows]
    for item in data:
        item.update({name: Decimal(item[name]) for name in _MONEY if item[name] is not None})
    buffer = io.BytesIO()
    pl.DataFrame(data, schema=schema, orient="row").write_parquet(buffer)
    return buffer.getvalue()
