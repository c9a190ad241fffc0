"""The verdict as text: no line too wide, nothing in it that a terminal would obey, the changes in sentences."""

from __future__ import annotations

from datetime import date

import pytest
from rich.cells import cell_len

from planner.checking.findings import BookChange, Drift
from planner.report.verified import changes, json_text, page_of
from tests.checking.plans import BY_HAND, SMALL, changed, check

HOSTILE = "\x1b[31m[bold]\u202e'x\""


def test_hostile_names_are_made_harmless() -> None:
    scenario = SMALL.replace('name = "Ann"', 'name = "\\u001b[31m[bold]\\u202e\'x\\""').replace(
        "2025-06-05T", "2025-06-15T"
    )
    found = check(changed(BY_HAND, lambda data: data.update(title=HOSTILE, legs=["out", "back", HOSTILE])), scenario)
    for text in (page_of(found).text(), json_text(found)):
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert "there is no leg \\x1b[31m[bold]\\u202e'x\"" in page_of(found).text().replace("\n   ", " ").lower()


@pytest.mark.parametrize("width", [40, 80, 100])
def test_lines_fit(width: int) -> None:
    late = SMALL.replace("2025-06-05T", "2025-06-15T")
    found = check(changed(BY_HAND, lambda data: data["crossings"].pop()), late)
    assert max(map(cell_len, page_of(found, width).text().splitlines())) <= width


def book(**more: object) -> BookChange:
    given: dict[str, object] = {"id": "XX", "before": date(2025, 1, 2), "now": date(2026, 3, 4), "told": True, **more}
    return BookChange(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("drift", "lines"),
    [
        (Drift(known=True), ["Nothing: the rulebooks, the scenario's file and the planner are the same."]),
        (
            Drift(),
            ["The plan does not say which editions of the rulebooks it was made with, so nothing is known of that."],
        ),
        (Drift(known=True, scenario=True), ["The scenario's file says something else."]),
        (Drift(known=True, books=(book(gone=True),)), ["Rulebook XX (read until Thu 2 Jan 2025) is no longer in use."]),
        (Drift(known=True, books=(book(new=True),)), ["Rulebook XX (read until Wed 4 Mar 2026) is new."]),
        (
            Drift(known=True, books=(book(),)),
            [
                "Rulebook XX has changed (read until Thu 2 Jan 2025; now read until Wed 4 Mar 2026).",
                "  ~ not its entries, but what it covers",
            ],
        ),
        (
            Drift(
                known=True,
                books=(
                    book(
                        before=None,
                        changed=("rules.a", "rules.b", "rules.c"),
                        added=("rules.d",),
                        removed=("rules.e",),
                        named=frozenset({"rules.b", "rules.e"}),
                        broken=frozenset({"rules.c"}),
                    ),
                ),
            ),
            [
                "Rulebook XX has changed (without dates; now read until Wed 4 Mar 2026).",
                "  ~ rules.c, which the plan breaks",
                "  ~ rules.b, which the plan names",
                "  ~ rules.a",
                "  - rules.e, which the plan names",
                "  + rules.d",
            ],
        ),
        (
            Drift(known=True, books=(book(told=False, now=date(2025, 1, 2)),)),
            ["Rulebook XX has changed (read until Thu 2 Jan 2025)."],
        ),
        (
            Drift(known=True, planner=("0.1", "0.2"), readings=(("who", "lenient", "strict"),)),
            ["Reading who: the answer used was lenient, now it is strict.", "Planner: version 0.1 then, 0.2 now."],
        ),
    ],
)
def test_changes_are_told(drift: Drift, lines: list[str]) -> None:
    assert list(changes(drift)) == lines


def test_many_entries_are_counted() -> None:
    many = tuple(f"rules.{number:02}" for number in range(15))
    told = list(changes(Drift(known=True, books=(book(added=many),))))
    assert told[-1] == "  + 3 more"
    assert len(told) == 14
