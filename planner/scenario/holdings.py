"""What a traveller has or could get: the passports to choose from, and those a paper may be issued in."""

from __future__ import annotations

from planner.scenario.documents import Acquirable
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario


def passports_of(scenario: Scenario, traveller: Traveller) -> dict[str, str]:
    """State of each passport the traveller holds or could acquire, by its id, in file order (held ones first)."""
    states = {str(book.id): str(book.state) for book in traveller.passports}
    for item in scenario.acquirables:
        if item.passport is not None:
            states.setdefault(str(item.passport.id), str(item.passport.state))
    return states


def issued_in(scenario: Scenario, traveller: Traveller, item: Acquirable) -> list[str]:
    """The traveller's passports (held or acquirable) an acquirable may be issued in; [""] if it belongs to none."""
    if item.passport is not None or item.certificate is not None:
        return [""]
    states = passports_of(scenario, traveller)
    if item.passports:
        return [passport for passport in states if passport in item.passports]
    if item.nationalities:
        return [passport for passport, state in states.items() if state in item.nationalities]
    return list(states)
