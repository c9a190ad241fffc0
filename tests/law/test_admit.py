"""One crossing: what admits, what blocks, what to obtain, and what is not known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.core.errors import ScenarioError
from planner.law.admit import admit
from planner.law.answers import Admittance, Way
from planner.law.question import Book, Holding, Question
from planner.scenario.reading.base.store import Base, write_base
from tests.law.conftest import Law

DAY = date(2025, 6, 1)
FREE = """
[[admissions]]
id = "free"
zone = "PE"
nationalities = ["MX"]
grant = "visa_free"
max_stay = "30 days"
"""
VISA = """
[[admissions]]
id = "asks"
zone = "PE"
nationalities = ["MX"]
grant = "visa"
"""
OFFER = """
[[acquirables]]
id = "offer"
title = "a visa for Peru"
permission = { zone = "PE", entries = 1, max_stay = "60 days" }
nationalities = ["MX"]
price = "30 EUR"
lead = { days = 7 }
"""
TRANSIT = """
[[rules]]
kind = "transit-without-visa"
id = "transit"
zone = "PE"
nationalities = ["MX"]
stay = "24 hours"
entry_ports = ["LIM"]
exit_ports = ["LIM"]
"""


def ask(*passports: str | Book, to: str = "PE", on: date = DAY, **more: Any) -> Admittance:
    return admit(Question(passports=passports or ("MX",), to=to, on=on, **more))


def only(answer: Admittance) -> Way:
    (way,) = answer.ways
    return way


# ---- yes, no, and neither


def test_an_admission_admits_until_its_limit(law: Law) -> None:
    law(FREE)
    answer = ask()
    way = only(answer)
    assert (answer.admitted, way.ground, way.admits, way.obtain) == (True, "free", True, None)
    assert way.until is not None
    assert way.until.on == date(2025, 6, 30)
    assert [source.id for source in answer.sources] == ["free"]


def test_outside_all_rulebooks_the_answer_is_neither_yes_nor_no(law: Law) -> None:
    law(FREE)
    answer = ask(to="BO")
    assert (answer.admitted, answer.ways, answer.covered_by) == (None, (), ())


def test_before_the_day_from_which_a_rulebook_covers_the_answer_is_neither_yes_nor_no(law: Law) -> None:
    law(FREE, top="covers_from = 2025-06-01")
    assert ask(on=date(2025, 6, 1)).admitted is True
    early = ask(on=date(2025, 5, 31))
    assert early.admitted is None
    assert "only from 2025-06-01" in early.notes[0]


def test_passports_of_which_a_covering_rulebook_says_nothing_are_neither_admitted_nor_refused(law: Law) -> None:
    law(FREE)
    answer = ask("BR")
    assert answer.admitted is None
    assert answer.covered_by == ("LAW",)
    assert "name no passport of Brazil" in answer.notes[0]


def test_what_is_refused_to_a_passport_not_named_elsewhere_is_a_no(law: Law) -> None:
    law(FREE + '[[rules]]\nkind = "refused-entry"\nid = "no"\nzone = "PE"\nnationalities = ["BR"]\n')
    answer = ask("BR")
    assert answer.admitted is False
    assert [block.rule for block in answer.blocks] == ["no"]


def test_an_admission_that_has_ended_is_a_no_with_its_reason(law: Law) -> None:
    law(FREE + "effective_to = 2025-05-31\n")
    answer = ask()
    assert (answer.admitted, only(answer).admits) == (False, False)
    assert only(answer).conditions == ("free is not in force on 2025-06-01",)


def test_citizens_enter_on_their_own_passport_and_no_other(law: Law) -> None:
    law('[[territories]]\nid = "PE"\n[[rules]]\nkind = "own-passport"\nid = "own"\nstate = "PE"\nzone = "PE"\n' + FREE)
    answer = ask("PE", "MX")
    assert {way.ground: way.admits for way in answer.ways} == {"citizen:PE": True, "free": False}
    assert [block.rule for block in answer.blocks] == ["own"]
    assert answer.admitted is True


def test_a_nationality_without_its_passport_counts(law: Law) -> None:
    law('[[rules]]\nkind = "own-passport"\nid = "own"\nstate = "PE"\nzone = "PE"\n' + FREE)
    assert ask().admitted is True
    assert ask(nationalities=("PE",)).admitted is False


# ---- what to obtain


def test_what_rulebooks_offer_must_be_obtained_first(law: Law) -> None:
    law(VISA + OFFER)
    answer = ask()
    way = only(answer)  # the admission that asks for a visa is no way of its own beside the offer
    assert (answer.admitted, way.ground, way.admits, way.usable) == (False, "offer", True, False)
    assert way.obtain is not None
    assert way.obtain.offer is not None
    assert str(way.obtain.offer.price) == "EUR 30"
    assert way.obtain.apply_by == date(2025, 5, 25)
    assert way.until is not None
    assert way.until.on == date(2025, 7, 30)


def test_a_visa_that_nobody_offers_is_named_all_the_same(law: Law) -> None:
    law(VISA)
    way = only(ask())
    assert way.obtain is not None
    assert (way.ground, way.admits, way.obtain.type, way.obtain.offer) == ("asks", True, "visa", None)


def test_an_offer_that_has_ended_admits_nobody(law: Law) -> None:
    law(OFFER + "apply_by = 2025-05-24\n")
    assert only(ask()).admits is True
    law(OFFER + "apply_from = 2025-05-26\n")
    way = only(ask())
    assert (way.admits, way.conditions) == (False, ("it cannot be applied for in time",))


def test_an_offer_for_residents_of_another_place(law: Law) -> None:
    law(OFFER + 'residents_of = ["BO"]\n')
    assert only(ask()).admits is True  # for all that is known
    assert only(ask(residence=("BO",))).admits is True
    assert only(ask(residence=("CL",))).admits is False


def test_a_permission_held_admits(law: Law) -> None:
    law(VISA)
    answer = ask(holding=(Holding(zone="PE"),))
    assert answer.admitted is True
    assert [way.ground for way in answer.ways if way.usable] == ["held-PE-visa"]


def test_what_could_be_obtained_exempts_nobody_who_does_not_hold_it(law: Law) -> None:
    rule = '[[rules]]\nkind = "refused-entry"\nid = "no"\nzone = "PE"\nunless = [{ zones = ["PE"] }]\n'
    law(FREE + OFFER + rule)
    answer = ask()
    assert {way.ground: way.admits for way in answer.ways} == {"free": False, "offer": True}
    assert ask(holding=(Holding(zone="PE"),)).admitted is True


# ---- ports, and the places before and after


def test_a_ground_that_admits_only_at_some_ports_says_at_which(law: Law) -> None:
    law(TRANSIT)
    more: dict[str, Any] = {"come_from": "CL", "following": "BO"}
    assert only(ask(**more)).ports == ("LIM",)
    assert ask(to="LIM", **more).admitted is True
    assert ask(port="CUZ", **more).admitted is False
    assert ask(come_from="CL", following="CL").admitted is False


def test_a_ground_that_does_not_admit_at_some_ports_says_at_which(law: Law) -> None:
    law(FREE + '[[rules]]\nkind = "ports-of-entry"\nid = "not-there"\nzone = "PE"\nnot_entry_ports = ["CUZ"]\n')
    answer = ask()
    assert (answer.admitted, only(answer).ports, only(answer).not_ports) == (True, (), ("CUZ",))
    assert ask(port="CUZ").admitted is False


def test_a_transit_cannot_be_judged_without_the_places_around_it(law: Law) -> None:
    law(TRANSIT)
    assert {doubt.missing: doubt.rules for doubt in ask().doubts} == {"from": ("transit",), "next": ("transit",)}
    assert [doubt.missing for doubt in ask(come_from="CL").doubts] == ["next"]


def test_the_entry_after_the_stay_is_not_asked_about(law: Law) -> None:
    closed = '[[rules]]\nkind = "closure"\nid = "closed"\nzone = "BO"\n'
    law(FREE + closed, "PE", "BO")
    assert ask(following="BO").blocks == ()
    assert [block.rule for block in ask(to="BO").blocks] == ["closed"]


def test_a_change_of_planes_on_the_way_is_judged(law: Law) -> None:
    law(FREE + '[[rules]]\nkind = "no-airside"\nid = "no-transit"\nterritory = "US"\n', "PE", "US")
    assert ask(come_from="CA").admitted is True
    assert ask(come_from="CA", via=("PA",)).admitted is True
    through = ask(come_from="CA", via=("US",))
    assert through.admitted is False
    assert [block.rule for block in through.blocks] == ["no-transit"]


def test_places_that_one_permission_admits_to_are_no_entry(law: Law) -> None:
    zone = '[[zones]]\nid = "ANDES"\nmembers = [{ territory = "PE" }, { territory = "BO" }]\n'
    law(zone + FREE.replace('"PE"', '"ANDES"'), "PE", "BO")
    assert ask(come_from="CL").zone == "ANDES"
    assert ask(to="ANDES").admitted is True
    with pytest.raises(ScenarioError, match="same permission"):
        ask(come_from="BO")


# ---- what is not known


def test_an_unknown_expiry_date_is_told_and_a_known_one_is_judged(law: Law) -> None:
    law(FREE + '[[rules]]\nkind = "passport-validity"\nid = "valid"\nzone = "PE"\nafter_entry = "6 months"\n')
    unknown = ask()
    assert unknown.admitted is True
    assert [(doubt.missing, doubt.rules) for doubt in unknown.doubts] == [("expires", ("valid",))]
    assert "2025" not in unknown.doubts[0].texts[0]  # nothing of the passport that was thought up
    assert ask(Book(state="MX", expires=date(2025, 12, 1))).doubts == ()
    short = ask(Book(state="MX", expires=date(2025, 11, 30)))
    assert (short.admitted, [block.rule for block in short.blocks]) == (False, ["valid"])


@pytest.mark.parametrize(
    ("rule", "missing"),
    [
        ('kind = "blank-pages"\npages = 2', "blank_pages"),
        ('kind = "rolling-window"\ncap = 90\ndays = 180', "past_stays"),
        ('kind = "past-presence"\nvisited = ["IR"]\nwithin = "1 year"', "past_stays"),
        ('kind = "travel-evidence"\nof = ["IL"]', "stamps"),
        ('kind = "minor"\nunder_age = "18 years"\ncertificates = ["consent"]', "born"),
        ('kind = "passport-validity"\nissued_within = "10 years"', "issued"),
    ],
)
def test_each_thing_that_is_not_known_is_told_where_a_rule_asks_for_it(law: Law, rule: str, missing: str) -> None:
    law(f'{FREE}[[rules]]\nid = "rule"\nzone = "PE"\n{rule}\n')
    assert (missing, ("rule",)) in [(doubt.missing, doubt.rules) for doubt in ask().doubts]


# ---- what would lift a block


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ('kind = "closure"\nzone = "PE"\nexempt_nationalities = ["RU"]\n', "a passport of Russia"),
        ('kind = "closure"\nzone = "PE"\nexempt_events = ["run"]\n', "a booking of run"),
        (
            'kind = "refused-entry"\nzone = "PE"\nunless = [{ zones = ["US"] }]\n',
            "a visa or residence for United States",
        ),
        ('kind = "passport-ban"\npassport_state = "MX"\narea = "PE"\n', "a special validation (stamp)"),
        ('kind = "required-paper"\nzone = "PE"\ncertificates = ["cover"]\n', "a certificate: cover"),
    ],
)
def test_the_exemptions_that_a_rule_names_are_told(law: Law, rule: str, words: str) -> None:
    stamp = (
        '[[acquirables]]\nid = "stamp"\ntitle = "a special validation"\nvalidation = { area = "PE" }\nprice = "1 USD"\n'
    )
    law(f'{FREE}{stamp}[[rules]]\nid = "rule"\n{rule}')
    (block,) = ask().blocks
    assert words in block.lifted_by


def test_the_end_of_a_rule_and_another_reading_are_told(law: Law) -> None:
    rule = '[[rules]]\nid = "rule"\nkind = "closure"\nzone = "PE"\neffective_to = 2025-12-31\n'
    reading = '[[readings]]\nid = "r"\nquestion = "Open?"\n'
    law(f'{FREE}{rule}reading = "r"\nanswer = "strict"\n{reading}')
    answer = ask()
    (block,) = answer.blocks
    assert any("2025-12-31" in words for words in block.lifted_by)
    assert any("reading r" in words for words in block.lifted_by)
    assert [found.id for found in answer.readings] == ["r"]
    assert ask(readings={"r": "lenient"}).admitted is True


# ---- the imported base


def base(status: str) -> None:
    table = {("MX", "PE"): status, ("PE", "PE"): "-1", ("MX", "MX"): "-1", ("PE", "MX"): "visa free"}
    write_base(Base.of(table, source="a table", licence="MIT", on=date(2025, 1, 12)))


@pytest.mark.parametrize(
    ("status", "admitted", "obtain"),
    [
        ("90", True, None),
        ("visa free", True, None),
        ("visa on arrival", True, None),
        ("eta", False, "electronic"),
        ("e-visa", False, "electronic"),
        ("visa required", False, "visa"),
        ("no admission", False, None),
    ],
)
def test_the_base_answers_where_no_rulebook_does(law: Law, status: str, admitted: bool, obtain: str | None) -> None:
    law("", "BO")
    assert ask().admitted is None
    base(status)
    answer = ask()
    assert answer.admitted is admitted
    assert answer.base is not None
    assert [way.obtain.type if way.obtain else None for way in answer.ways] == ([] if "no" in status else [obtain])
    assert ask(base=False).admitted is None


def test_the_base_says_nothing_of_passports_that_it_does_not_know(law: Law) -> None:
    law("", "BO")
    base("90")
    assert ask("BR").admitted is None


def test_a_rulebook_wins_over_the_base(law: Law) -> None:
    law(VISA)
    base("90")
    answer = ask()
    assert (answer.admitted, answer.base) == (False, None)
    law("")
    silent = ask()
    assert silent.admitted is None
    assert "visa-free for 90 days" in silent.notes[1]


# ---- what nobody knows


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"to": "PERU"}, "to: unknown place 'PERU'"),
        ({"come_from": "XXX"}, "from: unknown place 'XXX'"),
        ({"port": "LIMA"}, "port: unknown port 'LIMA'"),
        ({"port": "MEX"}, "port: MEX does not lie in PE"),
        ({"until": date(2025, 5, 31)}, "until: 2025-05-31 lies before the entry on 2025-06-01"),
        ({"books": ("LAV",)}, "book: unknown rulebook 'LAV' (did you mean 'LAW'?)"),
        ({"holding": (Holding(zone="PERU"),)}, "holding: unknown zone or territory 'PERU'"),
        ({"readings": {"r": "lenient"}}, "unknown reading 'r'"),
    ],
)
def test_what_nobody_knows_is_told(law: Law, more: dict[str, Any], words: str) -> None:
    law(FREE)
    with pytest.raises(ScenarioError) as caught:
        ask(**more)
    assert words in str(caught.value)


def test_several_mistakes_are_told_at_once(law: Law) -> None:
    law(FREE)
    with pytest.raises(ScenarioError) as caught:
        ask("MEX", to="PERU")
    assert len(caught.value.problems) == 2
