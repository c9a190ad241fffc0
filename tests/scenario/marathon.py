"""A marathon trip to Pyongyang by way of Beijing, as a scenario file, and helpers to read and to break it."""

from __future__ import annotations

from planner.core.errors import ScenarioError
from planner.rules.base import table_kinds
from planner.scenario.reading import read_text
from planner.scenario.scenario import Scenario

MARATHON = """\
language = 1
title = "Marathon"
today = 2025-01-10
currency = "USD"

[rates]
date = 2025-01-09
values = { EUR = 1.05 }

[[travellers]]
id = "ana"
name = "Ana"
residence = "US"
[[travellers.passports]]
id = "us"
state = "US"
expires = 2030-01-01
[[travellers.passports]]
id = "mx"
state = "MX"
[[travellers.past_stays]]
territory = "CN"
from = 2024-05-01
to = 2024-05-09

[[acquirables]]
id = "visa"
permission = { zone = "CN", entries = 2, enter_within = "6 months" }
passports = "mx"
price = 34
lead = { business_days = 4, calendar = "US" }

[[legs]]
id = "out"
from = "SFO"
to = "PEK"
departs = 2025-04-01T13:25:00
arrives = "2025-04-02 17:00"
price = 500
[[legs]]
id = "in"
from = "PEK"
to = "FNJ"
departs = "2025-04-03 13:25"
arrives = "2025-04-03 16:25"
[[legs]]
id = "off"
from = "FNJ"
to = "PEK"
departs = "2025-04-08 09:00"
arrives = "2025-04-08 10:25"
[[legs]]
id = "back"
from = "PEK"
to = "SFO"
departs = "2025-04-09 13:25"
arrives = "2025-04-09 10:25"
price = "500 USD"

[[fares]]
id = "koryo"
legs = ["in", "off"]
price = "300 EUR"

[[touches]]
after = "out"
before = "in"
mode = "landside"

[[rules]]
kind = "passport-ban"
id = "us-ban"
passport_state = "US"
area = "KP"

[trip]
start = "SFO"
stops = [{ at = "FNJ", nights = { min = 2, max = 9 } }, { at = ["PEK", "PKX"] }, { at = "FNJ" }]
[[trip.events]]
id = "race"
at = "KP"
first_day = 2025-04-06
book_by = "2025-03-14"
price = "100 EUR"

[expect]
status = "anything at all"
"""


def read(text: str) -> Scenario:
    """Read with all kinds of rules there are."""
    return read_text(text, table_kinds(), "trip.toml")


def changed(*changes: tuple[str, str]) -> str:
    """The marathon with the first occurrence of each text replaced."""
    text = MARATHON
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def problems(text: str) -> list[str]:
    """What is wrong with a text: one line per problem, in file order."""
    try:
        read(text)
    except ScenarioError as error:
        return [str(problem) for problem in error.problems]
    return []


def line_of(text: str, part: str) -> int:
    """The line on which some part of a text first stands."""
    return text[: text.index(part)].count("\n") + 1
