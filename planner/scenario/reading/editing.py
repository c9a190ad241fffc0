"""The text of a scenario file with changes made: only what changes is written anew; comments and layout stay."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import frozen
from tree_sitter import Node as Syntax

from planner.core.money import Price
from planner.scenario.changing import Change, in_order
from planner.scenario.node import Node
from planner.scenario.reading.assemble import stop_names
from planner.scenario.reading.places import Path
from planner.scenario.reading.spans import Spans, entries, pairs_in
from planner.scenario.reading.walk import fields_of
from planner.scenario.reading.written import ScenarioFile

_MARK = "\ufeff"
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def edited(text: str, changes: Iterable[Change]) -> str:
    """The text of a scenario file, which can be read, with the changes made.

    Raises KeyError for a path that leads to nothing the file says.
    """
    mark, body = (_MARK, text.removeprefix(_MARK)) if text.startswith(_MARK) else ("", text)
    windows = "\r\n" in body and body.count("\r\n") == body.count("\n")
    if windows:
        body = body.replace("\r\n", "\n")
    for change in in_order(changes):
        body = _Document.of(body).after(change)
    return mark + (body.replace("\n", "\r\n") if windows else body)


@frozen(eq=False)
class _Document:
    """A TOML text with its data and where everything stands."""

    text: bytes
    data: dict[str, Any]
    spans: Spans

    @classmethod
    def of(cls, text: str) -> _Document:
        raw = text.encode()
        return cls(raw, tomllib.loads(text, parse_float=Decimal), Spans.of(raw))

    def after(self, change: Change) -> str:
        """The text with one change made."""
        path = self._path(change.path, adding=change.new is not None)
        if change.new is None:
            renamed = self._next_stop_name(path)
            if renamed is not None:
                return _Document.of(self._added(*renamed)).after(change)
            return self._without(path)
        if path in self.spans.values:
            old = self.spans.values[path]
            return self._with([(old.start_byte, old.end_byte, _written(change.new, self._of(old)))])
        return self._added(path, change.new)

    # ---- finding

    def _path(self, steps: Sequence[str], *, adding: bool) -> Path:
        """Keys and positions to where a change's path leads; to the end of a list if a value is to be added to it."""
        found: list[str | int] = []
        here: Any = self.data
        cls: type[Node] | None = ScenarioFile
        many = False
        for step in steps:
            if many:
                items = here if isinstance(here, list) else [] if here is None else [here]
                names = _entry_names(items, stops=found == ["trip", "stops"])
                if step not in names and not (adding and step == steps[-1]):
                    raise KeyError(" → ".join(steps))
                place = names.index(step) if step in names else len(items)
                if isinstance(here, list) or place == len(items):  # else it is a single value in the place of a list
                    found.append(place)
                here, many = items[place] if place < len(items) else None, False
            else:
                field = next((field for field in fields_of(cls) if field.key == step), None) if cls else None
                found.append(step)
                here = here.get(step) if isinstance(here, dict) else None
                many = field.many if field else isinstance(here, list)
                cls = field.type if field and field.nested else None
        if not adding and not self.spans.has(tuple(found)):
            raise KeyError(" → ".join(steps))
        return tuple(found)

    def _next_stop_name(self, path: Path) -> tuple[Path, str] | None:
        """A stop without an id that would be called otherwise with the stop at a path gone: where, and its name now."""
        stops = self.data["trip"].get("stops")
        if path[:2] != ("trip", "stops") or len(path) != 3 or not isinstance(stops, list):
            return None
        places = [place for place in range(len(stops)) if place != path[2]]
        names = _entry_names(stops, stops=True)
        then = _entry_names([stops[place] for place in places], stops=True)
        moved = (place for place, name in zip(places, then, strict=True) if names[place] != name)
        place = next(moved, None)
        return None if place is None else (("trip", "stops", place, "id"), names[place])

    def _of(self, node: Syntax) -> str:
        return self.text[node.start_byte : node.end_byte].decode()

    def _line_start(self, at: int) -> int:
        return self.text.rfind(b"\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        """The first byte of the next line."""
        end = self.text.find(b"\n", at)
        return len(self.text) if end < 0 else end + 1

    def _with(self, pieces: Iterable[tuple[int, int, str]]) -> str:
        """The text with pieces (begin, end, what to write there) replaced."""
        text = self.text
        for begin, end, new in sorted(pieces, reverse=True):
            text = text[:begin] + new.encode() + text[end:]
        return text.decode()

    # ---- taking away

    def _without(self, path: Path) -> str:
        inside = [node for other, node in self.spans.tables if other[: len(path)] == path]
        cuts = [self._table(node) for node in inside]
        pairs = [
            (other, node)
            for other, node in self.spans.pairs.items()
            if other[: len(path)] == path and not any(_contains(table, node) for table in inside)
        ]
        outer = [node for _, node in pairs if not any(_contains(other, node) for _, other in pairs if other != node)]
        item = self.spans.values.get(path) if isinstance(path[-1], int) else None
        if item is not None:
            outer = [item]
        for node in outer:
            parent = node.parent
            inline = parent is not None and parent.type in ("array", "inline_table")
            cuts.append(_item(node) if inline else (self._line_start(node.start_byte), self._line_end(node.end_byte)))
        return self._with([(*cut, "") for cut in cuts])

    def _table(self, node: Syntax) -> tuple[int, int]:
        """A table from its header to its last pair, with one of the empty lines around it."""
        *_, last = (next(child for child in node.children if child.type in ("]", "]]")), *pairs_in(node))
        begin, end = self._line_start(node.start_byte), self._line_end(last.end_byte)
        after = self._line_end(end)
        blank_before = begin == 0 or not self.text[self._line_start(begin - 1) : begin].strip()
        if blank_before and not self.text[end:after].strip():
            end = after
        return begin, end

    # ---- adding

    def _added(self, path: Path, new: Any) -> str:
        if isinstance(path[-1], int):
            list_ = self.spans.values.get(path[:-1])
            if list_ is None:
                return self._added(path[:-1], (new,))
            if list_.type != "array":
                return self._with([(list_.start_byte, list_.end_byte, f"[{self._of(list_)}, {_written(new)}]")])
            return self._with([self._at_end(list_, _written(new))])
        for length in range(len(path) - 1, -1, -1):
            around, key = path[:length], path[length:]
            said = f"{'.'.join(_key(str(step)) for step in key)} = {_written(new)}"
            value = self.spans.values.get(around)
            if value is not None and value.type == "inline_table":
                return self._with([self._at_end(value, said)])
            headed = [node for other, node in self.spans.tables if other == around]
            if headed or not around:
                return self._with([self._line(headed[0] if headed else self.spans.root, said)])
        raise AssertionError("the top level is around everything")

    def _at_end(self, node: Syntax, said: str) -> tuple[int, int, str]:
        """A further item of an array, or pair of an inline table: on a line of its own if the last one is."""
        items = entries(node)
        if not items:
            inner = node.start_byte + 1
            return inner, inner, said if node.type == "array" else f" {said} "
        last = items[-1]
        begin = self._line_start(last.start_byte)
        indent = self.text[begin : last.start_byte]
        own_line = not indent.strip() and begin > node.start_byte
        return last.end_byte, last.end_byte, (f",\n{indent.decode()}" if own_line else ", ") + said

    def _line(self, node: Syntax, said: str) -> tuple[int, int, str]:
        """A further line after the last pair of a table with a header (or of the top level)."""
        ends = [child for child in node.children if child.type in ("]", "]]")][:1] + list(pairs_in(node))
        at = self._line_end(ends[-1].end_byte) if ends else 0
        unfinished = at > 0 and not self.text[:at].endswith(b"\n")
        return at, at, ("\n" if unfinished else "") + said + "\n"


def _contains(outer: Syntax, inner: Syntax) -> bool:
    return outer.start_byte <= inner.start_byte and inner.end_byte <= outer.end_byte


def _item(node: Syntax) -> tuple[int, int]:
    """An item of an array, or a pair of an inline table, with the comma that is one too many without it."""
    following, before = node.next_sibling, node.prev_sibling
    while following is not None and following.type == "comment":
        following = following.next_sibling
    if following is not None and following.type == ",":
        after = following.next_sibling
        close = after.start_byte if after is not None and after.start_point[0] == following.end_point[0] else None
        same_line = close if close is not None and after is not None and after.type != "comment" else following.end_byte
        return node.start_byte, same_line
    while before is not None and before.type == "comment":
        before = before.prev_sibling
    if before is not None and before.type == ",":
        return before.start_byte, node.end_byte
    return node.start_byte, node.end_byte


def _entry_names(items: Sequence[Any], *, stops: bool) -> list[str]:
    """What paths call the entries of a list: see `planner.scenario.changing.Change`."""
    if stops:
        return stop_names([(str(item.get("id", "")), _first(item.get("at"))) for item in items])
    return [_entry_name(item, index) for index, item in enumerate(items)]


def _entry_name(item: Any, index: int) -> str:
    if not isinstance(item, dict):
        return str(item)
    if "after" in item and "before" in item:
        return f"{item['after']}.{item['before']}"
    return str(item.get("id") or item.get("kind") or index)


def _first(places: Any) -> str:
    return str(places[0] if isinstance(places, list) else places)


# ---- writing values


def _key(name: str) -> str:
    return name if name.isascii() and name.replace("-", "a").replace("_", "a").isalnum() else _text(name)


def _written(value: Any, before: str = "") -> str:
    """A value as TOML; a price in the style in which the one `before` is written."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case Price():
            return _price(value, before)
        case tuple():
            return f"[{', '.join(map(_written, value))}]"
        case _:
            return _text(str(value))


def _price(price: Price, before: str) -> str:
    """«1042», «"1042 USD"» or «"USD 1042"»."""
    whole = price.amount == price.amount.to_integral_value()
    amount = str(int(price.amount)) if whole else f"{price.amount.normalize():f}"
    if not price.currency:
        return f'"{amount}"' if before[:1] in ('"', "'") else amount
    in_front = before.strip("\"' ").startswith(price.currency)
    return f'"{price.currency} {amount}"' if in_front else f'"{amount} {price.currency}"'


def _text(text: str) -> str:
    """A text in quotes."""
    shown = (
        _ESCAPES.get(char) or (f"\\u{ord(char):04X}" if ord(char) < 0x20 or ord(char) == 0x7F else char)
        for char in text
    )
    return f'"{"".join(shown)}"'
