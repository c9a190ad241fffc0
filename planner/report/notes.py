"""What is no mistake in a scenario, but may not be meant."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from planner.core.errors import did_you_mean
from planner.report.words import listed
from planner.scenario.documents import Acquirable
from planner.scenario.node import CertificateRef, PlaceRef
from planner.scenario.reading.base.states import alpha_3
from planner.scenario.reading.walk import values
from planner.scenario.scenario import Scenario


def notes(scenario: Scenario) -> Iterator[str]:
    """Sentences about companies without legs, papers of no use or nobody's, ambiguous codes, unknown holidays."""
    operators = _operators(scenario)
    for operator in scenario.trip.avoid.operators:
        if operator not in operators:
            yield f"no leg is by {operator!r}, which the trip avoids" + _near(operator, operators)
    for item in scenario.acquirables:
        if not _of_use(scenario, item):
            yield f"{item.id} is of no use here: nobody who may apply has or could acquire a passport for it"
    yield from _certificates(scenario)
    yield from _countries(scenario)
    used = (item for item in scenario.acquirables if item.lead.business_days)
    yield from without_holidays(scenario, ((item, scenario.today.year) for item in used))


def without_holidays(scenario: Scenario, counted: Iterable[tuple[Acquirable, int]]) -> Iterator[str]:
    """For business days counted in some years: the places of which no holidays in those years are known."""
    missing: dict[str, set[int]] = {}
    for item, year in counted:
        place = item.lead.calendar
        if place and year not in {day.year for day in scenario.holidays.get(place, ())}:
            missing.setdefault(place, set()).add(year)
    for name, years in missing.items():
        when = listed(map(str, sorted(years)))
        yield f"no holidays are known for {scenario.name_of(name)} in {when}: every Monday to Friday is a business day"


def _operators(scenario: Scenario) -> list[str]:
    """Everybody by whom there is a leg."""
    found = {leg.operator for leg in scenario.legs}
    found.update(scenario.timetable.operators if scenario.timetable else ())
    return sorted(found - {""})


def _of_use(scenario: Scenario, item: Acquirable) -> bool:
    """Whether something that is put into a passport can be put into one of somebody who may apply for it."""
    if item.permission is None and item.validation is None:
        return True
    for traveller in scenario.travellers:
        books = {str(book.id): str(book.state) for book in traveller.passports}
        books |= {str(new.passport.id): str(new.passport.state) for new in scenario.acquirables if new.passport}
        fitting = item.passports or [name for name, state in books.items() if state in (item.nationalities or [state])]
        if (not item.travellers or traveller.id in item.travellers) and any(name in books for name in fitting):
            return True
    return False


def _certificates(scenario: Scenario) -> Iterator[str]:
    """Rules of the file that ask for what nobody has; rules of rulebooks only where a name is nearly right."""
    known = {certificate.kind for person in scenario.travellers for certificate in person.certificates}
    known |= {item.certificate.kind for item in scenario.acquirables if item.certificate}
    told: set[str] = set()
    for rule in scenario.law.rules:
        own = rule.where.place.file == scenario.where.place.file
        for value in values({CertificateRef}, rule):
            near = _near(value.value, sorted(known))
            if value.value not in {*known, *told} and (own or near):
                told.add(value.value)
                yield f"{rule.id} asks for the certificate {value.value!r}, which nobody has or could acquire{near}"


def _countries(scenario: Scenario) -> Iterator[str]:
    """Airports where the trip may name a country, that have the three-letter code of one and that no leg touches."""
    touched: set[str] = {port for leg in scenario.legs for port in (leg.from_, leg.to)}
    touched.update(scenario.timetable.ports if scenario.timetable else ())
    named = {value.value: None for value in values({PlaceRef}, scenario.trip)}
    for code in named:
        country = alpha_3(code)
        if country and code in scenario.ports and code not in touched:
            port = scenario.ports[code]
            where = scenario.name_of(port.territory)
            yield f"{code} is {port.name} in {where}; if the country is meant, write {country}"


def _near(found: str, known: Collection[str]) -> str:
    """« (did you mean X?)», if something like it is known."""
    hint = did_you_mean(found, sorted(known))
    return f" ({hint})" if hint.startswith("did") else ""
