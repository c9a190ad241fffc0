"""`plan why-not`, `--alternatives` and `--pareto`: what is printed, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planner.cli.main import entry_point

MARATHON = str(Path(__file__).parent.parent.parent / "scenarios" / "pyongyang-marathon.toml")


def printed(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    code = entry_point(args)
    told = capsys.readouterr()
    return code, " ".join(told.out.split()), told.err


def test_what_forbids_it(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = printed(capsys, "why-not", MARATHON, "--passport", "us", "--at", "KP")
    assert code == 1
    assert (
        "Not possible: entering North Korea on passport us. Without that, the cheapest valid trip costs USD 3,847.92."
        in out
    )
    assert "without a special validation (rulebooks/US.toml" in out


def test_what_it_costs_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert entry_point(["why-not", MARATHON, "--use", "sfo-pek-0330", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["extra"] == {"amount": "20.00", "currency": "USD"}
    assert data["best"]["legs"][0] == "sfo-pek-0401"
    assert data["asked_for"]["legs"][0] == "sfo-pek-0330"
    assert "leaves 2 days earlier, on Sun 30 Mar 2025" in data["trades"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((), "say what is asked for: --use LEG, --passport ID or --stop PLACE"),
        (("--at", "PEK", "--stop", "PEK"), "--at goes with --passport"),
        (("--use", "sfo-pek-0331"), "no leg 'sfo-pek-0331' (did you mean"),
        (("--stop", "Pekin"), "no place 'Pekin' (did you mean 'PEK'?)"),
    ],
)
def test_what_cannot_be_asked(args: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = printed(capsys, "why-not", MARATHON, *args)
    assert (code, out) == (2, "")
    assert message in err


def test_alternatives_and_the_front(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = printed(capsys, MARATHON, "--alternatives", "2", "--pareto")
    assert code == 0
    assert "2. USD 3,858.92" in out
    assert "3. USD 3,867.92" in out
    assert "4. USD" not in out.partition("COST AGAINST TIME")[0].partition("ALTERNATIVES")[2]
    assert "takes 2 d less from door to door" in out.partition("COST AGAINST TIME")[2]


def test_alternatives_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert entry_point([MARATHON, "--alternatives", "1", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    (choice,) = data["alternatives"]
    assert choice["cost"] == {"amount": "3858.92", "currency": "USD"}
    assert choice["proved"] is True
    assert choice["plan"]["legs"] == data["legs"]
    assert choice["plan"]["crossings"] != data["crossings"]
    assert data["front"] is None
