"""What the checker says of plans: saved ones, hand-written ones, wrong ones, each thing at its place."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from planner.api import load, plan
from planner.checking.check import Checked, check_plan
from planner.core.errors import ScenarioError
from planner.report.json import json_text
from tests.checking.plans import BY_HAND, MARATHON, ROOT, SMALL, Data, changed, check, line_of

TOUR = ROOT / "scenarios" / "north-korea-tour.toml"


@pytest.fixture(scope="module")
def saved() -> Data:
    """The marathon's saved answer."""
    data: Data = json.loads(json_text(plan(load(MARATHON), repairs=0)))
    return data


def only(found: Checked) -> str:
    """The text of the only violation."""
    assert [violation.text for violation in found.violations] == [found.violations[0].text]
    return found.violations[0].text


# ---- plans that stand


def test_a_saved_answer_stands_at_what_it_states(saved: Data) -> None:
    found = check(saved)
    assert found.stands
    assert found.verdict.cost == found.stated == 384792
    assert found.done == ()


def test_files_are_read_too(saved: Data, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(saved))
    assert check_plan(file, MARATHON).stands
    with pytest.raises(ScenarioError, match="there is no such file"):
        check_plan(tmp_path / "none.json", MARATHON)


def test_a_plan_by_hand_leaves_out_what_follows() -> None:
    found = check(BY_HAND, SMALL)
    assert found.stands
    assert found.verdict.cost == 20000
    assert found.stated is None
    assert not found.drift.known


def test_legs_and_tickets_that_the_scenario_does_not_list_are_taken_in() -> None:
    found = check(BY_HAND | {"legs": ["out", "mine"]}, SMALL)
    assert not found.stands
    mine = {
        "leg": "mine",
        "from": "BBB",
        "to": "AAA",
        "departs": "2025-06-04T08:00+09:00",
        "arrives": "2025-06-04 09:00",
    }
    ours = changed(BY_HAND, lambda data: [desk.update(leg="mine") for desk in data["crossings"][2:]])
    ours |= {"legs": ["out", "mine"], "timetable": [mine | {"price": "62.50 USD"}]}
    found = check(ours, SMALL)
    assert found.stands
    assert found.verdict.cost == 16250
    ticket = {"id": "both", "legs": ["out", "mine"], "price": 150}
    found = check(ours | {"timetable": [mine], "tickets": [ticket]}, SMALL)
    assert found.stands
    assert found.verdict.cost == 15000


def test_rows_of_a_table_can_be_travelled(tmp_path: Path) -> None:
    scenario, written = SMALL.split("[[legs]]", 1)[0], SMALL.split("[trip]")[1]
    rows = ["from,to,departs,arrives,price", "AAA,BBB,2025-06-01 08:00,2025-06-01 18:00,100"]
    rows += ["BBB,AAA,2025-06-05 08:00,2025-06-05 09:00,90", ""]
    (tmp_path / "fares.csv").write_text("\n".join(rows))
    file = tmp_path / "trip.toml"
    file.write_text(f'legs = "fares.csv"\n{scenario}[trip]{written}')
    names = {"out": "fares.csv:1", "back": "fares.csv:2"}
    ours = changed(BY_HAND, lambda data: [desk.update(leg=names[desk["leg"]]) for desk in data["crossings"]])
    mine = tmp_path / "plan.json"
    mine.write_text(json.dumps(ours | {"legs": list(names.values())}))
    found = check_plan(mine, file)
    assert found.stands
    assert found.verdict.cost == 19000


def test_some_of_the_travellers() -> None:
    two = SMALL.replace("[[acquirables]]", '[[travellers]]\nid = "bob"\n\n[[acquirables]]')
    with pytest.raises(ScenarioError) as caught:
        check(BY_HAND, two)
    assert "it is not said for whom" in str(caught.value)
    assert "traveller: ann, bob" in str(caught.value)
    assert check(BY_HAND | {"travellers": ["ann"]}, two).stands
    with pytest.raises(ScenarioError, match="no traveller has the id 'eve'"):
        check(BY_HAND | {"travellers": ["eve"]}, two)


# ---- plans that do not


def test_a_fact_is_named_with_its_crossing_and_its_source(saved: Data) -> None:
    def wrong(data: Data) -> None:
        data["crossings"][2]["passport"] = "us"

    found = check(changed(saved, wrong))
    ban = next(violation for violation in found.violations if violation.fact and violation.fact.kind == "passport-ban")
    assert ban.fact is not None
    assert ban.fact.id == "us-passport-kp.runner"
    assert "travel.state.gov" in ban.source
    assert ban.leg is not None
    assert ban.crossing is not None
    assert (ban.leg.id, ban.crossing.direction, ban.traveller) == ("pek-fnj-0403", "exit", "runner")
    number = found.violations.index(ban)
    assert line_of(found, changed(saved, wrong), number) == "{"
    assert found.violations[number].place.line == _line(changed(saved, wrong), 2)


def _line(data: Data, desk: int) -> int:
    """The line on which a crossing begins."""
    before = json.dumps(data | {"crossings": data["crossings"][:desk]}, indent=1)
    return before[: before.index('"checks"')].count("\n") + (0 if desk else 1)


