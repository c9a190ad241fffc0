from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve
from rich.cells import cell_len

from planner.answer import Answer, Conflict, Plan, Repair, Witness
from planner.core.period import Period
from planner.itinerary.replay import replay
from planner.report.text import page_of, text
from planner.rules.easing import Easing
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.kinds.transit_without_visa import TransitWithoutVisa
from tests.itinerary.builders import itinerary, leg, scenario, traveller
from tests.report.answers import LAW, STAYS, feasible, infeasible, marathon, optimal, person, plan_of, undecided

ALL = {"optimal": optimal, "feasible": feasible, "infeasible": infeasible, "undecided": undecided}


@pytest.mark.parametrize("status", ALL)
def test_every_line_fits_80_columns_and_nothing_is_a_control_character(status: str) -> None:
    shown = text(ALL[status]())
    assert max(map(cell_len, shown.splitlines())) <= 80
    assert all(char.isprintable() for line in shown.splitlines() for char in line)


def test_the_verdict_comes_first_with_its_cost() -> None:
    assert text(optimal()).startswith(
        "Run in Pyongyang\n\n"
        "The cheapest valid trip for Ann costs USD 3,410.50.\n"
        "JFK -> PEK -> FNJ -> PEK -> JFK, 2025-04-03 to 2025-04-08, 4 legs\n"
    )


def test_preparation_is_a_timeline_of_what_to_do_by_when_and_what_comes_of_it() -> None:
    shown = text(optimal())
    assert (
        "Mon 3 Mar 2025   book Pyongyang marathon, registered with passport mx (MX)\n"
        "                 at the latest on Mon 3 Mar 2025 (no day to spare)\n"
        "Mon 10 Mar 2025  apply for Chinese visa, double entry, in passport mx (MX)\n"
        "                 at the latest on Fri 28 Mar 2025 (18 days to spare)\n"
        "                 apply in person in New York John F. Kennedy (JFK)\n"
        "                 needs first: kp-tour\n"
        "                 passport mx (MX) is away until Fri 14 Mar 2025\n"
        "Fri 14 Mar 2025  ready: Chinese visa, double entry, to be fetched in New York\n"
        "                 John F. Kennedy (JFK); passport mx is back\n"
    ) in shown
    assert "SOURCES\n-------\nChinese visa, double entry: 888newsmedia.com\n" in shown


def test_the_trip_is_a_table_with_local_times_and_days() -> None:
    names = {"JFK": "New York", "PEK": "Beijing", "FNJ": "Pyongyang"}
    question = marathon()
    question = evolve(question, ports={key: evolve(p, name=names.get(key, "")) for key, p in question.ports.items()})
    assert (
        "Times and dates are local. Day 1 is Thu 3 Apr 2025.\n"
        "\n"
        "Day  Date       Leg  Leaves                 Arrives\n"
        "  1  Thu 3 Apr    1  16:50 New York (JFK)   18:20 +1 day Beijing (PEK)\n"
        "                     in Beijing (PEK) for 1 night\n"
        "  3  Sat 5 Apr    2  13:00 Beijing (PEK)    16:00 Pyongyang (FNJ)\n"
        "                     in Pyongyang (FNJ) for 3 nights\n"
        "  4  Sun 6 Apr       Pyongyang marathon\n"
        "  6  Tue 8 Apr    3  09:00 Pyongyang (FNJ)  09:50 Beijing (PEK)\n"
        "                     in Beijing (PEK) for 3 h 10 min\n"
        "  6  Tue 8 Apr    4  13:00 Beijing (PEK)    14:20 New York (JFK)\n"
    ) in text(Answer(status="optimal", scenario=question, plan=plan_of(question)))


def test_a_table_that_does_not_fit_has_ports_by_their_codes() -> None:
    assert (
        "Day  Date       Leg  Leaves     Arrives\n"
        "  1  Thu 3 Apr    1  16:50 JFK  18:20 +1 day PEK\n"
        "                     in Beijing Capital (PEK) for 1 night\n"
    ) in text(optimal())


