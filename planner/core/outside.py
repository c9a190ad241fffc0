"""What other installed packages add: modules that they name as entry points."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from planner.core.errors import Place, Problem, ScenarioError

KINDS, RULEBOOKS = "planner.kinds", "planner.rulebooks"  # groups of entry points


def modules(group: str) -> Iterator[tuple[str, ModuleType]]:
    """The modules that installed packages name in a group of entry points, each with the place that names it.

    In the order of their names. Raises ScenarioError for one that cannot be imported.
    """
    if not _named(group):
        return
    from importlib.metadata import entry_points

    for point in sorted(entry_points(group=group), key=lambda point: (point.name, point.value)):
        place = f"entry point {point.name} = {point.value} of {group}"
        try:
            module = point.load()
        except Exception as error:  # code of others: anything may go wrong in it
            raise ScenarioError([Problem(Place(place), f"cannot be imported: {error}")]) from error
        if not isinstance(module, ModuleType):
            raise ScenarioError([Problem(Place(place), "expected a module", "write «package.module», without «:»")])
        yield place, module


def _named(group: str) -> bool:
    """Whether any package installed in a folder has such entry points: importing what reads them takes 30 ms."""
    listed = (path for folder in sys.path for path in Path(folder).glob("*.*-info/entry_points.txt"))
    return any(f"[{group}]".encode() in path.read_bytes() for path in listed)
