"""A failure as a TOML file: the scenario, and in comments on top what fails, with which seed, and how."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import tomli_w
from attrs import frozen

from planner.core.plain import plain
from planner.testing.transforms.walking import Table

FOLDER = Path(__file__).parents[1] / "soak-found"  # git ignores it
_HEAD = re.compile(r"# (check|seed|found): (.*)\n")
_SHOWN = 2000  # characters of what was found


@frozen
class Failure:
    """A check that fails for some scenario tables; `seed` is all that the check draws from, `found` is told first."""

    check: str
    seed: str
    found: str
    data: Table

    @property
    def name(self) -> str:
        """What its file is called."""
        return re.sub("[^a-z0-9]+", "-", f"{self.check} {self.seed}") + ".toml"

    def write(self, folder: Path) -> Path:
        """Keep it in a folder, in the place of a larger one of the same name."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / self.name
        head = {"check": self.check, "seed": self.seed, "found": plain(self.found[:_SHOWN])}
        lines = [f"# {key}: {' '.join(text.split())}\n" for key, text in head.items()]
        part = path.with_suffix(".part")
        part.write_text("".join(lines) + "\n" + tomli_w.dumps(self.data), encoding="utf-8")
        part.replace(path)
        return path


def read(path: Path) -> Failure:
    """A failure that was kept. Raises ValueError for another file, OSError."""
    text = path.read_text(encoding="utf-8")
    head = dict(_HEAD.findall(text[: text.find("\n\n") + 1]))
    if not {"check", "seed"} <= head.keys():
        raise ValueError(f"{path}: the lines `# check: …` and `# seed: …` are missing on top")
    return Failure(head["check"], head["seed"], head.get("found", ""), tomllib.loads(text))
