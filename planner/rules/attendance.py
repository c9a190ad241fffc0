"""The wish to attend an event, which rules about events and registrations speak of."""

from __future__ import annotations

from planner.core.time import written
from planner.rules.facts import Fact, Telling
from planner.scenario.scenario import Scenario
from planner.scenario.trip import Event


def attending(scenario: Scenario, event: Event) -> Fact:
    """«These travellers want to attend this event.»"""
    wanted = [t.label for t in scenario.travellers if not event.travellers or t.id in event.travellers]
    who = " and ".join([", ".join(wanted[:-1]), wanted[-1]] if len(wanted) > 1 else wanted)
    dates = f"on {written(event.first_day)}"
    if event.end != event.first_day:
        dates = f"from {written(event.first_day)} to {written(event.end)}"
    return Fact(
        id=f"event.{event.id}",
        text=f"{who} want{'s' if len(wanted) == 1 else ''} to attend {event.label} {dates}",
        telling=Telling.WISH,
        kind="event",
        place=event.where.place,
        changeable=True,
    )
