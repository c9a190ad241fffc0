"""Counts of days, against counts by hand and against counting every day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.api import loads
from planner.core.errors import ScenarioError
from planner.law.stays import Counted, Span, history, stays
from planner.rules.base import table_kinds
from planner.scenario.scenario import Scenario
from tests.law.conftest import Law

WINDOW = '[[rules]]\nkind = "rolling-window"\nid = "window"\nzone = "PE"\ncap = {cap}\ndays = {days}\n'


def day(text: str) -> date:
    return date.fromisoformat(text)


def spans(*texts: str) -> list[Span]:
    """Stays such as «2025-01-10..2025-02-03», with a territory after an @."""
    found = []
    for text in texts:
        dates, _, place = text.partition("@")
        first, _, last = dates.partition("..")
        found.append(Span(first=day(first), last=day(last), territory=place))
    return found


def ask(
    zone: str, *texts: str, on: str, entry: str = "", days: int | None = None, passports: tuple[str, ...] = ()
) -> Counted:
    scenario = history(zone, spans(*texts), passports)
    (found,) = stays(scenario, on=day(on), zone=zone, entry=day(entry) if entry else None, days=days)
    return found


def used(found: Counted) -> int:
    (rule,) = found.rules
    assert rule.used is not None
    return rule.used.days


# ---- Schengen: 90 days in any 180, by hand


@pytest.mark.parametrize(
    ("past", "on", "days", "last", "earliest"),
    [
        ((), "2025-03-01", 0, "2025-05-29", "2025-03-01"),  # 1 March is day 1, 29 May day 90
        (("2025-01-10..2025-02-03",), "2025-03-01", 25, "2025-05-04", "2025-05-05"),  # 65 days left, none back soon
        (("2025-01-01..2025-01-10",), "2025-06-29", 10, "2025-09-26", "2025-06-29"),  # they leave the window in time
        (("2024-12-03..2025-03-02",), "2025-06-01", 89, "2025-08-29", "2025-06-01"),  # 90 days away give 90 new ones
        (("2024-12-03..2025-03-02",), "2025-03-03", 90, None, "2025-06-01"),
        (("2025-01-10..2025-01-20", "2025-01-20..2025-01-30"), "2025-01-31", 21, "2025-04-09", "2025-05-01"),
    ],
)
def test_schengen_days_counted_by_hand(
    past: tuple[str, ...], on: str, days: int, last: str | None, earliest: str
) -> None:
    found = ask("SCHENGEN", *past, on=on, days=90)
    assert used(found) == days
    assert found.lawful is (last is not None)
    assert found.last_exit == (day(last) if last else None)
    assert found.earliest == day(earliest)


def test_days_before_a_territory_was_a_member_do_not_count() -> None:
    assert used(ask("SCHENGEN", "2024-03-25..2024-04-05@RO", on="2024-05-01")) == 6  # a member since 31 March 2024
    assert used(ask("SCHENGEN", "2024-03-25..2024-04-05@HU", on="2024-05-01")) == 12


def test_the_window_is_180_days_long_and_its_first_day_counts() -> None:
    for on, days in (("2025-06-29", 10), ("2025-06-30", 9), ("2025-07-08", 1), ("2025-07-09", 0)):
        assert used(ask("SCHENGEN", "2025-01-01..2025-01-10", on=on)) == days


# ---- a small law


def test_a_planned_stay_bounds_the_one_before_it(law: Law) -> None:
    law(WINDOW.format(cap=10, days=30))
    found = ask("PE", "2025-06-20..2025-06-25", on="2025-06-01")
    assert found.last_exit == day("2025-06-04")  # six days are planned, and all lie in one window
    assert found.limited_by == ("window",)
    free = ask("PE", "2025-06-20..2025-06-22@BO", on="2025-06-17")
    assert (free.last_exit, free.limited_by) == (day("2025-06-20"), ())


def test_a_stay_that_still_lasts_goes_on(law: Law) -> None:
    law(WINDOW.format(cap=10, days=30))
    found = ask("PE", "2025-06-01..2025-06-05", on="2025-06-05")
    assert (found.entry, found.last_exit) == (day("2025-06-01"), day("2025-06-10"))


def test_a_stay_cannot_begin_before_one_elsewhere_ends(law: Law) -> None:
    law(WINDOW.format(cap=10, days=30))
    assert ask("PE", "2025-06-01..2025-06-05@BO", on="2025-06-03").entry == day("2025-06-05")


def test_of_two_stays_on_one_date_the_later_one_goes_on(law: Law) -> None:
    law(WINDOW.format(cap=10, days=30))
    found = ask("PE", "2025-06-01..2025-06-04", "2025-06-04..2025-06-06", on="2025-06-04")
    assert (found.entry, found.last_exit) == (day("2025-06-04"), day("2025-06-10"))


def test_stays_that_break_the_rule_already_are_told_and_do_not_forbid_a_later_one(law: Law) -> None:
    law(WINDOW.format(cap=10, days=30))
    found = ask("PE", "2025-06-01..2025-06-11", on="2025-06-12", days=10)
    assert "2025-06-11" in found.rules[0].exceeded
    assert (found.lawful, found.earliest) == (False, day("2025-07-02"))


def test_whoever_is_exempt_is_not_counted(law: Law) -> None:
    law(WINDOW.format(cap=10, days=30) + 'exempt_nationalities = ["PE"]\n')
    found = ask("PE", "2025-06-01..2025-06-11", on="2025-06-12", passports=("PE",))
    assert (found.rules, found.lawful, found.last_exit) == ((), True, None)
    assert len(ask("PE", on="2025-06-12", passports=("MX",)).rules) == 1


def test_days_of_citizens_do_not_count_unless_a_stay_is_said_to_be_of_another_type(law: Law) -> None:
    law('[[territories]]\nid = "PE"\n' + WINDOW.format(cap=10, days=30))
    found = ask("PE", "2025-06-01..2025-06-11", on="2025-06-12", passports=("PE",))
    assert ([item.why for item in found.exempt], found.rules, found.last_exit) == (["citizen"], (), None)
    scenario = loads(
        'today = 2025-06-12\ncurrency = "USD"\ntrip = { start = "MEX" }\ntravellers = [{ id = "t", '
        'passports = [{ id = "p", state = "PE" }], '
        'past_stays = [{ territory = "PE", from = 2025-06-01, to = 2025-06-08, type = "visa_free" }] }]\n'
        + WINDOW.format(cap=10, days=30)
    )
    (counted,) = stays(scenario, on=day("2025-06-12"))
    assert used(counted) == 8


@pytest.mark.parametrize("days", [-3, 0, 801])
def test_the_length_of_a_stay_that_is_looked_for_has_limits(law: Law, days: int) -> None:
    law(WINDOW.format(cap=10, days=30))
    with pytest.raises(ScenarioError, match="days: expected 1 to 800 days"):
        ask("PE", on="2025-06-12", days=days)


def test_a_rule_that_has_ended_limits_nothing_any_more(law: Law) -> None:
    law(WINDOW.format(cap=10, days=30) + "effective_to = 2025-06-10\n")
    assert ask("PE", on="2025-06-05").last_exit is None
    assert ask("PE", on="2025-05-01").last_exit == day("2025-05-10")
    assert ask("PE", on="2025-06-11").rules == ()


@pytest.mark.parametrize(
    ("rule", "last", "earliest"),
    [
        ('kind = "yearly-days"\ncap = 20', "2025-02-05", "2025-12-27"),
        ('kind = "minimum-gap"\ndays = 30', None, "2025-02-14"),
        ('kind = "yearly-entries"\ncap = 1', None, "2026-01-01"),
        ('kind = "continuing-stay"\nstay = "20 days"\nnearby = ["BO"]', "2025-02-20", "2025-02-01"),
    ],
)
def test_other_rules_that_look_at_several_stays(law: Law, rule: str, last: str | None, earliest: str) -> None:
    law(f'[[rules]]\nid = "rule"\nzone = "PE"\n{rule}\n')
    found = ask("PE", "2025-01-01..2025-01-15", on="2025-02-01", days=10)
    assert found.last_exit == (day(last) if last else None)
    assert found.earliest == day(earliest)


def test_a_clock_goes_on_over_a_side_trip_to_a_place_nearby(law: Law) -> None:
    law('[[rules]]\nid = "clock"\nzone = "PE"\nkind = "continuing-stay"\nstay = "20 days"\nnearby = ["BO"]\n')
    beside = ("2025-06-01..2025-06-05@PE", "2025-06-05..2025-06-08@BO")
    assert ask("PE", *beside, on="2025-06-08").last_exit == day("2025-06-20")
    assert ask("PE", beside[0], on="2025-06-08").last_exit == day("2025-06-27")


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6)), max_size=4, unique_by=lambda span: span[0]),
    st.integers(0, 60),
    st.integers(1, 8),
    st.integers(9, 25),
)
def test_every_answer_is_what_counting_every_day_gives(
    past: list[tuple[int, int]], ahead: int, cap: int, length: int
) -> None:
    start = day("2025-01-01")
    taken: list[tuple[date, date]] = []
    for first, more in sorted(past):
        begin = max(start + timedelta(days=first), taken[-1][1] + timedelta(days=1) if taken else start)
        taken.append((begin, begin + timedelta(days=more)))
    on = max([start + timedelta(days=ahead), *(last + timedelta(days=1) for _, last in taken)])
    scenario = world(taken, cap, length)
    (found,) = stays(scenario, on=on, days=cap)
    present = {first + timedelta(days=n) for first, last in taken for n in range((last - first).days + 1)}

    def lawful(first: date, days: int) -> bool:
        stay = {first + timedelta(days=n) for n in range(days)}
        return all(sum(0 <= (d - other).days < length for other in present | stay) <= cap for d in stay)

    assert used(found) == sum(0 <= (on - other).days < length for other in present)
    expected = next((on + timedelta(days=n - 1) for n in range(length + 2) if not lawful(on, n + 1)), None)
    assert found.lawful is lawful(on, 1)
    assert found.last_exit == (expected if lawful(on, 1) else None)
    assert found.earliest == next(on + timedelta(days=n) for n in range(200) if lawful(on + timedelta(days=n), cap))


def world(taken: list[tuple[date, date]], cap: int, length: int) -> Scenario:
    past = ", ".join(f'{{ territory = "PE", from = {first}, to = {last} }}' for first, last in taken)
    return loads(
        f'today = 2026-01-01\ncurrency = "USD"\ntrip = {{ start = "MEX" }}\n'
        f'travellers = [{{ id = "t", past_stays = [{past}] }}]\n' + WINDOW.format(cap=cap, days=length)
    )


# ---- of a scenario, and mistakes


def test_the_stays_of_a_scenario_are_those_of_its_travellers() -> None:
    scenario = world([(day("2025-06-01"), day("2025-06-08"))], cap=10, length=30)
    (found,) = stays(scenario, on=day("2025-06-10"))
    assert (found.traveller.id, used(found), found.last_exit) == ("t", 8, day("2025-06-11"))


def test_a_stay_without_an_end_lasts_until_the_date_asked_about() -> None:
    text = world([(day("2025-06-01"), day("2025-06-08"))], cap=10, length=30)
    scenario = loads(
        'today = 2025-06-05\ncurrency = "USD"\ntrip = { start = "LIM" }\n'
        'travellers = [{ id = "t", past_stays = [{ territory = "PE", from = 2025-06-01 }] }]\n'
        + WINDOW.format(cap=10, days=30)
    )
    assert text.travellers != scenario.travellers
    (found,) = stays(scenario, on=day("2025-06-05"))
    assert (used(found), found.last_exit) == (5, day("2025-06-10"))


def test_stays_on_a_residence_permit_do_not_count() -> None:
    scenario = loads(
        'today = 2025-06-09\ncurrency = "USD"\ntrip = { start = "MEX" }\ntravellers = [{ id = "t", past_stays = '
        '[{ territory = "PE", from = 2025-06-01, to = 2025-06-08, type = "residence" }] }]\n'
        + WINDOW.format(cap=10, days=30)
    )
    (found,) = stays(scenario, on=day("2025-06-09"))
    assert used(found) == 0


def test_mistakes_are_told(law: Law) -> None:
    law(WINDOW.format(cap=10, days=30), "PE", "BO")
    with pytest.raises(ScenarioError, match="these stays overlap"):
        ask("PE", "2025-06-01..2025-06-05", "2025-06-04..2025-06-08", on="2025-06-10")
    with pytest.raises(ScenarioError, match="2025-06-01 lies before 2025-06-05"):
        ask("PE", "2025-06-05..2025-06-01", on="2025-06-10")
    with pytest.raises(ScenarioError, match="no rule in use counts days or stays in Bolivia"):
        ask("BO", on="2025-06-10")
    with pytest.raises(ScenarioError, match=r"zone: no rulebook in use speaks of 'PEE' \(did you mean 'PE'\?\)"):
        ask("PEE", on="2025-06-10")
    with pytest.raises(ScenarioError, match="unknown territory 'QQQ'"):
        ask("PE", "2025-06-01..2025-06-05@QQQ", on="2025-06-10")


def test_every_kind_that_looks_at_several_stays_is_one_of_the_catalogue_s_two_numbers() -> None:
    found = {name for name, cls in table_kinds().items() if {"K16", "K17"} & {*getattr(cls, "catalogue", ())}}
    assert {"rolling-window", "yearly-days", "minimum-gap", "yearly-entries", "continuing-stay"} <= found