def test_all_that_is_broken_is_told_in_the_order_of_the_way() -> None:
    late = SMALL.replace("2025-06-05T", "2025-06-15T").replace("2030-01-01", "2025-06-10")
    found = check(BY_HAND, late)
    told = [(v.fact.id, v.leg and v.leg.id, v.crossing and v.crossing.direction) for v in found.violations if v.fact]
    assert ("visit-beta.max_stay.ann", "back", "exit") in told
    assert ("passport.ann.a.dates", "back", "exit") in told
    assert ("passport.ann.a.dates", "back", "entry") in told
    assert [leg for _, leg, _ in told] == ["back"] * len(told)
    assert [way for *_, way in told] == sorted((way for *_, way in told), key=["exit", "entry"].index)


def test_what_is_shown_is_never_guessed() -> None:
    def silent(data: Data) -> None:
        del data["crossings"][1]["permission"]
        del data["crossings"][3]

    found = check(changed(BY_HAND, silent), SMALL)
    assert [violation.sort for violation in found.violations] == ["open", "open"]
    assert "on what the entry on passport a rests (could be: a on visit-beta)" in found.violations[0].text
    assert "which passport is shown and on what the entry rests" in found.violations[1].text
    assert "a on citizen:AA" in found.violations[1].text
    assert found.itinerary is None
    assert not found.verdict.valid


def test_a_paper_applied_for_is_on_offer_and_another_is_not() -> None:
    def silent(data: Data) -> None:
        del data["crossings"][1]["permission"]
        data["crossings"][1]["passport"] = "d"

    assert "nothing is on offer there" in only(check(changed(BY_HAND, silent), SMALL))
    applied = {"documents": [{"id": "beta-visa", "passport": "d", "apply_on": "2025-05-02"}]}
    assert "could be: d on beta-visa" in only(check(changed(BY_HAND, silent) | applied, SMALL))


def test_what_cannot_be_is_told_at_the_leg_that_it_names() -> None:
    data = BY_HAND | {"legs": ["back", "out"]}
    found = check(data, SMALL)
    assert {violation.sort for violation in found.violations} == {"structure"}
    assert "the journey starts at BBB, not at AAA" in [violation.text for violation in found.violations]
    before = next(violation for violation in found.violations if "departs before" in violation.text)
    assert before.place.line == 4  # where the first of the two legs stands


def test_a_leg_that_is_not_there_says_what_is_missing() -> None:
    words = only(check(BY_HAND | {"legs": ["out", "mine"]}, SMALL))
    assert (
        words == "there is no leg mine in the scenario, and the plan does not give it in full: it is not in `timetable`"
    )
    half = {"leg": "mine", "from": "BBB", "departs": "2025-06-04T08:00"}
    assert only(check(BY_HAND | {"legs": ["out", "mine"], "timetable": [half]}, SMALL)).endswith("to, arrives missing")
    whole = half | {"to": "AAA", "arrives": "2025-06-04T09:00"}
    words = only(check(BY_HAND | {"legs": ["out", "mine"], "timetable": [whole]}, SMALL))
    assert words.endswith("no price, and no ticket of `tickets` that covers it")


def test_what_the_plan_states_must_be_so() -> None:
    def moved(data: Data) -> None:
        data["timetable"] = [{"leg": "out", "departs": "2025-06-01T09:30", "operator": "Nobody", "mode": "air"}]
        data["crossings"][1] |= {"date": "2025-06-02", "port": "BBB", "zone": "AA"}
        data["touches"] = [{"after": "back", "before": "out", "mode": "landside"}]
        data["crossings"].append({"leg": "out", "direction": "exit", "passport": "d"})

    found = check(changed(BY_HAND, moved), SMALL)
    texts = [violation.text for violation in found.violations if violation.sort == "stated"]
    assert len(texts) == len(found.violations) == 6
    assert "the plan has leg out with departs 2025-06-01T09:30; the scenario says 2025-06-01T08:00" in texts
    assert "the plan has leg out with operator Nobody; the scenario says nothing" in texts
    assert "the plan has this entry with date 2025-06-02; it is 2025-06-01" in texts
    assert "the plan has this entry with zone AA; it is BB" in texts
    assert "leg out does not follow leg back" in texts
    assert "what ann shows on exit by leg out is said twice" in texts
    assert found.verdict.valid  # the decisions themselves would do


def test_a_time_with_another_offset_is_another_time() -> None:
    right = {"leg": "out", "departs": "2025-06-01T08:00+00:00", "arrives": "2025-06-01T18:00+09:00"}
    assert check(BY_HAND | {"timetable": [right, {"leg": "back"}]}, SMALL).stands
    wrong = right | {"arrives": "2025-06-01T18:00+08:00"}
    assert "with arrives" in only(check(BY_HAND | {"timetable": [wrong]}, SMALL))


