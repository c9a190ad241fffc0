"""The command: fuzz a target for some minutes, keep corpus and failures, print the figures as a row of a table."""

from __future__ import annotations

import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import click

from benchmarks.fuzz import failures
from benchmarks.fuzz.targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"
_DONE = re.compile(r"#(\d+)\s+DONE\s+cov: (\d+) ft: (\d+) corp: (\d+)")
LIMITS = ("-timeout=20", "-rss_limit_mb=3000")  # an input that takes longer or more is a failure


@click.command()
@click.argument("name", metavar="TARGET", type=click.Choice(sorted(TARGETS)))
@click.option("--minutes", default=5.0, show_default=True, help="How long.")
@click.option("--seed", default=1, show_default=True, help="Of the random numbers.")
def main(name: str, minutes: float, seed: int) -> None:
    """Fuzz TARGET. Ends with 1 if anything failed; that lies in benchmarks/fuzz/failures, each with its traceback."""
    target, folder = TARGETS[name], CORPUS / name
    folder.mkdir(parents=True, exist_ok=True)
    failures.FOLDER.mkdir(exist_ok=True)
    before = set(failures.FOLDER.iterdir())
    for data in target.seeds():
        (folder / sha256(data).hexdigest()[:16]).write_bytes(data)
    artifacts = f"-artifact_prefix={failures.FOLDER}/{name}-"
    options = [*LIMITS, f"-max_total_time={round(minutes * 60)}", f"-seed={seed}", "-max_len=200000", artifacts]
    command = [sys.executable, "-m", "benchmarks.fuzz.child", name, *options, str(folder)]
    run = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False
    )
    done = _DONE.search(run.stdout)
    if done is None:
        click.echo("\n".join(run.stdout.splitlines()[-40:]))
    else:
        click.echo(f"| {name} | {minutes:g} | {int(done[1]):,} | {done[4]} | {done[2]} | {done[3]} |")
    found = sorted(path.name for path in failures.FOLDER.iterdir() if path not in before)
    click.echo("\n".join(f"failure: {file}" for file in found), nl=bool(found))
    sys.exit(1 if found or done is None else 0)


if __name__ == "__main__":
    main()
