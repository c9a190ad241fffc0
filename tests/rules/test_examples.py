"""Every kind's own examples: solved, and compared with what they say of themselves."""

from __future__ import annotations

import types
from datetime import date, time
from decimal import Decimal
from typing import Any, Literal, NewType, Union, get_args, get_origin, get_type_hints

import attrs
import pytest

from planner.core.money import Price
from planner.core.period import Period
from planner.rules.base import Example, Rule, kinds, table_kinds
from planner.rules.examples import merge, scenario_data
from planner.scenario.law import Entry
from planner.scenario.reading import read_mapping
from planner.scenario.scenario import Scenario

CASES = [
    pytest.param(example, id=f"{name}: {example.title}") for name, cls in kinds().items() for example in cls.examples
]
KINDS = [pytest.param(cls, id=name) for name, cls in kinds().items()]
TABLES = [pytest.param(cls, id=name) for name, cls in table_kinds().items()]


def scenario_of(example: Example) -> Scenario:
    """The example read as a scenario."""
    return read_mapping(scenario_data(example), table_kinds(), file="example")


@pytest.mark.parametrize("example", CASES)
def test_example(example: Example) -> None:
    from planner.api import plan

    answer = plan(scenario_of(example))
    if example.refused_by:
        assert answer.status == "infeasible"
        assert answer.conflict is not None
        assert example.refused_by in [fact.id for fact in answer.conflict.facts]
    else:
        assert answer.status == "optimal"
        assert answer.plan is not None
        assert example.cost in (None, answer.plan.cost)
        assert {reminder.id for reminder in answer.plan.reminders} == {*filter(None, [example.reminded_by])}


@pytest.mark.parametrize("cls", KINDS)
def test_a_kind_shows_what_it_allows_and_what_it_refuses(cls: type[Rule]) -> None:
    if cls.check is Rule.check and cls.reminders is not Rule.reminders:  # it refuses nothing
        assert any(example.reminded_by for example in cls.examples)
        assert any(not example.reminded_by for example in cls.examples)
    else:
        assert any(example.refused_by for example in cls.examples)
        assert any(not example.refused_by for example in cls.examples)
    assert len({example.title for example in cls.examples}) == len(cls.examples)


@pytest.mark.parametrize("cls", KINDS)
def test_a_kind_says_in_one_sentence_what_it_is(cls: type[Rule]) -> None:
    assert cls.summary[0].isupper()
    assert cls.summary.endswith(".")
    assert "\n" not in cls.summary
    assert all(number.startswith("K") and number[1:].isdigit() for number in cls.catalogue)


@pytest.mark.parametrize("cls", TABLES)
def test_fields_of_table_kinds_have_types_that_values_can_be_drawn_for(cls: type[Entry]) -> None:
    hints = get_type_hints(cls)
    own = {field.name for field in attrs.fields(cls)} - {field.name for field in attrs.fields(Entry)}
    assert {name: hints[name] for name in own if not _understood(hints[name])} == {}


def _understood(hint: Any) -> bool:
    """Whether a value of the type can be drawn: a reference, a word, a text, a number, a date, or some of those."""
    if get_origin(hint) is Literal:
        return True
    if get_origin(hint) in (Union, types.UnionType):
        return all(_understood(part) for part in get_args(hint) if part is not type(None))
    if get_origin(hint) is tuple:
        item, rest = get_args(hint)
        return rest is Ellipsis and _understood(item)
    if attrs.has(hint) and hint not in (Period, Price):
        return all(_understood(part) for name, part in get_type_hints(hint).items() if name != "where")
    return isinstance(hint, NewType) or hint in (bool, int, str, Decimal, date, time, Period, Price)


# ---- laying one document over another

BASE = {
    "today": date(2025, 1, 1),
    "trip": {"start": "AAA", "stops": [{"id": "b", "at": ["BBB"]}]},
    "legs": [{"id": "ab", "price": "1"}, {"id": "ba", "price": "2"}],
}


def test_tables_merge_by_key_and_lists_of_tables_by_id() -> None:
    merged = merge(BASE, {"trip": {"end": "BBB"}, "legs": [{"id": "ba", "price": "3"}, {"id": "bc"}]})
    assert merged["trip"] == {"start": "AAA", "end": "BBB", "stops": [{"id": "b", "at": ["BBB"]}]}
    assert merged["legs"] == [{"id": "ab", "price": "1"}, {"id": "ba", "price": "3"}, {"id": "bc"}]


def test_tables_without_id_are_appended_and_plain_lists_replaced() -> None:
    merged = merge(BASE, {"trip": {"nightly": [{"price": "1"}], "stops": [{"id": "b", "at": ["CCC", "BBB"]}]}})
    assert merged["trip"]["nightly"] == [{"price": "1"}]
    assert merge(merged, {"trip": {"nightly": [{"price": "1"}]}})["trip"]["nightly"] == [{"price": "1"}] * 2
    assert merged["trip"]["stops"] == [{"id": "b", "at": ["CCC", "BBB"]}]


def test_tables_of_one_id_in_the_overlay_become_one() -> None:
    assert merge(BASE, {"rules": [{"id": "r", "a": 1}, {"id": "r", "b": 2}]})["rules"] == [{"id": "r", "a": 1, "b": 2}]


def test_removed_tables_are_gone_unless_the_overlay_brings_them_back() -> None:
    merged = merge(BASE, {"remove": ["b", "ab"], "legs": [{"id": "ab"}]})
    assert merged["trip"]["stops"] == []
    assert merged["legs"] == [{"id": "ba", "price": "2"}, {"id": "ab"}]
    assert "remove" not in merged


def test_removing_what_is_not_there_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing to remove with the id xx"):
        merge(BASE, {"remove": ["xx"]})


def test_the_documents_laid_over_each_other_stay_as_they_are() -> None:
    overlay = {"rules": [{"id": "r"}, {"id": "r", "b": 2}], "trip": {"stops": [{"id": "b", "nights": {"min": 1}}]}}
    merge(BASE, overlay)
    assert overlay["rules"] == [{"id": "r"}, {"id": "r", "b": 2}]
    assert BASE["trip"] == {"start": "AAA", "stops": [{"id": "b", "at": ["BBB"]}]}
