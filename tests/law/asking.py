"""A small law about Peru, and asking it."""

from __future__ import annotations

from datetime import date
from typing import Any

from planner.law.admit import admit
from planner.law.answers import Admittance, Way
from planner.law.question import Book, Question

DAY = date(2025, 6, 1)
FREE = """
[[admissions]]
id = "free"
zone = "PE"
nationalities = ["MX"]
grant = "visa_free"
max_stay = "30 days"
"""
VISA = """
[[admissions]]
id = "asks"
zone = "PE"
nationalities = ["MX"]
grant = "visa"
"""
OFFER = """
[[acquirables]]
id = "offer"
title = "a visa for Peru"
permission = { zone = "PE", entries = 1, max_stay = "60 days" }
nationalities = ["MX"]
price = "30 EUR"
lead = { days = 7 }
"""
TRANSIT = """
[[rules]]
kind = "transit-without-visa"
id = "transit"
zone = "PE"
nationalities = ["MX"]
stay = "24 hours"
entry_ports = ["LIM"]
exit_ports = ["LIM"]
"""


def ask(*passports: str | Book, to: str = "PE", on: date = DAY, **more: Any) -> Admittance:
    return admit(Question(passports=passports or ("MX",), to=to, on=on, **more))


def only(answer: Admittance) -> Way:
    (way,) = answer.ways
    return way
