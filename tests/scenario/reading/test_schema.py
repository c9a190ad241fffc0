"""The JSON Schema of scenarios: it accepts what the reader accepts, refuses what is wrong in form, and explains."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from planner.core.errors import ScenarioError
from planner.rules.base import table_kinds
from planner.scenario.reading import read_mapping
from planner.scenario.reading.schema import scenario_schema
from planner.testing.drawing.strategies import scenarios
from tests.scenario.marathon import MARATHON, changed, problems
from tests.scenario.test_broken import BROKEN

ROOT = Path(__file__).parents[3]
SHIPPED = sorted((ROOT / "scenarios").glob("*.toml"))
SCHEMA = scenario_schema(table_kinds())
VALIDATOR = Draft202012Validator(SCHEMA)
FORM = ("unknown key", "is missing", "expected a", "a kind of rule", "needs the key")


def as_json(value: Any) -> Any:
    """Plain data as editors check it: dates and times are texts."""
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def refusals(data: dict[str, Any]) -> list[str]:
    """What the schema has against some data."""
    return [f"{error.json_path}: {error.message[:200]}" for error in VALIDATOR.iter_errors(as_json(data))]


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_it_accepts_every_scenario_that_is_shipped(path: Path) -> None:
    assert refusals(tomllib.loads(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_scenario_that_is_shipped_says_where_the_schema_is(path: Path) -> None:
    mark, _, schema = path.read_text(encoding="utf-8").partition("\n")[0].partition(" ")
    assert mark == "#:schema"
    assert (path.parent / schema).resolve() == ROOT / "docs" / "scenario.schema.json"


@given(scenarios())
@settings(max_examples=40)
def test_it_accepts_random_scenarios(data: dict[str, Any]) -> None:
    assert refusals(data) == []


def test_it_accepts_every_short_form() -> None:
    text = changed(
        ('residence = "US"', 'residence = "US"\nnationalities = ["CA"]\npurposes = "tourism"'),
        ("price = 34", 'price = "USD 34.5"\napply_on = 2025-02-03\nat_most_before_use = 90'),
        ("title =", 'holidays = { id = "h", place = "US", dates = "2025-02-04" }\ntitle ='),
    )
    for data in (tomllib.loads(text), tomllib.loads(text.replace("2025-04-01T13:25:00", "2025-04-01 13:25:00.00"))):
        assert refusals(data) == []


@pytest.mark.parametrize(
    ("legs", "accepted"),
    [("fares.csv", True), (["fares.csv", "more-*.parquet"], True), ([], True), ({}, False), ([{}], False), (5, False)],
)
def test_names_of_files_may_stand_for_legs(legs: object, accepted: bool) -> None:
    data = {"today": "2025-01-01", "currency": "USD", "travellers": {"id": "t"}, "trip": {"start": "MEX"}, "legs": legs}
    assert (refusals(data) == []) == accepted


# ---- what is wrong in form

NOT_FORM = ("header in disorder", "date in words", "price beyond everything", "station nowhere")
BY_FORM = [case for case in BROKEN if case[0] not in NOT_FORM]


def test_the_unbroken_one_is_accepted() -> None:
    assert refusals(tomllib.loads(MARATHON)) == []


@pytest.mark.parametrize("case", BY_FORM, ids=[case[0] for case in BY_FORM])
def test_what_is_wrong_in_form_is_refused(case: tuple[Any, ...]) -> None:
    text = changed((case[1], case[2]))
    (problem,) = problems(text)
    if any(words in problem for words in FORM):
        assert refusals(tomllib.loads(text)), problem


def test_what_is_wrong_is_told_where_it_stands() -> None:
    text = changed(("expires = 2030", "expire = 2030"), ('area = "KP"', 'area = "KP"\nscop = "to"'))
    assert refusals(tomllib.loads(text)) == [
        "$.travellers[0].passports[0]: Additional properties are not allowed ('expire' was unexpected)",
        "$.rules[0]: Additional properties are not allowed ('scop' was unexpected)",
    ]


WRONG = [True, -1, 3, 2.5, "", "x", "USD 3", "5 days", "24 hours", "MX", date(2025, 3, 4), time(3, 4), [], ["x"], {}]


@given(scenarios(), st.data())
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_what_it_refuses_the_reader_refuses(data: dict[str, Any], drawn: st.DataObject) -> None:
    for _ in range(drawn.draw(st.integers(1, 2))):
        container, key = drawn.draw(st.sampled_from(list(_places(data))))
        if isinstance(container, dict) and drawn.draw(st.booleans()):
            value = container.pop(key)
            if drawn.draw(st.booleans()):
                container["colour"] = value
        else:
            container[key] = drawn.draw(st.sampled_from(WRONG))
    assume(refusals(data))
    with pytest.raises(ScenarioError):
        read_mapping(data, table_kinds())


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every value in some data, as what holds it and under which key."""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if isinstance(item, dict | list):
            yield from _places(item)


# ---- what it explains


def test_every_key_has_a_description() -> None:
    tables = [SCHEMA, *(table for table in SCHEMA["$defs"].values())]
    for table in tables:
        for key, said in table["properties"].items():
            if key != "kind" and "$ref" not in said and not all("$ref" in way for way in said.get("anyOf", [{}])):
                assert "description" in said or "description" in said["anyOf"][0], key


def test_what_a_rule_may_be_is_explained_kind_by_kind() -> None:
    kind = SCHEMA["$defs"]["Rule"]["properties"]["kind"]
    assert kind["enum"] == list(table_kinds())
    assert all(kind["x-taplo"]["docs"]["enumValues"])
