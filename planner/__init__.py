"""The cheapest lawful trip, or a minimal explanation of why none exists.

`load(path)` reads a scenario; `plan(scenario)` answers it. Both are imported on first use, as they take a while.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.version import __version__

if TYPE_CHECKING:
    from planner.api import conflicts, dump_model, for_travellers, load, loads, plan

__all__ = ["__version__", "conflicts", "dump_model", "for_travellers", "load", "loads", "plan"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from planner import api

        return getattr(api, name)
    raise AttributeError(f"module 'planner' has no attribute {name!r}")
