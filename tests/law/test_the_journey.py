"""One crossing: what is not known of the journey around it is neither held against the traveller nor left out."""

from __future__ import annotations

import pytest

from tests.law.asking import FREE, OFFER, TRANSIT, ask, only
from tests.law.conftest import Law

RULE = '[[rules]]\nid = "rule"\nzone = "PE"\n'
ONWARD = f'{RULE}kind = "onward-journey"\n'
VIA = f'{RULE}kind = "first-via"\narea = "BO"\nlegal_from = ["PE"]\n'


@pytest.mark.parametrize(
    ("rule", "missing", "against", "cured"),
    [
        (ONWARD, "next", {}, {"following": "CL"}),
        (ONWARD + 'not_ending_in = ["CL"]\n', "next", {"following": "CL"}, {"following": "BR"}),
        (f'{RULE}kind = "entry-from"\nonly_from = ["CL"]\n', "from", {"come_from": "BR"}, {"come_from": "CL"}),
        (f'{RULE}kind = "entry-from"\nnot_from = ["CL"]\n', "from", {"come_from": "CL"}, {"come_from": "BR"}),
    ],
)
def test_what_is_not_known_of_the_journey_is_told_and_what_is_known_is_judged(
    law: Law, rule: str, missing: str, against: dict[str, str], cured: dict[str, str]
) -> None:
    law(FREE + rule)
    unknown = ask()
    assert (unknown.admitted, unknown.blocks) == (True, ())
    assert [(doubt.missing, doubt.rules) for doubt in unknown.doubts] == [(missing, ("rule",))]
    assert (ask(**cured).admitted, ask(**cured).doubts) == (True, ())
    if against:
        assert [block.rule for block in ask(**against).blocks] == ["rule"]


def test_a_stay_with_an_end_may_lead_on_as_well_as_back(law: Law) -> None:
    law(FREE + ONWARD + 'not_ending_in = ["CL"]\n')
    answer = ask(come_from="CL", until=ask().on)
    assert answer.admitted is True
    assert [(doubt.missing, doubt.rules) for doubt in answer.doubts] == [("next", ("rule",))]


def test_a_rule_that_no_journey_onward_satisfies_stands_whatever_comes_next(law: Law) -> None:
    law(FREE + ONWARD + 'within = "3 days"\n')
    assert ask(until=ask().on.replace(day=4)).admitted is True
    long = ask(until=ask().on.replace(day=5))
    assert [block.rule for block in long.blocks] == ["rule"]


def test_a_transit_depends_on_the_journey_until_it_is_known(law: Law) -> None:
    law(TRANSIT)
    for known in ({}, {"come_from": "CL"}, {"come_from": "CL", "until": ask().on}):
        answer = ask(**known)
        assert (only(answer).admits, only(answer).conditions, answer.admitted) == (None, (), False)
    assert only(ask(come_from="CL", following="CL")).admits is False
    assert only(ask(come_from="CL", port="CUZ")).admits is False


@pytest.mark.parametrize(
    ("directly", "come_from", "told"),
    [
        ("true", "BO", True),
        ("true", "CL", False),
        ("true", "", True),
        ("false", "BO", True),
        ("false", "CL", True),
    ],
)
def test_how_the_place_before_was_entered_is_not_known(law: Law, directly: str, come_from: str, told: bool) -> None:
    law(FREE + VIA + f"directly = {directly}\n", "PE", "BO")
    answer = ask(come_from=come_from)
    assert (answer.admitted, answer.blocks) == (True, ())
    assert [(doubt.missing, doubt.rules) for doubt in answer.doubts] == ([("earlier", ("rule",))] if told else [])


def test_the_stay_before_is_judged_by_nothing_else(law: Law) -> None:
    closed = '[[rules]]\nkind = "closure"\nid = "closed"\nzone = "BO"\n'
    law(FREE + OFFER + closed + VIA, "PE", "BO")
    assert [doubt.rules for doubt in ask(come_from="BO").doubts] == [("rule",)]
