"""Countries by ISO 3166 alpha-2 code, and guesses at what somebody meant who wrote something else.

Names and codes come from the table in the time-zone data package; `airportsdata` adds XK.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import lru_cache

from planner.core.countries import country_names
from planner.scenario.reading.airports import airports


def is_country(text: str) -> bool:
    """Whether that is a country's code. Most are in the table of names, so the airports need not be gone through."""
    return text in country_names() or (len(text) == 2 and text in countries())


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """English names by code."""
    found = {airport["country"]: airport["country"] for airport in airports().values()}
    return found | country_names()


def country_hint(text: str) -> str:
    """«did you mean 'MX' (Mexico)?» for «MEX», «mx» or «Mexico»; nothing if no guess is good."""
    guess = next(_guesses(text), None)
    return f"did you mean {guess!r} ({countries()[guess]})?" if guess else ""


def _guesses(text: str) -> Iterator[str]:
    upper = text.strip().upper()
    if upper in countries():
        yield upper
    if upper == "UK":
        yield "GB"
    by_name = {name.lower(): code for code, name in countries().items() if name != code}
    if len(upper) == 3:  # perhaps alpha-3: its letters stand in the name, and the code's letters in it
        yield from (
            code
            for name, code in by_name.items()
            if name[0].upper() == upper[0] and _inside(upper, name.upper()) and _inside(code, upper)
        )
    elif len(upper) > 3:
        near = difflib.get_close_matches(text.strip().lower(), list(by_name), n=1, cutoff=0.8)
        yield from (by_name[name] for name in near)


def _inside(letters: str, word: str) -> bool:
    """Whether the letters stand in the word in that order."""
    rest = iter(word)
    return all(letter in rest for letter in letters)
