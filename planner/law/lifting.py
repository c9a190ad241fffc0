"""What would lift a block, in words: the exemptions that the rule itself names, and what the rulebooks offer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs
from attrs import evolve

from planner.law.papers import lacking
from planner.law.ways import Trial, limits, trial
from planner.rules.facts import Broken
from planner.rules.kinds.blank_pages import BlankPages
from planner.rules.kinds.passport_ban import PassportBan
from planner.rules.kinds.passport_validity import PassportValidity
from planner.scenario.documents import Acquirable
from planner.scenario.law import Entry
from planner.scenario.scenario import Scenario

_LEAVING = "leaving by"


def lifts(
    tried: Trial,
    name: str,
    rule: Entry | None,
    found: Broken,
    offers: Iterable[Acquirable],
    answered: Callable[[str, str], Scenario],
) -> tuple[str, ...]:
    """Sentences without a full stop, such as «a passport of Russia»; empty if the rule names no exemption.

    `name`: the id of the rule, or of the paper that is no entry of law. What does not lift this very failure is left
    out: where the stay is too long, exemptions are no help. `answered`: the scenario with another answer to a reading.
    """
    words = list(_lifts(tried, name, rule, found, list(offers)))
    if rule is not None and rule.reading and not any(word.startswith(_LEAVING) for word in words):
        words += _other_answers(tried, rule, found, answered)
    return tuple(words)


def _lifts(tried: Trial, name: str, rule: Entry | None, found: Broken, offers: list[Acquirable]) -> Iterator[str]:
    scenario, last = tried.journey.scenario, tried.stay.last_on
    ends = [limit.end for limit in limits(tried) if limit.rule in (name, found.fact.kind)]
    if isinstance(rule, PassportValidity):
        yield _better_passport(tried, rule, found)
    elif isinstance(rule, BlankPages):
        yield f"a passport with {rule.pages} blank pages"
    late = [end for end in ends if last is not None and (end.on < last or (end.on == last and end.at))]
    if late and tried.stay.exit is not None:
        end = min(late, key=lambda end: end.order)
        yield f"{_LEAVING} {f'{end.at:%Y-%m-%d %H:%M}' if end.at else end.on}"
        return
    if found.fact.kind == "passport-book":
        yield f"a passport valid until {last or tried.stay.entry_on} or longer"
    if rule is None or isinstance(rule, PassportValidity | BlankPages):
        return
    asked = lacking(scenario, rule, offers)
    if asked is not None:
        yield asked.words
    for field in attrs.fields(type(rule)):
        value = getattr(rule, field.name)
        about = field.name.partition("_")[0]  # of ports: those of which crossing
        wrong = field.name.endswith("_ports") and not found.fact.id.endswith(f".{about}")
        if field.name in _WORDS and value and not wrong and not (asked and field.name == "unless"):
            yield _WORDS[field.name](scenario, value)
    area = getattr(rule, "area", None)
    validations = [item for item in offers if item.validation is not None and item.validation.area == area]
    yield from (f"{item.label} ({item.id})" for item in validations)
    if isinstance(rule, PassportBan) and not validations:
        yield f"a special validation of the passport for {scenario.name_of(rule.area)}"
    if rule.effective_to is not None:
        yield f"the end of this rule on {rule.effective_to}, unless another follows it"


def _other_answers(tried: Trial, rule: Entry, found: Broken, answered: Callable[[str, str], Scenario]) -> Iterator[str]:
    """The answers to the reading of a rule with which this fact is not broken, and no other instead."""
    before = {b.fact.id for b in (*tried.broken, *tried.used_first)} - {found.fact.id}
    known = {reading.id: reading.answers for reading in tried.journey.scenario.law.readings}
    gate = evolve(tried.gate, routes=(tried.route,))
    for answer in known[rule.reading]:
        if answer != rule.answer:
            scenario = evolve(answered(rule.reading, answer), travellers=tried.journey.scenario.travellers)
            again = trial(scenario, gate, tried.stay.passport, tried.stay.ground)
            if before.issuperset(b.fact.id for b in again.broken):
                yield f"the answer «{answer}» to the reading {rule.reading}"


def _better_passport(tried: Trial, rule: PassportValidity, found: Broken) -> str:
    """What a passport must be instead: newer, or valid for longer."""
    stay = tried.stay
    if "issued" in found.how:
        return f"a passport issued at most {rule.issued_within} before the entry"
    periods = ((rule.after_entry, stay.entry_on), (rule.after_exit, stay.last_on))
    needed = [period.after(day) for period, day in periods if period is not None and day is not None]
    return f"a passport valid until {max(needed)} or longer"


def _names(scenario: Scenario, places: Iterable[str]) -> str:
    return _or(scenario.name_of(place) for place in places)


def _or(words: Iterable[object]) -> str:
    *head, tail = [str(word).replace("_", " ") for word in words]
    return f"{', '.join(head)} or {tail}" if head else tail


# By field: how an exemption that kinds of rules have is said. Fields that no rule has do no harm.
_WORDS: dict[str, Callable[[Scenario, Any], str]] = {
    "exempt_nationalities": lambda scenario, states: f"a passport of {_names(scenario, states)}",
    "accepts": lambda scenario, states: f"a passport of {_names(scenario, states)}",
    "exempt_nationals_of": lambda scenario, states: f"the nationality of {_names(scenario, states)}",
    "exempt_residents_of": lambda scenario, places: f"legal residence in {_names(scenario, places)}",
    "exempt_types": lambda scenario, types: f"an entry on another ground: {_or(types)}",
    "exempt_events": lambda scenario, events: f"a booking of {_or(events)}",
    "unless": lambda scenario, papers: _or(paper.described(scenario) for paper in papers),
    "entry_ports": lambda scenario, ports: f"an entry at {_or(ports)}",
    "exit_ports": lambda scenario, ports: f"an exit at {_or(ports)}",
    "only_from": lambda scenario, places: f"coming from {_names(scenario, places)}",
    "only_for": lambda scenario, purposes: f"travelling for {_or(purposes)} only",
}
