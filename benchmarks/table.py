"""The rows as one table."""

from __future__ import annotations

from typing import Any

HEAD = (
    f"{'name':24}{'legs':>10}{'stops':>6}  {'status':11}{'cost':>11}{'seconds':>9}{'peak MB':>9}"
    f"{'read s':>8}{'relax s':>8}{'sweep s':>8}{'solve s':>8}{'band':>7}{'rounds':>7}{'peer s':>9}{'ratio':>9}"
)


def line(row: dict[str, Any]) -> str:
    """A row. Peers stand below the planner's row for the same problem, set in; remarks stand at the end."""
    name = f"  {row['name']}" if "peer_of" in row else row["name"]
    text = (
        f"{name:24}{_number(row['legs']):>10}{row['stops']:>6}  {row['status']:11}{_number(row['cost'], 2):>11}"
        f"{_number(row.get('seconds'), 2):>9}{_number(row['peak_mb']):>9}"
        f"{_number(row.get('seconds_reading'), 2):>8}{_number(row.get('seconds_relaxing'), 2):>8}"
        f"{_number(row.get('seconds_sweeping'), 2):>8}{_number(row.get('seconds_solving'), 2):>8}"
        f"{_number(row.get('band_legs')):>7}{_number(row.get('rounds')):>7}"
        f"{_number(row.get('peer_seconds'), 3):>9}{_number(row.get('ratio'), 2):>9}"
    )
    return "  ".join([text, *remarks(row)]).rstrip()


def remarks(row: dict[str, Any]) -> list[str]:
    """What must not be overlooked; of an answer that proves something, no more."""
    said = ["DISAGREES"] if row.get("disagrees") else []
    if row.get("answers", 1) > 1:
        said.append("ANSWERS DIFFER BETWEEN RUNS")
    if row["status"] not in ("optimal", "infeasible", "bound"):
        said += row["notes"]
    return said


def _number(value: float | None, digits: int = 0) -> str:
    return "" if value is None else f"{value:,.{digits}f}"
