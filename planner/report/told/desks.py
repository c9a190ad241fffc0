"""What everyone shows at the desks of a leg: check-in, exit, entry, and border checks inside one permission zone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from attrs import frozen

from planner.itinerary.journey import Crossing, Journey, Stay
from planner.report.desks import checks, papers
from planner.report.grounds import GroundNamed, ground_of
from planner.report.limits import until
from planner.report.words import day, listed, moment, passport_name
from planner.rules.kinds.transit_without_visa import TransitWithoutVisa
from planner.rules.stay_limits import Limit
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Leg

DeskName = Literal["check_in", "checks", "exit", "entry"]


@frozen(kw_only=True)
class DeskTold:
    """One traveller at one desk of a leg.

    `place` is the border («North Korea at FNJ»), at check-in the place that one checks in for; `shows` what is handed
    over, `ground` what the stay rests on (at an entry, and at a check-in where it is no paper), `until` its limit in
    words, with `until_on` the last lawful date (None: no limit). `source` is that of the ground, perhaps "".
    """

    traveller: str
    who: str
    desk: DeskName
    place: str
    shows: tuple[str, ...]
    passport: str = ""
    ground: str = ""
    ground_id: str = ""
    source: str = ""
    until: str = ""
    until_on: date | None = None
    citizen: bool = False

    @property
    def called(self) -> str:
        """What the desk is called: «check-in», «border checks between France and Austria»."""
        return f"border checks between {self.place}" if self.desk == "checks" else self.desk.replace("_", "-")

    @property
    def sentence(self) -> str:
        """What to show, on what ground, until when, in one sentence without its full stop."""
        shows = listed(self.shows)
        if self.desk == "check_in":
            return f"show {shows}, for {self.place}{f': {self.ground}' if self.ground else ''}"
        if self.desk == "checks":
            return f"have {shows} at hand"
        ground = f" {'' if self.citizen else 'on '}{self.ground}" if self.ground else ""
        return f"{self.place}: show {shows}{ground}{f'; {self.until}' if self.until else ''}"


_ORDER: tuple[DeskName, ...] = ("check_in", "checks", "exit", "entry")


def desks(journey: Journey, leg: Leg) -> Iterator[DeskTold]:
    """The desks of a leg for each traveller in turn, in the order in which one comes to them."""
    for traveller in journey.scenario.travellers:
        found = [desk for stay in journey.stays[traveller.id] for desk in _of_stay(journey, traveller, stay, leg)]
        found += _checks(journey, traveller, leg)
        yield from sorted(found, key=lambda desk: _ORDER.index(desk.desk))


def together(found: Iterable[DeskTold]) -> Iterator[tuple[tuple[str, ...], tuple[DeskTold, ...]]]:
    """Names of travellers with their desks on a leg; those who show the same everywhere together."""
    mine: dict[str, list[DeskTold]] = {}
    for desk in found:
        mine.setdefault(desk.traveller, []).append(desk)
    alike: dict[tuple[str, ...], list[list[DeskTold]]] = {}
    for shown in mine.values():
        alike.setdefault(tuple(f"{desk.desk} {desk.sentence}" for desk in shown), []).append(shown)
    for everyone in alike.values():
        yield tuple(shown[0].who for shown in everyone), tuple(everyone[0])


def _of_stay(journey: Journey, traveller: Traveller, stay: Stay, leg: Leg) -> Iterator[DeskTold]:
    """What the traveller shows on this leg for this stay."""
    scenario = journey.scenario
    ground = ground_of(scenario, traveller, stay.ground)
    if stay.check_in is not None and stay.check_in.leg.id == leg.id:
        yield _check_in(journey, traveller, stay, ground)
    if stay.exit is not None and stay.exit.leg.id == leg.id:
        yield DeskTold(
            traveller=traveller.id,
            who=traveller.label,
            desk="exit",
            place=_border(scenario, stay.exit),
            shows=(passport_name(scenario, traveller, stay.exit_passport), *_also(journey, stay, "exit")),
            passport=stay.exit_passport,
        )
    if stay.entry is not None and stay.entry.leg.id == leg.id:
        limit = until(journey, stay)
        yield DeskTold(
            traveller=traveller.id,
            who=traveller.label,
            desk="entry",
            place=_border(scenario, stay.entry),
            shows=(passport_name(scenario, traveller, stay.passport),),
            passport=stay.passport,
            ground=ground.label if ground else "",
            ground_id=stay.ground,
            source=_source(ground),
            until=_until(limit, ground),
            until_on=limit.on if limit else None,
            citizen=ground is not None and ground.type == "citizen",
        )


def _check_in(journey: Journey, traveller: Traveller, stay: Stay, ground: GroundNamed | None) -> DeskTold:
    """What the airline wants to see, for which place, and what is relied on there."""
    scenario = journey.scenario
    shown, relied_on = [passport_name(scenario, traveller, stay.passport)], ""
    if ground is not None and ground.type in ("transit", "visa_free", "on_arrival"):
        relied_on = ground.label
    elif ground is not None and ground.type != "citizen":
        shown.append(ground.label)
    if ground is not None and ground.type == "transit" and stay.following is not None:
        onward = scenario.name_of(stay.following)
        shown.append(f"the onward ticket to {onward}")
        if isinstance(ground.item, TransitWithoutVisa) and stay.following in ground.item.onward_documents:
            shown.append(f"the visa for {onward}")
    return DeskTold(
        traveller=traveller.id,
        who=traveller.label,
        desk="check_in",
        place=scenario.name_of(stay.zone),
        shows=(*shown, *_also(journey, stay, "check_in")),
        passport=stay.passport,
        ground=relied_on,
        ground_id=stay.ground,
        source=_source(ground),
    )


def _also(journey: Journey, stay: Stay, where: Literal["check_in", "exit"]) -> list[str]:
    """Further papers that rules want to see. The passport that one of them is in is named with it."""
    return [item.paper.label for item in papers(journey, stay, where) if item.paper.sort != "passport"]


def _source(ground: GroundNamed | None) -> str:
    return getattr(ground.item, "source", "") if ground is not None else ""


def _checks(journey: Journey, traveller: Traveller, leg: Leg) -> Iterator[DeskTold]:
    """Borders with checks on a leg that stays inside a permission zone."""
    scenario = journey.scenario
    for check in checks(journey):
        if check.leg.id == leg.id and check.traveller == traveller.id:
            yield DeskTold(
                traveller=traveller.id,
                who=traveller.label,
                desk="checks",
                place=f"{scenario.name_of(check.from_)} and {scenario.name_of(check.to)}",
                shows=(passport_name(scenario, traveller, check.passport) if check.passport else "a passport",),
                passport=check.passport,
            )


def _until(limit: Limit | None, ground: GroundNamed | None) -> str:
    if limit is not None:
        why = f", {limit.why}" if limit.why else ""
        if limit.at is None:
            return f"until {day(limit.on)}{why}"
        # A clock that ends at midnight is written as the end of the day before.
        return f"until {day(limit.on)} 24:00" if limit.at.date() > limit.on else f"until {moment(limit.at)}"
    unlimited = ground is not None and ground.type in ("citizen", "residence")
    return "no limit of stay" if unlimited else "no limit of stay is given"


def _border(scenario: Scenario, crossing: Crossing) -> str:
    unchecked = "" if crossing.checked else ", no checks: carry it"
    return f"{scenario.name_of(crossing.territory)} at {crossing.port}{unchecked}"
