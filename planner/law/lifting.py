"""What would lift a block, in words: the exemptions that the rule itself names, and what the rulebooks offer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

from planner.scenario.documents import Acquirable
from planner.scenario.law import Entry
from planner.scenario.scenario import Scenario


def lifts(scenario: Scenario, rule: Entry, offers: Iterable[Acquirable]) -> tuple[str, ...]:
    """Sentences without a full stop, such as «a passport of Russia»; empty if the rule names no exemption."""
    return tuple(_lifts(scenario, rule, list(offers)))


def _lifts(scenario: Scenario, rule: Entry, offers: list[Acquirable]) -> Iterator[str]:
    for field in attrs.fields(type(rule)):
        value = getattr(rule, field.name)
        if field.name in _WORDS and value:
            yield _WORDS[field.name](scenario, value)
    area = getattr(rule, "area", None)
    papers = getattr(rule, "certificates", ())
    for item in offers:
        validates = item.validation is not None and item.validation.area == area
        certifies = item.certificate is not None and item.certificate.kind in papers
        if validates or certifies:
            yield f"{item.label} ({item.id})"
    if rule.effective_to is not None:
        yield f"the end of this rule on {rule.effective_to}, unless another follows it"
    if rule.reading:
        yield f"perhaps another answer than «{rule.answer}» to the reading {rule.reading}"


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
    "papers": lambda scenario, papers: _or(paper.described(scenario) for paper in papers),
    "certificates": lambda scenario, kinds: f"a certificate: {_or(kinds)}",
    "certificate": lambda scenario, kind: f"a certificate: {kind}",
    "entry_ports": lambda scenario, ports: f"an entry at {_or(ports)}",
    "only_from": lambda scenario, places: f"coming from {_names(scenario, places)}",
    "only_for": lambda scenario, purposes: f"travelling for {_or(purposes)} only",
}
