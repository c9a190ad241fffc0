from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from planner.cli.main import main

HOP = str(Path(__file__).parents[2] / "scenarios" / "schengen-hop.toml")


def run(*args: str) -> Result:
    result = CliRunner().invoke(main, ["stays", *args], prog_name="plan")
    assert "Traceback" not in result.output
    return result


def test_days_used_last_exit_and_earliest_return() -> None:
    args = ["--zone", "SCHENGEN", "--stay", "2025-01-10..2025-02-03", "--on", "2025-03-01", "--days", "90"]
    (counted,) = json.loads(run(*args, "--format", "json").stdout)["counts"]
    (rule,) = counted["rules"]
    assert (rule["since"], rule["used"], rule["cap"], rule["left"]) == ("2024-09-03", 25, 90, 65)
    assert (counted["last_exit"], counted["earliest"]) == ("2025-05-04", "2025-05-05")
    printed = " ".join(run(*args).stdout.split())
    assert "25 of 90 days are used since Tue 3 Sep 2024; 65 left." in printed
    assert "may last until Sun 4 May 2025: 65 days" in printed
    assert "A stay of 90 days can begin on Mon 5 May 2025" in printed


def test_the_stays_of_a_scenario_as_of_its_today() -> None:
    data = json.loads(run(HOP, "--zone", "SCHENGEN", "--format", "json").stdout)
    assert {(item["zone"], item["on"]) for item in data["counts"]} == {("SCHENGEN", "2025-06-01")}
    assert "Schengen" in run(HOP).stdout


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ([], "Give a scenario FILE, or --zone and --stay."),
        ([HOP, "--stay", "2025-01-10"], "Stays, passports and rulebooks are those of the FILE."),
        (["--zone", "SCHENGEN", "--stay", "January"], "expected dates such as 2025-01-10..2025-02-03"),
        (["--zone", "SCHENGEN", "--stay", "2025-01-10"], "expected dates such as 2025-01-10..2025-02-03"),
        (["--zone", "SCHENGEN", "--on", "9999-12-31"], "'--on': the year 9999 is out of range"),
        (["--zone", "SCHENGEN", "--stay", "9999-01-01..9999-01-02"], "stay: the year 9999 is out of range"),
        (["--zone", "SCHENGEN", "--days", "100000000000"], "days: expected 1 to 800 days"),
        (["--zone", "SCHENGN"], "did you mean 'SCHENGEN'?"),
    ],
)
def test_mistakes_are_bad_input(args: list[str], words: str) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert words in result.stderr


def test_days_of_citizens_and_stays_elsewhere_do_not_count_and_that_is_told() -> None:
    args = ["--zone", "SCHENGEN", "--on", "2025-08-01", "--stay", "2025-01-10..2025-02-03@JP"]
    printed = " ".join(run(*args, "--passport", "FR").stdout.split())
    assert "schengen-90-180: does not count for citizens." in printed
    assert "left" not in printed
    assert "Not counted, as not there: Japan from 2025-01-10 to 2025-02-03." in printed
    (counted,) = json.loads(run(*args, "--passport", "FR", "--format", "json").stdout)["counts"]
    assert (counted["rules"], counted["exempt"]) == ([], [{"id": "schengen-90-180", "why": "citizen"}])
    assert "0 of 90 days are used" in " ".join(run(*args, "--passport", "MX").stdout.split())
