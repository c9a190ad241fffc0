"""`plan check FILE`: read and cross-check a scenario, without looking for a trip."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from planner.cli.failures import SCENARIO, emit
from planner.cli.reading import read

if TYPE_CHECKING:
    from planner.scenario.scenario import Scenario


@click.command(short_help="Read a scenario only: what is in it, or what is wrong.")
@click.argument("file")
@click.pass_context
def check(ctx: click.Context, file: str) -> None:
    """Read the scenario in FILE (- for standard input) and say what is in it, or all that is wrong with it."""
    scenario = ctx.meta[SCENARIO] = read(file)
    emit(summary(scenario, file))


def summary(scenario: Scenario, file: str) -> str:
    """Travellers, papers, legs and the rules in force, in a few lines."""
    from collections import Counter

    from planner.report.words import Page, count, day, listed
    from planner.rules.base import rules_of

    page, people = Page(), scenario.travellers
    page.add(f"{'standard input' if file == '-' else file}: no problems found.")
    if scenario.title:
        page.add(scenario.title)
    page.add(f"Travellers: {len(people)} ({listed(person.label for person in people)})", 0, 2)
    papers = [
        count(sum(len(person.passports) for person in people), "passport"),
        count(sum(len(person.permissions) for person in people), "permission"),
        count(sum(len(person.certificates) for person in people), "certificate"),
    ]
    obtainable = f"; {len(scenario.acquirables)} more can be applied for" if scenario.acquirables else ""
    page.add(f"Papers held: {listed(papers)}{obtainable}", 0, 2)
    legs = scenario.legs
    when = ""
    if legs:
        first, last = min(leg.departs for leg in legs), max(leg.arrives for leg in legs)
        when = f", {day(first)} to {day(last)}"
    page.add(f"Legs: {len(legs)}{when}; {count(len(scenario.fares), 'fare')}", 0, 2)
    wishes = [count(len(scenario.trip.stops), "stop"), count(len(scenario.trip.events), "event")]
    page.add(f"Wishes: {listed(wishes)}", 0, 2)
    page.add(f"Rulebooks: {listed(scenario.rulebooks) or 'none'}", 0, 2)
    rules = Counter(rule.kind for rule in rules_of(scenario))
    page.add(f"Rules in force: {sum(rules.values())}", 0, 2)
    for kind, number in rules.items():
        page.add(f"{kind}: {number}", 2, 2)
    ports = (port for leg in legs for port in (leg.from_, leg.to))
    places = dict.fromkeys(scenario.territory_of(port) for port in ports)
    missing = [scenario.name_of(place) for place in places if place not in scenario.covered]
    if missing:
        page.add(f"Not covered by any rulebook in use: {listed(missing)}. Only what the file says admits there.", 0, 2)
    return page.text()
