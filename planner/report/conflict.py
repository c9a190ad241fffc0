"""No valid trip: the argument, what remains without each statement, what would help, and where the law stands."""

from __future__ import annotations

from planner.answer import Answer, Conflict, Witness
from planner.core.money import show
from planner.report.argument import Statement, argument, more_than, statements
from planner.report.repairs import repairs
from planner.report.words import Page, count, span
from planner.rules.facts import Fact
from planner.scenario.scenario import Scenario


def conflict(page: Page, answer: Answer, found: Conflict) -> None:
    """Add a proved conflict and everything that is told with it."""
    scenario = answer.scenario
    if not found.facts:
        page.add("No valid trip, whatever the rules: the file itself lists no way to make this journey.")
        _structural(page, found)
        return
    argument(page, scenario, found)
    _structural(page, found)
    said = statements(scenario, found)
    page.gap()
    for statement in said:
        for witness in found.witnesses:
            if witness.without in statement.facts:
                _without(page, scenario, statement, witness)
    page.add("Only the legs listed in the file exist for this answer; other connections were not looked at.")
    repairs(page, answer)
    _others(page, answer)
    _sources(page, said)


def _structural(page: Page, found: Conflict) -> None:
    if found.structural:
        page.gap()
        page.add(f"What the file lacks ({count(len(found.structural), 'point')}):")
        for sentence in found.structural:
            page.add(f"- {sentence}", 2, 2)
        if not found.facts:
            page.add("Only the legs listed in the file exist for this answer.")


def _without(page: Page, scenario: Scenario, statement: Statement, witness: Witness) -> None:
    """What the way looks like if one statement is given up."""
    who = f" for {_traveller(scenario, witness.without)}" if len(statement.facts) > 1 else ""
    start = f"Without {statement.number}{who}"
    if not witness.alone:
        others = {item.fact.id: item.fact for item in witness.broken if item.fact.id != witness.without.id}
        page.add(f"{start}, more stands in the way: {more_than(list(others.values()))}.", 0, 2)
    elif not witness.journey.legs:
        page.add(f"{start}, nothing is left to travel for.", 0, 2)
    else:
        assert witness.cost is not None
        price = f"{'' if witness.cheapest else 'at most '}{show(witness.cost, scenario.currency)}"
        page.add(f"{start}, this works, for {price}: {span(witness.journey.legs)}.", 0, 2)


def _traveller(scenario: Scenario, fact: Fact) -> str:
    return next((one.label for one in scenario.travellers if f".{one.id}." in f"{fact.id}."), "")


def _others(page: Page, answer: Answer) -> None:
    """Further conflicts, if they were asked for."""
    for number, other in enumerate(answer.more_conflicts, 2):
        page.heading(f"CONFLICT {number}")
        argument(page, answer.scenario, other)
    if answer.conflicts_complete is not None:
        page.gap()
        told = 1 + len(answer.more_conflicts)
        if answer.conflicts_complete:
            page.add("There is no other conflict." if told == 1 else f"These {told} are all the minimal conflicts.")
        else:
            page.add(f"{count(told, 'conflict')} told; time ran out before all were found, so there may be more.")


def _sources(page: Page, said: list[Statement]) -> None:
    sourced = [(item.number, fact.source) for item in said for fact in item.facts[:1] if fact.source]
    if sourced:
        page.heading("SOURCES")
        for number, source in sourced:
            page.add(f"{number}. {source}", 0, 3)


def origin(fact: Fact) -> str:
    """Where a fact stands: the source of a rulebook's statement; of what the user wrote, its place in the file too."""
    if fact.source and fact.place.file.startswith("rulebooks/"):
        return fact.source
    return "; ".join(filter(None, (str(fact.place), fact.source)))
