"""The answer as Markdown, for pasting into a ticket or a chat: headings, lists, tables (GitHub's), nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.answer import Answer, Conflict, Plan
from planner.report.marked import code, linked, safe
from planner.report.told.argument import Argument
from planner.report.told.basis import STRICT_UNLESS_CHOSEN, basis, beside, imported, readings
from planner.report.told.choices import Choices, alternatives, front
from planner.report.told.conflict import NO_WAY, ONLY_THESE_LEGS, ConflictTold, conflict, others
from planner.report.told.cost import costs
from planner.report.told.desks import DeskTold, together
from planner.report.told.preparation import preparation
from planner.report.told.proof import proof, undecided, verdict
from planner.report.told.repairs import repairs
from planner.report.told.sources import sources
from planner.report.told.trip import LegTold, TripTold, trip
from planner.report.words import day, listed
from planner.scenario.scenario import Scenario


def markdown(answer: Answer) -> str:
    """The whole answer, ending with a line break. Blocks are one an item, without any HTML."""
    blocks = [f"# {safe(answer.scenario.title)}"] if answer.scenario.title.strip() else []
    if answer.plan is not None:
        blocks += _plan(answer, answer.plan)
    elif answer.conflict is not None:
        blocks += _conflict(answer, answer.conflict)
    else:
        first, *more = undecided(answer)
        blocks += [f"**{safe(first)}**", *map(safe, more)]
    blocks += _readings(answer)
    if answer.plan is not None:
        blocks += _sources(answer.scenario, answer.plan)
    if answer.notes:
        blocks += ["## How sure this is", _list(map(safe, proof(answer)))]
    return "\n\n".join(blocks) + "\n"


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _table(head: tuple[str, ...], align: tuple[str, ...], rows: Iterable[Iterable[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, align, *rows))


# ---- a plan


def _plan(answer: Answer, plan: Plan) -> Iterator[str]:
    scenario, told = answer.scenario, trip(plan)
    first, *more = verdict(answer, plan)
    yield f"**{safe(first)}**"
    yield from map(safe, more)
    yield from _before_you_go(scenario, plan)
    yield "## The trip"
    if not told.legs:
        yield "Nobody travels: staying at home meets every wish in the file."
    else:
        yield "Times and dates are local."
        yield _journey(told)
        yield "## What to show at each desk"
        for leg in told.legs:
            yield from _leg(leg, several=len(scenario.travellers) > 1)
    if told.limited:
        yield "«Until» is the last lawful day of that stay, if everything before it goes as planned."
    yield "## Cost"
    paid = costs(scenario, plan)
    rows = [(safe(item.what), item.amount) for item in paid.items]
    yield _table(("For everyone", safe(paid.currency)), ("---", "---:"), [*rows, ("**Total**", f"**{paid.total}**")])
    yield from _choices("## Alternatives", alternatives(answer))
    yield from _choices("## Cost against time", front(answer))
    yield from _basis(scenario, plan)


def _before_you_go(scenario: Scenario, plan: Plan) -> Iterator[str]:
    told, several = preparation(scenario, plan), len(scenario.travellers) > 1
    if told.steps:
        yield "## Before you go"
        yield f"Planned from {day(told.today)}. Dates are calendar dates at the place of the office."
        lines = []
        for due in told.timeline:
            who = f"{listed(due.who)}: " if several else ""
            lines.append(f"- **{day(due.on)}**: {safe(who + due.text)}")
            lines += [f"  - {safe(line.text)}" for line in due.lines if line.role != "source"]
        yield "\n".join(lines)
    if told.besides:
        yield "## Also see to"
        yield _list(
            (safe(f"{listed(item.who)}:") + " " if several else "")
            + linked(f"{item.text}{f': {item.when}' if item.when else ''}")
            for item in told.besides
        )


def _journey(told: TripTold) -> str:
    rows = []
    for row in told.rows:
        leg = row.leg
        when = [str(row.day) if row.day is not None else "", day(row.on) if row.on else ""]
        if leg is None:
            rows.append([*when, "", safe(row.text), ""])
        else:
            leaves = f"{leg.departs:%H:%M} {safe(leg.from_.short)}"
            rows.append([*when, str(leg.number), leaves, f"{leg.arrival} {safe(leg.to.short)}"])
    return _table(("Day", "Date", "Leg", "Leaves", "Arrives"), ("---:", "---", "---:", "---", "---"), rows)


def _leg(leg: LegTold, several: bool) -> Iterator[str]:
    way = safe(f"{leg.from_.id} to {leg.to.id}")
    operator = f", {safe(leg.operator)}" if leg.operator else ""
    yield f"**Leg {leg.number}, {way}, {day(leg.departs.date())}** ({code(leg.id)}, {leg.mode}{operator})"
    if not leg.desks:
        yield "- no border on this leg"
        return
    lines = []
    for names, desks in together(leg.desks):
        if several:
            lines.append(f"- {safe(listed(names))}")
        lines += [f"{'  ' if several else ''}- {_desk(desk)}" for desk in desks]
    yield "\n".join(lines)


def _desk(desk: DeskTold) -> str:
    return f"**{safe(desk.called)}**: {safe(desk.sentence)}"


def _choices(title: str, told: Choices | None) -> Iterator[str]:
    if told is None:
        return
    yield title
    yield safe(told.complete)
    for choice in told.choices:
        yield f"**{choice.number}. {safe(choice.price)}**, {choice.takes} from door to door: {safe(choice.outcome)}"
        if choice.trades:
            yield _list(map(safe, choice.trades))


def _basis(scenario: Scenario, plan: Plan) -> Iterator[str]:
    told = basis(scenario, plan)
    yield "## What this rests on"
    yield _list(map(safe, told.sentences))
    if told.weak:
        yield "Check these yourself before you pay; no source backs them:"
        yield _list(f"{code(i.id)} ({i.grade}){f': {linked(i.source)}' if i.source else ''}" for i in told.weak)


def _readings(answer: Answer) -> Iterator[str]:
    told = readings(answer)
    if not told:
        return
    yield "## Readings used"
    yield STRICT_UNLESS_CHOSEN
    matter = [reading for reading in told if reading.matters]
    if matter:
        yield _list(
            f"{code(f'{r.id} = {r.answer}')}{f' ({r.chosen})' if r.declared else ''}: {safe(r.question)}"
            for r in matter
        )
    if beside(told):
        yield safe(beside(told))


def _sources(scenario: Scenario, plan: Plan) -> Iterator[str]:
    told = sources(scenario, plan)
    if told:
        yield "## Sources"
        yield _list(f"{safe(item.about)}: {linked(item.source)}" for item in told)


# ---- no plan


def _conflict(answer: Answer, found: Conflict) -> Iterator[str]:
    told = conflict(answer.scenario, found)
    if told.argument is None:
        yield f"**{NO_WAY}**"
        yield from _structural(told)
        yield "Only the legs listed in the file exist for this answer."
        return
    yield from _argument(told.argument)
    yield from _structural(told)
    if told.remaining:
        yield _list(safe(remaining.sentence) for remaining in told.remaining)
    yield ONLY_THESE_LEGS
    yield from map(safe, imported(answer.scenario, {port.territory for port in answer.scenario.ports.values()}))
    yield from _repairs(answer)
    if told.closed:
        yield "## What each rules out by itself"
        yield _list(f"Statement {safe(closed.sentence)}" for closed in told.closed)
    yield from _law(told, "## Sources")
    yield from _others(answer)


def _argument(told: Argument) -> Iterator[str]:
    yield f"**{safe(told.verdict)}**"
    for changeable, title in ((True, ""), (False, "What could not be changed:")):
        lines = [
            f"{item.number}. {safe(item.text)}{f' ({code(item.where)})' if item.where else ''}."
            for item in told.statements
            if item.changeable == changeable
        ]
        if lines:
            # Another list right after the first one would be read as its end.
            if title and told.statements[0].changeable:
                yield title
            yield "\n".join(lines)


def _structural(told: ConflictTold) -> Iterator[str]:
    if told.structural:
        yield "What the file lacks:"
        yield _list(map(safe, told.structural))


def _repairs(answer: Answer) -> Iterator[str]:
    told = repairs(answer)
    if told is None:
        return
    yield "## What would help"
    if told.none:
        yield told.none
        return
    yield "\n".join(
        f"{repair.number}. **{safe(f'{repair.sentence}: {repair.price}.')}** "
        f"{safe(repair.outcome)} (disruption {repair.disruption})"
        for repair in told.repairs
    )


def _law(told: ConflictTold, title: str) -> Iterator[str]:
    if told.sourced:
        yield title
        yield _list(f"Statement {item.number}: {linked(item.source)}" for item in told.sourced)


def _others(answer: Answer) -> Iterator[str]:
    told = others(answer)
    for number, other in enumerate(told.conflicts, 2):
        yield f"## Conflict {number}"
        assert other.argument is not None
        yield from _argument(other.argument)
        yield from _law(other, "Sources:")
    if told.complete:
        yield told.complete
