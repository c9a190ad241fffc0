"""The small world that the kinds' examples are written in: a few countries, one traveller, one trip.

An example is laid over the world; what comes out is an ordinary scenario.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from planner.rules.base import Example

WORLD = """\
title = "Alpha to Beta and back"
today = 2025-01-01
currency = "USD"
rulebooks = []

# Alpha, Beta and Gamma, in a row, and Delta, which issues passports but is far away. All clocks show UTC. Planes can
# be changed airside at Beta's BBB.
[[territories]]
id = "AA"
name = "Alpha"
[[territories]]
id = "BB"
name = "Beta"
[[territories]]
id = "CC"
name = "Gamma"
[[territories]]
id = "DD"
name = "Delta"

[[ports]]
id = "AAA"
territory = "AA"
timezone = "UTC"
[[ports]]
id = "BBB"
territory = "BB"
timezone = "UTC"
airside = true
[[ports]]
id = "BBX"
territory = "BB"
timezone = "UTC"
[[ports]]
id = "CCC"
territory = "CC"
timezone = "UTC"

# Everybody may visit everybody.
[[admissions]]
id = "visit-alpha"
zone = "AA"
nationalities = ["AA", "BB", "CC", "DD"]
grant = "visa_free"
[[admissions]]
id = "visit-beta"
zone = "BB"
nationalities = ["AA", "BB", "CC", "DD"]
grant = "visa_free"
[[admissions]]
id = "visit-gamma"
zone = "CC"
nationalities = ["AA", "BB", "CC", "DD"]
grant = "visa_free"

[[travellers]]
id = "t"
name = "Ana"
[[travellers.passports]]
id = "a"
state = "AA"

# Out on 1 June, back on 10 June; at Beta there is time to fly on to Gamma, and back in time from there.
[[legs]]
id = "ab"
from = "AAA"
to = "BBB"
departs = 2025-06-01T08:00:00
arrives = 2025-06-01T10:00:00
price = "100"
[[legs]]
id = "bc"
from = "BBB"
to = "CCC"
departs = 2025-06-01T14:00:00
arrives = 2025-06-01T16:00:00
price = "50"
[[legs]]
id = "cb"
from = "CCC"
to = "BBB"
departs = 2025-06-10T08:00:00
arrives = 2025-06-10T10:00:00
price = "50"
[[legs]]
id = "ba"
from = "BBB"
to = "AAA"
departs = 2025-06-10T14:00:00
arrives = 2025-06-10T16:00:00
price = "100"

[trip]
start = "AAA"
[[trip.stops]]
id = "b"
at = ["BBB"]
nights = { min = 1 }
"""

# Overlays that several kinds' examples share.
SECOND_PASSPORT = """
[[travellers]]
id = "t"
[[travellers.passports]]
id = "b"
state = "BB"
"""
# To Gamma and back, through Beta on through tickets; Beta admits only passports of Delta.
THROUGH_BETA = """
remove = ["b"]
[[trip.stops]]
id = "c"
at = ["CCC"]
[[fares]]
id = "out"
legs = ["ab", "bc"]
price = "120"
[[fares]]
id = "back"
legs = ["cb", "ba"]
price = "120"
[[admissions]]
id = "visit-beta"
nationalities = ["DD"]
"""


def scenario_data(example: Example) -> dict[str, Any]:
    """The example's scenario, as a mapping for the reader. Raises as `merge` and `tomllib.loads` do."""
    return merge(tomllib.loads(WORLD), tomllib.loads(example.toml))


def merge(base: Mapping[str, Any], overlay: Mapping[str, Any]) -> dict[str, Any]:
    """Lay one TOML document over another, leaving both as they are.

    Tables are merged key by key. In an array of tables, a table replaces the keys of the one with its `id`; without
    such a one it is appended. Other values are replaced. The overlay's top-level `remove = ["id", …]` drops
    the base's tables of those ids, wherever they stand, before anything is laid over. Raises ValueError if nothing
    has such an id.
    """
    dropped = set(overlay.get("remove", ()))
    found: set[str] = set()
    kept = _without(base, dropped, found)
    if dropped - found:
        raise ValueError(f"nothing to remove with the id {', '.join(sorted(dropped - found))}")
    result: dict[str, Any] = _merged(kept, {key: value for key, value in overlay.items() if key != "remove"})
    return result


def _without(value: Any, dropped: set[str], found: set[str]) -> Any:
    """A deep copy less the tables with the ids dropped; those met are added to `found`."""
    if isinstance(value, Mapping):
        return {key: _without(item, dropped, found) for key, item in value.items()}
    if isinstance(value, list):
        ids = {item["id"] for item in value if isinstance(item, Mapping) and item.get("id") in dropped}
        found |= ids
        rest = (item for item in value if not (isinstance(item, Mapping) and item.get("id") in ids))
        return [_without(item, dropped, found) for item in rest]
    return value


def _merged(base: Any, overlay: Any) -> Any:
    if isinstance(base, Mapping) and isinstance(overlay, Mapping):
        result = dict(base)
        for key, value in overlay.items():
            result[key] = _merged(result.get(key, []), value)
        return result
    if isinstance(base, list) and isinstance(overlay, list) and all(isinstance(v, Mapping) for v in (*base, *overlay)):
        tables = list(base)
        for table in overlay:
            place = next((i for i, item in enumerate(tables) if "id" in table and item.get("id") == table["id"]), None)
            if place is None:
                tables.append(table)
            else:
                tables[place] = _merged(tables[place], table)
        return tables
    return overlay
