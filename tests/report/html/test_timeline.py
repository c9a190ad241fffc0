from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise

import pytest
from attrs import evolve

from planner.report.html.scale import Scale, midnight
from planner.report.html.timeline import Row, Timeline, timeline
from tests.report.html.answers import answer


def of(name: str) -> Timeline:
    plan = answer(name).plan
    assert plan is not None
    found = timeline(plan)
    assert found is not None
    return found


def row(found: Timeline, group: str, label: str) -> Row:
    (rows,) = (rows for name, rows in found.groups if name == group)
    (one,) = (item for item in rows if item.lane.label.startswith(label))
    return one


def test_an_even_scale_has_days_of_the_same_length() -> None:
    scale = Scale(first=date(2025, 5, 31), bend=date(2025, 6, 1), last=date(2025, 6, 10))
    assert not scale.is_bent
    assert scale.at(datetime(2025, 5, 31)) == 0
    assert scale.at(datetime(2025, 6, 1)) == pytest.approx(100 / 11)
    assert scale.at(datetime(2025, 6, 6, 12)) == pytest.approx(100 * 6.5 / 11)
    assert scale.at(datetime(2025, 6, 11)) == 100


def test_a_long_preparation_takes_a_part_of_the_width_only() -> None:
    scale = Scale(first=date(2025, 1, 1), bend=date(2025, 6, 1), last=date(2025, 6, 10))
    assert scale.is_bent
    assert scale.at(midnight(scale.bend)) == 36
    assert scale.at(midnight(date(2025, 6, 2))) == pytest.approx(36 + 6.4)
    assert scale.at(datetime.min) == 0
    assert scale.at(datetime.max) == 100
    ticks = list(scale.ticks())
    assert [tick.text for tick in ticks][:2] == ["1 Jan", "2 Apr"]
    assert all(b.at - a.at >= 13.9 for a, b in pairwise(ticks))


def test_a_scale_over_new_year_says_the_year() -> None:
    scale = Scale(first=date(2025, 12, 20), bend=date(2025, 12, 21), last=date(2026, 1, 10))
    assert [tick.text for tick in scale.ticks()][-1].endswith("Jan 2026")


def test_the_last_date_there_is_has_an_end() -> None:
    assert midnight(date.max, 1) == datetime(9999, 12, 31)


def test_the_marathon_s_papers() -> None:
    found = of("pyongyang-marathon")
    assert [name for name, _ in found.groups] == [
        "Where you are", "Before you go", "What admits you", "Where each passport is",
    ]  # fmt: skip
    assert row(found, "What admits you", "Chinese visa").lane.note == "2 of 2 entries used"
    visa = row(found, "Before you go", "Chinese visa").lane
    assert [(span.kind, span.first, span.last) for span in visa.spans] == [
        ("apply", date(2025, 3, 6), date(2025, 3, 11)),
        ("latest", date(2025, 3, 26), date(2025, 3, 26)),
    ]
    book = row(found, "Where each passport is", "Passport mx (MX)").lane
    (away,) = (span for span in book.spans if span.kind == "away")
    assert (away.first, away.last, away.text) == (
        date(2025, 3, 6), date(2025, 3, 11), "at the office in US for Chinese visa, two entries",
    )  # fmt: skip
    assert next(span.first for span in book.spans if span.kind == "desk") == date(2025, 4, 1)
    assert book.note == "shown on 4 days"


def test_places_follow_each_other_without_overlapping() -> None:
    for name in ("pyongyang-marathon", "pacific", "world"):
        (place,) = dict(of(name).groups)["Where you are"]
        edges = [(drawn.left, drawn.left + drawn.width) for drawn in place.spans if drawn.span.kind in ("stay", "leg")]
        assert all(after[0] >= before[1] - 0.01 for before, after in pairwise(edges))
        assert edges[0][0] == 0
        assert edges[-1][1] == pytest.approx(100)


def test_days_used_up_are_counted_day_by_day() -> None:
    lane = row(of("balkan-days"), "Days used up", "the Schengen area: 90 days in any 180 days").lane
    assert lane.note == "at most 90 of 90 days used"
    assert lane.spans[-1].level == 1
    assert lane.spans[-1].text == "90 of 90 days used"
    assert [bool(span.text) for span in lane.spans].count(True) == 2


def test_a_stay_may_go_on_to_its_limit_but_is_drawn_to_the_next_one() -> None:
    lane = row(of("pyongyang-marathon"), "What admits you", "Chinese visa").lane
    first = next(span for span in lane.spans if span.kind == "allowed")
    assert first.text == "may last until Thu 1 May 2025"
    assert first.last == date(2025, 5, 1)
    assert first.end == datetime(2025, 4, 8)


def test_what_is_the_same_for_several_travellers_is_one_row() -> None:
    rows = dict(of("family-self-transfer").groups)["What admits you"]
    schengen = [item for item in rows if "schengen-visa-free" in item.lane.label]
    assert [item.who for item in schengen] == ["the father and the mother"]
    assert {line.who for line in of("family-self-transfer").table} > {"", "the child"}


def test_the_table_says_what_is_drawn() -> None:
    lines = [(line.what, line.text, line.first, line.last) for line in of("pyongyang-marathon").table]
    assert ("Territory", "North Korea", "Thu 3 Apr 2025", "Tue 8 Apr 2025") in lines
    assert ("Passport us (US)", "SFO: exit", "Tue 1 Apr 2025", "Tue 1 Apr 2025") in lines


def test_who_stays_at_home_has_no_timeline() -> None:
    plan = answer("pyongyang-marathon").plan
    assert plan is not None
    assert timeline(evolve(plan, journey=evolve(plan.journey, legs=()))) is None
