"""Property-based tests of scenarios, rulebooks and kinds of rules; see docs/testing-your-rules.md.

Strategies (Hypothesis): `scenarios`, `scenario_tables`, `itineraries`, `rulebook_tables`; `read` makes a scenario of a
drawn table. Assertions: `assert_same_as_oracle`, `assert_confirmed`, `assert_minimal`, `assert_never_dearer`,
`assert_readings_agree`, `assert_examples`, `assert_rulebook`. The oracle itself: `Oracle`, `Best`, `TooLarge`. Files:
`expected`, `differences`, and the pytest plugin. The extra `testing` brings what they need.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.testing.assertions import (
        assert_confirmed,
        assert_examples,
        assert_minimal,
        assert_never_dearer,
        assert_readings_agree,
        assert_same_as_oracle,
    )
    from planner.testing.books import assert_rulebook
    from planner.testing.drawn import itineraries, read, rulebook_tables, scenario_tables, scenarios
    from planner.testing.expected import Difference, Expected, differences, expected
    from planner.testing.oracle.best import Best, Oracle, TooLarge

_HOMES = {
    "assertions": [
        "assert_confirmed",
        "assert_examples",
        "assert_minimal",
        "assert_never_dearer",
        "assert_readings_agree",
        "assert_same_as_oracle",
    ],
    "books": ["assert_rulebook"],
    "drawn": ["itineraries", "read", "rulebook_tables", "scenario_tables", "scenarios"],
    "expected": ["Difference", "Expected", "differences", "expected"],
    "oracle.best": ["Best", "Oracle", "TooLarge"],
}
_MODULES = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Best",
    "Difference",
    "Expected",
    "Oracle",
    "TooLarge",
    "assert_confirmed",
    "assert_examples",
    "assert_minimal",
    "assert_never_dearer",
    "assert_readings_agree",
    "assert_rulebook",
    "assert_same_as_oracle",
    "differences",
    "expected",
    "itineraries",
    "read",
    "rulebook_tables",
    "scenario_tables",
    "scenarios",
]


def __getattr__(name: str) -> Any:
    # On first use: the plugin is imported by every pytest, and Hypothesis may not be installed.
    if name not in _MODULES:
        raise AttributeError(f"module 'planner.testing' has no attribute {name!r}")
    try:
        return getattr(import_module(f"planner.testing.{_MODULES[name]}"), name)
    except ModuleNotFoundError as error:
        if error.name not in ("constraint", "hypothesis"):
            raise
        raise ModuleNotFoundError(
            f"planner.testing needs more: pip install 'entry-planner[testing]' ({error})"
        ) from error


def __dir__() -> list[str]:
    return __all__
