"""Two answers compared, in the JSON form that both have: what differs, as text and as JSON (`docs/compare.md`)."""

from __future__ import annotations

import json
from typing import Any

from attrs import frozen

from planner.report.compare.differences import Difference, differences, not_asked
from planner.report.words import listed

FORMAT = 1


@frozen
class Compared:
    """Two answers, each with the name of the file that it is from, and what differs."""

    files: tuple[str, str]
    answers: tuple[dict[str, Any], dict[str, Any]]
    differences: tuple[Difference, ...]

    @property
    def unasked(self) -> str:
        """«B was not asked for alternatives», for what only one of the two was asked; it is no difference."""
        a, b = self.answers
        sides = ("A", not_asked(a, b)), ("B", not_asked(b, a))
        return "; ".join(f"{side} was not asked for {listed(what)}" for side, what in sides if what)


def compared(files: tuple[str, str], answers: tuple[dict[str, Any], dict[str, Any]]) -> Compared:
    """Compare two answers that are valid by the schema, but for keys of later versions."""
    return Compared(files, answers, tuple(differences(*answers)))


def json_text(found: Compared) -> str:
    """What differs as a JSON text: ASCII only, indented, ending with a line break."""
    sides = zip("ab", found.files, found.answers, strict=True)
    data = {
        "format": FORMAT,
        **{
            side: {"file": file, "title": answer["title"], "status": answer["status"], "cost": answer["cost"]}
            for side, file, answer in sides
        },
        "same": not found.differences,
        "differences": [
            {"path": list(one.path), "only_in": one.only_in or None, "a": one.a, "b": one.b}
            for one in found.differences
        ],
    }
    return json.dumps(data, indent=2, ensure_ascii=True) + "\n"
