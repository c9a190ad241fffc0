"""Reading a saved answer: what `plan FILE --format json` wrote, checked against its schema."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from planner.core.errors import Place, Problem, ScenarioError
from planner.report.schema import answer_schema

EXPECTED = "a scenario, or what `plan FILE --format json` wrote, is expected"
_LONGEST = 200  # characters of what is wrong; it may quote the file


def saved(text: str, name: str) -> dict[str, Any]:
    """The answer that a text has. Raises ScenarioError with one problem if it is none, or is damaged.

    Keys that this version does not know are let be: later versions may add some.
    """
    try:
        data = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        _refuse(Place(name, error.lineno, error.colno), f"this is no JSON: {error.msg}")
    except (ValueError, RecursionError) as error:  # numbers without end, brackets without end
        _refuse(Place(name), f"this cannot be read as JSON: {str(error)[:_LONGEST]}")
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    wrong = best_match(Draft202012Validator(_open(answer_schema())).iter_errors(data))
    if wrong is not None:
        _refuse(Place(name), f"at {wrong.json_path}: {_shortened(wrong.message)}")
    answer: dict[str, Any] = data
    return answer


def _open(schema: Any) -> Any:
    """The schema without the rule that there are no other keys."""
    if isinstance(schema, dict):
        return {
            key: _open(part) for key, part in schema.items() if not (key == "additionalProperties" and part is False)
        }
    return [_open(part) for part in schema] if isinstance(schema, list) else schema


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _shortened(message: str) -> str:
    return message if len(message) <= _LONGEST else f"{message[:_LONGEST]} […]"


def _refuse(place: Place, message: str) -> NoReturn:
    raise ScenarioError([Problem(place, message, EXPECTED)]) from None
