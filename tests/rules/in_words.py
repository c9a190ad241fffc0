"""What a kind of rule says of its own examples, in words: the golden texts of `tests/golden/kinds`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

import attrs
import numpy as np
from attrs import evolve

from planner.core.errors import Place
from planner.itinerary.journey import Journey
from planner.itinerary.replay import Unreal, replay
from planner.model.options import Options
from planner.network.columns import all_legs
from planner.rules.base import Example, Rule, rules_of, table_kinds
from planner.rules.examples import WORLD, merge, scenario_data
from planner.rules.facts import Fact
from planner.rules.outlook import Outlook
from planner.rules.shares import Share
from planner.rules.statements import Charge
from planner.scenario.reading.assemble import assemble
from planner.scenario.reading.places import Places
from planner.scenario.reading.tables import attach
from planner.scenario.scenario import Scenario
from planner.testing.readings import random_journey
from planner.verify.costs import cost_lines
from tests.rules.test_two_readings import MORE

FOLDER = Path(__file__).parents[1] / "golden" / "kinds"
TRIES = 60  # random journeys of each example


def in_words(cls: type[Rule]) -> Iterator[str]:
    """The text about a kind, part by part: of each example what has not been said before."""
    said: set[str] = set()
    yield f"{cls.kind}: {cls.summary}\n"
    for example in cls.examples:
        plain, scenario, journeys = _material(example)
        fresh = evolve(scenario)  # nothing derived from it yet
        found = lines_of(fresh, cls.kind, [evolve(journey, scenario=fresh) for journey in journeys])
        found += bounds_of(evolve(plain), cls.kind)
        lines = [line for line in dict.fromkeys(found) if line not in said]
        said.update(lines)
        yield f"\n# {example.title}\n" + "".join(f"{line}\n" for line in lines)


@cache  # whoever looks at changed rules asks again and again
def _material(example: Example) -> tuple[Scenario, Scenario, list[Journey]]:
    """The example as it is, with more to choose from wherever it says nothing itself, and journeys of the latter."""
    own = tomllib.loads(example.toml)
    more = merge(tomllib.loads(WORLD), tomllib.loads(MORE))
    if own.get("today", date(2025, 1, 1)) > date(2025, 5, 28):
        more["today"] = own["today"]
        more = merge(more, {"remove": ["more-ab"]})
    scenario = _read(merge(more, own))
    options, random = Options(scenario, rules_of(scenario)), Random(0)
    itineraries = {
        str(itinerary): itinerary for itinerary, _ in (random_journey(options, random) for _ in range(TRIES))
    }
    journeys = []
    for itinerary in itineraries.values():
        with suppress(Unreal):  # relies on a paper that is not obtained
            journeys.append(replay(scenario, itinerary))
    return _read(scenario_data(example)), scenario, journeys


def _read(data: dict[str, Any]) -> Scenario:
    """A scenario of which every rule has a source, and every fact a place."""
    for entry in (*data.get("rules", ()), *data["admissions"]):
        entry.setdefault("source", f"https://law.example/{entry['id']}")
    places = _Paths("example", Place("example"), values={(): Place("example")})
    return assemble(attach(data, places), places, table_kinds(), {}, Path())


class _Paths(Places):
    """Places that name what stands there instead of a line."""

    def of(self, path: tuple[str | int, ...]) -> Place:
        return Place(".".join(map(str, path)))


def lines_of(scenario: Scenario, kind: str, journeys: Iterable[Journey]) -> list[str]:
    """What the rules of a kind say of a scenario, of its legs and of journeys."""
    options = Options(scenario, rules_of(scenario))
    rules = [rule for rule in options.rules if rule.kind == kind]
    lines: list[str] = []
    for rule in rules:
        facts = [statement.fact for statement in rule.restrict(options) if not isinstance(statement, Charge)]
        lines += [_fact(fact) for fact in facts if fact is not None]
        for traveller in scenario.travellers:
            lines += [f"offers {traveller.id} {_fields(ground)}" for ground in rule.grounds(scenario, traveller)]
        lines += [f"eased by {_fields(easing)}" for easing in rule.easings(scenario)]
    lines += bounds_of(scenario, kind)
    of_journeys: set[str] = set()
    for journey in journeys:
        paid = evolve(journey, cost=sum(line.amount for line in cost_lines(journey)))
        for rule in rules:
            of_journeys.update(_of_journey(rule, paid))
    return list(dict.fromkeys([*lines, *sorted(of_journeys)]))


def bounds_of(scenario: Scenario, kind: str) -> list[str]:
    """What bounds hear from the rules of a kind."""
    outlook = Outlook(scenario, all_legs(scenario))
    shares = [share for rule in rules_of(scenario) if rule.kind == kind for share in rule.bound(outlook)]
    facts = [_fact(fact) for share in shares for fact in share.facts if fact.kind == kind]
    return [*facts, *(_share(outlook, share) for share in shares)]


def _of_journey(rule: Rule, journey: Journey) -> Iterator[str]:
    for broken in rule.check(journey):
        yield _fact(broken.fact)  # told in the same words as ever, so it does not stand there twice
        yield f"breaks {broken.fact.id}: {broken.how}"
    for cost in rule.costs(journey):
        yield f"costs {cost.amount} for {cost.what}"
    for reminder in rule.reminders(journey):
        yield f"reminds {_fields(reminder)}"
    for stays in journey.stays.values():
        for stay in stays:
            for paper in rule.shows(journey, stay):
                yield f"shows {_fields(paper)}"
            limit = rule.last_lawful(journey, stay) if stay.entry is not None else None
            if limit is not None:
                yield f"from {stay.entry_on} on {stay.ground or 'nothing'} lawful until {_fields(limit)}"


def _fact(fact: Fact) -> str:
    changeable = ", changeable" if fact.changeable else ""
    source = f" [{fact.source}]" if fact.source else ""
    return f"fact {fact.id} ({fact.telling.name.lower()}{changeable}; {fact.kind} {fact.place}): {fact.text}{source}"


def _share(outlook: Outlook, share: Share) -> str:
    facts = " and ".join(fact.id for fact in share.facts) or "structure"
    said = [
        f"{field.name} {_shared(outlook, field.name, value)}"
        for field in attrs.fields(type(share))
        if field.name != "facts" and (value := getattr(share, field.name)) is not None
    ]
    return f"bounds hear from {facts}: {type(share).__name__} {', '.join(said)}"


def _shared(outlook: Outlook, name: str, value: Any) -> str:
    """A mask or column over classes of arrivals, or over legs; or something else."""
    if name == "arrivals":
        return _arrivals(outlook, np.broadcast_to(value, outlook.shape))
    if isinstance(value, np.ndarray):
        rows = range(len(outlook.legs))
        if value.dtype == bool:
            return " ".join(outlook.legs.leg_id(row) for row in rows if value[row]) or "none"
        return " ".join(f"{outlook.legs.leg_id(row)}={value[row]}" for row in rows)
    return _plain(value)


def _arrivals(outlook: Outlook, mask: Any) -> str:
    """The arrivals of a mask: `AA 0528-0601, CC all`."""
    if mask.all():
        return "everywhere"
    found = []
    for row, territory in enumerate(outlook.territories):
        spans = []
        for inside, columns in groupby(range(mask.shape[1]), key=lambda column: bool(mask[row, column])):
            if inside:
                listed = list(columns)
                spans.append("-".join(_day(outlook, column) for column in dict.fromkeys((listed[0], listed[-1]))))
        if spans:
            found.append(f"{territory} {'always' if mask[row].all() else ' '.join(spans)}")
    return "; ".join(found) or "nowhere"


def _day(outlook: Outlook, column: int) -> str:
    return f"{date.fromordinal(int(outlook.days[column])):%m%d}"


def _fields(value: Any) -> str:
    """What the fields of an object hold, those that are empty left out."""
    return ", ".join(
        f"{field.name} {_plain(held)}"
        for field in attrs.fields(type(value))
        if (held := getattr(value, field.name)) not in (None, "", (), 0)
    )


def _plain(value: Any) -> str:
    if attrs.has(type(value)) and type(value).__str__ is object.__str__:
        return f"({_fields(value)})"
    if isinstance(value, Mapping):
        return _plain(tuple(value.items()))
    if isinstance(value, set | frozenset):
        return _plain(sorted(value))
    if isinstance(value, tuple | list):
        return "[" + " ".join(map(_plain, value)) + "]"
    return str(value)
