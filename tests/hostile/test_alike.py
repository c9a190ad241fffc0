"""Ids that nobody can tell from each other, and letters of other alphabets where Latin ones are meant."""

from __future__ import annotations

import pytest

from planner import loads
from planner.core.alike import look
from planner.core.errors import ScenarioError, did_you_mean
from planner.rules.examples import WORLD

ALIKE = [("ab", "аb"), ("caf\u00e9", "cafe\u0301"), ("x", "x\u200b"), ("PEK", "РЕК"), ("ﬁn", "fin")]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_two_ids_that_look_alike_are_refused(one: str, other: str) -> None:
    text = WORLD.replace('id = "ab"', f'id = "{one}"').replace('id = "ba"', f'id = "{other}"')
    with pytest.raises(ScenarioError, match=r"the leg id .* looks like .*, at line \d+ \(.*it has U\+") as caught:
        loads(text)
    assert len(caught.value.problems) == 1


def test_ids_that_do_not_look_alike_are_not() -> None:
    loads(WORLD.replace('id = "ab"', 'id = "туда"').replace('id = "ba"', 'id = "обратно"'))
    assert look("ab") == "ab" != look("Ab")


def test_a_letter_of_another_alphabet_is_named() -> None:
    with pytest.raises(ScenarioError, match=r"did you mean 'AAA'\? It looks like that, but it has U\+0410 CYRILLIC"):
        loads(WORLD.replace('start = "AAA"', 'start = "ААА"'))
    with pytest.raises(ScenarioError, match=r"did you mean 'SFO'\? It looks like that, but it has U\+041E CYRILLIC"):
        loads(WORLD.replace('start = "AAA"', 'start = "SFО"'))
    assert did_you_mean("us", ["us-visa", "eu"]) != ""
