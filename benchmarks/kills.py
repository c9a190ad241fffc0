"""Kill the command at random moments while it writes files: `python -m benchmarks.kills --minutes 10`.

Each file must be the old one or the whole new one afterwards, and nothing may be left but parts that are called so.
Half of the kills come at any moment, half while a part is there, which is made to take long.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import click

from planner.rules.examples import WORLD

PASSPORTS = ("FR", "US", "MX", "JP")
TABLE = "Passport,Destination,Requirement\n" + "".join(
    f"{a},{b},{-1 if a == b else 30}\n" for a in PASSPORTS for b in PASSPORTS
)
NEW = "--passport MX --from SFO --to CDG --depart 2027-04-01 --return 2027-04-14 --rate EUR=1.1 --today 2027-01-01"

SLOWLY = """
import pathlib, sys, time
opened = pathlib.Path.open
class Slow:
    def __init__(self, file): self.file = file
    def __enter__(self): return self
    def __exit__(self, *_): self.file.close(); time.sleep(0.03)
    def write(self, text):
        step = len(text) // 20 + 1
        for start in range(0, len(text), step):
            self.file.write(text[start : start + step]); self.file.flush(); time.sleep(0.01)
def slow(path, mode="r", *rest, **more):
    file = opened(path, mode, *rest, **more)
    return Slow(file) if mode == "x" else file
pathlib.Path.open = slow
from planner.cli.entry import entry_point
sys.exit(entry_point())
"""


def ways(folder: Path) -> dict[str, tuple[list[str], Path]]:
    """Arguments by which the command writes a file, and the file."""
    (folder / "trip.toml").write_text(WORLD, encoding="utf-8")
    (folder / "broken.toml").write_text(WORLD.replace("min = 1 }", "min = 20 }"), encoding="utf-8")
    (folder / "table.csv").write_text(TABLE, encoding="utf-8")
    base = folder / "entry-planner" / "base.json"
    return {
        "html": (["trip.toml", "--format", "html", "-o", "trip.html"], folder / "trip.html"),
        "json": (["trip.toml", "--format", "json", "-o", "trip.json"], folder / "trip.json"),
        "repair": (["repair", "broken.toml", "-o", "fixed.toml"], folder / "fixed.toml"),
        "new": (["new", "new.toml", *NEW.split()], folder / "new.toml"),
        "schema": (["schema", "-o", "schema.json"], folder / "schema.json"),
        "import": (["rules", "import", "table.csv", "--date", "2025-01-12"], base),
    }


def begun(args: list[str], folder: Path, slowly: bool = False) -> subprocess.Popen[bytes]:
    """The command, in a folder that has its data too; it may be one that writes slowly."""
    path = os.pathsep.join(filter(None, sys.path))
    env = {**os.environ, "PYTHONPATH": path, "XDG_DATA_HOME": str(folder)}
    nowhere = subprocess.DEVNULL
    command = ["-c", SLOWLY] if slowly else ["-m", "planner"]
    return subprocess.Popen(
        [sys.executable, *command, *args], cwd=folder, env=env, stdin=nowhere, stdout=nowhere, stderr=nowhere
    )


def undisturbed(args: list[str], folder: Path, target: Path) -> tuple[bytes, float]:
    """What is written if nobody kills, and how many seconds it takes."""
    began = time.monotonic()
    code = begun(args, folder).wait()
    if code:
        raise SystemExit(f"{' '.join(args)}: exit code {code} without a kill")
    return target.read_bytes(), time.monotonic() - began


@click.command()
@click.option("--minutes", type=float, default=10.0, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
def main(minutes: float, seed: int) -> None:
    """Kill, look at what is there, and begin again, until the time is over."""
    drawn, counts, end = random.Random(seed), Counter[str](), time.monotonic() + 60 * minutes
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        known = {
            way: (args, target, *undisturbed(args, folder, target)) for way, (args, target) in ways(folder).items()
        }
        while time.monotonic() < end:
            way = drawn.choice([*known])
            args, target, whole, seconds = known[way]
            target.unlink(missing_ok=True)
            old = None
            if way != "new" and drawn.random() < 0.5:
                old = b"old"
                target.write_bytes(old)
            slowly = drawn.random() < 0.5
            process = begun(args, folder, slowly)
            while slowly and process.poll() is None and not any(target.parent.glob(f".{target.name}.*.part")):
                time.sleep(0.001)
            time.sleep(drawn.uniform(0, 0.4 if slowly else 1.5 * seconds))
            process.kill()
            process.wait()
            found = target.read_bytes() if target.exists() else None
            if found not in (old, whole) and not _timed(found, whole):
                raise SystemExit(f"{way}: half a file after {sum(counts.values())} kills (seed {seed})")
            left = [path for path in folder.rglob("*.part") if path.name.startswith(".")]
            for path in left:
                path.unlink()
            counts[f"{way}: {'whole' if found == whole else 'old'}{', a part is left' if left else ''}"] += 1
    for what, number in sorted(counts.items()):
        click.echo(f"{number:6}  {what}")


def _timed(found: bytes | None, whole: bytes) -> bool:
    """Whether two JSON answers are the same but for the seconds that they took."""
    if found is None or not whole.startswith(b'{\n  "format"'):
        return False
    return found.partition(b'"stats"')[0] == whole.partition(b'"stats"')[0] and found.rstrip().endswith(b"}")


if __name__ == "__main__":
    main()
