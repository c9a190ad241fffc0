"""One thing to measure, and measuring it: `plan FILE` as a user runs it, then the peers on the same problem."""

from __future__ import annotations

import json
import statistics
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from attrs import frozen

from benchmarks import measure, peers

Row = dict[str, Any]
SECONDS = ("seconds_reading", "seconds_relaxing", "seconds_sweeping", "seconds_solving")
STATS = ("legs", *SECONDS, "band_legs", "rounds")
START_UP = 60.0  # seconds beyond its limit before the planner is ended


@frozen(kw_only=True)
class Case:
    """A scenario to plan. `write` makes its file in a folder; None if its data is not there.

    `published`: its known optimum, in the currency's units. `peers` are given what is left of it without borders and
    rules, so only a scenario that has none may name some.
    """

    name: str
    write: Callable[[Path], Path | None]
    peers: tuple[str, ...] = ()
    published: int | None = None


def rows(case: Case, folder: Path, time_limit: float, repeat: int) -> Iterator[Row]:
    """Our row (medians of the seconds, greatest memory), then one for each peer. No rows if the data is not there."""
    path = case.write(folder)
    if path is None:
        return
    ours = [_plan(case, path, time_limit) for _ in range(repeat)]
    row = ours[-1]
    for key in ("seconds", *SECONDS, "seconds_inside"):
        row[key] = _median([one[key] for one in ours])
    row["peak_mb"] = max(one["peak_mb"] for one in ours)
    row["answers"] = len({(one["status"], one["cost"]) for one in ours})
    yield row
    if case.peers:
        stored = folder / "instance.npz"
        _store(path, stored)
        for peer in case.peers:
            yield _beside(row, peers.run(peer, stored, time_limit))


def _median(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(statistics.median(known), 4) if known else None


def _plan(case: Case, path: Path, time_limit: float) -> Row:
    command = [sys.executable, "-m", "planner", "--format", "json", "--time-limit", str(time_limit), str(path)]
    done = measure.run(command, time_limit + START_UP)
    stops = len(tomllib.loads(path.read_text(encoding="utf-8"))["trip"].get("stops", ()))
    row: Row = {"name": case.name, "stops": stops, "seconds": round(done.seconds, 2), "peak_mb": done.peak_mb}
    try:
        answer = json.loads(done.output)
    except ValueError:
        reason = done.errors.strip().splitlines()[:1] or ["ended at its limit"]
        answer = {"status": "failed", "cost": None, "notes": reason, "stats": {}}
    stats = answer["stats"]
    cost = None if answer["cost"] is None else float(answer["cost"]["amount"])
    row |= {"status": answer["status"], "cost": cost, "notes": answer["notes"]}
    row |= {key: stats.get(key) for key in STATS} | {"seconds_inside": stats.get("seconds")}
    if answer["status"] == "optimal" and case.published is not None:
        row["disagrees"] = cost != case.published
    return row


def _store(scenario: Path, target: Path) -> None:
    """In a process of its own, so that this one stays small."""
    code = (
        "import sys; from pathlib import Path; from planner.api import load; from benchmarks.instance import Instance;"
        "Instance.of(load(sys.argv[1])).save(Path(sys.argv[2]))"
    )
    done = measure.run([sys.executable, "-c", code, str(scenario), str(target)], 600)
    assert done.code == 0, done.errors


def _beside(ours: Row, found: Row) -> Row:
    """A peer's row. Its seconds are in-process, without imports and reading, and are compared with ours inside.

    The floor only bounds, so it is compared with our sweeps.
    """
    cost = None if found["cost"] is None else found["cost"] / 100
    row = {
        "name": found["peer"], "peer_of": ours["name"], "legs": ours["legs"], "stops": ours["stops"],
        "status": found["status"], "cost": cost, "peer_seconds": found["seconds"], "peak_mb": found["peak_mb"],
        "notes": [found["note"]] if found["note"] else [],
    }  # fmt: skip
    inside = ours["seconds_sweeping"] if found["peer"] == "floor" else ours["seconds_inside"]
    if inside and found["seconds"] and found["status"] not in ("skipped", "other"):
        row["ratio"] = round(found["seconds"] / inside, 3)
    if found["status"] == ours["status"] == "optimal":
        row["disagrees"] = cost != ours["cost"]
    return row
