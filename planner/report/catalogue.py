"""What the planner knows: kinds of rules, and the entries of rulebooks with where they come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import attrs

from planner.report.page import Page
from planner.report.words import count
from planner.rules.base import Rule
from planner.scenario.documents import Acquirable
from planner.scenario.law import Admission, Entry, Holidays, Rulebook
from planner.scenario.node import Node
from planner.scenario.reading.base.store import Base
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


def data(kinds: Mapping[str, type[Rule]], books: Sequence[Rulebook], base: Base | None = None) -> Data:
    """Kinds, entries and the imported base as `json.dumps` takes them."""
    return {
        "kinds": [
            {"id": name, "summary": cls.summary, "catalogue": list(cls.catalogue)} for name, cls in kinds.items()
        ],
        "rulebooks": [
            {
                "id": book.id,
                "title": book.title,
                "covers": list(book.covers),
                "covers_from": _plain(book.covers_from),
                "entries": [_entry(kind, item) for kind, item in entries(book)],
                "readings": [_plain(reading) for reading in book.readings],
            }
            for book in books
        ],
        "base": None
        if base is None
        else {
            "source": base.source,
            "licence": base.licence,
            "on": base.on.isoformat(),
            "passports": len(base.passports),
            "destinations": sorted(base.destinations),
        },
    }


def stale(found: Data, days: int, today: date) -> Data:
    """The entries that were read more than so many days before a date, or nobody knows when."""
    limit = (today - timedelta(days=days)).isoformat()

    def old(read_on: str | None) -> bool:
        return read_on is None or read_on < limit

    books = [book | {"entries": [e for e in book["entries"] if old(e["read_on"])]} for book in found["rulebooks"]]
    base = found["base"] if found["base"] and old(found["base"]["on"]) else None
    shown = [book | {"readings": []} for book in books if book["entries"]]
    return {"kinds": [], "rulebooks": shown, "base": base}


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
    return {"kinds": [kind for kind in found["kinds"] if kind["id"] == name], "rulebooks": books, "base": None}


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


def overview(found: Data, today: date) -> str:
    """Kinds, then each rulebook in two lines: what it covers, how old what it says is, how good its sources are."""
    page = Page()
    _kinds(page, found["kinds"])
    page.heading(f"RULEBOOKS ({len(found['rulebooks'])})")
    for book in found["rulebooks"]:
        since = f" since {book['covers_from']}" if book["covers_from"] else ""
        page.add(f"{book['id']}: {book['title']}; covers {', '.join(book['covers']) or 'nothing'}{since}", 0, 4)
        grades = Counter(entry["grade"] or "no grade" for entry in book["entries"])
        read = sorted(entry["read_on"] or "" for entry in book["entries"])
        sources = ", ".join(f"{number} {grade}" for grade, number in sorted(grades.items()))
        age = f"; oldest read on {_aged(read[0], today)}" if read else ""
        page.add(f"{count(len(book['entries']), 'entry', 'entries')}: {sources}{age}", 4, 2)
    if found["base"]:
        _base(page, found["base"], today)
    return page.text()


def text(found: Data, *, details: bool = False) -> str:
    """Kinds, then rulebooks with their entries; with `details`, all that these say."""
    page = Page()
    _kinds(page, found["kinds"])
    for book in found["rulebooks"]:
        _book(page, book, details)
    return page.text()


def stale_text(found: Data, days: int, today: date) -> str:
    """What `stale` finds, in words."""
    page = Page()
    number = sum(len(book["entries"]) for book in found["rulebooks"])
    what = count(number, "entry was", "entries were")
    page.add(f"{what} read more than {count(days, 'day')} before {today}, or on no known day.")
    for book in found["rulebooks"]:
        _book(page, book, details=False)
    if found["base"]:
        _base(page, found["base"], today)
    return page.text()


def _kinds(page: Page, kinds: Sequence[Data]) -> None:
    if kinds:
        page.heading(f"KINDS OF RULES ({len(kinds)})")
    for kind in kinds:
        numbers = f" [{', '.join(kind['catalogue'])}]" if kind["catalogue"] else ""
        page.add(f"{kind['id']}{numbers}: {kind['summary']}", 0, 4)


def _base(page: Page, base: Data, today: date) -> None:
    page.heading("THE IMPORTED BASE")
    page.add(f"{base['source']}; as of {_aged(base['on'], today)}; licence: {base['licence']}", 0, 4)
    page.add(f"{base['passports']} passports, {len(base['destinations'])} destinations", 4, 2)


def _aged(day: str, today: date) -> str:
    """«2026-11-22 (3 days ago)»."""
    if not day:
        return "an unknown day"
    days = (today - date.fromisoformat(day)).days
    return f"{day} ({count(days, 'day')} ago)" if days > 0 else day


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
