"""How the reports write things: dates, amounts, names, and lines that fit the page and cannot harm a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from attrs import define, field

from planner.core.money import digits
from planner.core.time import to_local
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Leg

WIDTH = 80
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DIRECTION_CHANGES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str) -> str:
    """The text without anything a terminal would obey: control characters are spelled out, line breaks are spaces."""
    return "".join(_visible(char) for char in text)


def _visible(char: str) -> str:
    if char in "\n\r\t\u2028\u2029":
        return " "
    if unicodedata.category(char) in ("Cc", "Cs") or char in _DIRECTION_CHANGES:
        return char.encode("unicode_escape").decode("ascii")
    return char


def day(value: date, *, year: bool = True) -> str:
    """«Thu 3 Apr 2025»."""
    text = f"{_DAYS[value.weekday()]} {value.day} {month(value)}"
    return f"{text} {value.year}" if year else text


def month(value: date) -> str:
    """«Apr»."""
    return _MONTHS[value.month - 1]


def moment(value: datetime) -> str:
    """«Thu 3 Apr 2025 16:50»."""
    return f"{day(value)} {value:%H:%M}"


def duration(minutes: int) -> str:
    """«2 d 3 h 5 min», leaving out what is zero."""
    parts = (minutes // 1440, "d"), (minutes // 60 % 24, "h"), (minutes % 60, "min")
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 min"


def count(number: int, word: str, plural: str = "") -> str:
    """«1 leg», «2 legs»."""
    return f"{number} {word if number == 1 else plural or word + 's'}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """«a», «a and b», «a, b and c»."""
    *head, tail = list(words) or [""]
    return f"{', '.join(head)} {last} {tail}" if head else tail


def span(legs: Sequence[Leg]) -> str:
    """«SFO -> PEK -> SFO, 2025-04-01 to 2025-04-08» for a journey with legs."""
    route = " -> ".join([legs[0].from_, *(leg.to for leg in legs)])
    return f"{route}, {legs[0].departs:%Y-%m-%d} to {legs[-1].arrives:%Y-%m-%d}"


def decimal(minor: int, currency: str) -> str:
    """«3410.00» for minor units of a currency, with all its decimals."""
    places = digits(currency)
    return f"{Decimal(minor).scaleb(-places):.{places}f}"


def port_name(scenario: Scenario, port: str) -> str:
    """«Beijing Capital (PEK)», or the id alone for a port without a name."""
    name = scenario.name_of(port)
    return port if name == port else f"{name} ({port})"


def passport_name(scenario: Scenario, traveller: Traveller, passport: str) -> str:
    """«passport mx (MX)»: the id the file gives it and the state that issues it."""
    state = scenario.state_of(traveller, passport)
    return f"passport {passport} ({state})" if state else f"passport {passport}"


def local_time(scenario: Scenario, minutes: int, port: str) -> datetime:
    """Wall-clock time at a port for UTC minutes."""
    return to_local(minutes, scenario.ports[port].timezone)


@define
class Page:
    """Lines of at most `WIDTH` columns, each made harmless."""

    lines: list[str] = field(factory=list)

    def add(self, text: str, indent: int = 0, hang: int = 0) -> None:
        """Add a paragraph, indented; its second and later lines by `hang` more."""
        self.lines += _wrap(plain(text).split(" "), " " * indent, " " * (indent + hang))

    def row(self, left: str, right: str, indent: int = 0) -> None:
        """Add a line with something at its right end, below the text if there is no room beside it."""
        right = plain(right)
        self.add(left, indent, 2)
        room = WIDTH - cell_len(self.lines[-1]) - cell_len(right)
        if room < 1:
            self.lines.append(" " * (WIDTH - cell_len(right)) + right)
        else:
            self.lines[-1] += " " * room + right

    def gap(self) -> None:
        """An empty line, unless one is there already."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def heading(self, text: str) -> None:
        """A title with its line of dashes."""
        self.gap()
        self.lines += [plain(text), "-" * cell_len(plain(text))]

    def text(self) -> str:
        """The whole page, ending with a line break."""
        return "\n".join(self.lines).rstrip("\n") + "\n"


def cell_len(text: str) -> int:
    """Columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len as measured

    return measured(text)


def _wrap(words: list[str], first: str, rest: str) -> list[str]:
    lines, line, empty = [], first, True
    for word in words:
        if not empty and cell_len(line) + 1 + cell_len(word) > WIDTH:
            lines.append(line.rstrip())
            line, empty = rest, True
        # A word longer than a line is broken, but not an address: it could not be followed any more.
        while cell_len(line) + cell_len(word) > WIDTH and len(word) > 1 and "://" not in word:
            head = _fitting(word, WIDTH - cell_len(line))
            lines.append(line + head)
            line, word = rest, word[len(head) :]  # noqa: PLW2901
        line += word if empty else f" {word}"
        empty = False
    return [*lines, line.rstrip()]


def _fitting(word: str, room: int) -> str:
    """The longest beginning of a word that takes at most `room` columns, at least one character."""
    end = 1
    while end < len(word) and cell_len(word[: end + 1]) <= room:
        end += 1
    return word[:end]
