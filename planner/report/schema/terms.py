"""The words that schemas are written with."""

from __future__ import annotations

from typing import Any, get_args, get_type_hints

Schema = dict[str, Any]
_DAY = r"^\d{4}-\d\d-\d\d$"
TEXT: Schema = {"type": "string"}
ID: Schema = {"type": "string", "minLength": 1}


def table(description: str, properties: dict[str, Schema]) -> Schema:
    """An object with exactly these keys."""
    told = {"description": description} if description else {}
    return {
        "type": "object",
        **told,
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
    }


def part(name: str) -> Schema:
    """A part by its name in `$defs`."""
    return {"$ref": f"#/$defs/{name}"}


def array(items: Schema, description: str = "") -> Schema:
    """A list of such items."""
    return _told({"type": "array", "items": items}, description)


def or_null(schema: Schema, description: str = "") -> Schema:
    """Such a value, or null."""
    return _told({"anyOf": [schema, {"type": "null"}]}, description)


def text(description: str) -> Schema:
    """Any text, perhaps an empty one."""
    return _told(TEXT, description)


def text_or_null(description: str = "") -> Schema:
    """Any text, or null."""
    return _told({"type": ["string", "null"]}, description)


def one_of(words: tuple[str, ...], description: str = "") -> Schema:
    """One of some words."""
    return _told({"enum": [*words]}, description)


def choices(cls: type, name: str) -> tuple[str, ...]:
    """The words that a field of a class can have."""
    return get_args(get_type_hints(cls)[name])


def day(description: str = "") -> Schema:
    """A civil date, `YYYY-MM-DD`."""
    return _told({"type": "string", "format": "date", "pattern": _DAY}, description)


def day_or_null(description: str = "") -> Schema:
    """A civil date, or null."""
    return _told({"type": ["string", "null"], "format": "date", "pattern": _DAY}, description)


def moment(description: str) -> Schema:
    """A local time with its offset from UTC."""
    return _told({"type": "string", "pattern": rf"{_DAY[:-1]}T\d\d:\d\d[+-]\d\d:\d\d(:\d\d)?$"}, description)


def flag(description: str) -> Schema:
    """True or false."""
    return _told({"type": "boolean"}, description)


def _told(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description} if description else schema
