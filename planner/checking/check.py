"""Checking a plan: read it, replay it, ask every rule, compare what it states, say what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from attrs import evolve, frozen

from planner.checking.drafting import draft, plan_legs, structural
from planner.checking.drift import drift
from planner.checking.findings import Done, Drift, Violation
from planner.checking.form import Booked, Desk, Paper, PlanFile
from planner.checking.locating import Located, located
from planner.checking.reading import leg_places, missing, moment, read_plan
from planner.core.errors import Place, Problem, ScenarioError, did_you_mean
from planner.core.money import to_minor
from planner.itinerary.choices import Itinerary
from planner.itinerary.journey import Journey
from planner.rules.base import table_kinds
from planner.rules.kinds.default_deny import DefaultDeny
from planner.scenario.node import NOWHERE
from planner.scenario.party import for_travellers
from planner.scenario.reading import read_file
from planner.scenario.reading.added import Added
from planner.scenario.reading.text import read_bytes
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Leg
from planner.verify.checker import Verdict, verify

Reader: TypeAlias = Callable[[Added], Scenario]


@frozen(kw_only=True)
class Checked:
    """What the checker says of a plan.

    `scenario` is the one it was checked in, as of its `today`. `itinerary` are the plan's decisions, None if they
    cannot be told from it. `verdict` is the checker's word on them. `violations` has all that is told against the plan,
    in the order of the way; without any it stands. `stated` is the cost that the plan states, None if it states none in
    the scenario's currency; `verdict.cost` is what it costs, both in minor units. `done` is what is dated before
    `today`.
    """

    file: str
    plan: PlanFile
    scenario: Scenario
    itinerary: Itinerary | None
    verdict: Verdict
    violations: tuple[Violation, ...]
    stated: int | None
    drift: Drift
    done: tuple[Done, ...]

    @property
    def stands(self) -> bool:
        """Whether nothing is told against the plan."""
        return not self.violations


def check_plan(plan: str | Path, scenario: str | Path, *, as_of: date | None = None) -> Checked:
    """Check the plan in a file against a scenario's file, as of a date (None: the `today` of the scenario).

    Raises ScenarioError with all problems of a file that cannot be used.
    """
    path = Path(scenario)
    return check_text(
        read_bytes(Path(plan)), str(plan), lambda added: read_file(path, table_kinds(), added), as_of=as_of
    )


def check_text(text: str, file: str, reader: Reader, *, as_of: date | None = None) -> Checked:
    """The same for a plan's text, called `file` in messages; `reader` reads the scenario with something added to it."""
    plan, data = read_plan(text, file)
    scenario = _as_of(_party(_with_legs_of(plan, reader), plan), plan, as_of)
    drafted = draft(scenario, plan)
    violations = list(drafted.violations)
    if drafted.itinerary is None:
        verdict = Verdict(structural=drafted.structural)
    else:
        verdict = verify(scenario, drafted.itinerary)
        violations = [*structural(scenario, plan, verdict.structural), *violations]
        if verdict.journey is not None:
            violations += (_broken(plan, verdict.journey, found) for found in located(verdict.journey))
    return Checked(
        file=file,
        plan=plan,
        scenario=scenario,
        itinerary=drafted.itinerary,
        verdict=verdict,
        violations=tuple(sorted(violations, key=_order(plan))),
        stated=_stated(scenario, plan),
        drift=drift(scenario, plan, data, [broken.fact for broken in verdict.broken]),
        done=tuple(_done(scenario, drafted.itinerary)) if drafted.itinerary is not None else (),
    )


# ---- the scenario that the plan is checked in


def _with_legs_of(plan: PlanFile, reader: Reader) -> Scenario:
    """The scenario, with legs and tickets that only the plan has."""
    wanted = frozenset(plan_legs(plan))
    scenario = reader(Added(wanted=wanted))
    sold = {leg for ticket in plan.tickets for leg in ticket.legs}
    legs = tuple(
        Leg(
            id=leg.leg,
            mode=leg.mode or "air",
            from_=leg.from_,
            to=leg.to,
            departs=moment(leg.departs).replace(tzinfo=None),
            arrives=moment(leg.arrives).replace(tzinfo=None),
            operator=leg.operator or "",
            price=leg.price,
            per=leg.per,
            exit_port=leg.exit_port,
            entry_port=leg.entry_port,
            where=evolve(leg.where, keys={**leg.where.keys, "id": leg.where.of("leg")}),
        )
        for leg in plan.timetable
        if leg.leg not in scenario.leg_by_id and (leg.price is not None or leg.leg in sold)
        if leg.from_ is not None and leg.to is not None and not missing(leg)
    )
    if not legs and not plan.tickets:
        return scenario
    return reader(Added(legs=legs, fares=plan.tickets, wanted=wanted))


