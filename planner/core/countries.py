"""Names of countries by ISO 3166 alpha-2 code, from the table in the time-zone data package."""

from __future__ import annotations

from functools import lru_cache

from planner.core.time import zone_data


@lru_cache(maxsize=1)
def country_names() -> dict[str, str]:
    """English names by code."""
    lines = (line for line in zone_data("zoneinfo/iso3166.tab").splitlines() if not line.startswith("#"))
    return {code: name for code, _, name in (line.partition("\t") for line in lines)}
