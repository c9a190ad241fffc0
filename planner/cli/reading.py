"""Reading the scenario that the command line names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from planner.scenario.scenario import Scenario

STDIN = "<stdin>"


def read(file: str) -> Scenario:
    """The scenario in a file, or on standard input for `-`. Raises ScenarioError with all problems found."""
    from planner import api
    from planner.core.errors import Place, Problem, ScenarioError

    if file != "-":
        return api.load(file)
    try:
        text = click.get_binary_stream("stdin").read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ScenarioError([Problem(Place(STDIN), "this is not UTF-8 text", "save the file as UTF-8")]) from None
    return api.loads(text, STDIN)
