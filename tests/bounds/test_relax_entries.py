"""What the relaxed problem sees of a scenario: entries and papers."""

from __future__ import annotations

import pytest

from planner.bounds import relax
from planner.bounds.entries import Entries
from planner.bounds.relax import Relaxation
from planner.bounds.relaxed import ANY_DAY
from planner.network.columns import all_legs
from planner.rules.base import rules_of
from planner.rules.outlook import Outlook
from planner.scenario.timetable import Timetable
from tests.bounds.relaxing import NO_AIRSIDE, TICKET, legs, lower, relaxed
from tests.small import VISA_FOR_BETA, small

# ---- entries


def test_fees_are_paid_by_everybody_at_every_entry() -> None:
    fee = '[[admissions]]\nid = "visit-beta"\ngrant = "on_arrival"\nfee = "40"\n'
    two = '[[travellers]]\nid = "u"\n[[travellers.passports]]\nid = "u"\nstate = "AA"\n'
    assert legs(small(NO_AIRSIDE, fee)) == {"ab": 14000, "bc": 5000, "cb": 9000, "ba": 10000}
    assert legs(small(NO_AIRSIDE, fee, two))["cb"] == 2 * 9000
    # With a passport of Beta nobody pays, nor where nothing must admit.
    assert (
        legs(small(NO_AIRSIDE, fee, '[[travellers]]\nid = "t"\npassports = [{ id = "b", state = "BB" }]\n'))["ab"]
        == 10000
    )
    assert legs(small(NO_AIRSIDE, fee), ["stop.b"])["ab"] == 10000


def test_fees_are_paid_once_however_many_legs_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    fee = NO_AIRSIDE + '[[admissions]]\nid = "visit-beta"\ngrant = "on_arrival"\nfee = "40"\n'
    for chunk in (1, 2, 3, 100):
        monkeypatch.setattr(relax, "CHUNK", chunk)
        assert legs(small(fee)) == {"ab": 14000, "bc": 5000, "cb": 9000, "ba": 10000}


def test_where_planes_may_be_changed_airside_an_arrival_may_be_no_entry() -> None:
    closed = 'remove = ["visit-beta"]\n'
    ticket = TICKET.format(id="out", first="ab", second="bc", price="150")
    assert set(legs(small(closed))) == set()
    assert {"ab"} <= set(legs(small(closed, ticket)))
    assert "ab" not in legs(small(closed, ticket, NO_AIRSIDE))
    assert "ab" in legs(small(closed, '[[ports]]\nid = "BBB"\nairside_on_separate_tickets = true\n'))
    told = '[[touches]]\nafter = "ab"\nbefore = "bc"\nmode = "airside"\n'
    assert "ab" in legs(small(closed, told, NO_AIRSIDE))
    rule = '[[rules]]\nkind = "no-airside"\nid = "none"\nterritory = "BB"\n'
    assert "ab" not in legs(small(closed, told, rule))
    assert "ab" in legs(small(closed, told, rule), ["admission.BB.t"])


def test_nights_cost_nothing_where_they_may_be_spent_airside() -> None:
    nightly = '[trip]\nnightly = [{ at = ["BBB"], price = "9" }, { at = ["BB", "CC"], price = "5" }]\n'
    separate = '[[ports]]\nid = "BBB"\nairside_on_separate_tickets = true\n'
    hours = '[[ports]]\nid = "BBB"\nairside_from = {}\nairside_to = {}\n'
    assert relaxed(small(nightly)).nightly.tolist() == [0, 900, 500, 500]
    assert relaxed(small(nightly, separate)).nightly.tolist() == [0, 0, 500, 500]
    assert relaxed(small(nightly, separate, hours.format("05:00:00", "23:00:00"))).nightly.tolist() == [
        0,
        900,
        500,
        500,
    ]
    assert relaxed(small(nightly, separate, hours.format("20:00:00", "03:00:00"))).nightly.tolist() == [0, 0, 500, 500]
    # An opening from and to the same time is that minute.
    assert relaxed(small(nightly, separate, hours.format("05:00:00", "05:00:00"))).nightly.tolist()[1] == 900


