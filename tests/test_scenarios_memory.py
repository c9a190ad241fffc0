"""Scenarios whose rules remember what came before: what their comments say of other cases."""

from __future__ import annotations

from planner.testing.expected import papers
from tests.test_scenarios import grounds, replaced


def test_read_kindly_the_us_waiver_counts_only_days_in_the_united_states() -> None:
    esta = 'may_obtain = ["us-esta-2025"]'
    kinder = (esta, esta + '\nreadings = { us-vwp-side-trip = "lenient" }')
    answer = replaced("us-waiver-side-trip", kinder)
    assert answer.plan is not None
    assert "jfk-fra-0103" in answer.plan.itinerary.legs


def test_the_us_waiver_runs_on_for_everybody_but_those_who_live_in_mexico() -> None:
    answer = replaced("us-waiver-side-trip", ('residence = ["DE"]', 'residence = ["MX"]'))
    assert answer.plan is not None
    assert "jfk-fra-0103" in answer.plan.itinerary.legs


def test_after_havana_new_york_takes_a_visa() -> None:
    answer = replaced("cuba-and-new-york", ('start = "MAD"\n', 'start = "MAD"\nordered = true\n'))
    assert answer.plan is not None
    assert answer.plan.cost == 107520
    assert grounds(answer) == {"cu-tourist", "us-b-visa", "citizen:ES"}


def test_beirut_first_takes_no_second_passport() -> None:
    order = ("ordered = true\n", "")
    back = ('[[fares]]\nid = "by-larnaca"', _BEIRUT_FIRST + '[[fares]]\nid = "by-larnaca"')
    answer = replaced("lebanon-after-israel", order, back)
    assert answer.plan is not None
    assert not any(item.acquirable == "second-book" for item in answer.plan.itinerary.applications)
    assert "dan entry BEY us lb-on-arrival" in set(papers(answer.plan.journey))


_BEIRUT_FIRST = """
[[legs]]
id = "jfk-bey-0405"
from = "JFK"
to = "BEY"
departs = 2026-04-05T17:00:00
arrives = 2026-04-06T10:30:00

[[legs]]
id = "bey-lca-0412"
from = "BEY"
to = "LCA"
departs = 2026-04-12T08:00:00
arrives = 2026-04-12T08:50:00

[[legs]]
id = "lca-tlv-0412"
from = "LCA"
to = "TLV"
departs = 2026-04-12T12:00:00
arrives = 2026-04-12T13:00:00

[[legs]]
id = "tlv-jfk-0419"
from = "TLV"
to = "JFK"
departs = 2026-04-19T09:00:00
arrives = 2026-04-19T14:40:00

[[fares]]
id = "beirut-first"
legs = ["jfk-bey-0405", "bey-lca-0412", "lca-tlv-0412", "tlv-jfk-0419"]
price = "1290 USD"

"""


def test_without_a_us_visa_the_peruvian_flies_directly_on_a_mexican_one() -> None:
    answer = replaced("mexico-by-us-visa", (', "us-b-visa"]', "]"))
    assert answer.plan is not None
    assert answer.plan.cost == 83300
    assert grounds(answer) == {"mx-visitor-visa", "citizen:PE"}


def test_a_us_visa_for_one_entry_opens_no_other_border() -> None:
    held = 'expires = 2033-06-01\n\n[[travellers.permissions]]\nid = "old"\nzone = "US"\nentries = {}\n'
    without = (', "us-b-visa"]', "]")
    once = replaced("mexico-by-us-visa", without, ("expires = 2033-06-01\n", held.format(1)))
    twice = replaced("mexico-by-us-visa", without, ("expires = 2033-06-01\n", held.format(2)))
    assert "mx-waiver" not in grounds(once)
    assert grounds(twice) == {"old", "mx-waiver", "citizen:PE"}


def test_without_the_flight_of_the_ninetieth_day_the_central_american_clock_runs_out() -> None:
    late = replaced("central-america-clock", ("2026-04-09T13:00:00", "2026-04-10T13:00:00"), ("04-09T20", "04-10T20"))
    assert late.status == "infeasible"
    assert late.conflict is not None
    assert "ca4-clock.kim" in {fact.id for fact in late.conflict.facts}


def test_the_vaccine_is_ten_days_old_or_the_way_leads_by_dubai() -> None:
    in_time = replaced("yellow-fever-on-the-way", ("today = 2026-03-02", "today = 2026-03-19"))
    late = replaced("yellow-fever-on-the-way", ("today = 2026-03-02", "today = 2026-03-20"))
    assert in_time.plan is not None
    assert late.plan is not None
    assert "fra-add-0401" in in_time.plan.itinerary.legs
    assert "fra-dxb-0401" in late.plan.itinerary.legs


def test_twelve_hours_at_the_airport_are_no_visit() -> None:
    answer = replaced("yellow-fever-on-the-way", ("arrives = 2026-04-01T19:00:00", "arrives = 2026-04-01T21:00:00"))
    assert answer.plan is not None
    assert answer.plan.cost == 54000


def test_read_kindly_the_east_africa_visa_outlives_zanzibar() -> None:
    rulebooks = 'rulebooks = ["EA", "US"]\n'
    answer = replaced("east-africa-visa", (rulebooks, rulebooks + 'readings = { ea-visa-leaving = "lenient" }\n'))
    assert answer.plan is not None
    assert grounds(answer) == {"ea-visa-rwanda-lenient", "tz-on-arrival", "citizen:US"}


def test_who_stays_on_after_the_month_comes_back_by_another_bridge_on_a_new_visa() -> None:
    fare = 'legs = ["jfk-amm-0301", "amm-jfk-0320"]\nprice = "{} USD"'
    answer = replaced("allenby-bridge-return", (fare.format(790), fare.format(890)))
    assert answer.plan is not None
    assert answer.plan.cost == 101865
    assert "jo-bridge-return" not in grounds(answer)
    assert "amy entry SHEIKH-HUSSEIN-BRIDGE us jo-on-arrival" in set(papers(answer.plan.journey))
