"""What each kind says of its own examples, to the letter.

`python -m tests.golden` writes the texts anew, to be read before they are committed.
"""

from __future__ import annotations

import pytest

from planner.rules.base import Rule, kinds
from tests.rules.in_words import FOLDER, in_words

TOLD = {path.stem for path in FOLDER.glob("*.txt")}


@pytest.mark.parametrize("cls", [pytest.param(cls, id=name) for name, cls in kinds().items() if name in TOLD])
def test_a_kind_says_what_it_said(cls: type[Rule]) -> None:
    text = (FOLDER / f"{cls.kind}.txt").read_text(encoding="utf-8")
    first, *examples = text.split("\n\n# ")
    expected = [first + "\n", *(f"\n# {part}" for part in examples)]
    expected[1:-1] = [f"{part}\n" for part in expected[1:-1]]
    for said, known in zip(in_words(cls), expected, strict=True):
        assert said == known


def test_every_kind_has_a_text_and_every_text_a_kind() -> None:
    assert kinds().keys() == TOLD