def _party(scenario: Scenario, plan: PlanFile) -> Scenario:
    """The scenario for those who travel. Raises ScenarioError if the plan names somebody else."""
    known = list(scenario.traveller_by_id)
    going = list(plan.travellers) or known
    problems = [
        Problem(plan.where.keys.get(f"travellers[{index}]", plan.where.of("travellers")), *_nobody(name, known))
        for index, name in enumerate(plan.travellers)
        if name not in known
    ]
    said: tuple[Desk | Paper | Booked, ...] = (*plan.crossings, *plan.documents, *plan.bookings)
    for item in said:
        if item.traveller and item.traveller not in going:
            problems.append(Problem(item.where.of("traveller"), *_nobody(item.traveller, going)))
        elif not item.traveller and len(going) > 1:
            problems.append(Problem(item.where.place, "it is not said for whom", f"traveller: {', '.join(going)}"))
    if problems:
        raise ScenarioError(problems)
    return for_travellers(scenario, plan.travellers) if plan.travellers else scenario


def _nobody(name: str, known: list[str]) -> tuple[str, str]:
    return f"no traveller has the id {name!r}", did_you_mean(name, known)


def _as_of(scenario: Scenario, plan: PlanFile, as_of: date | None) -> Scenario:
    """The scenario as of a day. The plan was under way since it was made, or since the scenario's own day."""
    today = as_of or scenario.today
    since = min(today, scenario.today, plan.today or today)
    return evolve(scenario, today=today, since=since if since < today else None, where=NOWHERE)


# ---- what is told


def _broken(plan: PlanFile, journey: Journey, found: Located) -> Violation:
    return Violation(
        sort="fact",
        text=found.broken.how,
        place=_place(plan, found),
        fact=found.broken.fact,
        source=found.broken.fact.source or _source_of_ground(journey, found),
        leg=found.leg,
        crossing=found.crossing,
        traveller=found.traveller,
    )


def _source_of_ground(journey: Journey, found: Located) -> str:
    """The source of the admission or rule on which an entry wrongly rests."""
    stays = journey.stays.get(found.traveller, ())
    ground = next((stay.ground for stay in stays if stay.entry and stay.entry is found.crossing), "")
    law = journey.scenario.law
    if found.broken.fact.kind != DefaultDeny.kind:
        return ""
    return next((entry.source for entry in (*law.admissions, *law.rules) if entry.id == ground), "")


def _place(plan: PlanFile, found: Located) -> Place:
    """Where the plan says what breaks a fact: the paper or booking it is about, else the crossing, else the leg."""
    fact = found.broken.fact.id
    for paper in plan.documents:
        if f"{fact}.".startswith(f"acquire.{paper.id}.{found.traveller}."):
            return paper.where.place
    for booked in plan.bookings:
        if booked.event and f"{fact}.".startswith(f"event.{booked.event}."):
            return booked.where.place
    if found.leg is None:
        return plan.where.place
    if found.crossing is not None:
        key = (found.leg.id, found.crossing.direction)
        for desk in plan.crossings:
            if (desk.leg, desk.direction) == key and desk.traveller in ("", found.traveller):
                return desk.where.place
    return leg_places(plan).get(found.leg.id, plan.where.place)


def _order(plan: PlanFile) -> Callable[[Violation], tuple[int, int]]:
    """By the leg at which something comes up; what is about the whole trip first. Leaving comes before entering."""
    order = {leg: number for number, leg in enumerate(plan_legs(plan), 1)}

    def key(found: Violation) -> tuple[int, int]:
        entering = found.crossing is not None and found.crossing.direction == "entry"
        return order.get(found.leg.id, 0) if found.leg else 0, int(entering)

    return key


def _stated(scenario: Scenario, plan: PlanFile) -> int | None:
    if plan.cost is None or plan.cost.currency != scenario.currency:
        return None
    return to_minor(Decimal(plan.cost.amount), scenario.currency)


def _done(scenario: Scenario, itinerary: Itinerary) -> Iterator[Done]:
    events = {event.id: event for event in scenario.trip.events}
    for application in itinerary.applications:
        item = scenario.acquirable_by_id.get(application.acquirable)
        if item is not None and application.on < scenario.today:
            yield Done(task=application, label=item.label)
    for booking in itinerary.bookings:
        event = events.get(booking.event)
        if event is not None and event.booked_on is None and booking.on < scenario.today:
            yield Done(task=booking, label=event.label)