def test_on_a_narrow_page_the_lines_of_the_table_stand_below_each_other() -> None:
    assert (
        "Day 3, Sat 5 Apr 2025, leg 2\n"
        "  leave  13:00 Beijing Capital (PEK)\n"
        "  arrive 16:00 Pyongyang Sunan (FNJ)\n"
        "  in Pyongyang Sunan (FNJ) for 3 nights\n"
        "Day 4, Sun 6 Apr 2025: Pyongyang marathon\n"
    ) in page_of(optimal(), 59).text()


def test_each_desk_of_a_leg_says_what_to_show_and_until_when() -> None:
    assert (
        "1. JFK to PEK, Thu 3 Apr 2025: CA982 (air, Air China)\n"
        "   check-in: show passport mx (MX) and Chinese visa, double entry, for China\n"
        "   exit:     United States at JFK: show passport us (US)\n"
        "   entry:    China at PEK: show passport mx (MX) on Chinese visa, double entry;\n"
        "             until Sat 3 May 2025\n"
    ) in text(optimal())


def test_a_transit_is_checked_in_with_the_onward_ticket_and_ends_with_a_day() -> None:
    transit = TransitWithoutVisa(
        id="cn-240", zone="CN", nationalities=("MX",), stay=Period(240, "hours"), onward_documents=("KP",)
    )
    question = marathon(law=evolve(LAW, rules=(transit,)))
    stays = tuple(words.replace("cn-double", "cn-240") for words in STAYS)
    shown = " ".join(text(Answer(status="optimal", scenario=question, plan=plan_of(question, stays))).split())
    assert (
        "check-in: show passport mx (MX), the onward ticket to North Korea and the visa for North Korea, "
        "for China: transit without visa (cn-240)"
    ) in shown
    assert "the onward ticket to United States, for China" in shown
    assert "on transit without visa (cn-240); until Mon 14 Apr 2025 24:00" in shown


def test_citizens_have_no_limit() -> None:
    assert "             States; no limit of stay" in text(optimal()).splitlines()


def test_several_travellers_who_show_and_do_the_same_are_told_together() -> None:
    question = marathon(travellers=(person("ann", "Ann"), person("bo", "Bo")))
    shown = text(Answer(status="optimal", scenario=question, plan=plan_of(question, people=("ann", "bo"))))
    assert "The cheapest valid trip for Ann and Bo costs" in shown
    assert "   Ann and Bo:\n     check-in: show passport mx" in shown
    assert "Mon 10 Mar 2025  Ann and Bo: apply for Chinese visa, double entry" in shown


def test_travellers_who_show_different_things_are_told_apart() -> None:
    question = marathon(travellers=(person("ann", "Ann"), person("bo", "Bo")))
    plan = plan_of(question, people=("ann", "bo"))
    ann, bo = STAYS, ("- us", "mx mx cn-double", "us us kp-tour", *STAYS[3:])
    stays = itinerary("CA982 JS152 JS151 CA981", "lll", stays={"ann": ann, "bo": bo}).stays
    chosen = evolve(plan.itinerary, stays=stays)
    plan = evolve(plan, itinerary=chosen, journey=replay(question, chosen))
    shown = text(Answer(status="optimal", scenario=question, plan=plan))
    assert "   Ann:\n     check-in: show passport mx (MX) and permit kp-tour, for North Korea\n" in shown
    assert "   Bo:\n     check-in: show passport us (US) and permit kp-tour, for North Korea\n" in shown


def test_costs_are_aligned_and_end_with_the_total() -> None:
    lines = text(optimal()).splitlines()
    total = next(line for line in lines if line.startswith("  Total"))
    assert total.endswith(" 3410.50")
    assert len(total) == 80


