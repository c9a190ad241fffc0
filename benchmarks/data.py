"""Where the data is that others have published: routes, passport tables, real fares."""

from __future__ import annotations

import os
from pathlib import Path

BESIDE = Path(__file__).parent.parent.parent / "shared" / "data"


def folder(name: str) -> Path | None:
    """The folder of one data set, below `PLANNER_DATA` or `../shared/data`; None if it is not there."""
    place = Path(os.environ.get("PLANNER_DATA") or BESIDE) / name
    return place if place.is_dir() else None
