"""Rigterink's instance: the ten most visited cities, real quotes of January 2021, home New York, stays of 2–3 days.

Source: github.com/fabianrigterink/optimizing-multi-city-flights; optimum 1298 (there by CPLEX).
"""

from __future__ import annotations

import csv
from datetime import date

import numpy as np

from benchmarks import data
from benchmarks.fares import Asked

OPTIMUM = 1298
HOME = "NYCA-sky"
NOT_QUOTED = 2**31 - 1


def asked() -> Asked | None:
    """The instance; None if the data is not there."""
    folder = data.folder("rigterink")
    if folder is None:
        return None
    with (folder / "quotes_top10_20201117.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if int(row["quote"]) < NOT_QUOTED]
    cities = sorted({row["origin"] for row in rows} | {row["destination"] for row in rows})
    number = {city: index for index, city in enumerate(cities)}
    days = np.array([date.fromisoformat(row["outbound_date"]).toordinal() for row in rows])
    return Asked(
        name="rigterink",
        start=HOME,
        end=HOME,
        stops={city: (city,) for city in cities if city != HOME},
        least=2,
        most=3,
        ports=tuple(cities),
        first_day=date.fromordinal(int(days.min())),
        from_port=np.array([number[row["origin"]] for row in rows]),
        to_port=np.array([number[row["destination"]] for row in rows]),
        day=days - days.min(),
        price=np.array([int(row["quote"]) for row in rows]),
        after_all=np.zeros(len(rows), dtype=np.bool_),
    )
