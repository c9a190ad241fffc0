"""What the keys of tables mean: the texts that stand below the fields of their classes.

A text ends in «Left out: …» where the default does not say by itself what holds without the key.
"""

from __future__ import annotations

import ast
import inspect
import sys
from functools import cache
from typing import Any

import attrs
from attrs import frozen

from planner.scenario.node import Node
from planner.scenario.reading.converter import written

_LEFT_OUT = " Left out: "


@frozen
class Meaning:
    """What a key means, and what holds if it is left out ("" if the default says so). `owner` is where it stands."""

    text: str
    left_out: str
    owner: type[Node]

    def __str__(self) -> str:
        return self.text + (f"{_LEFT_OUT}{self.left_out}." if self.left_out else "")


def meanings(cls: type[Node]) -> dict[str, Meaning]:
    """The meaning of each key of a class of tables that has one, by key, in the order of the fields.

    Reads the source of the classes. Raises OSError if there is none.
    """
    found = {}
    for field in attrs.fields(cls):
        stated = ((owner, _texts(owner.__module__).get((owner.__name__, field.name), "")) for owner in cls.__mro__)
        owner, text = next(((owner, text) for owner, text in stated if text), (cls, ""))
        if field.eq and text:
            said, _, left_out = text.partition(_LEFT_OUT)
            found[written(field.name)] = Meaning(said, left_out.removesuffix("."), owner)
    return found


@cache
def _texts(module: str) -> dict[tuple[str, str], str]:
    """The text below each field of each class in a module, on one line."""
    found: dict[tuple[str, str], str] = {}
    if not module.startswith("planner."):
        return found
    for item in ast.parse(inspect.getsource(sys.modules[module])).body:
        field: Any = None
        for statement in item.body if isinstance(item, ast.ClassDef) else ():
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                field = statement.target.id
                continue
            if field and isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                assert isinstance(item, ast.ClassDef)
                found[item.name, field] = " ".join(str(statement.value.value).split())
            field = None
    return found
