"""A full disk, and a process that is killed while it writes: the old file or the whole new one, and no litter."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest

from planner.cli.main import entry_point
from planner.core.writing import write_whole
from planner.scenario.reading.base import store
from tests.faults.faulty import IMPOSSIBLE, POSSIBLE, ROOT, Here, command, written

FULL = "No space left on device"
TABLE = "Passport,Destination,Requirement\n" + "".join(
    f"{a},{b},{-1 if a == b else 30}\n" for a in ("FR", "US", "MX") for b in ("FR", "US", "MX")
)


def writers(folder: Path) -> dict[str, tuple[list[str], Path]]:
    """Every way in which the command writes a file: its arguments, and what it writes."""
    trip = written(folder, POSSIBLE)
    broken = folder / "broken.toml"
    broken.write_text(IMPOSSIBLE, encoding="utf-8")
    table = folder / "table.csv"
    table.write_text(TABLE, encoding="utf-8")
    new = ["--passport", "MX", "--from", "SFO", "--to", "CDG", "--depart", "2027-04-01", "--return", "2027-04-14"]
    return {
        "text": ([trip, "-o", "answer"], folder / "answer"),
        "html": ([trip, "--format", "html", "-o", "answer"], folder / "answer"),
        "ics": ([trip, "--format", "ics", "-o", "answer"], folder / "answer"),
        "model": ([trip, "--dump-model", "answer"], folder / "answer"),
        "schema": (["schema", "-o", "answer"], folder / "answer"),
        "compare": (["compare", trip, trip, "-o", "answer"], folder / "answer"),
        "repair": (["repair", str(broken), "-o", "answer"], folder / "answer"),
        "new": (["new", "new.toml", *new, "--rate", "EUR=1.1"], folder / "new.toml"),
        "import": (["rules", "import", str(table)], store.path()),
    }


WAYS = ["text", "html", "ics", "model", "schema", "compare", "repair", "new", "import"]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data folder, where the base is."""
    folder = tmp_path / "data"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    monkeypatch.setenv("HOME", str(tmp_path))
    return folder


def no_room(*_: Any) -> Any:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class Full:
    """A file on a full disk: it can be opened, and takes nothing."""

    def __init__(self, path: Path) -> None:
        self.file = open(path, "xb")  # noqa: SIM115 (a test replaces Path.open)

    def __enter__(self) -> Full:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()
        no_room()  # said when the file is closed, as by disks that are far away

    def write(self, data: bytes) -> None:
        self.file.write(data[:10])


@pytest.mark.parametrize("when", ["write", "rename"])
@pytest.mark.parametrize("way", WAYS)
def test_on_a_full_disk_the_old_file_stays(
    way: str, when: str, here: Here, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    args, target = writers(here.folder)[way]
    if way != "new":  # which overwrites nothing
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("old", encoding="utf-8")
    before = {path: path.read_bytes() for path in here.folder.rglob("*") if path.is_file()}
    opened = Path.open

    def full(path: Path, mode: str = "r", *rest: Any, **more: Any) -> Any:
        return Full(path) if mode == "xb" else opened(path, mode, *rest, **more)

    if when == "write":
        monkeypatch.setattr(Path, "open", full)
    else:
        monkeypatch.setattr(Path, "replace", no_room)
    code = entry_point(args)
    monkeypatch.undo()
    assert code == 2
    shown = here.capsys.readouterr()
    assert FULL in shown.err
    assert "Traceback" not in shown.err
    assert {path: path.read_bytes() for path in here.folder.rglob("*") if path.is_file()} == before


def test_a_limit_for_files_is_like_a_full_disk(here: Here) -> None:
    target = here.folder / "answer.html"
    target.write_text("old", encoding="utf-8")

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    done = command(written(here.folder, POSSIBLE), "--format", "html", "-o", str(target), preexec_fn=limited)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"Error: {target}: cannot be written: File too large\n"
    assert sorted(path.name for path in here.folder.iterdir()) == ["answer.html", "trip.toml"]
    assert target.read_text(encoding="utf-8") == "old"


def test_parts_that_killed_processes_left_do_no_harm(tmp_path: Path) -> None:
    left = tmp_path / f".answer.txt.{os.getpid()}-0.part"
    left.write_text("half", encoding="utf-8")
    write_whole(tmp_path / "answer.txt", "whole")
    assert (tmp_path / "answer.txt").read_text(encoding="utf-8") == "whole"
    assert left.read_text(encoding="utf-8") == "half", "that of a process that may still be at it"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_name_may_be_as_long_as_names_can_be(tmp_path: Path) -> None:
    for name in ("x" * 255, "平" * 85):
        write_whole(tmp_path / name, "whole")
        assert (tmp_path / name).read_text(encoding="utf-8") == "whole"


def test_a_file_that_is_replaced_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("old", encoding="utf-8")
    (tmp_path / "mine").chmod(0o600)
    write_whole(tmp_path / "mine", "new")
    assert (tmp_path / "mine").stat().st_mode & 0o777 == 0o600


WRITING = """
import sys
from itertools import cycle
from pathlib import Path
from planner.core.writing import write_whole
print("ready", flush=True)
for letter in cycle("ab"):
    write_whole(Path(sys.argv[1]), letter * 1_000_000)
"""


def test_killed_in_the_middle_of_writing(tmp_path: Path) -> None:
    """`python -m benchmarks.kills` does the same to the command, in every way in which it writes."""
    target, random, halves = tmp_path / "answer", Random(1), 0
    target.write_text("old", encoding="utf-8")
    for _ in range(15):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITING, str(target)], env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
        )  # fmt: skip
        assert process.stdout is not None
        process.stdout.read(5)
        time.sleep(random.uniform(0, 0.02))
        process.kill()
        process.communicate()
        assert target.read_text(encoding="utf-8") in ("old", "a" * 1_000_000, "b" * 1_000_000)
        (*left,) = (path for path in tmp_path.iterdir() if path != target)
        assert all(path.match(f".answer.{process.pid}-0.part") for path in left)
        halves += len(left)
        for path in left:
            path.unlink()
    assert halves, "not once was it in the middle"
