"""What passports get one into which territory: the Passport Index table, or a made-up one of the same kind."""

from __future__ import annotations

import csv
import random
from collections.abc import Collection, Iterable

from benchmarks import data

# About the shares of each status in the Passport Index.
MADE_UP = ("visa free", "90", "90", "30", "visa on arrival", "eta", "e-visa", "visa required")


def requirements(states: Iterable[str], territories: Collection[str]) -> dict[tuple[str, str], str]:
    """What each state's passport needs in each territory: a number of days, «visa free», «e-visa» and so on.

    Territories that the table does not know are left out.
    """
    folder = data.folder("passport-index")
    if folder is None or "US" not in territories:
        return {
            (state, territory): random.Random(f"{state} {territory}").choice(MADE_UP)
            for state in sorted(set(states))
            for territory in sorted(territories)
        }
    wanted = set(states)
    path = folder / "ilyankou-passport-index-tidy-iso2.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return {(row[0], row[1]): row[2] for row in rows if row[0] in wanted and row[1] in territories}