def test_what_no_source_backs_is_said() -> None:
    rested = tuple("mx mx kp-free" if words.endswith("kp-tour") else words for words in STAYS)
    question = marathon()
    shown = text(Answer(status="optimal", scenario=question, plan=plan_of(question, rested)))
    assert "  - kp-free (unsourced): heard from an operator\n" in shown
    assert "  - KP (assumption)\n" in shown
    assert "No rulebook in use covers North Korea" in shown
    # 240 hours from the landing on 5 April at 16:00, in Pyongyang's time
    assert "until Tue 15 Apr 2025 16:00" in " ".join(shown.split())
    # the entry about another ground is not used, so not blamed
    assert "kp-free" not in text(optimal())


def test_feasible_says_the_gap_and_never_cheapest_valid_trip() -> None:
    shown = " ".join(text(feasible()).split())
    assert "whether it is the cheapest is not proved" in shown
    assert "no valid trip costs less than USD 3,000, so at most USD 410.50 (12.0 %) could still be saved" in shown
    assert "The cheapest valid trip" not in shown


def test_a_conflict_is_an_argument_with_the_place_of_each_statement() -> None:
    shown = text(infeasible())
    assert (
        "No valid trip: these 2 statements cannot hold together; no fewer would do.\n"
        "1. Ann runs the Pyongyang marathon on 6 April 2025 (trip.toml:40).\n"
        "What could not be changed:\n"
        "2. Ann may not use a passport of US for North Korea without a special validation\n"
        "   (rulebooks/US.toml:7).\n"
    ) in shown
    assert "Sources:\n2. 22 CFR 51.63\n" in shown
    assert "Only the legs listed in the file exist" in " ".join(shown.split())


def test_a_conflict_not_proved_smallest_says_what_is_proved() -> None:
    answer = infeasible()
    assert answer.conflict is not None
    shown = " ".join(text(evolve(answer, conflict=evolve(answer.conflict, at_least=1))).split())
    assert (
        "cannot hold together (perhaps fewer would do: a smallest such set has at least 1, at most 2 facts)." in shown
    )
    assert "no fewer" not in shown


def test_the_same_about_several_travellers_is_one_sentence() -> None:
    question = marathon(travellers=(person("ann", "Ann"), person("bo", "Bo Li")))
    facts = tuple(
        Fact(f"admission.KP.{who}", f"nothing admits {name} to North Korea", Telling.ADMISSION, "default-deny")
        for who, name in (("ann", "Ann"), ("bo", "Bo Li"))
    )
    shown = text(Answer(status="infeasible", scenario=question, conflict=Conflict(facts=facts, at_least=2)))
    assert "1. Nothing admits Ann and Bo Li to North Korea.\n" in shown


def test_what_remains_without_each_statement() -> None:
    answer, trip = infeasible(), plan_of(marathon())
    assert answer.conflict is not None
    wish, ban = answer.conflict.facts
    without = Witness(
        without=ban, scenario=answer.scenario, itinerary=trip.itinerary, journey=trip.journey, cost=341050, alone=True
    )
    more = evolve(without, without=wish, alone=False, broken=(Broken(wish, "not done"), Broken(ban, "shown")))
    shown = " ".join(text(evolve(answer, conflict=evolve(answer.conflict, witnesses=(more, without)))).split())
    assert "Without 1, more stands in the way: Ann may not use a passport of US" in shown
    assert "Without 2, this works, for at most USD 3,410.50: JFK -> PEK -> FNJ -> PEK -> JFK, 2025-04-03 to" in shown


def test_repairs_are_told_with_their_price() -> None:
    answer, trip = infeasible(), plan_of(marathon())
    easing = Easing(fact="event.marathon", changes=(), text="give up the marathon", sort="event")
    repair = Repair(easings=(easing,), disruption=20, cost=341050, proved=True, plan=trip, scenario=answer.scenario)
    shown = " ".join(text(evolve(answer, repairs=(repair,))).split())
    assert "WHAT WOULD HELP --------------- 1. Give up the marathon: USD 3,410.50. JFK -> PEK -> FNJ" in shown
    assert "Nothing that the travellers could change" in text(evolve(answer, repairs=(), repairs_complete=True))
    assert "Time ran out before anything was found" in text(evolve(answer, repairs=(), repairs_complete=False))


