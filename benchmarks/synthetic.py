"""A growing synthetic network: hubs, daily legs with noisy fares, two stops, admissions that depend on the passport."""

from __future__ import annotations

import random
from datetime import datetime, timedelta


def scenario(legs: int, seed: int = 1) -> str:
    """A scenario file with about that many legs. The same arguments give the same text."""
    rng = random.Random(seed)
    count = max(5, min(40, int(legs**0.5 / 2)))
    days = 14
    ring = [(0, count // 2), (count // 2, count - 1), (count - 1, 0)]  # so that there is a trip at every size
    ports = [f"P{index:02d}" for index in range(count)]
    text = [
        'title = "Synthetic network"\nlanguage = 1\ntoday = 2025-01-10\ncurrency = "USD"\nrulebooks = []\n',
        '[[travellers]]\nid = "t"\n'
        '[[travellers.passports]]\nid = "a"\nstate = "XA"\nexpires = 2030-01-01\n'
        '[[travellers.passports]]\nid = "b"\nstate = "XB"\nexpires = 2026-01-01\n',
    ]
    for index, port in enumerate(ports):
        text.append(f'[[ports]]\nid = "{port}"\nterritory = "T{index:02d}"\ntimezone = "UTC"\nairside = true\n')
        who = ['["XA"]', '["XB"]', '["XA", "XB"]'][index % 3]
        text.append(
            f'[[admissions]]\nid = "free-{index:02d}"\nzone = "T{index:02d}"\nnationalities = {who}\n'
            f'grant = "visa_free"\nmax_stay = {5 + index % 20}\n'
        )
    made = 0
    first = datetime(2025, 3, 1)
    while made < legs:
        origin, target = ring.pop(0) if ring else rng.sample(range(count), 2)
        distance = abs(origin - target) + 1
        for day in range(days):
            departs = first + timedelta(days=day, minutes=rng.randrange(0, 1440, 5))
            arrives = departs + timedelta(minutes=60 + 15 * distance)
            price = 40 + 9 * distance + rng.randrange(60)
            text.append(
                f'[[legs]]\nid = "L{made}"\nfrom = "{ports[origin]}"\nto = "{ports[target]}"\n'
                f'departs = "{departs:%Y-%m-%d %H:%M}"\narrives = "{arrives:%Y-%m-%d %H:%M}"\nprice = {price}\n'
            )
            made += 1
    text.append(
        f'[trip]\nstart = "{ports[0]}"\nbudget = 5000\n'
        f'[[trip.stops]]\nat = "{ports[count // 2]}"\nnights = {{min = 2, max = 6}}\n'
        f'[[trip.stops]]\nat = "{ports[count - 1]}"\nnights = {{min = 1, max = 9}}\n'
    )
    return "\n".join(text)
