"""Both readings agree on every kind's examples, and on each with one of its values changed to the next or the last."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import attrs
import pytest

from planner.core.errors import ScenarioError
from planner.rules.base import Example, Rule, kinds, table_kinds
from planner.rules.examples import WORLD, merge
from planner.scenario.reading import read_mapping
from planner.testing.readings import agree
from tests.rules.test_two_readings import MORE

TRIES = 8  # random journeys of each


@pytest.mark.parametrize("cls", [pytest.param(cls, id=name) for name, cls in kinds().items()])
def test_both_readings_agree_beside_the_examples(cls: type[Rule]) -> None:
    for example in cls.examples:
        for data in neighbours(example):
            try:
                scenario = read_mapping(data, table_kinds(), file="neighbour")
            except ScenarioError:
                continue  # no lawful value
            agree(scenario, TRIES)


def neighbours(example: Example) -> Iterator[dict[str, Any]]:
    """The example with more to choose from, and what comes of it by one small change."""
    own = tomllib.loads(example.toml)
    more = merge(tomllib.loads(WORLD), tomllib.loads(MORE))
    if own.get("today", date(2025, 1, 1)) > date(2025, 5, 28):
        more = merge({**more, "today": own["today"]}, {"remove": ["more-ab"]})
    yield merge(more, own)
    for changed in (*_changed(own), *_varied(own)):
        yield merge(more, changed)


def _varied(own: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Each rule begun or ended on the day of the first entry, with passports exempt, and about a zone that changes."""
    for index, rule in enumerate(own.get("rules", ())):
        if "kind" not in rule:  # more about another one
            continue
        fields = {field.name for field in attrs.fields(table_kinds()[rule["kind"]])}
        members = [{"territory": rule.get("zone", "BB"), "to": date(2025, 6, 9), "purposes": ["clock"]}]
        for more, zones in (
            ({"effective_from": date(2025, 6, 1)}, []),
            ({"effective_to": date(2025, 6, 1)}, []),
            ({"exempt_nationalities": ["DD"]}, []),
            ({"zone": "CHANGING"}, [{"id": "CHANGING", "members": members}]),
        ):
            if fields.issuperset(more):
                rules = [*own["rules"][:index], rule | more, *own["rules"][index + 1 :]]
                yield {**own, "rules": rules, "zones": [*own.get("zones", ()), *zones]}


def _changed(value: Any) -> Iterator[Any]:
    """A document with one of its values changed."""
    match value:
        case dict():
            for key, item in value.items():
                yield from ({**value, key: other} for other in _changed(item))
        case list():
            for index, item in enumerate(value):
                yield from ([*value[:index], other, *value[index + 1 :]] for other in _changed(item))
        case bool():
            yield not value
        case int():
            yield from (value - 1, value + 1)
        case date() if not isinstance(value, datetime):
            yield from (value - timedelta(days=1), value + timedelta(days=1))
        case str() if period := re.fullmatch(r"(\d+) (\w+)", value):
            yield from (f"{int(period[1]) + step} {period[2]}" for step in (-1, 1))