def test_more_conflicts_and_whether_these_are_all() -> None:
    answer = infeasible()
    assert answer.conflict is not None
    other = Conflict(facts=answer.conflict.facts[:1], at_least=1)
    shown = text(evolve(answer, more_conflicts=(other,), conflicts_complete=True))
    assert "CONFLICT 2\n----------\nNo valid trip: this statement alone rules out every trip.\n" in shown
    assert "These 2 are all the minimal conflicts." in shown
    assert "there may be more" in text(evolve(answer, more_conflicts=(other,), conflicts_complete=False))


def test_a_structural_reason_is_reported_apart() -> None:
    lacking = Answer(
        status="infeasible",
        scenario=marathon(),
        conflict=Conflict(facts=(), structural=("the file lists no leg into FNJ",)),
    )
    shown = text(lacking)
    assert "- the file lists no leg into FNJ" in shown
    assert "statements" not in shown


def test_one_fact_alone_is_not_called_several() -> None:
    answer = infeasible()
    assert answer.conflict is not None
    shown = text(evolve(answer, conflict=Conflict(facts=answer.conflict.facts[:1])))
    assert "this statement alone rules out every trip" in shown
    assert "any one of them" not in shown


def test_undecided_is_never_called_impossible() -> None:
    shown = text(undecided()).lower()
    assert "undecided" in shown
    assert "impossible" not in shown
    assert "no valid trip" not in shown


@pytest.mark.parametrize("evil", ["\x1b[31mred\x1b]0;title\x07", "a\x9b2Jb", "a\u202eb", "two\nlines", "\udc80"])
def test_what_a_file_says_cannot_command_the_terminal(evil: str) -> None:
    question = marathon(title=evil, travellers=(person("ann", evil),))
    shown = text(Answer(status="optimal", scenario=question, plan=plan_of(question)))
    assert all(char.isprintable() for line in shown.splitlines() for char in line)
    assert "\u202e" not in shown
    shown.encode()


def test_wide_and_combining_characters_fit_the_page() -> None:
    law = evolve(LAW, territories=(*LAW.territories[:2], evolve(LAW.territories[2], name="朝鮮民主主義人民共和国" * 5)))
    question = marathon(title="平壌マラソン " * 12, law=law, travellers=(person("ann", "Zoë é عربي"),))
    shown = text(Answer(status="optimal", scenario=question, plan=plan_of(question)))
    assert max(map(cell_len, shown.splitlines())) <= 80
    assert "Zoë é عربي" in shown


def test_a_flight_over_the_date_line_arrives_the_day_before() -> None:
    question = scenario([leg("east", "NRT-HNL", "2025-02-02 20:00", "2025-02-02 08:00")], start="NRT", end="HNL")
    question = evolve(question, legs=(evolve(question.legs[0], arrives=question.legs[0].arrives.replace(day=1)),))
    chosen = itinerary("east", "", stays=("- us", "us - citizen:US"))
    plan = Plan(itinerary=chosen, journey=replay(question, chosen), cost=0, costs=(), preparation=())
    assert "20:00 NRT  08:00 -1 day HNL\n" in text(Answer(status="optimal", scenario=question, plan=plan))


def test_staying_at_home_is_a_trip_of_no_legs() -> None:
    question = scenario([], travellers=(traveller(),))
    chosen = itinerary()
    plan = Plan(itinerary=chosen, journey=replay(question, chosen), cost=0, costs=(), preparation=())
    shown = text(Answer(status="optimal", scenario=question, plan=plan))
    assert "Nobody travels" in shown
    assert "costs USD 0" in shown


def test_a_step_on_the_way_is_marked() -> None:
    answer = optimal()
    assert answer.plan is not None
    late = tuple(
        evolve(step, on=date(2025, 4, 5), latest=date(2025, 4, 5)) if step.kind == "apply" else step
        for step in answer.plan.preparation
    )
    shown = text(evolve(answer, plan=evolve(answer.plan, preparation=late)))
    assert "Sat 5 Apr 2025   apply for Chinese visa, double entry (on the way), in" in shown
