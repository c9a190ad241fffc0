"""No command uses the network."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = "scenarios/schengen-hop.toml"
COMMANDS = (
    f"check {HERE}",
    f"{HERE} --format json -o saved.json",
    f"{HERE} --format html",
    f"{HERE} --format ics",
    f"{HERE} --format markdown",
    "scenarios/marathon-us-only.toml --repairs 1",
    f"compare saved.json {HERE}",
    f"verify saved.json {HERE}",
    f"why-not {HERE} --at PRG",
    "admit --passport MX --to KP --on 2025-04-05",
    "rules",
    "rules show CN",
    "rules import table.csv",
    "legs.toml",
)


def test_no_command_uses_the_network(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("Passport,MX,US\nMX,-1,visa required\nUS,180,-1\n")
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    (tmp_path / "legs.toml").write_text('legs = "https://example.org/legs.parquet"\n')
    run = subprocess.run(
        [sys.executable, "-P", str(Path(__file__).with_name("forbidding.py")), "used.txt"],
        input="\n".join(COMMANDS),
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not (tmp_path / "used.txt").exists()
    codes = [line for line in run.stderr.splitlines() if line.isdigit()]
    assert codes == ["0", "0", "0", "0", "0", "1", "0", "0", codes[8], "0", "0", "0", "0", "2"], run.stderr
