"""One crossing: papers that are asked for besides, when to apply, parts of a zone, and offers that nobody needs."""

from __future__ import annotations

from datetime import date

import pytest

from planner.law.question import Book
from tests.law.asking import DAY, FREE, OFFER, TRANSIT, VISA, ask, only
from tests.law.conftest import Law

RULE = '[[rules]]\nid = "rule"\nzone = "PE"\n'

# ---- papers besides


@pytest.mark.parametrize(
    ("rule", "words", "more"),
    [
        (
            'kind = "required-paper"\ncertificates = ["cover"]\n',
            "a certificate: cover",
            {"certificates": ("cover",)},
        ),
        (
            'kind = "vaccination"\nrisk = ["BO"]\ncertificate = "jab"\n',
            "a certificate: jab",
            {"certificates": ("jab",)},
        ),
        ('kind = "tour-required"\n', "a tour of Peru, booked", None),
    ],
)
def test_who_lacks_a_paper_only_is_not_admitted_yet(
    law: Law, rule: str, words: str, more: dict[str, tuple[str, ...]] | None
) -> None:
    law(FREE + RULE + rule)
    answer = ask(come_from="BO")
    way = only(answer)
    assert (answer.admitted, way.admits, way.usable, way.papers) == (False, True, False, (words,))
    assert [block.rule for block in answer.blocks] == ["rule"]
    assert answer.blocks[0].lifted_by == (words,)
    if more is not None:
        assert only(ask(come_from="BO", **more)).usable is True


def test_a_transit_visa_for_a_change_of_planes_is_a_paper_besides(law: Law) -> None:
    law(FREE + RULE.replace("PE", "BR") + 'kind = "airside-visa"\nnationalities = ["MX"]\n', "PE", "BR")
    way = only(ask(come_from="CL", via=("GRU",)))
    assert (way.admits, way.usable) == (True, False)
    assert way.papers == ("an airside transit visa or a visa for Brazil",)
    assert only(ask(come_from="CL")).usable is True


def test_no_paper_cures_what_else_stands_against_it(law: Law) -> None:
    closed = '[[rules]]\nkind = "closure"\nid = "closed"\nzone = "PE"\n'
    law(FREE + closed + RULE + 'kind = "required-paper"\ncertificates = ["cover"]\n')
    way = only(ask())
    assert (way.admits, way.papers, len(way.blocks)) == (False, (), 2)


# ---- when to apply


@pytest.mark.parametrize(
    ("limit", "first", "last"),
    [
        ("", None, date(2025, 5, 25)),
        ("apply_from = 2025-05-01\n", date(2025, 5, 1), date(2025, 5, 25)),
        ('at_most_before_use = "20 days"\n', date(2025, 5, 12), date(2025, 5, 25)),
        ("apply_by = 2025-05-02\n", None, date(2025, 5, 2)),
    ],
)
def test_the_days_on_which_to_apply(law: Law, limit: str, first: date | None, last: date) -> None:
    law(VISA + OFFER + limit)
    obtain = only(ask()).obtain
    assert obtain is not None
    assert (obtain.id, obtain.apply_from, obtain.apply_by) == ("offer", first, last)


def test_what_must_be_used_soon_is_not_applied_for_too_early(law: Law) -> None:
    soon = OFFER.replace("entries = 1,", 'entries = 1, enter_within = "10 days",')
    law(VISA + soon)
    obtain = only(ask()).obtain
    assert obtain is not None
    # Ready on 22 May at the earliest: ten days later is 1 June, the day of entry.
    assert (obtain.apply_from, obtain.apply_by) == (date(2025, 5, 15), date(2025, 5, 25))
    law(VISA + soon + "apply_by = 2025-05-14\n")
    assert only(ask()).conditions == ("it cannot be applied for in time",)


def test_an_offer_that_another_has_taken_the_place_of_is_left_out(law: Law) -> None:
    old = OFFER.replace('"offer"', '"old"') + "apply_by = 2025-05-20\n"
    law(VISA + old + OFFER + "apply_from = 2025-05-21\n")
    assert [way.ground for way in ask().ways] == ["offer"]
    # Too late for the new one, whose seven days begin on the 21st: the old one is all there was.
    assert {way.ground: way.admits for way in ask(on=date(2025, 5, 27)).ways} == {"old": True, "offer": False}


def test_an_admission_that_has_ended_is_left_out_where_another_took_its_place(law: Law) -> None:
    law(FREE.replace('"free"', '"old"') + "effective_to = 2025-05-31\n" + FREE + "effective_from = 2025-06-01\n")
    assert [way.ground for way in ask().ways] == ["free"]
    assert [way.ground for way in ask(on=date(2025, 5, 31)).ways] == ["old"]


# ---- parts of a zone


def test_a_stay_in_a_part_of_the_zone_is_told(law: Law) -> None:
    law(FREE + RULE + 'kind = "region"\nports = ["CUZ"]\n')
    answer = ask()
    assert (answer.admitted, only(answer).only_in, only(answer).ports) == (True, ("CUZ",), ("CUZ",))
    assert only(ask(to="CUZ")).only_in == ("CUZ",)
    assert ask(to="LIM").admitted is False


# ---- what nobody needs


def test_what_could_be_obtained_is_named_only_where_nothing_in_hand_admits_everywhere(law: Law) -> None:
    law(FREE + OFFER)
    answer = ask()
    assert ([way.ground for way in answer.ways], answer.not_needed) == (["free"], ("offer",))
    longer = ask(until=date(2025, 7, 1))
    assert ({way.ground for way in longer.ways}, longer.not_needed) == ({"free", "offer"}, ())
    law(FREE + OFFER + RULE + 'kind = "region"\nports = ["CUZ"]\ngrounds = ["free"]\n')
    assert {way.ground for way in ask().ways} == {"free", "offer"}


def test_citizens_are_offered_nothing(law: Law) -> None:
    law('[[territories]]\nid = "PE"\n' + OFFER.replace('["MX"]', '["PE", "MX"]'))
    for passports in (("PE",), ("PE", "MX")):
        answer = ask(*passports)
        assert ([way.ground for way in answer.ways], answer.not_needed) == (["citizen:PE"], ())


# ---- only what lifts that very failure


def test_a_stay_that_is_too_long_is_lifted_by_leaving(law: Law) -> None:
    law(TRANSIT)
    answer = ask(come_from="CL", following="BO", until=date(2025, 6, 4), port="LIM")
    assert [block.lifted_by for block in answer.blocks] == [("leaving by 2025-06-03 00:00",)]
    law(FREE)
    assert [block.lifted_by for block in ask(until=date(2025, 7, 1)).blocks] == [("leaving by 2025-06-30",)]


def test_a_passport_that_is_too_short_is_lifted_by_one_that_is_not(law: Law) -> None:
    law(
        FREE + RULE + 'kind = "passport-validity"\nafter_entry = "6 months"\nexempt_nationalities = ["ZA"]\n',
    )
    (block,) = ask(Book(state="MX", expires=date(2025, 11, 30))).blocks
    assert block.lifted_by == ("a passport valid until 2025-12-01 or longer",)
    assert ask(Book(state="MX", expires=date(2025, 12, 1))).admitted is True


def test_an_entry_at_another_port_lifts_no_wrong_exit(law: Law) -> None:
    law(FREE + RULE + 'kind = "ports-of-entry"\nentry_ports = ["LIM"]\nexit_ports = ["CUZ"]\n')
    found = {block.id: block.lifted_by for block in ask(until=DAY, following="CL").blocks}
    assert found["rule.traveller.exit"] == ("an exit at CUZ",)
