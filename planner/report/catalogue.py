"""What the planner knows: kinds of rules, and the entries of rulebooks with where they come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

import attrs

from planner.report.words import Page, count
from planner.rules.base import Rule
from planner.scenario.documents import Acquirable
from planner.scenario.law import Admission, Entry, Holidays, Rulebook
from planner.scenario.node import Node
from planner.scenario.travel import Territory, Zone

Item = Territory | Zone | Admission | Entry | Acquirable | Holidays
Data = dict[str, Any]


def entries(book: Rulebook) -> Iterator[tuple[str, Item]]:
    """Each sourced entry of a rulebook with the name of its kind; ports and readings are no statements of law."""
    yield from (("territory", item) for item in book.territories)
    yield from (("zone", item) for item in book.zones)
    yield from (("admission", item) for item in book.admissions)
    yield from ((getattr(type(item), "kind", "rule"), item) for item in book.rules)
    yield from (("acquirable", item) for item in book.acquirables)
    yield from (("holidays", item) for item in book.holidays)


def data(kinds: Mapping[str, type[Rule]], books: Sequence[Rulebook]) -> Data:
    """Kinds and entries as `json.dumps` takes them."""
    return {
        "kinds": [
            {"id": name, "summary": cls.summary, "catalogue": list(cls.catalogue)} for name, cls in kinds.items()
        ],
        "rulebooks": [
            {
                "id": book.id,
                "title": book.title,
                "covers": list(book.covers),
                "entries": [_entry(kind, item) for kind, item in entries(book)],
                "readings": [_plain(reading) for reading in book.readings],
            }
            for book in books
        ],
    }


def _entry(kind: str, item: Item) -> Data:
    fields = _plain(item)
    return {
        "id": fields.pop("id"),
        "kind": kind,
        "source": fields.pop("source", ""),
        "read_on": fields.pop("read_on", None),
        "grade": fields.pop("grade", ""),
        "fields": fields,
    }


def names(found: Data) -> list[str]:
    """Every name that `only` finds something for."""
    kinds = [kind["id"] for kind in found["kinds"]]
    books = [book["id"] for book in found["rulebooks"]]
    items = [item for book in found["rulebooks"] for item in (*book["entries"], *book["readings"])]
    return list(
        dict.fromkeys([*kinds, *books, *(item["id"] for item in items), *(i["kind"] for i in items if "kind" in i)])
    )


def only(found: Data, name: str) -> Data:
    """What has that name: a kind with its entries, a whole rulebook, or single entries and readings."""
    books = []
    for book in found["rulebooks"]:
        entries_named = [entry for entry in book["entries"] if name in (book["id"], entry["id"], entry["kind"])]
        readings = [reading for reading in book["readings"] if name in (book["id"], reading["id"])]
        if entries_named or readings:
            books.append(book | {"entries": entries_named, "readings": readings})
    return {"kinds": [kind for kind in found["kinds"] if kind["id"] == name], "rulebooks": books}


def _plain(value: Any) -> Any:
    """A value as JSON has it: tables without what is not set, dates in ISO form, prices and periods as written."""
    if isinstance(value, Node):
        shown = ((field.name.rstrip("_"), getattr(value, field.name)) for field in attrs.fields(type(value)))
        return {name: _plain(item) for name, item in shown if name != "where" and item not in (None, "", (), {})}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if isinstance(value, date | datetime | time) else str(value)


def text(found: Data, *, details: bool = False) -> str:
    """Kinds, then rulebooks, as lines of at most 80 columns; with `details`, all that the entries say."""
    page = Page()
    if found["kinds"]:
        page.heading(f"KINDS OF RULES ({len(found['kinds'])})")
    for kind in found["kinds"]:
        numbers = f" [{', '.join(kind['catalogue'])}]" if kind["catalogue"] else ""
        page.add(f"{kind['id']}{numbers}: {kind['summary']}", 0, 4)
    for book in found["rulebooks"]:
        _book(page, book, details)
    return page.text()


def _book(page: Page, book: Data, details: bool) -> None:
    covers = f"; covers {', '.join(book['covers'])}" if book["covers"] else ""
    page.heading(f"RULEBOOK {book['id']}")
    page.add(f"{book['title']} ({count(len(book['entries']), 'entry', 'entries')}{covers})")
    for entry in book["entries"]:
        read = f", read on {entry['read_on']}" if entry["read_on"] else ""
        page.add(f"{entry['id']} ({entry['kind']}): {entry['grade'] or 'no grade'}{read}", 2, 2)
        if entry["source"]:
            page.add(entry["source"], 6, 2)
        for name, value in entry["fields"].items() if details else ():
            page.add(f"{name} = {_shown(value)}", 6, 2)
    for reading in book["readings"]:
        page.add(f"reading {reading['id']} ({' or '.join(reading['answers'])}): {reading['question']}", 2, 2)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_shown(item)}" for name, item in value.items())
    if isinstance(value, list):
        return "; ".join(map(_shown, value))
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