def test_nights_cost_nothing_between_the_legs_of_a_tour_that_includes_them() -> None:
    nightly = NO_AIRSIDE + '[trip]\nnightly = [{ at = ["AA", "BB", "CC"], price = "5" }]\n'
    leg = '[[legs]]\nid = "{0}{1}"\nfrom = "{0}"\nto = "{1}"\n'
    leg += "departs = 2025-06-{2}T12:00:00\narrives = 2025-06-{2}T13:00:00\n"
    way = "".join(leg.format(*ends) for ends in (("BBX", "CCC", "02"), ("CCC", "BBB", "04"), ("BBB", "AAA", "06")))
    tour = '[[tours]]\nid = "on"\nlegs = ["BBXCCC", "CCCBBB", "BBBAAA"]\nprice = "900"\nnights_included = {}\n'
    assert relaxed(small(nightly, way + tour.format("false"))).nightly.tolist() == [500, 500, 500, 500]
    assert relaxed(small(nightly, way + tour.format("true"))).nightly.tolist() == [500, 0, 0, 500]  # BBB, CCC


@pytest.mark.parametrize(
    ("limit", "nights"),
    [
        ('max_stay = "9 days"', 8),
        ('max_stay = "9 days"\ncount_from = "day_after"', 9),
        ('max_stay = "1 month"\ncount_from = "day_after"', 30),
        ('max_stay = "48 hours"', 3),  # clocks may be put back meanwhile
    ],
)
def test_a_stop_ends_with_the_stay_that_is_allowed(limit: str, nights: int) -> None:
    admission = f'[[admissions]]\nid = "visit-beta"\n{limit}\n'
    assert relaxed(small(admission)).wishes[0].most == nights
    assert relaxed(small(admission), ["stop.b", "admission.BB.t"]).wishes[0].most == ANY_DAY
    # Who might enter on nothing, or on something else, is not limited.
    assert relaxed(small(admission), ["stop.b", "visit-beta.max_stay.t"]).wishes[0].most == ANY_DAY
    held = '[[travellers]]\nid = "t"\npermissions = [{ id = "visa", zone = "BB", max_stay = "20 days" }]\n'
    assert relaxed(small(admission, held)).wishes[0].most == max(19, nights)


def test_where_the_journey_begins_no_limit_counts() -> None:
    home = '[[admissions]]\nid = "visit-alpha"\nmax_stay = "2 days"\n[[trip.stops]]\nid = "b"\n'
    home += 'at = ["AAA"]\n[[travellers]]\nid = "t"\npassports = [{ id = "d", state = "DD" }]\n'
    assert relaxed(small('remove = ["a"]\n', home)).wishes[0].most == ANY_DAY
    assert relaxed(small('remove = ["a"]\n', home, '[trip]\nstart = "CCC"\n')).wishes[0].most == 1
    together = '[[zones]]\nid = "Z"\nmembers = [{ territory = "AA" }, { territory = "BB", from = 2025-06-05 }]\n'
    assert (
        relaxed(small(together, '[[admissions]]\nid = "visit-beta"\nmax_stay = "2 days"\n')).wishes[0].most == ANY_DAY
    )


def test_history_shortens_the_stays_that_a_rolling_window_leaves_room_for() -> None:
    rule = 'today = 2025-05-31\n[[rules]]\nkind = "rolling-window"\nid = "w"\nzone = "BB"\ncap = 90\ndays = 180\n'
    past = '[[travellers]]\nid = "t"\npast_stays = [{{ territory = "{}", from = 2025-03-12, to = 2025-05-30 }}]\n'
    assert relaxed(small(rule)).wishes[0].most == 89
    assert relaxed(small(rule, past.format("CC"))).wishes[0].most == 89
    assert relaxed(small(rule, past.format("BB"))).wishes[0].most == 9
    assert relaxed(small(rule, past.format("BB")), ["stop.b", "admission.BB.t"]).wishes[0].most == ANY_DAY
    partly = '[[rules]]\nkind = "rolling-window"\nid = "w"\neffective_to = 2025-06-05\n'
    assert relaxed(small(rule, past.format("BB"), partly)).wishes[0].most == ANY_DAY


# ---- papers

