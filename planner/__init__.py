"""The cheapest lawful trip, or a minimal explanation of why none exists.

`load(path)` reads a scenario, `plan(scenario)` answers it, `to_text` and `to_json` write the answer down; see
docs/library.md. Everything is imported on first use, as it takes a while.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from planner.version import __version__

if TYPE_CHECKING:
    from planner.answer import Answer, Conflict, Plan
    from planner.api import conflicts, dump_model, for_travellers, load, loads, plan
    from planner.core.errors import InternalError, ScenarioError
    from planner.report.json import json_text as to_json
    from planner.report.text import text as to_text
    from planner.rules.facts import Fact
    from planner.scenario.scenario import Scenario

__all__ = [
    "Answer",
    "Conflict",
    "Fact",
    "InternalError",
    "Plan",
    "Scenario",
    "ScenarioError",
    "__version__",
    "conflicts",
    "dump_model",
    "for_travellers",
    "load",
    "loads",
    "plan",
    "to_json",
    "to_text",
]

_HOMES = {
    "Answer": "planner.answer:Answer",
    "Conflict": "planner.answer:Conflict",
    "Fact": "planner.rules.facts:Fact",
    "InternalError": "planner.core.errors:InternalError",
    "Plan": "planner.answer:Plan",
    "Scenario": "planner.scenario.scenario:Scenario",
    "ScenarioError": "planner.core.errors:ScenarioError",
    "to_json": "planner.report.json:json_text",
    "to_text": "planner.report.text:text",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'planner' has no attribute {name!r}")
    module, _, attribute = _HOMES.get(name, f"planner.api:{name}").partition(":")
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return __all__
