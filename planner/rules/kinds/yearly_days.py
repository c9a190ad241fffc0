"""K17: at most so many days of presence in a calendar year."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from planner.rules.base import Example, kind
from planner.rules.day_caps import DayCap
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_RUSSIA = "https://24.kg/english/315688__Period_of_stay_of_foreigners_in_Russia_without_visa_to_be_reduced_from_2025/"
_RULE = """
[[rules]]
kind = "yearly-days"
id = "yearly"
zone = "BB"
cap = 90
"""


def _before(first: str, last: str, more: str = "") -> str:
    return f"""
today = 2025-05-01
[[travellers]]
id = "t"
[[travellers.past_stays]]
territory = "BB"
from = {first}
to = {last}
{more}"""


@kind(
    "yearly-days",
    summary="Dates of presence in a zone are limited within each calendar year.",
    catalogue=("K17",),
    table=True,
)
@frozen(kw_only=True)
class YearlyDays(DayCap):
    """On no date of presence is the number of dates present since 1 January of its year greater than `cap`.

    Which dates count, and when the cap is tested, is as for rolling windows (`docs/semantics.md`): entry and exit dates
    count, each date once; a stay over New Year counts in both years.
    """

    examples = (
        Example(
            title="90 days in the year are reached: 80 before, 10 now",
            toml=_before("2025-01-01", "2025-03-21") + _RULE,
            source=_RUSSIA,
        ),
        Example(
            title="90 days in the year are passed: 81 before, 10 now",
            toml=_before("2025-01-01", "2025-03-22") + _RULE,
            refused_by="yearly.t",
            source=_RUSSIA,
        ),
        Example(
            title="Days of the year before do not count",
            toml=_before("2024-10-01", "2025-03-21") + _RULE,
            source=_RUSSIA,
        ),
        Example(
            title="Days on a visa count no more than those on a residence permit, if the rule says so",
            toml=_before("2025-01-01", "2025-04-30", 'type = "visa"')
            + _RULE
            + 'exempt_types = ["visa", "residence"]\n',
            source=_RUSSIA,
        ),
        Example(
            title="What the cap leaves of the year is used up before the stay ends",
            toml=_RULE.replace("cap = 90", "cap = 9"),
            refused_by="yearly.t",
        ),
    )

    def since(self, day: date) -> date:
        """1 January."""
        return day.replace(month=1, day=1)

    @property
    def longest(self) -> int:
        """A leap year."""
        return 366

    def period(self, scenario: Scenario, traveller: Traveller) -> str:
        """The calendar year, and how many days of that in which the journey begins are used up."""
        first = min((leg.departs.date() for leg in scenario.legs), default=scenario.today)
        used = self.used_before(scenario, traveller, self.since(first), first)
        history = f"; past stays use {used} before {first}" if used else ""
        return f"days of a calendar year{history}"
