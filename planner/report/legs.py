"""Leg by leg: when it leaves and arrives, and what everyone shows at which desk."""

from __future__ import annotations

from typing import Literal

from planner.answer import Plan
from planner.itinerary.journey import Crossing, Journey, Stay, Touch
from planner.report.desks import checks, papers
from planner.report.grounds import GroundNamed, ground_of
from planner.report.limits import until
from planner.report.words import Page, count, day, duration, listed, moment, passport_name, port_name
from planner.rules.kinds.transit_without_visa import TransitWithoutVisa
from planner.rules.stay_limits import Limit
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Leg


def leg_by_leg(page: Page, plan: Plan) -> None:
    """Add the legs in order, what is shown at check-in, exit and entry, and what happens between them."""
    journey = plan.journey
    page.heading("THE TRIP")
    if not journey.legs:
        page.add("Nobody travels: staying at home meets every wish in the file.")
        return
    page.add("Times and dates are local.")
    beginning = len(page.lines)
    _events(page, journey, None)
    for index, leg in enumerate(journey.legs):
        page.gap()
        _leg(page, journey.scenario, index + 1, leg)
        _desks(page, journey, leg)
        if index < len(journey.touches):
            _change(page, journey.scenario, journey.touches[index])
        _events(page, journey, leg)
    if any("until " in line for line in page.lines[beginning:]):
        page.gap()
        page.add("«Until» is the last lawful day of that stay, if everything before it goes as planned.")


def _leg(page: Page, scenario: Scenario, number: int, leg: Leg) -> None:
    operator = f", {leg.operator}" if leg.operator else ""
    page.add(f"{number}. {leg.id} ({leg.mode}{operator})", 0, 3)
    page.add(f"leave  {moment(leg.departs)}  {port_name(scenario, leg.from_)}", 3, 7)
    days = (leg.arrives.date() - leg.departs.date()).days
    change = f" ({days:+d} {'day' if abs(days) == 1 else 'days'})" if days else ""
    page.add(f"arrive {moment(leg.arrives)}{change}  {port_name(scenario, leg.to)}", 3, 7)


def _desks(page: Page, journey: Journey, leg: Leg) -> None:
    scenario = journey.scenario
    for traveller in scenario.travellers:
        lines = [line for stay in journey.stays[traveller.id] for line in _shown(journey, traveller, stay, leg)]
        lines += _checks(journey, traveller, leg)
        if not lines:
            continue
        if len(scenario.travellers) > 1:
            page.add(f"{traveller.label}:", 3, 2)
        indent = 5 if len(scenario.travellers) > 1 else 3
        # Exits come before entries, check-in before both.
        for _, line in sorted(lines, key=lambda item: item[0]):
            page.add(line, indent, 10)


def _shown(journey: Journey, traveller: Traveller, stay: Stay, leg: Leg) -> list[tuple[int, str]]:
    """What the traveller shows on this leg for this stay: order at the desks, and the sentence."""
    scenario = journey.scenario
    ground = ground_of(scenario, traveller, stay.ground)
    shown = passport_name(scenario, traveller, stay.passport)
    on = "" if ground is None else f" {'' if ground.type == 'citizen' else 'on '}{ground.label}"
    lines = []
    if stay.check_in is not None and stay.check_in.leg.id == leg.id:
        lines.append((0, f"check-in: show {_at_check_in(journey, traveller, stay, ground)}"))
    if stay.exit is not None and stay.exit.leg.id == leg.id:
        left = [passport_name(scenario, traveller, stay.exit_passport), *_also(journey, stay, "exit")]
        lines.append((1, f"exit:     {_border(scenario, stay.exit)}: show {listed(left)}"))
    if stay.entry is not None and stay.entry.leg.id == leg.id:
        line = f"entry:    {_border(scenario, stay.entry)}: show {shown}{on}; {_until(until(journey, stay), ground)}"
        lines.append((2, line))
    return lines


def _at_check_in(journey: Journey, traveller: Traveller, stay: Stay, ground: GroundNamed | None) -> str:
    """What the airline wants to see, for which place, and what is relied on there."""
    scenario = journey.scenario
    shown, relied_on = [passport_name(scenario, traveller, stay.passport)], ""
    if ground is not None and ground.type in ("transit", "visa_free", "on_arrival"):
        relied_on = f": {ground.label}"
    elif ground is not None and ground.type != "citizen":
        shown.append(ground.label)
    if ground is not None and ground.type == "transit" and stay.following is not None:
        onward = scenario.name_of(stay.following)
        shown.append(f"the onward ticket to {onward}")
        if isinstance(ground.item, TransitWithoutVisa) and stay.following in ground.item.onward_documents:
            shown.append(f"the visa for {onward}")
    return f"{listed([*shown, *_also(journey, stay, 'check_in')])}, for {scenario.name_of(stay.zone)}{relied_on}"


def _also(journey: Journey, stay: Stay, where: Literal["check_in", "exit"]) -> list[str]:
    """Further papers that rules want to see. The passport that one of them is in is named with it."""
    return [item.paper.label for item in papers(journey, stay, where) if item.paper.sort != "passport"]


def _checks(journey: Journey, traveller: Traveller, leg: Leg) -> list[tuple[int, str]]:
    """Borders with checks on a leg that stays inside a permission zone."""
    scenario = journey.scenario
    lines = []
    for check in checks(journey):
        if check.leg.id == leg.id and check.traveller == traveller.id:
            book = passport_name(scenario, traveller, check.passport) if check.passport else "a passport"
            border = f"{scenario.name_of(check.from_)} and {scenario.name_of(check.to)}"
            lines.append((0, f"border checks between {border}: have {book} at hand"))
    return lines


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


def _change(page: Page, scenario: Scenario, touch: Touch) -> None:
    """What happens between a leg and the next."""
    time = duration(touch.outbound.departs_utc - touch.inbound.arrives_utc)
    nights = (touch.outbound.departs.date() - touch.inbound.arrives.date()).days
    if touch.mode == "airside":
        page.add(f"-> change at {port_name(scenario, touch.port)} without leaving the transit area, {time}", 3, 3)
    else:
        town = scenario.town_of(touch.port)
        page.add(f"-> in {town} ({touch.port}) for {count(nights, 'night') if nights > 0 else time}", 3, 3)


def _events(page: Page, journey: Journey, after: Leg | None) -> None:
    """The events attended on visits that begin with the arrival of a leg (None: before the first one)."""
    booked = {booking.event for booking in journey.itinerary.bookings}
    for event in journey.scenario.trip.events:
        for visit in journey.visits_to(event.at) if event.id in booked else ():
            begun = visit.arrives_on is None or visit.arrives_on <= event.first_day
            stayed = visit.departs_on is None or event.end <= visit.departs_on
            if begun and stayed and visit.inbound == after:
                last = f" to {day(event.end)}" if event.end != event.first_day else ""
                page.add(f"-> {event.label}: {day(event.first_day)}{last}", 3, 3)
