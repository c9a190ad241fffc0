"""From a JSON text to plain data with positions, as `text` and `places` do for TOML."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NoReturn

import tree_sitter_json
from tree_sitter import Language, Node, Parser

from planner.core.errors import Place, Problem, ScenarioError
from planner.scenario.reading.places import Path, Places
from planner.scenario.reading.tables import Table, attach

_LONGEST = 200  # characters of what is wrong; it may quote the file


def loaded(text: str, file: str, expected: str) -> Any:
    """The value of a JSON text; `expected` is said of one that is none. Raises ScenarioError."""
    try:
        return json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        problem = Problem(Place(file, error.lineno, error.colno), f"this is no JSON: {error.msg}", expected)
    except (ValueError, RecursionError) as error:  # numbers without end, brackets without end
        problem = Problem(Place(file), f"this cannot be read as JSON: {str(error)[:_LONGEST]}", expected)
    raise ScenarioError([problem])


def parse_json(text: str, file: str, expected: str) -> tuple[Table, Places]:
    """The table that a JSON text has, without keys that are null, and where everything stands.

    Raises ScenarioError if it is none, or has a key twice.
    """
    data = loaded(text, file, expected)
    if not isinstance(data, dict):
        raise ScenarioError([Problem(Place(file, 1, 1), "this is no JSON object", expected)])
    try:
        walk = _Walk(file, text)
        walk.value(walk.root, ())
        table = attach(_without_nulls(data), walk.places)
    except RecursionError:
        raise ScenarioError([Problem(Place(file), "objects or lists are nested too deeply", expected)]) from None
    if walk.problems:
        raise ScenarioError(walk.problems)
    return table, walk.places


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _without_nulls(value: Any) -> Any:
    """The same without keys that are null: they are as if left out."""
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value


@lru_cache(maxsize=1)
def _language() -> Language:
    return Language(tree_sitter_json.language())


class _Walk:
    """Collects the places of a text that is JSON, and keys that stand twice in one object."""

    def __init__(self, file: str, text: str) -> None:
        self.places = Places(file, Place(file, 1, 1))
        self.problems: list[Problem] = []
        self._lines = None if text.isascii() else text.encode().split(b"\n")
        self.root = next(_inside(Parser(_language()).parse(text.encode()).root_node))

    def value(self, node: Node, path: Path) -> None:
        """Everything in a value."""
        self.places.values[path] = self._place(node)
        if node.type == "array":
            for index, item in enumerate(_inside(node)):
                self.value(item, (*path, index))
        elif node.type == "object":
            for pair in _inside(node):
                self._pair(pair, path)

    def _pair(self, pair: Node, path: Path) -> None:
        key, value = _inside(pair)
        name = json.loads((key.text or b"").decode())
        inner = (*path, name)
        if inner in self.places.names:
            self.problems.append(Problem(self._place(key), f"the key {name!r} stands twice in one object"))
        self.places.names[inner] = self._place(key)
        self.value(value, inner)

    def _place(self, node: Node) -> Place:
        row, column = node.start_point
        if self._lines is not None:
            column = len(self._lines[row][:column].decode())
        return Place(self.places.file, row + 1, column + 1)


def _inside(node: Node) -> Iterator[Node]:
    """What stands in a node, without signs. Comments are no JSON, so there are none."""
    return (child for child in node.children if child.is_named)
