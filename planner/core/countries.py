"""Names of countries by ISO 3166 alpha-2 code, from the table in the time-zone data package."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def country_names() -> dict[str, str]:
    """English names by code."""
    table = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text(encoding="utf-8")
    lines = (line for line in table.splitlines() if not line.startswith("#"))
    return {code: name for code, _, name in (line.partition("\t") for line in lines)}
