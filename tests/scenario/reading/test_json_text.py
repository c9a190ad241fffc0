"""JSON with places: what stands where, in characters; null keys are left out, keys written twice refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.core.errors import Place, ScenarioError
from planner.scenario.reading.json_text import parse_json

plain = st.recursive(
    st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@settings(max_examples=40)
@given(st.dictionaries(st.text(), plain), st.sampled_from([None, 1, 3]), st.booleans())
def test_every_value_stands_where_its_place_says(data: dict[str, Any], indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(data, indent=indent, ensure_ascii=ascii_only)
    table, places = parse_json(text, "x.json", "")
    assert table == data
    lines = text.split("\n")
    decoder = json.JSONDecoder()
    for path, place in places.values.items():
        value: Any = data
        for step in path:
            value = value[step]
        rest = "\n".join([lines[place.line - 1][place.column - 1 :], *lines[place.line :]])
        assert decoder.raw_decode(rest)[0] == value


def test_keys_have_places_of_their_own() -> None:
    table, places = parse_json('{"ü": {"a": null,\n "b": [1, {"c": 2}]}}', "x.json", "")
    assert table == {"ü": {"b": [1, {"c": 2}]}}
    assert places.of_name(("ü", "b")) == Place("x.json", 2, 2)
    assert places.of(("ü", "b", 1, "c")) == Place("x.json", 2, 17)
    assert table["ü"].where.of("b") == Place("x.json", 2, 7)
    assert places.of(("ü", "nothing")) == Place("x.json", 1, 7)


def test_a_key_written_twice_is_refused_wherever_it_is() -> None:
    with pytest.raises(ScenarioError) as caught:
        parse_json('{"a": [{"b": 1, "\\u0062": 2}]}', "x.json", "")
    assert str(caught.value) == "x.json:1:17: the key 'b' stands twice in one object"
