"""Where every table, key and value of a TOML text begins and ends, in bytes."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, field
from tree_sitter import Node, Parser

from planner.scenario.reading.places import KEYS, Path, language, names

_LEFT_OUT = {"[", "]", "{", "}", ",", "comment"}


@define
class Spans:
    """Nodes of the syntax tree by path: values, the pairs of key and value, and tables with a header of their own."""

    root: Node
    values: dict[Path, Node] = field(factory=dict)
    pairs: dict[Path, Node] = field(factory=dict)
    tables: list[tuple[Path, Node]] = field(factory=list)

    @classmethod
    def of(cls, text: bytes) -> Spans:
        """Those of a text, which must be TOML."""
        spans = cls(Parser(language()).parse(text).root_node)
        sizes: dict[Path, int] = {}
        for node in spans.root.children:
            if node.type == "pair":
                spans._pair(node, ())
            elif node.type in ("table", "table_array_element"):
                path: Path = ()
                parts = next(names(child) for child in node.children if child.type in KEYS)
                for position, (name, _) in enumerate(parts):
                    path = (*path, name)
                    if position == len(parts) - 1 and node.type == "table_array_element":
                        sizes[path] = sizes.get(path, 0) + 1
                    if path in sizes:
                        path = (*path, sizes[path] - 1)
                spans.tables.append((path, node))
                for child in node.children:
                    if child.type == "pair":
                        spans._pair(child, path)
        return spans

    def _pair(self, node: Node, path: Path) -> None:
        key, value = (child for child in node.children if child.type not in (*_LEFT_OUT, "="))
        path = (*path, *(name for name, _ in names(key)))
        self.pairs[path] = node
        self._value(value, path)

    def _value(self, node: Node, path: Path) -> None:
        self.values[path] = node
        if node.type == "array":
            for index, item in enumerate(entries(node)):
                self._value(item, (*path, index))
        elif node.type == "inline_table":
            for child in entries(node):
                self._pair(child, path)

    def has(self, path: Path) -> bool:
        """Whether anything is written at the path or inside it."""
        known = (*self.values, *(table for table, _ in self.tables))
        return any(other[: len(path)] == path for other in known)


def entries(node: Node) -> list[Node]:
    """The items of an array, or the pairs of an inline table."""
    return [child for child in node.children if child.type not in _LEFT_OUT]


def pairs_in(node: Node) -> Iterator[Node]:
    """The pairs of a table with a header, or of the top level."""
    return (child for child in node.children if child.type == "pair")
