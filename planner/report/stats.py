"""Numbers about how an answer was found: `plan --stats`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

STAGES = {
    "seconds_reading": "reading",
    "seconds_relaxing": "rules into bounds",
    "seconds_sweeping": "bounds",
    "seconds_solving": "exact model",
    "seconds_explaining": "explaining",
    "seconds": "all but reading",
}
SIZES = {
    "legs": "legs",
    "states": "sets of wishes kept apart",
    "rounds": "rounds",
    "band_legs": "legs in the band",
    "runs": "runs of legs",
    "options": "options",
    "facts": "facts",
    "queries": "questions to the solver",
}


def stats_text(stats: Mapping[str, float]) -> str:
    """The statistics as a table, ending with a line break: seconds by stage, sizes, memory."""
    rows = list(_rows(stats))
    width = max(len(name) for name, _ in rows)
    return "\n".join(["Statistics", *(f"  {name:{width}}  {value:>12}" for name, value in rows)]) + "\n"


def _rows(stats: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    for key, name in STAGES.items():
        if key in stats:
            yield name, f"{stats[key]:.2f} s"
    for key, name in SIZES.items():
        if key in stats:
            yield name, f"{stats[key]:,.0f}"
    if "band_percent" in stats:
        yield "band above the lowest bound", f"{stats['band_percent']:.2f} %"
    if "peak_mb" in stats:
        yield "peak memory, without the solver", f"{stats['peak_mb']:,.0f} MB"
