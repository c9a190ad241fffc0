"""A solved scenario, its saved answer, and changed copies of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from planner.checking.check import Checked, check_text
from planner.rules.base import table_kinds
from planner.scenario.reading import read_text

ROOT = Path(__file__).parents[2]
MARATHON = ROOT / "scenarios" / "pyongyang-marathon.toml"
Data = dict[str, Any]


def check(data: Data | str, scenario: str = "", *, as_of: date | None = None) -> Checked:
    """Check a plan against a scenario's text (left out: the marathon)."""
    text = data if isinstance(data, str) else json.dumps(data, indent=1)
    toml = scenario or MARATHON.read_text(encoding="utf-8")
    return check_text(
        text, "plan.json", lambda added: read_text(toml, table_kinds(), "trip.toml", added=added), as_of=as_of
    )


def changed(data: Data, change: Callable[[Data], None]) -> Data:
    """A copy of some data with a change made."""
    copy = deepcopy(data)
    change(copy)
    return copy


def line_of(found: Checked, data: Data, number: int = 0) -> str:
    """The line of the plan's text at which a violation stands."""
    return json.dumps(data, indent=1).splitlines()[found.violations[number].place.line - 1].strip()


# A small world of its own: from Alpha to Beta, visa-free for 10 days on passport a, and on a visa on passport b.
SMALL = """
today = 2025-05-01
currency = "USD"

[[territories]]
id = "AA"
[[territories]]
id = "BB"
[[territories]]
id = "DD"
[[ports]]
id = "AAA"
territory = "AA"
timezone = "UTC"
[[ports]]
id = "BBB"
territory = "BB"
timezone = "Asia/Tokyo"

[[admissions]]
id = "visit-beta"
zone = "BB"
nationalities = ["AA"]
grant = "visa_free"
max_stay = "10 days"
source = "the law of Beta"

[[travellers]]
id = "ann"
name = "Ann"
[[travellers.passports]]
id = "a"
state = "AA"
expires = 2030-01-01
[[travellers.passports]]
id = "d"
state = "DD"

[[acquirables]]
id = "beta-visa"
title = "Beta's visa"
nationalities = ["DD"]
price = "40 USD"
lead = { days = 5 }
permission = { zone = "BB", type = "visa" }

[[legs]]
id = "out"
from = "AAA"
to = "BBB"
departs = 2025-06-01T08:00:00
arrives = 2025-06-01T18:00:00
price = 100
[[legs]]
id = "back"
from = "BBB"
to = "AAA"
departs = 2025-06-05T08:00:00
arrives = 2025-06-05T09:00:00
price = 100

[trip]
start = "AAA"
[[trip.stops]]
at = ["BBB"]
"""

# The plan for it as one would write it by hand.
BY_HAND: Data = {
    "legs": ["out", "back"],
    "crossings": [
        {"leg": "out", "direction": "exit", "passport": "a"},
        {"leg": "out", "direction": "entry", "passport": "a", "permission": "visit-beta"},
        {"leg": "back", "direction": "exit", "passport": "a"},
        {"leg": "back", "direction": "entry", "passport": "a", "permission": "citizen:AA"},
    ],
}
