"""Tours: when they are booked, which nights they pay, whom they admit, and what the reader does not take."""

from __future__ import annotations

from datetime import date

import pytest

from planner.api import plan
from planner.core.errors import ScenarioError
from planner.model.options import Options
from planner.report.json import as_data
from planner.rules.base import rules_of
from planner.rules.kinds.tour import TourRule, _may_leave
from planner.rules.statements import Clause
from planner.scenario.scenario import Scenario
from planner.testing.readings import compare
from tests.rules.in_words import bounds_of
from tests.rules.plainly import TWO
from tests.small import small

TOUR = """
remove = ["visit-beta"]
today = 2025-05-01
[[legs]]
id = "tour-out"
from = "AAA"
to = "BBB"
departs = 2025-06-02T08:00:00
arrives = 2025-06-02T10:00:00
[[legs]]
id = "tour-back"
from = "BBB"
to = "AAA"
departs = 2025-06-06T14:00:00
arrives = 2025-06-06T16:00:00
[[tours]]
id = "five-days"
title = "five days in Beta"
legs = ["tour-out", "tour-back"]
price = "900"
zone = "BB"
"""
AWAY = """
[[travellers]]
id = "t"
[[travellers.passports]]
id = "a"
away = [{ from = 2025-05-06, to = 2025-05-31 }]
"""
INVITATION = """
[[tours]]
id = "five-days"
needs = ["letter"]
[[acquirables]]
id = "letter"
price = "0"
lead = { days = 3 }
certificate = { kind = "letter" }
"""
NIGHTS = '[[tours]]\nid = "five-days"\nnights_included = true\n[[trip.nightly]]\nat = ["BBB"]\nprice = "50"\n'


def booked(*overlays: str) -> list[tuple[str, date, date]]:
    """The booking steps of the plan, with their dates."""
    answer = plan(small(TOUR, *overlays))
    assert answer.plan is not None
    return [(step.id, step.on, step.latest) for step in answer.plan.preparation if step.kind == "book"]


def test_a_tour_is_booked_from_today_to_its_last_date() -> None:
    last = '[[tours]]\nid = "five-days"\nbook_by = 2025-05-20\n'
    assert booked(last) == [("five-days", date(2025, 5, 1), date(2025, 5, 20))]
    assert booked() == [("five-days", date(2025, 5, 1), date(2025, 6, 2))]


def test_it_is_booked_before_the_passport_goes_away() -> None:
    last = '[[tours]]\nid = "five-days"\nbook_by = 2025-05-20\n'
    assert booked(last, AWAY) == [("five-days", date(2025, 5, 1), date(2025, 5, 5))]


def test_it_is_booked_once_what_it_needs_is_there() -> None:
    assert booked(INVITATION) == [("five-days", date(2025, 5, 4), date(2025, 6, 2))]


def test_all_that_it_needs_is_in_hand_on_one_day() -> None:
    late = '[[tours]]\nid = "five-days"\nbook_by = 2025-05-20\n[[acquirables]]\nid = "letter"\nlead = {{ days = {} }}\n'
    assert booked(INVITATION, AWAY, late.format(4)) == [("five-days", date(2025, 5, 5), date(2025, 5, 5))]
    assert plan(small(TOUR, INVITATION, AWAY, late.format(5))).status == "infeasible"


def test_the_booking_is_in_the_json_too() -> None:
    scenario = small(TOUR, '[[tours]]\nid = "five-days"\nbook_by = 2025-05-20\n')
    (booking,) = as_data(plan(scenario))["bookings"]
    assert (booking["tour"], booking["event"], booking["passport"]) == ("five-days", None, "a")
    assert (booking["book_on"], booking["book_latest"]) == ("2025-05-01", "2025-05-20")


def test_nights_apart_from_the_tour_cost_money() -> None:
    later = '[[legs]]\nid = "ab"\n[trip]\nstart = "AAA"\n[[admissions]]\nid = "free"\nzone = "BB"\n'
    later += 'nationalities = ["AA"]\ngrant = "visa_free"\n[[trip.stops]]\nid = "b"\nnights = { min = 9 }\n'
    answer = plan(small(TOUR, NIGHTS, later))
    assert answer.plan is not None
    assert answer.plan.cost == 20000 + 9 * 5000  # on the other flights, without the tour
    assert plan(small(TOUR, NIGHTS)).plan.cost == 90000  # type: ignore[union-attr]


