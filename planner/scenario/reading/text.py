"""From a file or a text to plain TOML data with positions."""

from __future__ import annotations

import re
import shlex
import tomllib
from datetime import date, time
from decimal import Decimal
from pathlib import Path

from planner.core.errors import Place, Problem, ScenarioError
from planner.scenario.reading.places import Places, find_places
from planner.scenario.reading.tables import Table, attach

LARGEST_FILE = 10_000_000  # bytes
DEEPEST = 50  # parts of a key with dots
_DEEP_KEY = re.compile(
    rf"""(?:^|[\[{{,])[ \t]*(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){{{DEEPEST}}}""", re.MULTILINE
)
_POSITION = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)")
_HINTS = {
    "Invalid value": 'texts stand in quotes, such as start = "SFO"; dates are written 2025-04-03',
    "Expected newline": "one key = value a line; texts stand in quotes, dates are written 2025-04-03",
    "Cannot overwrite a value": "the same key is written twice in one table",
    "Unclosed array": "a list that begins with [ needs a ] at its end",
    "Illegal character '\\n'": "a text that begins with a quote needs one at its end",
}
_TOO_DEEP = "the tables or lists are nested too deeply"
_TOKEN = re.compile(r"[\w:.+-]+( \d[\d:.]*)?")  # what is written without quotes
_MOMENT = re.compile(r"((\d{4})-(\d\d?)-(\d\d?))?([Tt ]?)((\d\d?):(\d\d)(:\d\d)?)?")
_FLAG = re.compile("true|false|yes|no|on|off", re.IGNORECASE)


def read_bytes(path: Path) -> str:
    """The text of a file. Raises ScenarioError if there is none that can be read as UTF-8."""
    file = str(path)
    try:
        if path.is_dir():
            raise _error(Place(file), "this is a directory", "name a scenario file, such as scenario.toml")
        with path.open("rb") as opened:
            data = opened.read(LARGEST_FILE + 1)  # what is no regular file may have no end
    except FileNotFoundError:
        hint = f"`plan new {shlex.quote(file)}` begins one" if path.suffix == ".toml" else ""
        raise _error(Place(file), "there is no such file", hint) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _error(Place(file), f"the file cannot be read: {reason}") from None
    return text_in(data, file)


def text_in(data: bytes, file: str) -> str:
    """The text that some bytes of a file are. Raises ScenarioError if they are not UTF-8, or too many."""
    if len(data) > LARGEST_FILE:
        raise _error(Place(file), f"the file is larger than {LARGEST_FILE // 1_000_000} MB")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _error(Place(file, 1, 1), "the file is written in UTF-16", "save it as UTF-8")
    data = data.removeprefix(b"\xef\xbb\xbf")  # the mark of UTF-8 that some editors put first
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode()) + 1
        raise _error(
            Place(file, line, column), f"the byte 0x{data[error.start]:02x} is not UTF-8", "save the file as UTF-8"
        ) from None


def parse(text: str, file: str) -> tuple[Table, Places]:
    """The values of a TOML 1.0 text and their positions. Raises ScenarioError for the first syntax error."""
    text = text.removeprefix("\ufeff")
    if _DEEP_KEY.search(text):  # the parser would take a time that grows with the square of the depth
        raise _error(Place(file), _TOO_DEEP)
    try:
        data = tomllib.loads(text, parse_float=Decimal)
        places, wrong = find_places(text, file)
        table = attach(data, places)
    except RecursionError:
        raise _error(Place(file), _TOO_DEEP) from None
    except ArithmeticError:
        raise _error(Place(file), "a number in this file is too large to read") from None
    except ValueError as error:
        raise _syntax(str(error), text, file) from None
    if wrong is not None:
        raise _error(wrong, "this is not TOML 1.0", "newer versions of TOML are not read")
    return table, places


def _syntax(message: str, text: str, file: str) -> ScenarioError:
    match = _POSITION.fullmatch(message)
    if match is None:
        return _error(Place(file, 1, 1), f"this is not valid TOML: {message}")
    lines = text.split("\n")
    line, column = (int(match[2]), int(match[3])) if match[2] else (len(lines), len(lines[-1]) + 1)
    usual = next((text for start, text in _HINTS.items() if match[1].startswith(start)), "")
    hint = _value_hint(lines[line - 1], column - 1) or usual
    if lines[line - 1].startswith("["):
        hint = "a table begins with [name], one of several with [[name]], alone on its line"
    return _error(Place(file, line, column), f"this is not valid TOML: {match[1]}", hint)


def _value_hint(line: str, at: int) -> str:
    """What is wrong with the date, time or truth value at which a line cannot be read on, if it is one."""
    token = next((found[0] for found in _TOKEN.finditer(line) if found.start() <= at <= found.end()), "")
    if _FLAG.fullmatch(token):
        return "true or false, in small letters"
    found = _MOMENT.fullmatch(token)
    if found is None:
        return ""
    day = f"{found[2]}-{found[3]:0>2}-{found[4]:0>2}" if found[1] else ""
    clock = f"{found[7]:0>2}:{found[8]}{found[9] or ''}" if found[6] else ""
    for text, kind, word in ((day, date, "day"), (clock, time, "time")):
        try:
            if text:
                kind.fromisoformat(text)
        except ValueError:
            return f"there is no {word} {text}"
    if clock and not found[9]:
        return f"a time without quotes needs seconds: {day}{found[5]}{clock}:00"
    return f"month and day have two digits: {day}" if day and day != found[1] else ""


def _error(place: Place, message: str, hint: str = "") -> ScenarioError:
    return ScenarioError([Problem(place, message, hint)])
