"""Files that cannot be read, vanish, or change while they are read; damaged data of the planner's own."""

from __future__ import annotations

import errno
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import airportsdata
import pytest

from planner.cli.main import entry_point
from planner.scenario.reading import airports as reading_airports
from planner.scenario.reading import rulebooks
from planner.scenario.reading.legs import columnar, delimited, opening
from tests.faults.faulty import IMPOSSIBLE, PATIENCE, POSSIBLE, ROOT, Here, written

HEAD = "from,to,departs,arrives,price\n"
ROWS = "AAA,BBB,2025-06-02 08:00,2025-06-02 10:00,90\nBBB,AAA,2025-06-09 08:00,2025-06-09 10:00,90\n"
BAD_ROW = "AAA,NOWHERE,2025-06-02 08:00,2025-06-02 10:00,90\n"


def with_table(name: str) -> str:
    return f'{POSSIBLE}\n[[leg_tables]]\nfiles = ["{name}"]\n'


def refused(*_: Any, **__: Any) -> Any:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def locked(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Files of a name cannot be read."""
    opened = Path.open

    def tried(path: Path, *how: Any, **more: Any) -> Any:
        return refused() if path.name == name and "rb" in how else opened(path, *how, **more)

    monkeypatch.setattr(Path, "open", tried)


def bad(here: Here, text: str, words: str) -> None:
    told = here.plan(text)
    assert (told.code, told.answer, here.reports()) == (2, None, [])
    assert words in told.noise


# ---- scenarios


def test_a_scenario_that_nobody_may_read(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    locked(monkeypatch, "trip.toml")
    bad(here, POSSIBLE, "trip.toml: the file cannot be read: Permission denied")


def test_a_scenario_that_is_deleted_once_it_is_read(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages have their places all the same, and so has the text of a repair."""
    from planner import api

    plan = api.plan

    def later(*args: Any, **more: Any) -> Any:
        (here.folder / "trip.toml").unlink()
        return plan(*args, **more)

    monkeypatch.setattr(api, "plan", later)
    told = here.plan(IMPOSSIBLE)
    assert told.code == 1
    assert told.answer is not None
    assert all(fact["place"].rpartition("trip.toml:")[2] for fact in told.answer["conflict"]["facts"])
    assert entry_point(["repair", written(here.folder, IMPOSSIBLE), "-o", "fixed.toml"]) == 0
    assert entry_point(["check", "fixed.toml"]) == 0


# ---- tables of legs


@pytest.mark.parametrize("name", ["fares.csv", "fares.csv.gz"])
def test_a_table_that_nobody_may_read(here: Here, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (here.folder / name).write_text(HEAD + ROWS, encoding="utf-8")
    locked(monkeypatch, name)
    bad(here, with_table(name), f"{name}: the file cannot be read: Permission denied")


def test_a_folder_of_tables_that_cannot_be_looked_into(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "iterdir", refused)
    bad(here, with_table("fares.csv"), "cannot be looked into: Permission denied")
    monkeypatch.setattr(Path, "exists", refused)
    bad(here, with_table("fares.csv"), "cannot be looked for")


@pytest.mark.parametrize("then", ["gone", "cut", "other"])
def test_a_table_that_vanishes_before_it_is_read(here: Here, monkeypatch: pytest.MonkeyPatch, then: str) -> None:
    path, content = here.folder / "fares.csv", delimited.content

    def late(asked: Path) -> bytes:
        if then == "gone":
            path.unlink()
        else:
            path.write_text("" if then == "cut" else "something else\n1\n", encoding="utf-8")
        return content(asked)

    path.write_text(HEAD + ROWS, encoding="utf-8")
    monkeypatch.setattr(opening, "content", late)
    words = {"gone": "No such file", "cut": "the file is empty", "other": "there is no column 'from'"}
    bad(here, with_table("fares.csv"), words[then])


@pytest.mark.parametrize("then", ["gone", "cut"])
def test_a_table_that_vanishes_before_a_bad_row_is_told(here: Here, monkeypatch: pytest.MonkeyPatch, then: str) -> None:
    """It is read a second time to tell lines from rows."""
    path, content = here.folder / "fares.csv", delimited.content

    def late(asked: Path) -> bytes:
        path.unlink() if then == "gone" else path.write_text(HEAD, encoding="utf-8")
        return content(asked)

    path.write_text(HEAD + ROWS + BAD_ROW, encoding="utf-8")
    monkeypatch.setattr(delimited, "content", late)
    bad(here, with_table("fares.csv"), "fares.csv, row 3: to: unknown port 'NOWHERE'")


@pytest.mark.parametrize("then", ["gone", "cut", "other"])
def test_a_parquet_file_that_changes_while_it_is_read(here: Here, monkeypatch: pytest.MonkeyPatch, then: str) -> None:
    pl = pytest.importorskip("polars")
    path, read = here.folder / "fares.parquet", columnar.by_parquet

    def late(*args: Any) -> Any:
        if then == "gone":
            path.unlink()
        elif then == "cut":
            path.write_bytes(path.read_bytes()[:-200])
        else:
            pl.DataFrame({"something": ["else"]}).write_parquet(path)
        return read(*args)

    pl.read_csv(io.BytesIO((HEAD + ROWS).encode())).write_parquet(path)
    monkeypatch.setattr(opening, "by_parquet", late)
    words = "the file was changed while it was read" if then == "other" else "this cannot be read as Parquet"
    bad(here, with_table("fares.parquet"), words)


# ---- the planner's own data


@pytest.fixture
def read_anew() -> Iterator[None]:
    """Nothing of rulebooks and airports is kept from before, nor for later."""
    kept = (rulebooks._texts, rulebooks._all, rulebooks._some, reading_airports.airports)
    for cache in kept:
        cache.cache_clear()
    yield
    for cache in kept:
        cache.cache_clear()


@pytest.mark.usefixtures("read_anew")
@pytest.mark.parametrize("how", ["no folder", "unreadable", "no text", "cut short"])
def test_rulebooks_that_cannot_be_read(here: Here, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    folder = here.folder / "rulebooks"
    if how != "no folder":
        shutil.copytree(rulebooks.FOLDER, folder)
    if how == "unreadable":
        (folder / "KP.toml").unlink()
        (folder / "KP.toml").mkdir()
    if how == "no text":
        (folder / "KP.toml").write_bytes(b"\xff\xfe")
    if how == "cut short":
        text = (folder / "KP.toml").read_bytes()
        (folder / "KP.toml").write_bytes(text[: text.rindex(b"# ") + 5])  # in a comment, so that it is TOML still
    monkeypatch.setattr(rulebooks, "FOLDER", folder)
    bad(here, POSSIBLE.replace("rulebooks = []", 'rulebooks = ["KP"]'), "rulebooks")
    assert entry_point(["rules"]) == 2


@pytest.mark.usefixtures("read_anew")
@pytest.mark.parametrize("how", ["unreadable", "no text", "cut short", "nothing"])
def test_airports_that_cannot_be_read(here: Here, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    whole = (Path(airportsdata.__file__).parent / "airports.csv").read_bytes()
    data = {"unreadable": b"", "no text": b"\xff" + whole, "cut short": whole[: len(whole) // 2 + 7], "nothing": b""}
    (here.folder / "airports.csv").write_bytes(data[how])
    monkeypatch.setattr(airportsdata, "__file__", str(here.folder / "airportsdata.py"))
    if how == "unreadable":
        monkeypatch.setattr(Path, "read_text", refused)
    bad(here, POSSIBLE, "airports.csv: the table of airports cannot be read")


def test_a_damaged_base_is_no_base(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(here.folder))
    base = here.folder / "entry-planner" / "base.json"
    base.parent.mkdir()
    for data in (b"", b"{", b"[]", b"\xff", b'{"format": 1}', b'{"format": 2}', b"\0" * 4096):
        base.write_bytes(data)
        bad(here, POSSIBLE.replace("rulebooks = []", "rulebooks = []\nbase = true"), "the imported base is damaged")
    base.unlink()
    base.mkdir()
    bad(here, POSSIBLE.replace("rulebooks = []", "rulebooks = []\nbase = true"), "the base cannot be read")


# ---- compiled code that is kept

KEPT = """
import sys
sys.path.insert(0, sys.argv[1])
{before}
from looped import total
print(total(10), sum(total.stats.cache_hits.values()))
"""
LOOPED = """
from planner.bounds.compiled import compiled
@compiled
def total(n):
    found = 0
    for number in range(n):
        found += number
    return found
"""
FULL = """
import numba.core.caching as caching
def full(*_): raise OSError(28, "No space left on device")
caching.IndexDataCacheFile._save_index = caching.IndexDataCacheFile._save_data = full
"""


def test_compiled_code_that_is_damaged_or_cannot_be_kept(tmp_path: Path) -> None:
    pytest.importorskip("numba")
    (tmp_path / "looped.py").write_text(LOOPED, encoding="utf-8")
    cache = tmp_path / "cache"

    def run(before: str = "") -> str:
        code, env = KEPT.format(before=before), {"NUMBA_CACHE_DIR": str(cache), "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)], env=os.environ | env, capture_output=True, text=True,
            check=False, timeout=PATIENCE,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.strip()

    assert run(FULL) == "45 0"
    assert run() == "45 0"
    for suffix in (".nbi", ".nbc"):
        (path,) = cache.rglob(f"*{suffix}")
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2])
        assert run() == "45 0"
        assert path.stat().st_size == len(data), "it is kept anew"
    assert run() == "45 1", "it is kept"
