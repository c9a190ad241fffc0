"""The JSON Schema of scenario files, for editors: made from the classes that the reader makes of them.

What it refuses, the reader refuses as well. It is written for taplo, which checks whatever JSON Schema can say, but
when it completes and explains keys looks into `properties`, `items`, `anyOf` and `$ref` only, and in a schema with a
`$ref` at nothing else. So a `$ref` stands alone, and what only checks stands in `if`, `then` and `else`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin

import attrs

from planner.core.period import Period
from planner.scenario.law import Entry
from planner.scenario.node import Currency, Node, State
from planner.scenario.reading.converter import needed, never_empty, written
from planner.scenario.reading.meanings import meanings
from planner.scenario.reading.values import SCALARS
from planner.scenario.reading.walk import Field, fields_of
from planner.scenario.reading.written import ScenarioFile
from planner.scenario.travel import Leg

Schema = dict[str, Any]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_RULE = "Rule"  # the name of the definition that all kinds share
_PATTERNS: dict[Any, str] = {Currency: "^([A-Z]{3})?$", State: "^([A-Z]{2})?$"}
_KIND = "Which kind of rule it is; the other keys depend on it. `plan rules` lists all kinds."
_EXPECT = "Not read: the project's tests keep here what they expect of the files that are shipped."


def schema_text(kinds: Mapping[str, type[Entry]]) -> str:
    """The schema as the text of a file: ASCII only, indented, ending with a line break."""
    return json.dumps(scenario_schema(kinds), indent=2) + "\n"


def scenario_schema(kinds: Mapping[str, type[Entry]]) -> Schema:
    """The schema (draft 2020-12) of scenario files with these kinds of `[[rules]]`; dates and times are texts in it."""
    definitions: dict[str, Schema] = {}
    made = _Maker(kinds, definitions).table(ScenarioFile)
    made["properties"]["expect"] = {"description": _EXPECT}
    definitions[Leg.__name__]["type"] = ["object", "string"]  # names of files may stand in the place of legs
    return {
        "$schema": _DRAFT,
        "title": "A scenario of entry-planner",
        **made,
        "$defs": {name: definitions[name] for name in sorted(definitions)},
    }


@attrs.frozen
class _Maker:
    """Makes schemas; those of tables that occur in several places go to `definitions`, by name."""

    kinds: Mapping[str, type[Entry]]
    definitions: dict[str, Schema]

    def table(self, cls: type[Node]) -> Schema:
        """The schema of a table of a class."""
        fields = attrs.fields_dict(cls)
        return {
            "type": "object",
            "properties": {field.key: self.key(cls, field) for field in fields_of(cls)},
            "required": [written(name) for name, field in fields.items() if field.eq and needed(cls, field)],
            "additionalProperties": False,
        }

    def named(self, cls: type[Node], name: str = "") -> Schema:
        """A reference to the definition of a class, which is made if it is not there yet."""
        name = name or cls.__name__
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] |= self.table(cls)
        return _ref(name)

    def key(self, cls: type[Node], field: Field) -> Schema:
        """The schema of a key: where its class inherits it, a reference to it there."""
        meaning = meanings(cls)[field.key]
        if meaning.owner is not cls:
            self.named(meaning.owner)
            return _ref(meaning.owner.__name__, field.key)
        said: Schema = {"description": str(meaning)}
        default = _default(attrs.fields_dict(cls)[field.name].default)
        if default is not None:
            said["default"] = default
        if field.type is Entry:
            return _tables(said, self.rule())
        if field.nested:
            return _tables(said, self.named(field.type)) if field.many else said | self.table(field.type)
        value = self.value(field.type)
        if not field.many:
            return said | value
        least = {"minItems": 1} if never_empty(cls, attrs.fields_dict(cls)[field.name]) else {}
        return said | {"items": value, "if": {"type": "array"}, "else": value} | least

    def rule(self) -> Schema:
        """A reference to the definition of `[[rules]]`: any kind's keys, and what goes for the kind it is."""
        keys: dict[str, list[Schema]] = {}
        cases = []
        for kind, cls in self.kinds.items():
            then = self.named(cls, kind)
            own = self.definitions[kind]
            for key, schema in own["properties"].items():
                where = schema if "$ref" in schema else _ref(kind, key)
                keys[key] = [*keys.get(key, ()), *([where] if where not in keys.get(key, ()) else ())]
            own["properties"]["kind"] = {"const": kind}
            cases.append({"if": {"properties": {"kind": {"const": kind}}}, "then": then})
        kind_key = {
            "description": _KIND,
            "enum": list(self.kinds),
            "x-taplo": {"docs": {"enumValues": [getattr(cls, "summary", "") for cls in self.kinds.values()]}},
        }
        self.definitions[_RULE] = {
            "type": "object",
            "properties": {"kind": kind_key}
            | {key: found[0] if len(found) == 1 else {"anyOf": found} for key, found in keys.items()},
            "required": ["kind"],
            "if": {"required": ["kind"]},
            "then": {"allOf": cases},
        }
        return _ref(_RULE)

    def value(self, type_: Any) -> Schema:
        """The schema of a single value that is no table of a class."""
        if get_origin(type_) is Literal:
            return {"enum": list(get_args(type_))}
        if get_origin(type_) is dict:
            return {"type": "object", "additionalProperties": self.value(get_args(type_)[1])}
        scalar = SCALARS.get(type_) or SCALARS[type_.__supertype__]
        return dict(scalar.schema) | ({"pattern": _PATTERNS[type_]} if type_ in _PATTERNS else {})


def _ref(name: str, key: str = "") -> Schema:
    """A reference to a definition, or to one of its keys."""
    return {"$ref": f"#/$defs/{name}" + (f"/properties/{key}" if key else "")}


def _tables(said: Schema, table: Schema) -> Schema:
    """Tables of a kind, or a single one. What is wrong in one of several is told there, as it breaks no `anyOf`."""
    return {"anyOf": [{"type": "array", **said}, table], "items": table}


def _default(value: Any) -> Any:
    """A default as it is written, if that is a plain value that says something; else None."""
    if isinstance(value, Period):
        return str(value)
    if isinstance(value, tuple) and value and all(isinstance(item, str) for item in value):
        return list(value)
    return value if isinstance(value, bool | int) or (isinstance(value, str) and value) else None
