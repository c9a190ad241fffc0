"""Where every table, key and value of a TOML file stands."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

import tree_sitter_toml
from attrs import define, field
from tree_sitter import Language, Node, Parser

from planner.core.errors import Place

Path: TypeAlias = tuple[str | int, ...]  # keys and list indices from the root
KEYS = {"bare_key", "quoted_key", "dotted_key"}
_SYMBOLS = {"[", "]", "[[", "]]", "{", "}", ",", "=", ".", "comment"}


@define
class Places:
    """Positions by path: of values (for a table, its header or the key it hangs on) and of the keys' names."""

    file: str
    root: Place
    values: dict[Path, Place] = field(factory=dict)
    names: dict[Path, Place] = field(factory=dict)

    @classmethod
    def none(cls, file: str) -> Places:
        """For data that comes from no text: every place is the file as a whole."""
        return cls(file, Place(file))

    def of(self, path: Path) -> Place:
        """The place of a value, or of the nearest table around it that has one."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values[path] if path else self.root

    def of_name(self, path: Path) -> Place:
        """The place of a key's name, or else of its value."""
        return self.names.get(path) or self.of(path)


def find_places(text: str, file: str) -> tuple[Places, Place | None]:
    """Positions of everything in a TOML text, and where it stops being TOML 1.0 (None: nowhere)."""
    tree = Parser(language()).parse(text.encode())
    walk = _Walk(Places(file, Place(file, 1, 1)), text.isascii(), text.encode().split(b"\n"))
    if tree.root_node.has_error:
        return walk.places, walk.place(next(_errors(tree.root_node)))
    walk.document(tree.root_node)
    return walk.places, None


@lru_cache(maxsize=1)
def language() -> Language:
    """The grammar of TOML."""
    return Language(tree_sitter_toml.language())


def _errors(node: Node) -> Iterator[Node]:
    if node.is_error or node.is_missing:
        yield node
    for child in node.children:
        if child.has_error or child.is_missing:
            yield from _errors(child)


@define
class _Walk:
    places: Places
    ascii: bool
    lines: list[bytes]
    sizes: dict[Path, int] = field(factory=dict)  # tables so far in each array of tables

    def place(self, node: Node) -> Place:
        row, column = node.start_point
        if not self.ascii:
            column = len(self.lines[row][:column].decode())
        return Place(self.places.file, row + 1, column + 1)

    def document(self, root: Node) -> None:
        for node in root.children:
            if node.type == "pair":
                self.pair(node, ())
            elif node.type in ("table", "table_array_element"):
                self.table(node)

    def table(self, node: Node) -> None:
        here = self.place(node)
        path: Path = ()
        parts = next(names(child) for child in node.children if child.type in KEYS)
        for position, (name, key) in enumerate(parts):
            path = (*path, name)
            self.places.names.setdefault(path, self.place(key))
            self.places.values.setdefault(path, here)
            last = position == len(parts) - 1
            if last and node.type == "table_array_element":
                self.sizes[path] = self.sizes.get(path, 0) + 1
            if path in self.sizes:
                path = (*path, self.sizes[path] - 1)
        self.places.values[path] = here
        for child in node.children:
            if child.type == "pair":
                self.pair(child, path)

    def pair(self, node: Node, path: Path) -> None:
        key, value = (child for child in node.children if child.type not in _SYMBOLS)
        for name, part in names(key):
            path = (*path, name)
            place = self.places.names.setdefault(path, self.place(part))
            self.places.values.setdefault(path, place)
        self.value(value, path)

    def value(self, node: Node, path: Path) -> None:
        self.places.values[path] = self.place(node)
        if node.type == "array":
            items = (child for child in node.children if child.type not in _SYMBOLS)
            for index, item in enumerate(items):
                self.value(item, (*path, index))
        elif node.type == "inline_table":
            for child in node.children:
                if child.type == "pair":
                    self.pair(child, path)


def names(key: Node) -> list[tuple[str, Node]]:
    """The parts of a key, each with its node."""
    if key.type == "dotted_key":
        return [part for child in key.children if child.type in KEYS for part in names(child)]
    text = (key.text or b"").decode()
    return [(next(iter(tomllib.loads(f"{text} = 0"))) if key.type == "quoted_key" else text, key)]
