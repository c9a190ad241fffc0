"""The items of a batch: scenario files, or a template with each party of a group list."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from planner.batching.items import Item
from planner.batching.table import parties
from planner.batching.template import pattern_of
from planner.core.errors import Place, Problem, ScenarioError
from planner.rules.base import table_kinds
from planner.scenario.reading import read_text
from planner.scenario.reading.text import parse, read_bytes


def scenarios(names: Iterable[str]) -> list[Item]:
    """An item for each scenario file: of a folder its .toml files, of a pattern what matches, each file once.

    A file that cannot be read has an item that says so. Raises ScenarioError for a name that leads to no file.
    """
    found: dict[str, Item] = {}
    problems = []
    for name in names:
        paths = list(_paths(name))
        if not paths:
            told = "there are no .toml files in this folder" if os.path.isdir(name) else "no file has this name"
            problems.append(
                Problem(Place(name), told, "name scenario files, a folder of them, or a pattern: 'a/*.toml'")
            )
        for path in paths:
            found.setdefault(os.path.realpath(path), _item(path))
    if problems:
        raise ScenarioError(problems)
    return list(found.values())


def _paths(name: str) -> Iterator[str]:
    if os.path.isdir(name):
        yield from (os.path.join(name, entry) for entry in sorted(os.listdir(name)) if entry.endswith(".toml"))
    elif os.path.exists(name):
        yield name
    else:
        yield from (path for path in sorted(glob.glob(name, recursive=True)) if not os.path.isdir(path))


def _item(path: str) -> Item:
    try:
        text, wrong = read_bytes(Path(path)), ""
    except ScenarioError as error:
        text, wrong = "", str(error)
    return Item(id=path, file=path, text=text, folder=os.path.abspath(os.path.dirname(path)), wrong=wrong)


def travellers(template: str, table: str) -> list[Item]:
    """An item for each party of a group list: the template with its rows for travellers.

    Raises ScenarioError for what is wrong with the template, or with the list as a whole.
    """
    text = read_bytes(Path(template))
    folder = os.path.abspath(os.path.dirname(template))
    pattern_of(*parse(text, template))
    read_text(text, table_kinds(), template, Path(folder))
    return [
        Item(id=party, file=template, text=text, folder=folder, table=table, rows=rows)
        for party, rows in parties(Path(table)).items()
    ]
