"""The published schema of the JSON answer: answers of all kinds are valid by it, others are not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from jsonschema import Draft202012Validator

from planner.answer import Answer
from planner.api import load, plan
from planner.report.json import as_data, json_text
from planner.report.schema import answer_schema, schema_text
from planner.scenario.law import BaseUsed, LawBook
from planner.scenario.node import TerritoryRef
from tests.report import test_desks as inside
from tests.report.answers import feasible, infeasible, marathon, optimal, person, plan_of, undecided

ROOT = Path(__file__).parents[2]
CHECKED = Draft202012Validator(answer_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
# One of each kind: a plan, tours, several travellers, a zone without border checks, the imported base, conflicts with
# and without repairs, and one that the file's network is to blame for.
SHIPPED = [
    "pyongyang-marathon",
    "rason-tour",
    "family-self-transfer",
    "svalbard-two-entries",
    "yellow-fever-on-the-way",
    "lebanon-after-israel",
    "marathon-single-entry",
    "marathon-2026",
    "north-korea-tour-mixed",
]
Path_ = tuple[str | int, ...]


@pytest.fixture(scope="module")
def solved() -> dict[str, Any]:
    """Answers read back from their text: to shipped scenarios, and one by hand for what those have not."""
    answers = {name: plan(load(ROOT / "scenarios" / f"{name}.toml"), limit=2) for name in SHIPPED}
    answers["a choice"] = plan(load(ROOT / "scenarios" / "schengen-hop.toml"), alternatives=1, front=True)
    base = BaseUsed(source="a table", licence="MIT", on=date(2025, 1, 1), territories=(TerritoryRef("FR"),))
    checked = inside.answer(LawBook(zones=(inside.zone(),)))
    answers["checks inside a zone, on the imported base"] = evolve(
        checked, scenario=evolve(checked.scenario, base=base)
    )
    return {name: json.loads(json_text(answer)) for name, answer in answers.items()}


def test_the_file_is_the_schema() -> None:
    """To write it anew: python -c "from planner.report.schema import schema_text as s; print(s(), end='')" > FILE"""
    assert (ROOT / "docs" / "answer.schema.json").read_text(encoding="utf-8") == schema_text()


def test_it_is_a_schema_and_says_what_every_part_is() -> None:
    Draft202012Validator.check_schema(answer_schema())
    assert [name for name, part in answer_schema()["$defs"].items() if not part.get("description")] == []
    assert [name for name, part in answer_schema()["properties"].items() if "description" not in part] == []


def test_its_keys_are_those_of_the_documents() -> None:
    documented = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "json.md").read_text(), flags=re.MULTILINE)
    assert list(answer_schema()["properties"]) == documented


def test_answers_are_valid(solved: dict[str, Any]) -> None:
    for answer in solved.values():
        CHECKED.validate(answer)


def test_every_part_is_in_one_of_these_answers(solved: dict[str, Any]) -> None:
    """Else a part could be described wrongly without any of these tests knowing."""
    assert {
        name for name in answer_schema()["$defs"] if not any(_has(answer, name) for answer in solved.values())
    } == set()


def _has(answer: dict[str, Any], part: str) -> bool:
    """Whether an answer is no longer valid once a part is nothing: it has that part."""
    schema = answer_schema()
    schema["$defs"][part] = False
    return not Draft202012Validator(schema).is_valid(answer)


@pytest.mark.parametrize("make", [optimal, feasible, infeasible, undecided])
def test_answers_of_every_status_are_valid(make: Callable[[], Answer]) -> None:
    CHECKED.validate(json.loads(json_text(make())))


def test_a_party_is_valid() -> None:
    question = marathon(travellers=(person("ann", "Ann"), person("bo", "Bo")))
    CHECKED.validate(as_data(Answer(status="optimal", scenario=question, plan=plan_of(question, people=("ann", "bo")))))


def test_an_answer_that_ran_out_of_time_is_valid() -> None:
    answer = plan(load(ROOT / "scenarios" / "pyongyang-marathon.toml"), time_limit=0)
    assert answer.status == "undecided"
    CHECKED.validate(json.loads(json_text(answer)))


def test_without_any_key_it_is_not_valid(solved: dict[str, Any]) -> None:
    for answer in (solved["pyongyang-marathon"], solved["marathon-single-entry"]):
        for path in _keys(answer):
            changed = deepcopy(answer)
            del _at(changed, path[:-1])[path[-1]]
            assert not CHECKED.is_valid(changed), path


def test_with_a_key_more_it_is_not_valid(solved: dict[str, Any]) -> None:
    for answer in (solved["pyongyang-marathon"], solved["marathon-single-entry"]):
        for path in {path[:-1] for path in _keys(answer)}:
            changed = deepcopy(answer)
            _at(changed, path)["surprise"] = 1
            assert not CHECKED.is_valid(changed), path


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), 2),
        (("status",), "perfect"),
        (("status",), "infeasible"),
        (("cost",), None),
        (("cost", "amount"), 3847.92),
        (("cost", "amount"), "3,847.92"),
        (("cost", "currency"), "dollars"),
        (("today",), "5 March 2025"),
        (("today",), "2025-02-30"),
        (("legs", 0), 7),
        (("timetable", 0, "departs"), "2025-04-01T13:40"),
        (("timetable", 0, "mode"), "rocket"),
        (("crossings", 0, "time"), "1:40 pm"),
        (("crossings", 0, "permission_type"), "magic"),
        (("documents", 0, "per"), "family"),
    ],
)
def test_other_values_are_not_valid(path: Path_, value: object, solved: dict[str, Any]) -> None:
    changed = deepcopy(solved["pyongyang-marathon"])
    assert _at(changed, path) != value
    _at(changed, path[:-1])[path[-1]] = value
    assert not CHECKED.is_valid(changed)


def _keys(value: Any, path: Path_ = ()) -> list[Path_]:
    """The paths to every key of objects that the schema knows the keys of; values of the user's are left alone."""
    found: list[Path_] = []
    if isinstance(value, dict) and path[-1:] not in (("stats",), ("from",), ("to",), ("entries",)):
        found += [(*path, key) for key in value]
        found += [deeper for key, part in value.items() for deeper in _keys(part, (*path, key))]
    if isinstance(value, list):
        found += [deeper for index, part in enumerate(value) for deeper in _keys(part, (*path, index))]
    return found


def _at(value: Any, path: Path_) -> Any:
    for step in path:
        value = value[step]
    return value
