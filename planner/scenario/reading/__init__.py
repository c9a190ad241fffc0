"""Reading scenarios and rulebooks: TOML in, frozen classes out, every problem at its place.

The way through the modules: `text` (bytes to plain values; `json_text` for JSON), `places` (where they stand), `tables`
and `structure` (frozen classes), `law` (rulebooks merged), `legs` (tables of fares, schedules), `assemble` (ports,
times, fares) and `checks` (what must fit together).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import evolve

from planner.scenario.law import Entry, Rulebook
from planner.scenario.reading.added import NOTHING, Added
from planner.scenario.reading.assemble import assemble
from planner.scenario.reading.editions import digest_of
from planner.scenario.reading.places import Places
from planner.scenario.reading.rulebooks import shipped
from planner.scenario.reading.tables import Table, attach
from planner.scenario.reading.text import parse, read_bytes
from planner.scenario.scenario import Scenario

__all__ = ["NOTHING", "read_file", "read_mapping", "read_rulebooks", "read_text"]

Kinds = Mapping[str, type[Entry]]


def read_file(path: Path, kinds: Kinds, added: Added = NOTHING) -> Scenario:
    """Read a scenario file. `kinds` are the kinds of `[[rules]]` tables, by name; `added` what comes from elsewhere.

    Raises ScenarioError with every problem found; a file that is no TOML has one, its first.
    """
    return read_text(read_bytes(path), kinds, str(path), path.parent, added)


def read_text(text: str, kinds: Kinds, file: str = "<text>", folder: Path = Path(), added: Added = NOTHING) -> Scenario:
    """The same for a text; `file` is what places call it, `folder` the one that names of other files count from."""
    data, places = parse(text, file)
    return _read(data, places, kinds, folder, added)


def read_mapping(
    data: Mapping[str, Any],
    kinds: Kinds,
    file: str = "<data>",
    folder: Path = Path(),
    added: Added = NOTHING,
    places: Places | None = None,
) -> Scenario:
    """The same for plain data, as TOML would give it; `places` says where it stands, else it is placed as a whole."""
    places = places or Places.none(file)
    return _read(attach(data, places), places, kinds, folder, added)


def read_rulebooks(kinds: Kinds) -> dict[str, Rulebook]:
    """All rulebooks that come with the planner, by id. Raises ScenarioError if something in them is wrong."""
    return shipped(kinds)


def _read(data: Table, places: Places, kinds: Kinds, folder: Path, added: Added = NOTHING) -> Scenario:
    named = data.get("rulebooks")
    whole = not isinstance(named, list) or not all(isinstance(name, str) for name in named)
    books = shipped(kinds, None if whole else named) if named else {}
    digest = digest_of(data.without("expect"))  # before reading, which takes wrong tables out
    return evolve(assemble(data, places, kinds, books, folder, added), digest=digest)
