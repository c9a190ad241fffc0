"""One rule and one journey of ann's: what the rule's `check` says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from planner.itinerary.choices import Application
from planner.itinerary.journey import Journey
from planner.itinerary.replay import replay
from planner.rules.base import Reminder, Rule
from planner.scenario.documents import Acquirable, LeadTime, NewCertificate
from planner.scenario.law import Entry, LawBook
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Leg, Zone
from tests.itinerary.builders import SCHENGEN, itinerary, price, scenario

Applied = Mapping[str, date]
NOTHING: Applied = {}


def world(rule: Entry, legs: Iterable[Leg], *, zones: tuple[Zone, ...] = (SCHENGEN,), **more: Any) -> Scenario:
    """A scenario whose only law is the rule."""
    return scenario(legs, law=LawBook(rules=(rule,), zones=zones), **more)


def journey(question: Scenario, legs: str, touches: str, *passports: str, applied: Applied = NOTHING) -> Journey:
    """Ann's journey: the passport of each stay, shown at entry and exit, and what is applied for when.

    Permissions are applied for in the last passport.
    """
    shown = [book if index else "-" for index, book in enumerate(passports)]
    stays = [f"{entry} {book}" for entry, book in zip(shown, (*passports[:-1], "-"), strict=True)]
    applications = tuple(
        Application("ann", name, passports[-1] if question.acquirable_by_id[name].permission else "", day)
        for name, day in applied.items()
    )
    return replay(question, itinerary(legs, touches, stays, applications=applications))


def told(travelled: Journey) -> list[str]:
    """How the journey breaks the scenario's rule; each time it is the fact of ann's."""
    (rule,) = travelled.scenario.law.rules
    assert isinstance(rule, Rule)
    found = list(rule.check(travelled))
    assert {broken.fact.id for broken in found} <= {f"{rule.id}.ann"}  # type: ignore[attr-defined]
    return [broken.how for broken in found]


def reminded(travelled: Journey) -> list[Reminder]:
    """What the scenario's rule reminds of on the journey."""
    (rule,) = travelled.scenario.law.rules
    assert isinstance(rule, Rule)
    return list(rule.reminders(travelled))


def certificate(kind: str, lead: int = 0, **more: Any) -> Acquirable:
    """Something to apply for that gives a certificate of that kind, ready after so many days."""
    validity = more.pop("validity", None)
    gives = NewCertificate(kind=kind, validity=validity)  # type: ignore[arg-type]
    return Acquirable(id=kind, price=price("1"), lead=LeadTime(days=lead), certificate=gives, **more)
