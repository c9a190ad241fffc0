"""Passports from their machine-readable zone (ICAO Doc 9303): two lines of text, or three of a card.

No message here has anything in it that stands in the zone but codes of states and types of documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from typing import Any

from attrs import evolve, field, frozen

from planner.core.errors import Place, Problem, ScenarioError
from planner.law.starting import Held
from planner.scenario.reading.base.states import alpha_3

GET_IT = "pip install 'entry-planner[mrz]'"
MOST_LINES = 200  # of one text: to find which sign was misread takes long
_LINES = {44: 2, 36: 2, 30: 3}  # how many lines a zone has, by their length
_SIGNS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<")
_DIGITS = {  # the library's names of what check digits are for, and ours
    "document_number_hash": "document number",
    "birth_date_hash": "date of birth",
    "expiry_date_hash": "date of expiry",
    "optional_data_hash": "personal number",
    "final_hash": "whole zone",
}
_ALIKE = ("O0", "Q0", "D0", "I1", "L1", "Z2", "S5", "G6", "B8")
# Codes that are no country's (source: ICAO Doc 9303 part 3, section 5), and Germany's.
_GERMANY = "D"
_BRITISH = {
    "GBD": "a citizen of a British overseas territory", "GBN": "a British National (Overseas)",
    "GBO": "a British Overseas citizen", "GBP": "a British protected person", "GBS": "a British subject",
}  # fmt: skip
_NOBODY_S = {
    "XXA": "a stateless person", "XXB": "a refugee", "XXC": "a refugee", "XXX": "a person of unspecified nationality",
    "UNO": "the United Nations", "UNA": "a United Nations agency", "UNK": "the United Nations in Kosovo",
    "EUE": "the European Union", "XPO": "Interpol", "XOM": "the Order of Malta", "XCC": "the Caribbean Community",
    "XCE": "the Council of Europe", "XCO": "a common market of African states", "XEC": "a community of African states",
    "XBA": "the African Development Bank", "XIM": "the African Export-Import Bank", "UTO": "a specimen's Utopia",
}  # fmt: skip


class NotInstalled(Exception):
    """The library that reads zones is missing."""


@frozen(kw_only=True)
class Zone:
    """What a zone says of a passport and its holder. `notes` are sentences about what should be known of it."""

    book: Held
    born: date | None
    name: str = field(repr=False)
    notes: tuple[str, ...] = ()


def zones(text: str, file: str, today: date) -> list[Zone]:
    """The zones in a text, one below the other; nobody is born after `today`.

    Raises ScenarioError with every problem found, NotInstalled.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    problems: list[Problem] = []
    found: list[Zone] = []
    if not lines:
        problems.append(Problem(Place(file), "there is nothing", _EXPECTED))
    if len(lines) > MOST_LINES:
        raise ScenarioError([Problem(Place(file), f"there are {len(lines):,} lines; at most {MOST_LINES} are read")])
    while lines:
        height = _LINES.get(len(lines[0][1]), 2)
        part, lines = lines[:height], lines[height:]
        wrong = list(_unlike(part, file))
        problems += wrong
        if not wrong:
            zone = _zone([line for _, line in part], Place(file, part[0][0], 1), today, problems)
            found += [] if zone is None else [zone]
    if problems:
        raise ScenarioError(problems)
    return found


_EXPECTED = "a passport's zone is two lines of 44 signs, a card's two of 36 or three of 30"


def _unlike(part: Sequence[tuple[int, str]], file: str) -> Iterator[Problem]:
    """What is wrong with the lines as such."""
    length = len(part[0][1])
    for number, line in part:
        if length not in _LINES or len(line) != length:
            yield Problem(Place(file, number, 1), f"this line has {len(line)} signs", _EXPECTED)
        for column, sign in enumerate(line, 1):
            if sign not in _SIGNS:
                hint = "a small letter" if "a" <= sign <= "z" else "fillers are <" if sign in "«‹>(" else ""
                yield Problem(Place(file, number, column), "only A to Z, 0 to 9 and < stand in such a zone", hint)
                break
    if len(part) < _LINES.get(length, len(part)):
        yield Problem(Place(file, part[-1][0], 1), f"here the zone ends after {len(part)} of its lines", _EXPECTED)


