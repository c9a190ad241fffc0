"""Papers in hand on a date, for solving."""

from __future__ import annotations

from datetime import date

from planner.core.time import written
from planner.model.options import Options
from planner.rules.base import rules_of
from planner.rules.facts import Fact, Telling
from planner.rules.needs import require_in_hand
from planner.rules.statements import Block, Clause, Ids, Statement
from tests.rules.plainly import world

FACT = Fact(id="f", text="", telling=Telling.PAPER, kind="")
DAY = date(2025, 5, 20)
TEST = """
[[acquirables]]
id = "test"
price = "1"
lead = { days = 3 }
certificate = { kind = "jab", validity = "5 days" }
"""
RENEWED = '[[acquirables]]\nid = "new"\nprice = "1"\npassport = { id = "new-book", state = "AA", renews = "a" }\n'


def said(options: Options, need: str) -> list[Statement]:
    """What is said of the purchase of the ticket out, were it to need a paper."""
    (traveller,) = options.scenario.travellers
    done = options.runs.ids[:1]
    return list(require_in_hand(options, traveller, {DAY.toordinal(): done}, need, FACT))


def applied(options: Options, ids: Ids) -> list[str]:
    """The first and the last date of applications, which are one a day."""
    table = options.applications("t")
    days = sorted(table.apply_on[[table.ids.tolist().index(option) for option in ids.tolist()]].tolist())
    assert days == list(range(days[0], days[-1] + 1))
    return [written(date.fromordinal(day)) for day in (days[0], days[-1])]


def options_of(*overlays: str) -> Options:
    made = world(*overlays)
    return Options(made, rules_of(made))


def test_a_certificate_is_ready_by_then_and_valid_to_its_last_day() -> None:
    options = options_of(TEST)
    (clause,) = said(options, "jab")
    assert isinstance(clause, Clause)
    assert applied(options, clause.then) == ["12 May 2025", "17 May 2025"]


def test_one_held_will_do_on_its_dates() -> None:
    held = '[[travellers]]\nid = "t"\ncertificates = [{{ kind = "jab", {} }}]\n'
    for dates, enough in (
        ("valid_to = 2025-05-20", True),
        ("valid_to = 2025-05-19", False),
        ("valid_from = 2025-05-20", True),
        ("valid_from = 2025-05-21", False),
    ):
        assert (said(options_of(held.format(dates)), "jab") == []) == enough


def test_a_passport_given_up_for_a_new_one_is_gone_from_the_application_on() -> None:
    options = options_of(RENEWED)
    (clause,) = said(options, "a")
    assert isinstance(clause, Clause)
    assert not len(clause.then)
    assert applied(options, clause.given[1]) == ["1 January 2025", "20 May 2025"]


def test_a_passport_that_is_away() -> None:
    away = '[[travellers]]\nid = "t"\n[[travellers.passports]]\nid = "a"\naway = [{{ from = {}, to = {} }}]'
    for first, last, gone in ((20, 20, True), (18, 19, False), (21, 22, False)):
        found = said(options_of(away.format(f"2025-05-{first}", f"2025-05-{last}")), "a")
        assert [type(statement) for statement in found] == ([Block] if gone else [])
