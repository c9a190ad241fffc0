"""What became of the mutants, a file of results for each file of the planner, and the page made of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import asdict, field, frozen

from benchmarks.mutants.changes import Mutant

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "results"


@frozen(order=True)
class Survivor:
    """A mutant that no test notices, and why that is as it should be ("": it is not)."""

    where: str
    was: str
    now: str
    reason: str = field(default="", order=False)


@frozen
class Result:
    """The mutants of a file that were tried: how many, how many a test noticed, and the others."""

    file: str
    mutants: int
    killed: int  # those that made a test too slow included
    survivors: tuple[Survivor, ...]
    by_time: int | None = None  # of those killed; None: that was not counted
    sample_of: int = 0  # changes that there are, if not all were tried

    def written(self) -> None:
        """Write it to its file."""
        place(self.file).write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def place(file: str) -> Path:
    """Where the result for a file of the planner is kept."""
    return FOLDER / (file.removesuffix(".py").replace("/", ".") + ".json")


def read(file: Path) -> Result:
    """A result as written."""
    data = json.loads(file.read_text(encoding="utf-8"))
    return Result(**{**data, "survivors": tuple(Survivor(**survivor) for survivor in data["survivors"])})


def judged(file: str, tried: Sequence[tuple[Mutant, str]], sample_of: int) -> Result:
    """The result of a run: mutants and their fates. The reasons of survivors that were known before are kept."""
    before = read(place(file)).survivors if place(file).exists() else ()
    reasons = {(known.where, known.was, known.now): known.reason for known in before}
    left = [
        Survivor(
            mutant.where, mutant.was, mutant.now, reasons.get((mutant.where, mutant.was, mutant.now)) or _known(mutant)
        )
        for mutant, fate in tried
        if fate not in ("killed", "timeout")
    ]
    by_time = sum(fate == "timeout" for _, fate in tried)
    return Result(file, len(tried), len(tried) - len(left), tuple(left), by_time, sample_of)


def _known(mutant: Mutant) -> str:
    """The reason of a survivor that can be seen from how it is made."""
    was, now = mutant.was, mutant.now
    if re.sub(r",? dtype=[\w.]+", "", was) == re.sub(r",? (dtype=None)?(?=\))", "", now):
        return "equivalent: numpy finds the same type by itself"
    if re.sub(r",? strict=True", "", was) == re.sub(r",? ?(strict=(None|False))?(?=\))", "", now):
        return "equivalent: both have the same length"
    if was.startswith("assert ") and now.replace("XX", "") == was:
        return "wording of an assertion that holds"
    return ""


def everything() -> Iterator[Result]:
    """All results, in the order of the files."""
    for file in sorted(FOLDER.glob("*.json")):
        yield read(file)
