"""K16: at most so many days of presence in any so many days."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import frozen

from planner.rules.base import Example, kind
from planner.rules.day_caps import DayCap
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario


@kind(
    "rolling-window",
    summary="Dates of presence in a zone are limited within every period of some length.",
    catalogue=("K16",),
    table=True,
)
@frozen(kw_only=True)
class RollingWindow(DayCap):
    """See `docs/semantics.md`, «Rolling windows». Counts the person, on whatever passport."""

    examples = (
        Example(
            title="90 days are reached: 80 before, 10 now",
            toml="""
today = 2025-05-01
[[travellers]]
id = "t"
[[travellers.past_stays]]
territory = "BB"
from = 2025-01-01
to = 2025-03-21
[[rules]]
kind = "rolling-window"
id = "short-stay"
zone = "BB"
cap = 90
days = 180
""",
            source="https://5195.f2w.bosa.be/en/themes/border-control/entry-schengen-territory/electronic-calculator",
        ),
        Example(
            title="90 days are passed: 81 before, 10 now",
            toml="""
today = 2025-05-01
[[travellers]]
id = "t"
[[travellers.past_stays]]
territory = "BB"
from = 2025-01-01
to = 2025-03-22
[[rules]]
kind = "rolling-window"
id = "short-stay"
zone = "BB"
cap = 90
days = 180
""",
            refused_by="short-stay.t",
            source="https://5195.f2w.bosa.be/en/themes/border-control/entry-schengen-territory/electronic-calculator",
        ),
        Example(
            title="90 days of absence give 90 new days",
            toml="""
today = 2025-05-01
[[travellers]]
id = "t"
[[travellers.past_stays]]
territory = "BB"
from = 2024-12-03
to = 2025-03-02
[[rules]]
kind = "rolling-window"
id = "short-stay"
zone = "BB"
cap = 90
days = 180
""",
            source="https://wixlib.com/document/b80_user-manual-for-the-short-stay-schengen-calculator-1.html",
        ),
        Example(
            title="89 days of absence are one too few for that",
            toml="""
today = 2025-05-01
[[travellers]]
id = "t"
[[travellers.past_stays]]
territory = "BB"
from = 2024-12-04
to = 2025-03-03
[[rules]]
kind = "rolling-window"
id = "short-stay"
zone = "BB"
cap = 90
days = 180
""",
            refused_by="short-stay.t",
            source="https://wixlib.com/document/b80_user-manual-for-the-short-stay-schengen-calculator-1.html",
        ),
        Example(
            title="Days on a residence permit do not count",
            toml="""
today = 2025-05-01
[[travellers]]
id = "t"
[[travellers.past_stays]]
territory = "BB"
from = 2025-01-01
to = 2025-04-30
type = "residence"
[[rules]]
kind = "rolling-window"
id = "short-stay"
zone = "BB"
cap = 90
days = 180
""",
            source="https://www.ejpd.admin.ch/sem/en/home/themen/einreise/aufenthaltsrechner/berechnungsregeln.html",
        ),
    )

    days: int
    """In any so many days; more than `cap`."""

    def since(self, day: date) -> date:
        """The date that is the first of so many days."""
        return day - timedelta(days=self.days - 1)

    @property
    def longest(self) -> int:
        """All periods are alike."""
        return self.days

    def period(self, scenario: Scenario, traveller: Traveller) -> str:
        """The days that slide, and how many just before the journey are used up."""
        first = min((leg.departs.date() for leg in scenario.legs), default=scenario.today)
        used = self.used_before(scenario, traveller, self.since(first), first)
        history = f"; past stays use {used} of the {self.days - 1} days before {first}" if used else ""
        return f"of any {self.days} days{history}"
