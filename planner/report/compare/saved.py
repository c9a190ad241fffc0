"""Reading a saved answer: what `plan FILE --format json` wrote, checked against its schema."""

from __future__ import annotations

from typing import Any

from planner.core.errors import Place, Problem, ScenarioError
from planner.report.schema import answer_schema
from planner.scenario.reading.json_text import loaded

EXPECTED = "a scenario, or what `plan FILE --format json` wrote, is expected"
_ADDED_LATER = ("rests_on",)  # keys that answers of this format did not have at first
_LONGEST = 200  # characters of what is wrong; it may quote the file


def saved(text: str, name: str) -> dict[str, Any]:
    """The answer that a text has. Raises ScenarioError with one problem if it is none, or is damaged.

    Keys that this version does not know are let be: later versions may add some.
    """
    data = loaded(text, name, EXPECTED)
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    schema = _open(answer_schema())
    schema["required"] = [key for key in schema["required"] if key not in _ADDED_LATER]
    wrong = best_match(Draft202012Validator(schema).iter_errors(data))
    if wrong is not None:
        message = f"at {wrong.json_path}: {_shortened(wrong.message)}"
        raise ScenarioError([Problem(Place(name), message, EXPECTED)])
    answer: dict[str, Any] = data
    return answer


def _open(schema: Any) -> Any:
    """The schema without the rule that there are no other keys."""
    if isinstance(schema, dict):
        return {
            key: _open(part) for key, part in schema.items() if not (key == "additionalProperties" and part is False)
        }
    return [_open(part) for part in schema] if isinstance(schema, list) else schema


def _shortened(message: str) -> str:
    return message if len(message) <= _LONGEST else f"{message[:_LONGEST]} […]"
