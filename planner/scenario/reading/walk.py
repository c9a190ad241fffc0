"""Walking over everything a file says: its tables, and their values with type and place."""

from __future__ import annotations

import types
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any, Union, get_args, get_origin

import attrs
from attrs import frozen

from planner.core.errors import Place
from planner.scenario.node import Node
from planner.scenario.reading.converter import written


@frozen
class Field:
    """A field of a class of tables: its name, its key in files, and its type without `tuple` and `None`."""

    name: str
    key: str
    type: Any
    many: bool
    required: bool
    nested: bool  # whether its values are tables
    by_name: bool  # whether it is a table of values by names of the writer's own


@frozen
class Value:
    """A single value: in which table, of which field."""

    node: Node
    field: Field
    value: Any
    index: int  # in the list that the field is, if it is one

    @property
    def place(self) -> Place:
        """Where it is written."""
        return place_of(self.node, self.field.key, self.index)


def nodes(*roots: Node) -> Iterator[Node]:
    """The tables given and all tables inside them."""
    for root in roots:
        yield root
        for field in fields(root):
            if field.nested:
                inner = getattr(root, field.name)
                yield from nodes(*inner) if field.many else nodes(*filter(None, (inner,)))


def values(types: Collection[Any], *roots: Node) -> Iterator[Value]:
    """Every value of one of the types, in the tables given and in those inside them."""
    for node in nodes(*roots):
        for field in fields(node):
            if field.type in types:
                value = getattr(node, field.name)
                for index, item in enumerate(value if field.many else (value,)):
                    if item is not None:
                        yield Value(node, field, item, index)


def place_of(node: Node, key: str, index: int = 0) -> Place:
    """The place of a key's value, or of one item of a list."""
    return node.where.keys.get(f"{key}[{index}]") or node.where.of(key)


def fields(node: Node) -> tuple[Field, ...]:
    """The fields of a table that a file can fill in."""
    return fields_of(type(node))


def fields_of(cls: type[Node]) -> tuple[Field, ...]:
    """The fields that a file can fill in, of a class of tables."""
    erased: Any = cls  # mypy takes a class of frozen tables for unhashable
    return _fields(erased)


@cache
def _fields(cls: Any) -> tuple[Field, ...]:
    attrs.resolve_types(cls)
    found = []
    for field in attrs.fields(cls):
        if field.eq:
            type_, many = _inner(field.type)
            nested = isinstance(type_, type) and issubclass(type_, Node)
            required, by_name = field.default is attrs.NOTHING, get_origin(type_) is dict
            found.append(Field(field.name, written(field.name), type_, many, required, nested, by_name))
    return tuple(found)


def _inner(type_: Any) -> tuple[Any, bool]:
    if get_origin(type_) in (Union, types.UnionType):
        type_ = next(arg for arg in get_args(type_) if arg is not type(None))
    if get_origin(type_) is tuple:
        return get_args(type_)[0], True
    return type_, False
