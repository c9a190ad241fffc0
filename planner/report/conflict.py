"""No valid trip: the argument, what remains without each statement, what would help, and where the law stands."""

from __future__ import annotations

from planner.answer import Answer, Conflict, Witness
from planner.core.money import show
from planner.report.argument import Statement, argument, more_than, statements
from planner.report.repairs import repairs
from planner.report.words import Page, count, listed, span
from planner.rules.facts import Fact
from planner.scenario.scenario import Scenario

TOLD = 2  # ways that a statement closes


def conflict(page: Page, answer: Answer, found: Conflict) -> None:
    """Add a proved conflict and everything that is told with it."""
    scenario = answer.scenario
    if not found.facts:
        page.add("No valid trip, whatever the rules: the file itself lists no way to make this journey.")
        _structural(page, found)
        return
    argument(page, scenario, found, ending=answer.ending)
    _structural(page, found)
    said = statements(scenario, found)
    page.gap()
    _remaining(page, scenario, said, found)
    page.add("Only the legs listed in the file exist for this answer; other connections were not looked at.")
    repairs(page, answer)
    _closed(page, said, found)
    _sources(page, said)
    _others(page, answer)


def _structural(page: Page, found: Conflict) -> None:
    if found.structural:
        page.gap()
        page.add(f"What the file lacks ({count(len(found.structural), 'point')}):")
        for sentence in found.structural:
            page.add(f"- {sentence}", 2, 2)
        if not found.facts:
            page.add("Only the legs listed in the file exist for this answer.")


def _remaining(page: Page, scenario: Scenario, said: list[Statement], found: Conflict) -> None:
    """What the way looks like if one statement is given up; statements with the same outcome together."""
    outcomes: dict[str, list[str]] = {}
    for statement in said:
        for witness in found.witnesses:
            if witness.without in statement.facts:
                who = f" for {_traveller(scenario, witness.without)}" if len(statement.facts) > 1 else ""
                outcomes.setdefault(_outcome(scenario, witness), []).append(f"{statement.number}{who}")
    for outcome, without in outcomes.items():
        page.add(f"Without {listed(without, 'or')}, {outcome}.", 0, 2)


def _outcome(scenario: Scenario, witness: Witness) -> str:
    if not witness.alone:
        others = {item.fact.id: item.fact for item in witness.broken if item.fact.id != witness.without.id}
        return f"more stands in the way: {more_than(list(others.values()))}"
    if not witness.journey.legs:
        return "nothing is left to travel for"
    assert witness.cost is not None
    price = f"{'' if witness.cheapest else 'at most '}{show(witness.cost, scenario.currency)}"
    return f"this works, for {price}: {span(witness.journey.legs)}"


def _traveller(scenario: Scenario, fact: Fact) -> str:
    return next((one.label for one in scenario.travellers if f".{one.id}." in f"{fact.id}."), "")


def _others(page: Page, answer: Answer) -> None:
    """Further conflicts, if they were asked for."""
    for number, other in enumerate(answer.more_conflicts, 2):
        page.heading(f"CONFLICT {number}")
        argument(page, answer.scenario, other, first=False)
        _sources(page, statements(answer.scenario, other))
    if answer.conflicts_complete is not None:
        page.gap()
        told = 1 + len(answer.more_conflicts)
        if answer.conflicts_complete:
            page.add("There is no other conflict." if told == 1 else f"These {told} are all the minimal conflicts.")
        else:
            page.add(f"{count(told, 'conflict')} told; {answer.ending} before all were found, so there may be more.")


def _closed(page: Page, said: list[Statement], found: Conflict) -> None:
    """The ways that each statement closes by itself, the first few of them."""
    if found.closed:
        page.heading("WHAT EACH CLOSES BY ITSELF")
    for statement in said:
        for closed in found.closed:
            if closed.fact in statement.facts:
                more = closed.count - len(closed.ways[:TOLD])
                ways = [*closed.ways[:TOLD], *([count(more, "other way")] if more else [])]
                page.add(f"{statement.number}. {listed(ways)}", 0, 3)


def _sources(page: Page, said: list[Statement]) -> None:
    sourced = [(item.number, fact.source) for item in said for fact in item.facts[:1] if fact.source]
    if sourced:
        page.gap()
        page.add("Sources:")
        for number, source in sourced:
            page.add(f"{number}. {source}", 0, 3)


def origin(fact: Fact) -> str:
    """Where a fact stands: the source of a rulebook's statement; of what the user wrote, its place in the file too."""
    if fact.source and fact.place.file.startswith("rulebooks/"):
        return fact.source
    return "; ".join(filter(None, (str(fact.place), fact.source)))
