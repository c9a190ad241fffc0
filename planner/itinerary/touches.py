"""Where a change between two legs can be made airside. See «Changes» in `docs/semantics.md`."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from planner.scenario.scenario import Scenario
from planner.scenario.travel import Leg, Port


def why_not_airside(scenario: Scenario, inbound: Leg, outbound: Leg, *, one_ticket: bool) -> str:
    """Why the change from one leg to the next cannot be made airside, in words; "" where it can.

    `one_ticket`: whether one bought fare covers both legs.
    """
    port = scenario.ports[inbound.to]
    name = scenario.name_of(port.id)
    granted = any(
        touch.after == inbound.id and touch.before == outbound.id and touch.mode == "airside"
        for touch in scenario.touches
    )
    if not (one_ticket or port.airside_on_separate_tickets or granted):
        return f"{inbound.id} and {outbound.id} are on separate tickets"
    if not (port.airside or granted):
        return f"{name} has no airside transit"
    if inbound.mode != "air" or outbound.mode != "air":
        return "airside is between two flights only"
    if not _inside_hours(port, inbound.arrives, outbound.departs):
        return f"the airside area of {name} is not open all the time between {inbound.id} and {outbound.id}"
    return _same_zone(scenario, inbound, outbound)


def _same_zone(scenario: Scenario, inbound: Leg, outbound: Leg) -> str:
    """Airside passengers come from another permission zone and go on to another one."""
    day = inbound.arrives.date()
    before, here, after = (
        scenario.permission_zone(scenario.territory_of(port), day) for port in (inbound.from_, inbound.to, outbound.to)
    )
    name = scenario.name_of(inbound.to)
    if before == here:
        return f"{inbound.id} comes from the same zone as {name}"
    return f"{outbound.id} goes to the same zone as {name}" if after == here else ""


def _inside_hours(port: Port, arrival: datetime, departure: datetime) -> bool:
    """Whether both local times lie inside the same opening of the port's airside area."""
    if port.airside_from is None and port.airside_to is None:
        return True
    opens, closes = port.airside_from or time.min, port.airside_to or time.max
    opening = _opening(opens, closes, arrival)
    return opening is not None and opening == _opening(opens, closes, departure)


def _opening(opens: time, closes: time, moment: datetime) -> date | None:
    """The date on which the opening that contains a local time began; None outside the hours."""
    clock, day = moment.time(), moment.date()
    if opens <= closes:
        return day if opens <= clock <= closes else None
    if clock >= opens:
        return day
    return day - timedelta(days=1) if clock <= closes else None
