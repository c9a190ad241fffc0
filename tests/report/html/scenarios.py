"""Questions for the HTML form, small enough to be answered at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise

from planner import loads
from planner.scenario.scenario import Scenario

_ADMITTED = "\n".join(
    f'[[admissions]]\nid = "free-{zone}"\nzone = "{zone}"\nnationalities = ["US"]\n'
    'grant = "visa_free"\nmax_stay = "90 days"\n'
    for zone in ("NZ", "TH", "AU", "GB", "CN", "VN")
)


def around(*ports: str) -> Scenario:
    """A trip by air through some airports, every third day, with a US passport."""
    text = f'language = 1\ntitle = "{" ".join(ports)}"\ntoday = 2025-05-01\ncurrency = "USD"\n{_ADMITTED}'
    text += '[[travellers]]\nid = "ann"\n[[travellers.passports]]\nid = "us"\nstate = "US"\nexpires = 2030-01-01\n'
    for number, (origin, target) in enumerate(pairwise(ports)):
        day = 3 * number + 1
        text += f'[[legs]]\nid = "leg{number}"\nfrom = "{origin}"\nto = "{target}"\nprice = "100 USD"\n'
        text += f"departs = 2025-06-{day:02}T08:00:00\narrives = 2025-06-{day + 1:02}T09:00:00\n"
    text += f'[trip]\nstart = "{ports[0]}"\nend = "{ports[-1]}"\n'
    for port in ports[1:-1]:
        text += f'[[trip.stops]]\nid = "stop-{port}"\nat = ["{port}"]\n'
    return loads(text, "around.toml")


HOSTILE = (
    "</style><script>window.hit=1</script>",
    '"><img src=x onerror="window.hit=1">',
    "' onmouseover='window.hit=1' x='",
    "</title><svg onload=window.hit=1>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;script&gt; &amp; &#0;",
    "\u202egnirts desrever\u202c",
    "zero\x00bell\x07escape\x1b[31m",
    "long" * 60,
    "]]><!-- <plaintext>",
)
JAVASCRIPT = "javascript:window.hit=1"
BAD_SOURCES = (JAVASCRIPT, "data:text/html,<script>window.hit=1</script>", "https://", 'http://a"onclick="window.hit=1')


def hostile(strings: Sequence[str] = HOSTILE) -> Scenario:
    """A trip that is possible, every name and source of which tries to break out of the page."""

    def said(number: int) -> str:
        return json.dumps(strings[number % len(strings)]).replace("\\u0000", "\\u0001")

    every = json.dumps(" ".join(strings)).replace("\\u0000", "\\u0001")
    return loads(
        f"""
language = 1
title = {every}
today = 2025-05-01
currency = "USD"
may_obtain = []
[[travellers]]
id = "ann"
name = {said(1)}
[[travellers.passports]]
id = "us"
state = "US"
expires = 2030-01-01
[[travellers]]
id = "bob"
name = {said(0)}
[[travellers.passports]]
id = "us2"
state = "US"
[[territories]]
id = "AA"
name = {said(3)}
source = "{JAVASCRIPT}"
grade = "assumption"
[[ports]]
id = "home"
name = {said(2)}
city = {said(0)}
territory = "US"
timezone = "America/New_York"
[[ports]]
id = "away"
name = {said(8)}
city = {said(8)}
territory = "AA"
timezone = "Asia/Tokyo"
[[ports]]
id = "HND"
city = {said(1)}
territory = "AA"
[[acquirables]]
id = "visa"
title = {said(4)}
price = "10 USD"
lead = {{ days = 5 }}
nationalities = ["US"]
keeps_passport = true
source = {json.dumps("; ".join(BAD_SOURCES))}
grade = "unsourced"
permission = {{ zone = "AA", entries = 1, max_stay = "30 days" }}
[[rules]]
kind = "arrival-registration"
id = "register"
zone = "AA"
within = "2 days"
source = {json.dumps(BAD_SOURCES[1])}
[[legs]]
id = "out"
from = "home"
to = "HND"
departs = 2025-06-01T08:00:00
arrives = 2025-06-02T12:00:00
operator = {said(6)}
price = "100 USD"
[[legs]]
id = "on"
mode = "rail"
from = "HND"
to = "away"
departs = 2025-06-02T18:00:00
arrives = 2025-06-02T19:00:00
operator = {said(5)}
price = "10 USD"
[[legs]]
id = "back"
from = "away"
to = "home"
departs = 2025-06-10T08:00:00
arrives = 2025-06-10T09:00:00
operator = {said(7)}
price = "100 USD"
[trip]
start = "home"
[[trip.events]]
id = "event"
title = {said(9)}
at = ["away"]
first_day = 2025-06-05
price = "5 USD"
""",
        "hostile.toml",
    )
