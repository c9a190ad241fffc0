"""Until when one may stay, where the passport or a certificate ends it: as in a plan."""

from __future__ import annotations

from datetime import date

import pytest

from planner.law.question import Book
from planner.report.admit import text
from tests.law.asking import FREE, ask, only
from tests.law.conftest import Law

OUTLASTS = '[[rules]]\nkind = "passport-validity"\nid = "outlasts"\nzone = "PE"\nafter_exit = "5 days"\n'


@pytest.mark.parametrize(
    ("rules", "expires", "last", "why"),
    [
        ("", date(2025, 6, 29), date(2025, 6, 29), "Sun 29 Jun 2025, when passport MX expires"),
        ("", date(2025, 6, 30), date(2025, 6, 30), "Mon 30 Jun 2025"),
        (
            OUTLASTS,
            date(2025, 6, 30),
            date(2025, 6, 25),
            "Wed 25 Jun 2025, 5 days before passport MX expires (outlasts)",
        ),
        (OUTLASTS, date(2025, 7, 5), date(2025, 6, 30), "Mon 30 Jun 2025"),
    ],
)
def test_a_passport_that_expires_ends_the_stay(law: Law, rules: str, expires: date, last: date, why: str) -> None:
    law(FREE + rules)
    answer = ask(Book(state="MX", expires=expires))
    until = only(answer).until
    assert until is not None
    assert until.on == last
    assert f"the stay may last until {why}" in " ".join(text(answer).split())
