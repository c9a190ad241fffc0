"""One crossing: what admits, what blocks, what to obtain, and at which ports."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.core.errors import ScenarioError
from planner.law.question import Holding
from tests.law.asking import FREE, OFFER, TRANSIT, VISA, ask, only
from tests.law.conftest import Law

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
    andes = ask(to="ANDES")
    assert (andes.admitted, andes.notes) == (True, ("Peru stands here for all of ANDES",))
    with pytest.raises(ScenarioError, match="inside Bolivia and Peru nobody is admitted anew"):
        ask(come_from="BO")
    with pytest.raises(ScenarioError, match="next: inside Peru and Bolivia"):
        ask(following="BO")
    with pytest.raises(ScenarioError, match="via: inside Bolivia and Peru"):
        ask(via=("BO",))
    with pytest.raises(ScenarioError, match="only planes are changed airside"):
        ask(via=("BR",), by="rail")