def _zone(lines: list[str], place: Place, today: date, problems: list[Problem]) -> Zone | None:
    found = len(problems)
    if lines[0].startswith("V"):
        problems.append(Problem(place, "this is a visa", "the zone of a passport is expected"))
        return None
    if len(lines) == 2 and _has_digits(lines[0]) and not _has_digits(lines[1]):  # names are in the first one
        problems.append(Problem(place, "the two lines stand the other way round", "the one with the name comes first"))
        return None
    checker = _checker(lines)
    problems += _digits(lines, checker, place)
    fields = checker.fields()
    state = _state(fields.country, fields.nationality, place, problems)
    born, expires = (_date(text) for text in (fields.birth_date, fields.expiry_date))
    if not born and fields.birth_date.strip("<0123456789"):
        problems.append(Problem(place, "the date of birth has letters in it", "often O for 0, or I for 1"))
    if fields.expiry_date.strip("<") and not expires:
        problems.append(Problem(place, "the date of expiry is no date", "often O for 0, or I for 1"))
    if len(problems) > found or state is None:
        return None
    if born is not None and born > today:
        born = born.replace(year=born.year - 100)
    name = f"{fields.name} {fields.surname}".strip()
    notes = []
    if not fields.document_type.startswith("P"):
        notes.append("this is a card: what admits with a passport may not admit with it")
    elif fields.document_type not in ("P", "PP"):
        notes.append(
            f"this passport is of the type {fields.document_type}: for one that is not ordinary, other law holds"
        )
    book = Held(state=state, expires=expires, number=fields.document_number)
    return Zone(book=book, born=born, name=name.title(), notes=tuple(notes))


def _has_digits(line: str) -> bool:
    return any(sign.isdigit() for sign in line)


def _checker(lines: list[str]) -> Any:
    """The library's checker for a zone of that size. It is given nothing that it would repeat in an error."""
    try:
        from mrz.checker.td1 import TD1CodeChecker
        from mrz.checker.td2 import TD2CodeChecker
        from mrz.checker.td3 import TD3CodeChecker
    except ImportError:
        raise NotInstalled from None
    kinds = {44: TD3CodeChecker, 36: TD2CodeChecker, 30: TD1CodeChecker}
    return kinds[len(lines[0])]("\n".join(lines))


def _digits(lines: list[str], checker: Any, place: Place) -> Iterator[Problem]:
    """The check digits that do not fit, each with the one sign that, read otherwise, would make all fit."""
    wrong = _failing(checker)
    parts = [words for name, words in _DIGITS.items() if name in wrong]
    if len(parts) > 1:
        parts = [words for words in parts if words != _DIGITS["final_hash"]]  # which is wrong with each of the others
    if not parts:
        return
    slips = list(dict.fromkeys(_slips(lines)))
    for words in parts:
        yield Problem(place, f"the check digit of the {words} does not fit", _told(slips, place))


def _failing(checker: Any) -> set[str]:
    return {name for name in _DIGITS if not getattr(checker, name, True)}


def _slips(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """Line, column and pair of signs that look alike, for each sign whose other reading makes all digits fit."""
    for (at, line), pair in product(enumerate(lines), _ALIKE):
        for column, sign in enumerate(line):
            if sign in pair:
                other = line[:column] + pair[1 - pair.index(sign)] + line[column + 1 :]
                if not _failing(_checker([*lines[:at], other, *lines[at + 1 :]])):
                    yield at, column, pair


def _told(slips: Sequence[tuple[int, int, str]], place: Place) -> str:
    if not slips:
        return "compare it with the passport, sign by sign"
    spots = [f"{pair[0]} and {pair[1]} in line {place.line + at}, column {column + 1}" for at, column, pair in slips]
    return f"perhaps these are mixed up: {', or '.join(spots)}"


def _state(issuer: str, nationality: str, place: Place, problems: list[Problem]) -> str | None:
    """The state whose passport it is, as the planner calls it; None and a problem if it is no state's own."""
    own = "write the passport with --passport, if you know what holds for it"
    codes = {}
    for code in (issuer, nationality):
        if code in _BRITISH:
            told = (
                f"this is the passport of {_BRITISH[code]} ({code}), and the law for British citizens is not for them"
            )
            problems.append(Problem(place, told, own))
            return None
        if code in _NOBODY_S:
            problems.append(
                Problem(place, f"this is no state's passport for its own national: {code} is {_NOBODY_S[code]}", own)
            )
            return None
        codes[code] = "DE" if code == _GERMANY else alpha_3(code)
        if codes[code] is None:
            told = f"{code!r}" if code.strip("<").isalpha() else "what stands there"  # may be of the number
            problems.append(Problem(place, f"{told} is no country's code of three letters", own))
            return None
    if codes[issuer] != codes[nationality]:
        told = f"it was issued by {issuer} to a national of {nationality}, so it is no passport of either"
        problems.append(Problem(place, told, own))
        return None
    return codes[issuer]


def _date(text: str) -> date | None:
    """The date of six digits, in this century; None if it is not wholly known."""
    try:
        return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:]))
    except ValueError:
        return None


def without(zone: Zone, kept: Sequence[str]) -> Zone:
    """The zone without name and number, but for what is kept: `name`, `number`."""
    book = zone.book if "number" in kept else evolve(zone.book, number="")
    return evolve(zone, book=book, name=zone.name if "name" in kept else "")
