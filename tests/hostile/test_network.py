"""No command uses the network, nor does a process that one starts: Python's own sockets are forbidden to them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HERE = "scenarios/schengen-hop.toml"
COMMANDS = {
    f"check {HERE}": 0,
    f"{HERE} --format json -o saved.json": 0,
    f"{HERE} --format html": 0,
    f"{HERE} --format ics": 0,
    f"{HERE} --format markdown --alternatives 1": 0,
    "scenarios/kosovo-first.toml --repair 1": 1,
    "repair scenarios/kosovo-first.toml -o scenarios-fixed.toml": 0,
    f"compare saved.json {HERE}": 0,
    f"verify saved.json {HERE}": 0,
    f"why-not {HERE} --stop LYR": 0,
    f"batch {HERE} -o batch.jsonl --jobs 1": 0,
    "import duffel scenarios/sources/offers.json -o legs.parquet": 0,
    "new made.toml --passport MX --from SFO --to CDG --depart 2027-04-01 --return 2027-04-14 --today 2027-01-01": 0,
    "admit --passport MX --to KP --on 2025-04-05": 1,
    "stays --zone SCHENGEN --stay 2025-01-10..2025-02-03 --on 2025-02-10": 0,
    "rules": 0,
    "rules show CN": 0,
    "rules import table.csv": 0,
    "schema": 0,
    "address.toml": 2,
}
DRIVER = """
import sys
from planner.cli.main import entry_point
for line in sys.stdin.read().splitlines():
    print("ended", entry_point(line.split()), file=sys.stderr)
"""


def _run(code: str, folder: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    places = os.pathsep.join((str(Path(__file__).with_name("forbidding")), str(ROOT)))
    environment = {"PYTHONPATH": places, "NETWORK_USED": str(folder / "used.txt"), "XDG_DATA_HOME": str(folder)}
    return subprocess.run(
        [sys.executable, "-P", "-c", code],
        input=given,
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_no_command_uses_the_network(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("Passport,MX,US\nMX,-1,visa required\nUS,180,-1\n")
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    (tmp_path / "address.toml").write_text('legs = "https://example.org/legs.parquet"\n')
    run = _run(DRIVER, tmp_path, "\n".join(COMMANDS))
    assert not (tmp_path / "used.txt").exists(), (tmp_path / "used.txt").read_text()
    codes = [int(line.split()[1]) for line in run.stderr.splitlines() if line.startswith("ended ")]
    assert dict(zip(COMMANDS, codes, strict=True)) == COMMANDS, run.stderr


@pytest.mark.parametrize(
    "code", ["import socket; socket.socket()", "import urllib.request as u; u.urlopen('http://x')"]
)
def test_who_would_use_it_is_found(tmp_path: Path, code: str) -> None:
    """Also in a process that another one starts, with its environment."""
    _run(f"import subprocess, sys; subprocess.run([sys.executable, '-P', '-c', {code!r}])", tmp_path)
    assert (tmp_path / "used.txt").exists()
