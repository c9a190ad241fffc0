"""One scenario of a batch, from its text to its row."""

from __future__ import annotations

import time
from pathlib import Path

from planner.api import plan
from planner.batching.items import Item, Limits
from planner.batching.rows import Row, answered
from planner.batching.template import filled
from planner.core.errors import InternalError, ScenarioError
from planner.rules.base import table_kinds
from planner.scenario.reading import read_mapping, read_text
from planner.scenario.scenario import Scenario


class Troubled(Exception):
    """What an answer needs was lost on the way; the text says what."""


def row_of(item: Item, limits: Limits) -> Row:
    """The row of an item. Raises Troubled if memory ran out or the solver's process was lost; nothing else."""
    if item.wrong:
        return Row(id=item.id, status="invalid", error=item.wrong)
    began = time.monotonic()
    try:
        answer = plan(scenario_of(item), repairs=1, time_limit=limits.time_limit, workers=1)
        if answer.trouble:
            raise Troubled(answer.trouble)
        return answered(item, answer, time.monotonic() - began)
    except ScenarioError as error:
        return Row(id=item.id, status="invalid", error=str(error), seconds=round(time.monotonic() - began, 3))
    except Troubled:
        raise
    except MemoryError:
        raise Troubled("memory ran out") from None
    except Exception as error:  # a bug, which is this scenario's alone
        told = f"internal error: {type(error).__name__}" + (f": {error}" if isinstance(error, InternalError) else "")
        return Row(id=item.id, status="failed", error=told, seconds=round(time.monotonic() - began, 3))


def scenario_of(item: Item) -> Scenario:
    """The scenario that an item stands for. Raises ScenarioError."""
    if not item.rows:
        return read_text(item.text, table_kinds(), item.file, Path(item.folder))
    data, places = filled(item)
    return read_mapping(data, table_kinds(), item.file, Path(item.folder), places=places)