def test_legs_of_a_tour_with_nights_are_sold_by_it_alone() -> None:
    with pytest.raises(ScenarioError, match="leg 'tour-out' is also sold by 'tour-out'"):
        small(TOUR, NIGHTS, '[[legs]]\nid = "tour-out"\nprice = "10"\n')


UGO_WITH_TWO = TWO + '[[travellers.passports]]\nid = "d"\nstate = "DD"\n'
LETTER = """
[[tours]]
id = "five-days"
needs = ["letter", "stamp"]
book_by = 2025-05-12
[[acquirables]]
id = "letter"
price = "0"
lead = { days = 3 }
certificate = { kind = "letter", validity = "4 days" }
[[acquirables]]
id = "stamp"
price = "0"
needs = ["a"]
keeps_passport = true
lead = { days = 5 }
validation = { area = "BB" }
"""
SOLD_OUT = '[[tours]]\nid = "five-days"\ncapacity = {}\n'


def tour(question: Scenario) -> TourRule:
    """The rule about its tour."""
    (rule,) = (rule for rule in rules_of(question) if isinstance(rule, TourRule))
    return rule


# Out of Beta and back while the tour is there.
SIDE_TRIP = """
[[legs]]
id = "side-out"
from = "BBB"
to = "CCC"
departs = 2025-06-03T08:00:00
arrives = 2025-06-03T10:00:00
price = "1"
[[legs]]
id = "side-back"
from = "CCC"
to = "BBB"
departs = 2025-06-05T08:00:00
arrives = 2025-06-05T10:00:00
price = "1"
"""
LEGS = '[[tours]]\nid = "five-days"\nlegs = [{}]\n'
BOOK_BY = '[[tours]]\nid = "five-days"\nbook_by = 2025-05-12\n'
ONE_LETTER = LETTER.replace(', "stamp"', "").partition('[[acquirables]]\nid = "stamp"')[0]
STAMP = '[[acquirables]]\nid = "stamp"' + LETTER.partition('[[acquirables]]\nid = "stamp"')[2]
HELD = '[[travellers]]\nid = "t"\ncertificates = [{ kind = "letter", valid_to = 2025-05-05 }]\n'


@pytest.mark.parametrize(
    ("overlays", "broken"),
    [
        ((), {"admission.BB.t", "admission.BB.u"}),
        ((SOLD_OUT.format(2),), {"admission.BB.t", "admission.BB.u"}),
        ((SOLD_OUT.format(1),), {"admission.BB.t", "admission.BB.u", "tour.five-days.capacity"}),
        ((LETTER,), {"admission.BB.t", "tour.five-days.t.needs", "tour.five-days.u.needs"}),
        ((LETTER, AWAY), {"admission.BB.t", "tour.five-days.t.needs", "tour.five-days.u.needs"}),
        ((LETTER, AWAY.replace("05-06, to = 2025-05-31", "05-02, to = 2025-05-11")), {"tour.five-days.t.needs"}),
        ((ONE_LETTER,), {"tour.five-days.t.needs", "tour.five-days.u.needs"}),
        ((ONE_LETTER, "remove = ['letter']", HELD), {"tour.five-days.u.needs"}),
        ((BOOK_BY, STAMP), {"admission.BB.t"}),
        ((SIDE_TRIP,), {"admission.BB.t"}),
        ((SIDE_TRIP, LEGS.format('"tour-out", "side-out", "tour-back"')), {"admission.BB.t"}),
        (
            (LEGS.format('"tour-out"'), '[trip]\nend = "BBB"\n[[legs]]\nid = "tour-back"\nprice = "1"\n'),
            {"admission.BB.t"},
        ),
        ((LETTER, "today = 2025-05-12"), {"tour.five-days.t.needs", "tour.five-days.u.needs"}),
        ((LETTER, "today = 2025-05-13"), {"tour.five-days.book_by", "tour.five-days.t.needs"}),
    ],
)
def test_both_readings_of_two_people_on_a_tour(overlays: tuple[str, ...], broken: set[str]) -> None:
    seen = compare(small(TOUR, UGO_WITH_TWO, *overlays), {"tour"}, 40)
    assert broken <= seen.keys()
    assert ("tour.five-days.capacity" in seen) == ("tour.five-days.capacity" in broken)
    assert ("tour.five-days.book_by" in seen) == ("tour.five-days.book_by" in broken)


