"""What is said of papers that end, and of lengths of stay."""

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner

from planner.cli.main import main
from planner.law.admit import admit
from planner.law.question import Book, Question
from tests.law.asking import DAY, FREE, ask
from tests.law.conftest import Law


def test_nobody_is_told_to_leave_before_having_come(law: Law) -> None:
    law(FREE)
    answer = ask(Book(state="MX", expires=date(2025, 5, 20)), until=date(2025, 6, 20))
    assert answer.admitted is False
    assert [way.until for way in answer.ways] == [None]
    lifts = [words for block in answer.blocks for words in block.lifted_by]
    assert lifts
    assert not any("leaving by" in words for words in lifts)


def test_a_joint_visa_may_have_been_used_where_it_was_issued() -> None:
    question = Question(passports=("US",), to="UG", on=date(2025, 5, 10), come_from="KE")
    (way,) = (way for way in admit(question).ways if way.ground == "ea-visa-kenya")
    assert way.admits is None


@pytest.mark.parametrize("stay", ["10", "10 days"])
def test_a_bare_number_is_days(stay: str) -> None:
    question = ["admit", "--passport", "MX", "--to", "FR", "--on", str(DAY), "--stay", stay, "--format", "json"]
    assert CliRunner().invoke(main, question).exit_code == 0


def test_hours_are_no_length_of_a_stay() -> None:
    question = ["admit", "--passport", "MX", "--to", "FR", "--on", str(DAY), "--stay", "240 hours"]
    result = CliRunner().invoke(main, question)
    assert result.exit_code == 2
    assert "expected a period such as '90 days'" in result.output
