"""`plan check FILE`: read and cross-check a scenario, without looking for a trip."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from planner.cli import interrupts
from planner.cli.failures import SCENARIO, emit
from planner.cli.line import Line
from planner.cli.options import scenario_argument
from planner.cli.reading import read

if TYPE_CHECKING:
    from planner.scenario.scenario import Scenario

_NAMED = 20  # places that no rulebook covers


@click.command(short_help="Read a scenario only: what is in it, or what is wrong.")
@scenario_argument
@click.pass_context
def check(ctx: click.Context, file: str) -> None:
    """Read the scenario in FILE (- for standard input) and say what is in it, or all that is wrong with it.

    Example: plan check trip.toml
    """
    with Line(interrupts.stop):
        scenario = ctx.meta[SCENARIO] = read(file)
    emit(summary(scenario, file))


def summary(scenario: Scenario, file: str) -> str:
    """What may not be meant; then travellers, papers, legs and the rules in force, in a few lines."""
    from collections import Counter

    from planner.report.notes import notes
    from planner.report.page import Page
    from planner.report.words import count, listed
    from planner.rules.base import rules_of

    page, people = Page(), scenario.travellers
    page.add(f"{'standard input' if file == '-' else file}: no problems found.")
    if scenario.title:
        page.add(scenario.title)
    places = dict.fromkeys(scenario.territory_of(port) for port in _ports(scenario))
    missing = [scenario.name_of(place) for place in places if place not in scenario.covered]
    if len(missing) > _NAMED:
        missing[_NAMED:] = [f"{len(missing) - _NAMED} more places"]
    if missing:
        page.add(f"Not covered by any rulebook in use: {listed(missing)}. Only what the file says admits there.", 0, 2)
    for note in notes(scenario):
        page.add(f"Note: {note}.", 0, 2)
    page.add(f"Travellers: {len(people)} ({listed(person.label for person in people)})", 0, 2)
    papers = [
        count(sum(len(person.passports) for person in people), "passport"),
        count(sum(len(person.permissions) for person in people), "permission"),
        count(sum(len(person.certificates) for person in people), "certificate"),
    ]
    obtainable = f"; {len(scenario.acquirables)} more can be applied for" if scenario.acquirables else ""
    page.add(f"Papers held: {listed(papers)}{obtainable}", 0, 2)
    page.add(_legs(scenario), 0, 2)
    for source in scenario.timetable.sources if scenario.timetable else ():
        left_out = [f"{number:,} {words}" for words, number in source.left_out.items()]
        if left_out:
            page.add(f"Rows left out of {source.prefix}: {listed(left_out)}", 0, 2)
    for words, number in (scenario.tickets.left_out if scenario.tickets is not None else {}).items():
        page.add(f"Left out: {number:,} {words}", 0, 2)
    wishes = [count(len(scenario.trip.stops), "stop"), count(len(scenario.trip.events), "event")]
    page.add(f"Wishes: {listed(wishes)}", 0, 2)
    page.add(f"Rulebooks: {listed(scenario.rulebooks) or 'none'}", 0, 2)
    if scenario.base is not None:
        page.add(
            f"From the imported base: {listed(map(scenario.name_of, scenario.base.territories)) or 'nothing'}", 0, 2
        )
    rules = Counter(rule.kind for rule in rules_of(scenario))
    total = sum(rules.values())
    page.add(f"Rules in force: {total}, of {count(len(rules), 'kind')} (`plan rules` lists them)", 0, 2)
    return page.text()


def _legs(scenario: Scenario) -> str:
    """How many legs there are, from when to when, how many have a price, and how many fares there are besides."""
    from datetime import date

    from planner.report.words import count, day
    from planner.scenario.timetable import UNPRICED

    legs, table = scenario.legs, scenario.timetable
    days = [moment.date() for leg in legs for moment in (leg.departs, leg.arrives)]
    number, priced = len(legs), sum(leg.price is not None for leg in legs)
    fares = len(scenario.fares) - priced  # a leg with a price is one of them
    fares += len(scenario.tickets) if scenario.tickets is not None else 0
    if table is not None and len(table):
        days += [date.fromordinal(int(table.departs_on.min())), date.fromordinal(int(table.arrives_on.max()))]
        number, priced = number + len(table), priced + int((table.price != UNPRICED).sum())
    when = f", {day(min(days))} to {day(max(days))}" if days else ""
    sold = f"; {priced:,} with a price" if priced else ""
    return f"Legs: {number:,}{when}{sold}" + (f"; {count(fares, 'other fare')}" if fares else "")


def _ports(scenario: Scenario) -> Iterator[str]:
    """The ports that legs touch, those of legs written one by one first."""
    for leg in scenario.legs:
        yield from (leg.from_, leg.to)
    if scenario.timetable is not None:
        yield from scenario.timetable.used_ports
