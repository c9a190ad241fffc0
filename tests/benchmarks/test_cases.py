"""Measuring a case, and the table."""

import sys
from pathlib import Path

from benchmarks import cases, measure, suites, table


def test_what_a_command_prints_and_holds() -> None:
    code = "import time; held = bytearray(80 << 20); print(len(held)); time.sleep(0.3)"
    done = measure.run([sys.executable, "-c", code], 20)
    assert (done.output, done.code) == (f"{80 << 20}\n", 0)
    assert done.peak_mb >= 80 or not measure.PROC.is_dir()


def test_the_memory_of_children_counts() -> None:
    child = "import time; held = bytearray(80 << 20); time.sleep(0.4)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    done = measure.run([sys.executable, "-c", code], 20)
    assert done.peak_mb >= 80 or not measure.PROC.is_dir()


def test_a_command_is_ended_at_its_limit() -> None:
    assert measure.run([sys.executable, "-c", "import time; time.sleep(60)"], 0.2).code is None


def test_the_shipped_scenarios_are_cases_that_give_an_answer(tmp_path: Path) -> None:
    case = next(iter(suites.scenarios()))
    (row,) = cases.rows(case, tmp_path, 60, 1)
    assert row["status"] in ("optimal", "infeasible")
    assert row["name"] in table.line(row)


def test_data_that_is_not_there_gives_no_row(tmp_path: Path) -> None:
    assert list(cases.rows(cases.Case(name="none", write=lambda _: None), tmp_path, 1, 1)) == []


def test_cases_have_names_of_their_own() -> None:
    names = [case.name for cases_of in suites.SUITES.values() for case in cases_of()]
    assert len(names) == len(set(names))


def test_an_answer_against_the_published_optimum_is_not_overlooked(tmp_path: Path) -> None:
    case = next(case for case in suites.scenarios() if case.name == "schengen-hop")
    wrong = cases.Case(name="wrong", write=case.write, published=1)
    (row,) = cases.rows(wrong, tmp_path, 60, 1)
    assert row["disagrees"]
    assert "DISAGREES" in table.line(row)
