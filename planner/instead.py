"""Why the cheapest plan does not take a leg, show a passport or stop somewhere: what it would cost, what forbids it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from planner.answer import Answer, WhyNot
from planner.answering import Wanted, answers
from planner.core.errors import Place, Problem, ScenarioError, did_you_mean
from planner.core.words import either
from planner.rules.base import Rule
from planner.rules.choice.asked import MakeStop, ShowPassport, UseLeg
from planner.scenario.scenario import Scenario
from planner.solving.client import Effort
from planner.verify.checker import verify

REPAIRS = 3  # ways to make possible what is asked for


@frozen(kw_only=True)
class Asked:
    """What is asked for, all together: legs, passports to show (at one of `at`; none: anywhere), and stops."""

    use: tuple[str, ...] = ()
    passports: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()


def why_not(scenario: Scenario, asked: Asked, effort: Effort) -> WhyNot:
    """Answer the scenario as it is, and with what is asked for as a wish that counts like its own.

    Raises ScenarioError if it speaks of what the scenario does not have, InternalError as `plan` does.
    """
    with_it, texts = _with(scenario, asked)
    *_, best = answers(scenario, effort, Wanted())
    already = best.plan is not None and _does(best, with_it)
    if already or best.status not in ("optimal", "feasible"):
        return WhyNot(asked=texts, best=best, asked_for=best, already=already)
    *_, other = answers(with_it, effort.renewed, Wanted(repairs=REPAIRS))
    return WhyNot(asked=texts, best=best, asked_for=other, already=False)


def _does(best: Answer, with_it: Scenario) -> bool:
    """Whether the plan of an answer meets what is asked as well."""
    assert best.plan is not None
    asked = evolve(best.scenario, beside=with_it.beside)
    return verify(asked, best.plan.itinerary).valid


def _with(scenario: Scenario, asked: Asked) -> tuple[Scenario, tuple[str, ...]]:
    """The scenario with what is asked for, and that in words. Raises ScenarioError."""
    problems = [*_unknown(scenario, asked)]
    if not (asked.use or asked.passports or asked.stops):
        problems.append(Problem(Place(""), "nothing is asked for", "name a leg to use, a passport or a stop"))
    if asked.at and not asked.passports:
        problems.append(Problem(Place(""), "a place to show a passport at, but no passport"))
    if problems:
        raise ScenarioError(problems)
    rules: list[Rule] = [UseLeg(leg=leg) for leg in asked.use]
    texts = [f"using leg {leg}" for leg in asked.use]
    for passport in asked.passports:
        rules += [
            ShowPassport(traveller=traveller, passport=passport, at=asked.at)
            for traveller in _holders(scenario, passport)
        ]
        where = either(map(scenario.town_of, asked.at)) if asked.at else "some place"
        texts.append(f"entering {where} on passport {passport}")
    rules += [MakeStop(place=place) for place in asked.stops]
    texts += [f"stopping in {scenario.town_of(place)}" for place in asked.stops]
    return evolve(scenario, beside=(*scenario.beside, *rules)), tuple(texts)


def _holders(scenario: Scenario, passport: str) -> list[str]:
    """Who has a passport of that id, or could get it."""
    new = any(item.passport is not None and item.passport.id == passport for item in scenario.acquirables)
    return [person.id for person in scenario.travellers if new or any(book.id == passport for book in person.passports)]


def _unknown(scenario: Scenario, asked: Asked) -> Iterator[Problem]:
    """What the scenario does not have, with what may have been meant."""
    legs = [leg.id for leg in scenario.legs]
    in_tables = scenario.timetable.positions(asked.use) if scenario.timetable is not None else {}
    yield from _missing("leg", [leg for leg in asked.use if leg not in in_tables], legs)
    books = [book.id for person in scenario.travellers for book in person.passports]
    books += [item.passport.id for item in scenario.acquirables if item.passport is not None]
    yield from _missing("passport", asked.passports, books)
    places = {port: scenario.name_of(port) for port in scenario.ports}
    places |= {port.territory: scenario.name_of(port.territory) for port in scenario.ports.values()}
    places |= {zone.id: zone.name for zone in scenario.law.zones if scenario.ports_at((zone.id,))}
    towns = {scenario.town_of(port): port for port in scenario.ports}
    names = {name: place for place, name in places.items()} | towns
    yield from _missing("place", (*asked.at, *asked.stops), [*places], names)


def _missing(
    what: str, names: Iterable[str], known: Sequence[str], called: Mapping[str, str] | None = None
) -> Iterator[Problem]:
    """Those of some names that are not known; `called` are ids by what people call them."""
    for name in names:
        if name not in known:
            id_ = (called or {}).get(name)
            hint = f"did you mean {id_!r}?" if id_ else did_you_mean(name, list(dict.fromkeys(known)))
            yield Problem(Place(""), f"the scenario has no {what} {name!r}", hint)
