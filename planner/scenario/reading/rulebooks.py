"""The rulebooks that come with the planner, and those of other installed packages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from attrs import evolve, frozen

from planner.core import outside
from planner.core.errors import Place, Problem, ScenarioError
from planner.core.money import Price
from planner.scenario.law import Entry, Rulebook
from planner.scenario.node import GroundRef
from planner.scenario.reading.checks.ids import used_twice
from planner.scenario.reading.checks.tables import check_tables
from planner.scenario.reading.damage import Damage
from planner.scenario.reading.law import check_readings, merge
from planner.scenario.reading.names import Names, check_references
from planner.scenario.reading.structure import Outcome, structure
from planner.scenario.reading.text import parse, read_bytes
from planner.scenario.reading.walk import values

FOLDER = Path(__file__).parents[2] / "rulebooks"
_ID = re.compile(r'^id = "([^"]*)"', re.MULTILINE)


def shipped(kinds: Mapping[str, type[Entry]], named: Collection[str] | None = None) -> dict[str, Rulebook]:
    """The rulebooks installed, by id: all of them, or just those named, if there are such.

    Raises ScenarioError if something is wrong in those read; if only some are, with the problems of all.
    """
    if named is not None and {*named} < _texts().keys():
        try:
            books = _some(tuple(kinds.items()), frozenset(named))
        except ScenarioError:
            pass  # perhaps a mistake that only shows when all are read
        else:
            if books.keys() == {*named}:
                return dict(books)
    return dict(_all(tuple(kinds.items())))


def offering(paper: str) -> str:
    """The rulebook that offers the paper with that id; "" if none does. No rulebook is read for it."""
    table = f'\n[[acquirables]]\nid = "{paper}"\n'
    return next((name for name, book in _texts().items() if table in book.text), "")


def text_of(book: str) -> str:
    """The text of an installed rulebook; "" if there is none of that id."""
    return _texts()[book].text if book in _texts() else ""


@frozen
class _Text:
    """A rulebook's text, and what messages call its file."""

    text: str
    file: str


@lru_cache(maxsize=1)
def _texts() -> dict[str, _Text]:
    """The texts of all rulebooks, by the name of the file, which is the rulebook's id.

    Other packages keep theirs beside the module that they name in the group `planner.rulebooks` of their entry points.
    """
    found = dict(_in_folder(FOLDER, "rulebooks"))
    for book in found.values():
        if not book.text.endswith("\n"):  # what is left of it might be read as TOML
            message = "the rulebook is cut short: its last line has no end"
            raise ScenarioError([Problem(Place(book.file), message, "install the planner again")])
    for place, module in outside.modules(outside.RULEBOOKS):
        others = dict(_in_folder(Path(str(module.__file__)).parent, module.__name__))
        if not others:
            raise ScenarioError([Problem(Place(place), "there is no rulebook (a file *.toml) beside that module")])
        for name, book in others.items():
            if name in found:
                message = f"there is a rulebook {name!r} already: {found[name].file} and {book.file}"
                raise ScenarioError([Problem(Place(place), message)])
            found[name] = book
    return found


def _in_folder(folder: Path, called: str) -> Iterator[tuple[str, _Text]]:
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except OSError as error:
        message = f"the rulebooks cannot be read: {error.strerror}"
        raise ScenarioError([Problem(Place(str(folder)), message)]) from None
    for path in paths:
        yield path.stem, _Text(read_bytes(path), f"{called}/{path.name}")


@lru_cache(maxsize=1)
def digest() -> str:
    """What all rulebooks say, as a number: another one means other law."""
    parts = (part for book in _texts().values() for part in (book.file, book.text))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@lru_cache(maxsize=8)
def _all(kinds: tuple[tuple[str, type[Entry]], ...]) -> dict[str, Rulebook]:
    return read_books({book.file: book.text for book in _texts().values()}, dict(kinds))


@lru_cache(maxsize=64)
def _some(kinds: tuple[tuple[str, type[Entry]], ...], names: frozenset[str]) -> dict[str, Rulebook]:
    texts = {book.file: book.text for name, book in _texts().items() if name in names}
    ids = [id_ for name, book in _texts().items() if name not in names for id_ in _ID.findall(book.text)]
    if not {*ids}.isdisjoint(id_ for text in texts.values() for id_ in _ID.findall(text)):
        return {}  # perhaps an id used twice
    return read_books(texts, dict(kinds), frozenset(ids))


def read_books(
    texts: Mapping[str, str], kinds: Mapping[str, type[Entry]], elsewhere: Collection[str] = ()
) -> dict[str, Rulebook]:
    """Rulebooks by id, from texts by file name; they may name ids that stand `elsewhere`.

    Raises ScenarioError with all problems in all of them.
    """
    books: list[Rulebook] = []
    problems: list[Problem] = []
    damage = Damage()
    for file, text in texts.items():
        outcome = _read(file, text, tuple(kinds.items()))
        problems += outcome.problems
        damage |= outcome.damage
        books += [outcome.value] if outcome.value is not None else []
    problems += used_twice("rulebook", books)
    problems += _check(books, damage, problems, elsewhere)
    if problems:
        raise ScenarioError(problems)
    return {book.id: book for book in books}


@lru_cache(maxsize=256)
def _read(file: str, text: str, kinds: tuple[tuple[str, type[Entry]], ...]) -> Outcome[Rulebook]:
    """One rulebook, before it is held against others: read once, whatever sets of books it is in."""
    try:
        data, places = parse(text, file)
    except ScenarioError as error:
        return Outcome(None, list(error.problems), Damage.of("ports", "territories", "zones", "readings"))
    return structure(data, Rulebook, dict(kinds), places)


def _check(
    books: Iterable[Rulebook], damage: Damage, problems: list[Problem], elsewhere: Collection[str]
) -> Iterator[Problem]:
    books = list(books)
    law = merge(books, None, problems)
    names = evolve(Names.of(law, listed={GroundRef: law.grounds}), elsewhere=elsewhere)
    for book in books:
        yield from check_references(names, damage, book)
        yield from check_tables(damage, book)
        if not damage.in_any("readings"):
            yield from check_readings((*book.admissions, *book.rules), law.readings)
        for value in values({Price}, book):
            if not value.value.currency:
                yield Problem(value.place, f"{value.field.key}: a price in a rulebook needs a currency", "'34.50 USD'")
    yield from used_twice("rule or admission", [*law.admissions, *law.rules, *law.acquirables])
