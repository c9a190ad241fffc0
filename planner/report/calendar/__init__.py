"""A plan as an iCalendar file (RFC 5545): legs in local time, stays, dates of preparation with alarms."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Alarm, Calendar, Event, vText

from planner.answer import Answer
from planner.core.plain import plain
from planner.report.calendar.happening import Happening, Instant
from planner.report.calendar.preparing import preparing
from planner.report.calendar.travelling import travelling
from planner.report.calendar.zones import local, time_zone
from planner.report.forms import NotInThisForm
from planner.report.told.proof import proof, verdict
from planner.scenario.scenario import Scenario
from planner.version import __version__

_YEAR = timedelta(days=365)  # so much before and after it, time zones are described


def ics_text(answer: Answer) -> str:
    """The plan as a calendar, the same one for the same answer; lines end as the format wants, with CR and LF.

    Raises NotInThisForm if there is no plan, or nothing in it that has a date: an empty calendar would be no answer.
    """
    scenario, plan = answer.scenario, answer.plan
    if plan is None:
        why = "there is no valid trip" if answer.status == "infeasible" else "it is undecided whether there is a trip"
        raise NotInThisForm(f"No calendar: {why}. Nothing is written; the text form says more.")
    happenings = [*travelling(scenario, plan), *preparing(scenario, plan)]
    if not happenings:
        raise NotInThisForm("No calendar: nobody travels and nothing is to be prepared. Nothing is written.")
    calendar = _calendar(scenario.title, " ".join((*verdict(answer, plan), *proof(answer))))
    names = _names(scenario, happenings)
    events = [_event(scenario, one, name) for one, name in zip(happenings, names, strict=True)]
    for zone in sorted({tzid for event in events for tzid in _zones(event)}):
        first, last = min(one.first_day for one in happenings), max(one.first_day for one in happenings)
        calendar.add_component(time_zone(zone, first - _YEAR, last + _YEAR))
    for event in events:
        calendar.add_component(event)
    text: str = calendar.to_ical().decode("utf-8")
    return text


def _calendar(title: str, description: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//entry-planner//plan {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for name in ("name", "x-wr-calname"):  # the standard's name (RFC 7986), and the one that programs read
        calendar.add(name, vText(plain(title) or "Trip"))
    for name in ("description", "x-wr-caldesc"):
        calendar.add(name, vText(plain(description)))
    return calendar


def _names(scenario: Scenario, happenings: list[Happening]) -> list[str]:
    """A lasting name for each: a calendar imported again, from a changed scenario, then replaces the events it had.

    So it depends on whose trip it is, what for, and what happens; not on dates or prices.
    """
    trip = scenario.trip
    whose = [
        scenario.title,
        [traveller.id for traveller in scenario.travellers],
        [trip.start, trip.goal, [stop.id for stop in trip.stops], [event.id for event in trip.events]],
    ]
    space = uuid5(NAMESPACE_URL, f"urn:entry-planner:trip:{json.dumps(whose)}")
    met: Counter[tuple[str, ...]] = Counter()
    names = []
    for one in happenings:
        met[one.key] += 1
        names.append(str(uuid5(space, json.dumps([*one.key, met[one.key]]))))
    return names


def _event(scenario: Scenario, one: Happening, name: str) -> Event:
    event = Event()
    event.add("uid", name)
    event.add("dtstamp", datetime.combine(scenario.today, time(), UTC))
    event.add("dtstart", _when(one.begins))
    event.add("dtend", _when(one.ends))
    event.add("summary", plain(one.summary))
    event.add("description", "\n".join(map(plain, one.lines)))
    if one.location:
        event.add("location", plain(one.location))
    event.add("transp", "OPAQUE" if one.busy else "TRANSPARENT")
    if one.url:
        event.add("url", one.url)
    for at in one.alarms:
        event.add_component(_alarm(one, at))
    return event


def _when(value: Instant | date) -> datetime | date:
    """The end of a whole day is the next one's beginning, as the format wants it; `Happening.ends` has it so."""
    return local(value) if isinstance(value, Instant) else value


def _alarm(one: Happening, at: datetime) -> Alarm:
    """At a local time, counted from midnight of the event's day, as the format wants it."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", plain(one.summary))
    alarm.add("trigger", at - datetime.combine(one.first_day, time()))
    return alarm


def _zones(event: Event) -> set[str]:
    """The time zones that an event's times are in."""
    return {event[name].params["TZID"] for name in ("dtstart", "dtend") if "TZID" in event[name].params}
