"""`plan batch`: files and group lists, what is written, what is told, and going on after an end of any kind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner, Result

from planner.cli.main import main
from tests.batching.test_running import open_by_a_reader
from tests.batching.test_template import TEMPLATE
from tests.batching.tiny import LEGS, fed, tiny
from tests.cli.started import PATIENCE, children, runs, started, wait_until

GUESTS = "id,party,passports\nana,perez,AA\nbo,,BB:2030-05-01\ncy,perez,DD\ndi,,AA:soon\n"


def run(*args: str) -> Result:
    result = CliRunner().invoke(main, ["batch", *args], prog_name="plan")
    assert "Traceback" not in result.output
    return result


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three scenarios: a trip, none, and a file that is no scenario."""
    for name, text in {"b": tiny(1), "a": tiny(10), "c": "no scenario"}.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_folder_of_scenarios(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    result = run(".", "b.toml", "*.toml", "-o", "results.jsonl", "--jobs", "1")
    assert result.exit_code == 3
    assert result.output == "1 optimal, 1 infeasible, 1 invalid. Written: results.jsonl\n"
    found = rows(folder / "results.jsonl")
    assert [(row["id"], row["status"]) for row in found] == [
        ("./a.toml", "infeasible"),
        ("./b.toml", "optimal"),
        ("./c.toml", "invalid"),
    ]
    assert found[2]["error"].startswith("./c.toml:1:4: this is not valid TOML")
    again = run(".", "-o", "results.jsonl")
    assert rows(folder / "results.jsonl") == found  # seconds too: nothing was solved again
    assert again.exit_code == 3
    (folder / "c.toml").write_text(tiny(2), encoding="utf-8")
    assert run(".", "-o", "results.jsonl").exit_code == 0
    assert rows(folder / "results.jsonl")[:2] == found[:2]
    assert rows(folder / "results.jsonl")[2]["status"] == "optimal"


def test_a_group_list_as_json_lines_and_as_parquet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("trip.toml").write_text(TEMPLATE, encoding="utf-8")
    Path("guests.csv").write_text(GUESTS, encoding="utf-8")
    assert run("guests.csv", "--template", "trip.toml", "-o", "out.jsonl").exit_code == 3
    found = rows(tmp_path / "out.jsonl")
    assert [(row["id"], row["status"], row["cost"]) for row in found] == [
        ("perez", "optimal", "400.00"),
        ("bo", "optimal", "200.00"),
        ("di", "invalid", None),
    ]
    assert found[2]["error"].startswith("guests.csv, row 4: expires: expected a date")
    assert run("guests.csv", "--template", "trip.toml", "-o", "out.parquet").exit_code == 3
    frame = pl.read_parquet("out.parquet")
    assert frame.columns == list(found[0])
    assert frame["cost"].cast(pl.Float64).to_list() == [400, 200, None]
    assert frame.drop("cost", "repair_cost", "seconds").to_dicts() == [
        {key: value for key, value in row.items() if key not in ("cost", "repair_cost", "seconds")} for row in found
    ]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["nowhere.toml", "-o", "x.jsonl"], "nowhere.toml: no file has this name"),
        (["empty", "-o", "x.jsonl"], "empty: there are no .toml files in this folder"),
        (["guests.csv", "--template", "nowhere.toml", "-o", "x.jsonl"], "nowhere.toml: there is no such file"),
        (["nowhere.csv", "--template", "trip.toml", "-o", "x.jsonl"], "nowhere.csv: there is no such file"),
        (["a", "b", "--template", "trip.toml", "-o", "x.jsonl"], "With --template, name one table"),
        (["empty", "-o", "x.csv"], "'x.csv' must end in .jsonl or .parquet"),
        (["trip.toml", "-o", "no/where.jsonl"], "no/where.jsonl.journal: cannot be written: No such file"),
        (["guests.jsonl", "-o", "guests.jsonl"], "guests.jsonl is read; name another file"),
        (["guests.csv", "--template", "guests.jsonl", "-o", "./guests.jsonl"], "guests.jsonl is read; name another"),
        (["trip.toml", "-o", "x.jsonl", "--cluster", "nonsense:"], "no Dask scheduler answers at 'nonsense:'"),
    ],
)
def test_what_cannot_be_begun_is_told_and_nothing_is_written(
    args: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    Path("trip.toml").write_text(TEMPLATE, encoding="utf-8")
    Path("guests.csv").write_text(GUESTS, encoding="utf-8")
    Path("guests.jsonl").write_text(TEMPLATE, encoding="utf-8")
    result = run(*args)
    assert result.exit_code == 2
    assert words in result.output
    assert Path("guests.jsonl").read_text(encoding="utf-8") == TEMPLATE
    assert not Path("x.jsonl").exists()
    assert not Path("x.jsonl.journal").exists()


@pytest.mark.parametrize(
    ("module", "args", "words"),
    [
        ("polars", ["-o", "x.parquet"], "pip install 'entry-planner[tables]'"),
        ("distributed", ["-o", "x.jsonl", "--cluster", "tcp://127.0.0.1:1"], "pip install 'entry-planner[cluster]'"),
    ],
)
def test_a_missing_extra_says_how_to_get_it(module: str, args: list[str], words: str, folder: Path) -> None:
    code = (
        f"import sys, importlib.util\nfind = importlib.util.find_spec\nsys.modules[{module!r}] = None\n"
        f"importlib.util.find_spec = lambda name, *more: None if name == {module!r} else find(name, *more)\n"
        "from planner.cli.main import entry_point\nsys.exit(entry_point(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "batch", "a.toml", *args],
        cwd=folder, capture_output=True, text=True, check=False, timeout=PATIENCE,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )  # fmt: skip
    assert done.returncode == 2
    assert words in done.stderr
    assert not list(folder.glob("x.*"))


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes in /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_an_ended_batch_goes_on_where_it_was(number: signal.Signals, folder: Path) -> None:
    waits = folder / "waits"
    waits.mkdir()
    (waits / "d.toml").write_text(fed(waits).text, encoding="utf-8")
    args = ["batch", str(folder), str(waits / "d.toml"), "-o", str(folder / "results.jsonl"), "--jobs", "1"]
    process = started(*args)
    pipe = open_by_a_reader(waits / "legs.csv")  # the last one is begun, so that the three before it are done
    solvers = children(process.pid)
    process.send_signal(number)
    out, noise = process.communicate(timeout=PATIENCE)
    os.close(pipe)
    if number is signal.SIGINT:
        assert process.returncode == 3
        assert noise.decode() == "Interrupted: 3 of 4 are done and kept; the same command goes on.\n"
    assert out == b""
    wait_until(lambda: not any(map(runs, solvers)))
    assert not (folder / "results.jsonl").exists()
    kept = [line["row"] for line in rows(folder / "results.jsonl.journal")]
    assert [row["id"] for row in kept] == [str(folder / f"{name}.toml") for name in "abc"]
    (waits / "legs.csv").unlink()
    (waits / "legs.csv").write_text(LEGS)
    done = started(*args)
    done.communicate(timeout=PATIENCE)
    assert done.returncode == 3  # one is no scenario
    found = rows(folder / "results.jsonl")
    assert found[:3] == kept
    assert (found[3]["status"], found[3]["cost"]) == ("optimal", "200.00")
    assert len(rows(folder / "results.jsonl.journal")) == 4
