"""Replaying an itinerary: from the decisions to the journey, or why there can be no such journey."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from attrs import evolve

from planner.itinerary.choices import Itinerary
from planner.itinerary.journey import CheckIn, Crossing, Journey, Run, Stay, Touch, Visit, runs_of
from planner.itinerary.structure import application_problems, booking_problems, choice_problems, travel_problems
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Leg


class Unreal(Exception):
    """The itinerary describes no possible journey. `problems` says why, each a sentence; there is at least one."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def replay(scenario: Scenario, itinerary: Itinerary) -> Journey:
    """What follows from an itinerary: changes, visits, and every traveller's stays.

    Judges structure only (see `docs/semantics.md`); what is lawful or wanted is for the rules to say. Raises
    Unreal with every problem found if the itinerary is structurally impossible.
    """
    legs, touches = _travelled(scenario, itinerary)
    runs = tuple(runs_of(legs, touches))
    visits = tuple(_visits(scenario, runs))
    stays = _stays(scenario, runs, visits)
    problems = (*choice_problems(scenario, itinerary, len(stays)), *application_problems(scenario, itinerary))
    if problems:
        raise Unreal(problems)
    journey = Journey(
        scenario=scenario,
        itinerary=itinerary,
        legs=legs,
        touches=touches,
        visits=visits,
        stays={
            traveller.id: tuple(
                evolve(
                    stay,
                    traveller=traveller.id,
                    passport=choice.passport,
                    exit_passport=choice.exit_passport,
                    ground=choice.ground,
                )
                for stay, choice in zip(stays, itinerary.stays[traveller.id], strict=True)
            )
            for traveller in scenario.travellers
        },
    )
    problems = tuple(booking_problems(journey))
    if problems:
        raise Unreal(problems)
    return journey


def bare_stays(scenario: Scenario, itinerary: Itinerary) -> list[Stay]:
    """The stays that follow from legs and changes alone: nobody's, with no papers shown.

    Raises Unreal with every problem of the way; papers, applications and bookings are not looked at.
    """
    runs = tuple(runs_of(*_travelled(scenario, itinerary)))
    return _stays(scenario, runs, tuple(_visits(scenario, runs)))


def _travelled(scenario: Scenario, itinerary: Itinerary) -> tuple[tuple[Leg, ...], tuple[Touch, ...]]:
    """The legs and the changes between them. Raises Unreal with every problem of the way."""
    problems = tuple(travel_problems(scenario, itinerary))
    if problems:
        raise Unreal(problems)
    legs = tuple(scenario.leg_by_id[leg] for leg in itinerary.legs)
    touches = tuple(
        Touch(port=first.to, territory=scenario.territory_of(first.to), mode=mode, inbound=first, outbound=second)
        for first, second, mode in zip(legs, legs[1:], itinerary.touches, strict=False)
    )
    return legs, touches


def crosses(scenario: Scenario, run: Run) -> bool:
    """Whether a run leaves a permission zone: to another one, or back into it after an airside change."""
    first, last = run.legs[0], run.legs[-1]
    day = first.departs.date()
    left = scenario.permission_zone(scenario.territory_of(first.from_), day)
    entered = scenario.permission_zone(scenario.territory_of(last.to), day)
    return left != entered or bool(run.touches)


def _visits(scenario: Scenario, runs: Sequence[Run]) -> Iterator[Visit]:
    for before, after in zip((None, *runs), (*runs, None), strict=True):
        inbound = before.legs[-1] if before else None
        outbound = after.legs[0] if after else None
        port = outbound.from_ if outbound else inbound.to if inbound else scenario.trip.start
        yield Visit(
            port=port,
            territory=scenario.territory_of(port),
            arrives=inbound.arrives_utc if inbound else None,
            arrives_on=inbound.arrives.date() if inbound else None,
            departs=outbound.departs_utc if outbound else None,
            departs_on=outbound.departs.date() if outbound else None,
            inbound=inbound,
            outbound=outbound,
        )


def _stays(scenario: Scenario, runs: Sequence[Run], visits: Sequence[Visit]) -> list[Stay]:
    """The stays of a journey, without traveller and papers: from the start or a crossing to the next or the end."""
    crossing = [index for index, run in enumerate(runs) if crosses(scenario, run)]
    begins: list[int | None] = [None, *crossing]
    ends: list[int | None] = [*crossing, None]
    return [
        _stay(
            scenario,
            index,
            visits[0 if before is None else before + 1 : None if after is None else after + 1],
            None if before is None else runs[before],
            None if after is None else runs[after],
        )
        for index, (before, after) in enumerate(zip(begins, ends, strict=True))
    ]


def _stay(scenario: Scenario, index: int, visits: Sequence[Visit], way_in: Run | None, way_out: Run | None) -> Stay:
    entry = _entry(scenario, way_in) if way_in else None
    leaving = _exit(scenario, way_out) if way_out else None
    end = visits[-1]  # where the last stay ends as far as is known: the journey's last arrival
    return Stay(
        index=index,
        traveller="",
        zone=entry.zone if entry else _zone_at_start(scenario, visits[0]),
        passport="",
        exit_passport="",
        ground="",
        entry=entry,
        exit=leaving,
        check_in=_check_in(way_in) if way_in else None,
        previous=scenario.territory_of(way_in.legs[-1].from_) if way_in else None,
        following=scenario.territory_of(way_out.legs[0].to) if way_out else None,
        airside=way_in.touches if way_in else (),
        airside_out=way_out.touches if way_out else (),
        visits=tuple(visits),
        last_on=leaving.on if leaving else end.arrives_on,
        last_at=leaving.at if leaving else end.arrives,
    )


def _zone_at_start(scenario: Scenario, visit: Visit) -> str:
    """The permission zone of the first port, on the date of departure there (`today` if nobody departs)."""
    return scenario.permission_zone(visit.territory, visit.departs_on or scenario.today)


def _check_in(run: Run) -> CheckIn:
    leg = run.legs[0]
    return CheckIn(port=leg.from_, at=leg.departs_utc, on=leg.departs.date(), leg=leg)


def _exit(scenario: Scenario, run: Run) -> Crossing:
    leg = run.legs[0]
    territory, day = scenario.territory_of(leg.from_), leg.departs.date()
    return Crossing(
        direction="exit",
        port=leg.exit_port or leg.from_,
        territory=territory,
        zone=scenario.permission_zone(territory, day),
        at=leg.departs_utc,
        on=day,
        leg=leg,
        checked=_checked(scenario, leg, day),
    )


def _entry(scenario: Scenario, run: Run) -> Crossing:
    leg = run.legs[-1]
    territory, day = scenario.territory_of(leg.to), leg.arrives.date()
    return Crossing(
        direction="entry",
        port=leg.entry_port or leg.to,
        territory=territory,
        zone=scenario.permission_zone(territory, day),
        at=leg.arrives_utc,
        on=day,
        leg=leg,
        checked=_checked(scenario, leg, day),
    )


def _checked(scenario: Scenario, leg: Leg, day: date) -> bool:
    return scenario.checked(scenario.territory_of(leg.from_), scenario.territory_of(leg.to), leg.mode, day)
