"""The cheapest lawful trip, or a minimal explanation of why none exists.

`load(path)` reads a scenario, `plan(scenario)` answers it, `to_text`, `to_html` and `to_json` write the answer
down; see docs/library.md. Everything is imported on first use, as it takes a while.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from planner.version import __version__

if TYPE_CHECKING:
    from planner.answer import Answer, Choice, Conflict, Plan, Repair, WhyNot, Witness
    from planner.api import conflicts, dump_model, explain, load, loads, plan, rewritten, why_not
    from planner.batching.running import batch
    from planner.checking.check import Checked, check_plan
    from planner.core.errors import InternalError, ScenarioError
    from planner.core.progress import Progress
    from planner.law.admit import admit
    from planner.law.answers import Admittance
    from planner.law.question import Book, Holding, Question
    from planner.law.stays import Counted, Span, history, stays
    from planner.report.html.page import html_text as to_html
    from planner.report.html.page import part as to_html_part
    from planner.report.json import json_text as to_json
    from planner.report.text import text as to_text
    from planner.rules.facts import Fact
    from planner.scenario.party import for_travellers
    from planner.scenario.scenario import Scenario

__all__ = [
    "Admittance",
    "Answer",
    "Book",
    "Checked",
    "Choice",
    "Conflict",
    "Counted",
    "Fact",
    "Holding",
    "InternalError",
    "Plan",
    "Progress",
    "Question",
    "Repair",
    "Scenario",
    "ScenarioError",
    "Span",
    "WhyNot",
    "Witness",
    "__version__",
    "admit",
    "batch",
    "check_plan",
    "conflicts",
    "dump_model",
    "explain",
    "for_travellers",
    "history",
    "load",
    "loads",
    "plan",
    "rewritten",
    "stays",
    "to_html",
    "to_html_part",
    "to_json",
    "to_text",
    "why_not",
]

_HOMES = {
    "Admittance": "planner.law.answers:Admittance",
    "Answer": "planner.answer:Answer",
    "Book": "planner.law.question:Book",
    "Checked": "planner.checking.check:Checked",
    "Choice": "planner.answer:Choice",
    "Conflict": "planner.answer:Conflict",
    "Counted": "planner.law.stays:Counted",
    "Fact": "planner.rules.facts:Fact",
    "Holding": "planner.law.question:Holding",
    "InternalError": "planner.core.errors:InternalError",
    "Plan": "planner.answer:Plan",
    "Progress": "planner.core.progress:Progress",
    "Question": "planner.law.question:Question",
    "Repair": "planner.answer:Repair",
    "Scenario": "planner.scenario.scenario:Scenario",
    "ScenarioError": "planner.core.errors:ScenarioError",
    "Span": "planner.law.stays:Span",
    "WhyNot": "planner.answer:WhyNot",
    "Witness": "planner.answer:Witness",
    "admit": "planner.law.admit:admit",
    "batch": "planner.batching.running:batch",
    "check_plan": "planner.checking.check:check_plan",
    "for_travellers": "planner.scenario.party:for_travellers",
    "history": "planner.law.stays:history",
    "stays": "planner.law.stays:stays",
    "to_html": "planner.report.html.page:html_text",
    "to_html_part": "planner.report.html.page:part",
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