def test_a_border_that_is_none_is_told() -> None:
    inside = SMALL.replace(
        '[[ports]]\nid = "AAA"',
        '[[zones]]\nid = "ZZ"\nmembers = [{ territory = "AA" }, { territory = "BB" }]\n[[ports]]\nid = "AAA"',
    )
    found = check(BY_HAND, inside.replace('zone = "BB"', 'zone = "ZZ"'))
    assert {violation.sort for violation in found.violations} == {"stated"}
    assert "no zone is entered by leg out, though the plan has an entry there" in [v.text for v in found.violations]


def test_another_cost_is_no_violation() -> None:
    found = check(BY_HAND | {"cost": {"amount": "199.99", "currency": "USD"}}, SMALL)
    assert found.stands
    assert (found.stated, found.verdict.cost) == (19999, 20000)
    assert check(BY_HAND | {"cost": {"amount": "1", "currency": "EUR"}}, SMALL).stated is None


# ---- as of a date


VISA: Data = {
    "legs": ["out", "back"],
    "documents": [{"id": "beta-visa", "passport": "d", "apply_on": "2025-05-10"}],
    "crossings": [
        {"leg": "out", "direction": "exit", "passport": "a"},
        {"leg": "out", "direction": "entry", "passport": "d", "permission": "beta-visa"},
        {"leg": "back", "direction": "exit", "passport": "d"},
        {"leg": "back", "direction": "entry", "passport": "a", "permission": "citizen:AA"},
    ],
}


def test_what_is_dated_before_the_day_of_checking_is_taken_as_done() -> None:
    assert check(VISA, SMALL).done == ()
    found = check(VISA, SMALL, as_of=date(2025, 5, 20))
    assert found.stands
    assert [(done.label, done.task.on) for done in found.done] == [("Beta's visa", date(2025, 5, 10))]
    assert check(VISA, SMALL, as_of=date(2025, 5, 10)).done == ()


def test_nothing_was_done_before_the_plan_was_made() -> None:
    early = changed(VISA, lambda data: data["documents"][0].update(apply_on="2025-04-28"))
    assert "is on 2025-04-28, not between 2025-05-01" in only(check(early, SMALL))
    assert check(early, SMALL, as_of=date(2025, 4, 20)).stands
    assert check(early | {"today": "2025-04-25"}, SMALL).stands  # it was made then
    assert not check(early | {"today": "2025-04-29"}, SMALL).stands


def test_deadlines_count_from_the_day_of_planning() -> None:
    form = '[[rules]]\nkind = "arrival-form"\nid = "card"\nzone = "BB"\ntitle = "the card"\nlatest = 5\n'
    with_form = SMALL.replace("[[travellers]]", f"{form}\n[[travellers]]", 1)
    assert check(BY_HAND, with_form, as_of=date(2025, 5, 30)).stands  # filled in by 27 May
    late = with_form.replace("today = 2025-05-01", "today = 2025-05-30")
    assert only(check(BY_HAND, late)) == "for the entry on 2025-06-01 it had to be filled in by 2025-05-27"


def test_places_are_those_of_the_day() -> None:
    zone = '[[zones]]\nid = "ZZ"\nmembers = [{ territory = "BB", from = 2025-05-15, purposes = ["clock"] }]\n'
    dated = SMALL.replace("[[ports]]", f"{zone}[[ports]]", 1).replace('at = ["BBB"]', 'at = ["ZZ"]')
    assert check(BY_HAND, dated, as_of=date(2025, 5, 15)).stands
    assert only(check(BY_HAND, dated, as_of=date(2025, 5, 14))) == "it is not made"


# ---- tours


@pytest.fixture(scope="module")
def on_tour() -> Data:
    """The saved answer of a tour of North Korea, which can be booked until 1 July."""
    found: Data = json.loads(json_text(plan(load(TOUR))))
    return found


@pytest.mark.parametrize(
    ("booking", "told"),
    [
        ({"book_on": "2025-07-02"}, "is booked on 2025-07-02; it can be until 2025-07-01"),
        ({"tour": "calma"}, "there is no tour calma"),
    ],
)
def test_a_tour_is_booked_in_time_and_by_its_name(on_tour: Data, booking: Data, told: str) -> None:
    toml = TOUR.read_text(encoding="utf-8")
    assert check(on_tour, toml).stands
    found = check(changed(on_tour, lambda data: data["bookings"][0].update(booking)), toml)
    assert told in found.violations[0].text
    assert len(found.violations) == 1


def test_after_the_last_day_for_booking_the_plan_must_say_that_it_was_done(on_tour: Data) -> None:
    toml, late = TOUR.read_text(encoding="utf-8"), date(2025, 7, 2)
    assert check(on_tour, toml, as_of=late).stands
    (found,) = check(on_tour | {"bookings": []}, toml, as_of=late).violations
    assert "could be until 2025-07-01" in found.text
    assert check(on_tour | {"bookings": []}, toml, as_of=date(2025, 7, 1)).stands


def test_a_tour_that_is_booked_is_bought(on_tour: Data) -> None:
    found = check(on_tour | {"fares": []}, TOUR.read_text(encoding="utf-8"))
    assert "is booked, but not among the fares" in " ".join(item.text for item in found.violations)
