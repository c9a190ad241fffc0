"""Reading the scenario that the command line names."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.scenario.reading.added import Added
    from planner.scenario.scenario import Scenario

STDIN = "<stdin>"


def read(file: str, names: Sequence[str] = ()) -> Scenario:
    """The scenario in a file, or on standard input for `-`, for some travellers, by name or id (none: for all).

    A name may be several, with commas. Raises ScenarioError with all problems found.
    """
    from planner.rules.base import table_kinds
    from planner.scenario import reading
    from planner.scenario.party import for_travellers

    if file != "-":
        scenario = reading.read_file(Path(file), table_kinds())
    else:
        scenario = reading.read_text(text_of(file), table_kinds(), STDIN)
    if not names:
        return scenario
    return for_travellers(scenario, [name.strip() for text in names for name in text.split(",")])


def read_from(text: str, name: str, folder: Path, added: Added | None = None) -> Scenario:
    """The scenario in a text, called `name` in messages; files that it names are looked for from `folder` on.

    Raises ScenarioError with all problems found.
    """
    from planner.rules.base import table_kinds
    from planner.scenario import reading

    return reading.read_text(text, table_kinds(), name, folder, added or reading.NOTHING)


def text_of(file: str) -> str:
    """The text of a file, or of standard input for `-`. Raises ScenarioError if it is no text or cannot be read."""
    from planner.core.errors import Place, Problem, ScenarioError
    from planner.scenario.reading.text import LARGEST_FILE, read_bytes, text_in

    if file != "-":
        return read_bytes(Path(file))
    try:
        return text_in(sys.stdin.buffer.read(LARGEST_FILE + 1), STDIN) if sys.stdin else ""
    except OSError as error:
        raise ScenarioError([Problem(Place(STDIN), f"this cannot be read: {error.strerror}")]) from None
