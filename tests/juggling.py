"""A scenario that is soon answered somehow and proved only after long: one passport, and many visas that keep it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from random import Random

SPEEDS = ((1.0, 0, 1), (0.6, 37, 141), (0.3, 141, 311))  # part of the usual time; extra price, at least and below


def juggling(visas: int, seed: int = 1) -> str:
    """The scenario as TOML: so many stops, each with a visa in three speeds; all at the usual speed take too long."""
    drawn, home = Random(seed), "QQQ"
    stops = [3 * chr(ord("A") + number) for number in range(visas)]
    wanted = ", ".join(f'{{ at = ["{stop}"], nights = {{ min = 1 }} }}' for stop in stops)
    lines = [
        'title = "Juggling"\ntoday = 2025-03-01\ncurrency = "USD"\nrulebooks = []',
        '[[travellers]]\nid = "t"\n[[travellers.passports]]\nid = "p"\nstate = "DE"\nexpires = 2030-01-01',
        f'[trip]\nstart = "{home}"\nreturn_by = 2025-12-01\nstops = [{wanted}]',
    ]
    for place in (home, *stops):
        territory = "DE" if place == home else f"T{place}"
        lines.append(f'[[ports]]\nid = "{place}"\nterritory = "{territory}"\ntimezone = "UTC"')
    for number, (start, end) in enumerate(pairwise((home, *stops, home))):
        day = date(2025, 6, 1) + timedelta(2 * number)
        lines.append(f'[[legs]]\nid = "{start}-{end}"\nfrom = "{start}"\nto = "{end}"\nprice = 100')
        lines.append(f"departs = {day}T08:00:00\narrives = {day}T12:00:00")
    for stop in stops:
        usual = drawn.randrange(8, 20)
        for number, (part, least, below) in enumerate(SPEEDS):
            price = drawn.randrange(30, 90) + (drawn.randrange(least, below))
            permission = f'{{ zone = "T{stop}", type = "visa", entries = 1, max_stay = 30 }}'
            lines.append(f'[[acquirables]]\nid = "visa-{stop}-{number}"\npermission = {permission}\nprice = {price}')
            lines.append(f"lead = {{ days = {max(1, round(usual * part))} }}\nkeeps_passport = true")
    return "\n".join(lines) + "\n"
