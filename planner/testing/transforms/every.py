"""Every transformation by name, with what it needs drawn at random."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from planner.testing.transforms.amounts import in_currency, multiplied
from planner.testing.transforms.dates import shifted
from planner.testing.transforms.effect import Transformed
from planner.testing.transforms.legs import with_dominated_leg, with_unusable_legs
from planner.testing.transforms.naming import moved, renamed
from planner.testing.transforms.order import reordered, split
from planner.testing.transforms.walking import Table

# Each raises ValueError for tables that it is not for.
TRANSFORMS: dict[str, Callable[[Table, Random], Transformed]] = {
    "another currency": lambda data, random: in_currency(data, "CHF"),
    "dominated leg": lambda data, random: with_dominated_leg(data, random.choice(data["legs"])["id"]),
    "moved ports": lambda data, random: moved(data),
    "other dates": lambda data, random: shifted(data, random.choice([1, 3, 30, 200])),
    "other names": lambda data, random: renamed(data),
    "other order": lambda data, random: reordered(data, random.randrange(1000)),
    "other prices": lambda data, random: multiplied(data, random.choice([2, 3, 10])),
    "rulebooks": lambda data, random: split(data),
    "unusable legs": lambda data, random: with_unusable_legs(data),
}