VISA = '[[acquirables]]\nid = "visa"\nprice = "30"\npermission = { zone = "BB" }\n'
CARD = '[[acquirables]]\nid = "card"\nprice = "50"\nper = "party"\npermission = { zone = "BB" }\n'
LETTER = '[[acquirables]]\nid = "letter"\nprice = "7"\ncertificate = { kind = "invitation" }\n'
GAMMA = '[[admissions]]\nid = "visit-gamma"\nnationalities = ["DD"]\n'


def test_a_stop_takes_the_cheapest_of_its_papers() -> None:
    assert relaxed(small(VISA_FOR_BETA, VISA)).fixed == 3000
    assert relaxed(small(VISA_FOR_BETA, VISA, CARD)).fixed == 3000
    assert relaxed(small(VISA_FOR_BETA, CARD)).fixed == 5000
    assert relaxed(small(VISA)).fixed == 0
    assert relaxed(small(VISA_FOR_BETA, VISA), ["stop.b"]).fixed == 0
    assert relaxed(small(VISA_FOR_BETA, VISA), ["admission.BB.t"]).fixed == 0


def test_what_the_party_shares_is_paid_once() -> None:
    two = '[[travellers]]\nid = "u"\n[[travellers.passports]]\nid = "u"\nstate = "AA"\n'
    assert relaxed(small(VISA_FOR_BETA, CARD, two)).fixed == 5000
    assert relaxed(small(VISA_FOR_BETA, VISA, two)).fixed == 6000


def test_a_paper_that_serves_two_stops_is_counted_once() -> None:
    both = VISA_FOR_BETA + GAMMA + '[[trip.stops]]\nid = "c"\nat = ["CCC"]\n'
    other = '[[acquirables]]\nid = "other"\nprice = "20"\npermission = { zone = "CC" }\n'
    union = '[[zones]]\nid = "Z"\nmembers = [{ territory = "BB" }, { territory = "CC" }]\n'
    common = '[[acquirables]]\nid = "visa"\nprice = "30"\npermission = { zone = "Z" }\n'
    assert relaxed(small(both, VISA, other)).fixed == 5000
    assert relaxed(small(both, union, common)).fixed == 3000


def test_a_paper_takes_those_it_needs() -> None:
    needy = VISA + 'needs = ["invitation"]\n' + LETTER
    assert relaxed(small(VISA_FOR_BETA, needy)).fixed == 3700
    assert relaxed(small(VISA_FOR_BETA, needy), ["stop.b", "admission.BB.t"]).fixed == 3000
    event = '[[trip.events]]\nid = "e"\nat = ["BBB"]\nfirst_day = 2025-06-03\nneeds = ["invitation"]\n'
    assert relaxed(small(VISA_FOR_BETA, needy, event)).fixed == 3700
    held = '[[travellers]]\nid = "t"\ncertificates = [{ kind = "invitation" }]\n'
    assert relaxed(small(VISA_FOR_BETA, needy, event, held)).fixed == 3000


def test_what_is_good_for_one_entry_is_paid_at_each() -> None:
    once = NO_AIRSIDE + VISA_FOR_BETA + VISA.replace('"BB"', '"BB", entries = 1')
    problem = relaxed(small(once))
    assert problem.fixed == 0
    assert legs(small(once)) == {"ab": 13000, "bc": 5000, "cb": 8000, "ba": 10000}
    facts = ["stop.b", "admission.BB.t"]
    assert relaxed(small(once), facts).fixed == 3000
    assert legs(small(once), facts)["ab"] == 10000


def test_the_cap_is_the_budget_s() -> None:
    def relaxation(more: str = "") -> Relaxation:
        scenario = small(more)
        return Relaxation.of(scenario, all_legs(scenario))

    assert relaxation().cap() is None
    assert relaxation('[trip]\nbudget = "200"\n').cap() == 20000
    assert relaxation('[trip]\nbudget = "200"\n').cap(["stop.b"]) is None


def test_no_legs_at_all() -> None:
    scenario = small('remove = ["ab", "bc", "cb", "ba"]\n')
    assert lower(scenario) is None
    assert lower(scenario, ()) == 0
    assert isinstance(all_legs(scenario), Timetable)
    outlook = Outlook(scenario, all_legs(scenario))
    assert Entries.of(outlook, [], rules_of(scenario)).cost.shape == outlook.shape