@pytest.mark.parametrize(
    ("terms", "passports"),
    [
        ("", [("a",), ("c", "d")]),
        ('refused = ["DD"]\n', [("a",), ("c",)]),
        ('nationalities = ["CC", "DD"]\n', [("c", "d")]),
        ('nationalities = ["CC", "DD"]\nrefused = ["CC"]\n', [("d",)]),
    ],
)
def test_passports_that_a_tour_takes(terms: str, passports: list[tuple[str, ...]]) -> None:
    question = small(TOUR, UGO_WITH_TWO, '[[tours]]\nid = "five-days"\n' + terms)
    offered = [found for who in question.travellers for found in tour(question).grounds(question, who)]
    assert [(found.id, found.passports) for found in offered] == [("tour:five-days", books) for books in passports]


def test_a_tour_that_admits_nowhere_is_nothing_to_bounds() -> None:
    nowhere = TOUR.replace('zone = "BB"\n', "")
    assert bounds_of(small(TOUR), "tour") != []
    assert bounds_of(small(nowhere), "tour") == []


@pytest.mark.parametrize(
    ("overlay", "papers", "last", "changeable"),
    [
        (BOOK_BY, "the passport it is booked with", "2025-05-12", [True, False, True]),
        (BOOK_BY + 'needs = ["a"]', "a and the passport it is booked with", "2025-05-12", [True, False, True]),
        ('[[tours]]\nid = "five-days"\nneeds = ["a"]', "a", "2025-06-02", [False, False, False]),
    ],
)
def test_what_is_said_of_the_booking(overlay: str, papers: str, last: str, changeable: list[bool]) -> None:
    question = small(TOUR, overlay)
    rule, (ana,) = tour(question), question.travellers
    facts = [rule.fact(question, "book_by"), rule.fact(question, "capacity"), rule.fact(question, "needs", ana)]
    assert facts[2].text == f"Ana needs {papers} in hand to book five days in Beta by {last}"
    assert [fact.changeable for fact in facts] == changeable


def test_a_tour_can_be_booked_later_up_to_its_departure() -> None:
    question = small(TOUR, BOOK_BY.replace("05-12", "05-31"))
    late = [easing.changes[0].new for easing in tour(question).easings(question)]
    assert late
    assert max(late) <= date(2025, 6, 2)
    assert list(tour(small(TOUR)).easings(small(TOUR))) == []


def test_entries_on_the_tour_take_its_purchase() -> None:
    question = small(TOUR)
    options = Options(question, rules_of(question))
    stays = options.stays("t")
    said = [statement for statement in tour(question).restrict(options) if isinstance(statement, Clause)]
    assert [(clause.fact and clause.fact.id, clause.then.tolist()) for clause in said] == [
        ("admission.BB.t", [options.fares["five-days"]])
    ]
    ((resting,),) = (clause.given for clause in said)
    rows = [[*stays.ids].index(option) for option in resting]
    assert {stays.ground[row] for row in rows} == {"tour:five-days"}
    assert {question.legs[options.runs.legs[stays.entry_run[row]][-1]].id for row in rows} == {"tour-out"}


def test_without_any_other_leg_entries_take_the_purchase_too() -> None:
    question = small(TOUR, 'remove = ["ab", "bc", "cb", "ba"]\n')
    said = list(tour(question).restrict(Options(question, rules_of(question))))
    assert [type(statement) for statement in said] == [Clause]


@pytest.mark.parametrize(
    ("overlay", "leaves"),
    [
        ("", False),
        (INVITATION, False),
        (ONE_LETTER, True),  # valid for some days
        (STAMP, True),  # it keeps the passport
        (AWAY, True),
        (HELD, True),
        ('[[acquirables]]\nid = "book"\nprice = "1"\npassport = { id = "n", state = "AA" }\n', False),
        ('[[acquirables]]\nid = "book"\nprice = "1"\npassport = { id = "n", state = "AA", renews = "a" }\n', True),
    ],
)
def test_what_is_in_hand_stays_there_unless_something_takes_it(overlay: str, leaves: bool) -> None:
    question = small(TOUR, overlay)
    assert _may_leave(question, question.travellers[0]) == leaves
