"""What could be obtained, and when at the earliest: for what rules say about bounds."""

from __future__ import annotations

from datetime import date, timedelta

from planner.core.time import is_business_day
from planner.rules.leads import ready_days
from planner.scenario.documents import Acquirable
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario


def has_ever(traveller: Traveller, need: str) -> bool:
    """Whether a traveller holds what `need` names, at some time at least."""
    held = [*(book.id for book in traveller.passports), *(held.id for held in traveller.permissions)]
    return need in (*held, *(certificate.kind for certificate in traveller.certificates))


def givers(scenario: Scenario, need: str) -> tuple[str, ...]:
    """The acquirables that are, or give, what `need` names."""
    return tuple(
        item.id
        for item in scenario.acquirables
        if need in (item.id, item.passport and item.passport.id, item.certificate and item.certificate.kind)
    )


def open_to(scenario: Scenario, item: Acquirable, traveller: Traveller) -> bool:
    """Whether the traveller may apply: by name, and by residence."""
    homes = {scenario.territory_of(home) if home in scenario.ports else home for home in traveller.residence}
    homes |= set(traveller.residence)
    resident = any(scenario.is_in(place, home, scenario.today) for place in item.residents_of for home in homes)
    named = not item.travellers or traveller.id in item.travellers
    return named and (resident or not item.residents_of)


def first_ready(scenario: Scenario, item: Acquirable, *, any_date: bool) -> date | None:
    """The earliest date on which an acquirable can be ready; None if there is no date to apply on.

    `any_date`: whatever the dates on which applications are taken.
    """
    day = scenario.today
    while day <= scenario.last_departure:
        if any_date or _taken(scenario, item, day):
            (ready,) = ready_days(scenario, item, [day.toordinal()])
            return date.fromordinal(ready)
        day += timedelta(days=1)
    return None


def _taken(scenario: Scenario, item: Acquirable, day: date) -> bool:
    """Whether applications are taken on a date."""
    if (item.apply_from and day < item.apply_from) or (item.apply_by and day > item.apply_by):
        return False
    if item.apply_on:
        return day in item.apply_on
    return not item.lead.business_days or is_business_day(day, scenario.holidays.get(item.lead.calendar, frozenset()))
