"""Values and entries of answers in words, as a comparison shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from planner.core.money import show, to_minor
from planner.report.words import count, day, duration, listed, moment

_STATUS = {
    "optimal": "the cheapest valid trip, proved",
    "feasible": "a valid trip, not proved cheapest",
    "infeasible": "no valid trip, proved",
    "undecided": "undecided",
}
_FIELDS = {
    "apply_on": "planned for",
    "book_on": "planned for",
    "apply_latest": "at the latest",
    "book_latest": "at the latest",
    "today": "planned on",
    "permission_type": "kind of permission",
    "zone_data": "time-zone data",
    "conflicts_complete": "all conflicts told",
    "repairs_complete": "all repairs told",
    "alternatives_complete": "all alternatives told",
    "front_complete": "all of the front told",
    "departs": "leaves",
    "arrives": "arrives",
    "minutes": "takes",
    "mode": "by",
    "bound": "no trip is cheaper than",
    "papers": "shows",
    "proved": "proved cheapest",
    "declared": "chosen in the file",
    "changeable": "could be changed",
}


def field(key: str) -> str:
    """What a key is called."""
    return _FIELDS.get(key, key.replace("_", " "))


def changed(key: str, a: Any, b: Any) -> str:
    """«Fri 14 Mar 2025 -> Mon 17 Mar 2025 (3 days later)», «USD 40.00 -> USD 34.50 (USD 5.50 less)»."""
    return f"{value(key, a)} -> {value(key, b)}{_by(a, b)}"


def value(key: str, found: Any) -> str:
    """A value in words."""
    if found is None or found in ([], ""):
        return "none"
    if key == "minutes":
        return duration(found)
    if isinstance(found, dict):
        return money(found) if "amount" in found else entry(key, found)
    if isinstance(found, list):
        return listed(entry(key, item) for item in found)
    if isinstance(found, bool):
        return "yes" if found else "no"
    return _STATUS.get(found, str(found)) if key == "status" else _time(found)


def _time(found: Any) -> str:
    """A date or a local time as people write it, anything else as it is."""
    on, at = _date(found), _moment(found)
    if at is not None:
        return moment(at)
    return str(found) if on is None else day(on)


def money(found: dict[str, str] | None) -> str:
    """«USD 3,847.92», «USD 980»: as sentences of the answer have it."""
    return _amount(Decimal(found["amount"]), found["currency"]) if found else "no price"


def _amount(amount: Decimal, currency: str) -> str:
    return show(to_minor(amount, currency), currency)


def _by(a: Any, b: Any) -> str:
    """How much more or later the second is, in brackets, where that can be said."""
    if isinstance(a, dict) and isinstance(b, dict) and "amount" in a and "amount" in b:
        if a["currency"] != b["currency"]:
            return " (different currencies)"
        more = Decimal(b["amount"]) - Decimal(a["amount"])
        return f" ({_amount(abs(more), a['currency'])} {'more' if more > 0 else 'less'})"
    before, after = _date(a), _date(b)
    if before is not None and after is not None:
        days = (after - before).days
        return f" ({count(abs(days), 'day')} {'later' if days > 0 else 'earlier'})"
    return ""


def _date(text: Any) -> date | None:
    """The date that a value is, if it is one."""
    try:
        return date.fromisoformat(text) if isinstance(text, str) and len(text) == len("2025-01-01") else None
    except ValueError:
        return None


def _moment(text: Any) -> datetime | None:
    """The local time with its offset that a value is, if it is one."""
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def entry(key: str, found: Any) -> str:
    """An entry of a list in words; texts are their own, and so is what a later version says under a known name."""
    return _worded(_ENTRIES, key, found) or str(found)


def subject(key: str, found: Any) -> str:
    """What an entry is called of which something differs."""
    return _worded(_SUBJECTS, key, found) or entry(key, found)


def _worded(known: Mapping[str, Callable[[Any], str]], key: str, found: Any) -> str:
    """Words for an entry of a list; "" if there are none, or the list is another one that is only called the same."""
    try:
        return known[key](found)
    except (LookupError, TypeError, ValueError, ArithmeticError):
        return ""


def route(answer: dict[str, Any]) -> str:
    """«SFO -> PEK -> SFO, 2025-04-01 to 2025-04-08»; "" without legs."""
    legs = answer["timetable"]
    return f"{' -> '.join(_stops(legs))}, {legs[0]['departs'][:10]} to {legs[-1]['arrives'][:10]}" if legs else ""


def ports(answer: dict[str, Any]) -> str:
    """«SFO, PEK, SFO», for an answer with legs."""
    return ", ".join(_stops(answer["timetable"]))


def dates(answer: dict[str, Any]) -> str:
    """«Tue 1 Apr 2025 to Tue 8 Apr 2025», for an answer with legs."""
    legs = answer["timetable"]
    return f"{value('', legs[0]['departs'][:10])} to {value('', legs[-1]['arrives'][:10])}"


def _stops(legs: list[dict[str, Any]]) -> list[str]:
    return [legs[0]["from"], *(leg["to"] for leg in legs)]


def _leg(leg: dict[str, Any]) -> str:
    when = f"leaves {value('', leg['departs'])}, arrives {value('', leg['arrives'])}"
    return f"{leg['from']} to {leg['to']}, {when} ({', '.join(filter(None, (leg['leg'], leg['operator'])))})"


def _crossing(found: dict[str, Any]) -> str:
    on = f" on {found['permission']}" if found["permission"] and found["direction"] == "entry" else ""
    until = f", until {value('', found['until'])}" if found["until"] and found["direction"] == "entry" else ""
    return f"{_desk(found)}: passport {found['passport']}{on}{until}"


def _desk(found: dict[str, Any]) -> str:
    way = "into" if found["direction"] == "entry" else "from"
    when = f"{value('', found['date'])} {found['time']}"
    return f"{found['traveller']}: {found['direction']} {way} {found['zone']} at {found['port']}, {when}"


def _document(found: dict[str, Any]) -> str:
    book = f" in passport {found['passport']}" if found["passport"] else ""
    when = f"{value('', found['apply_on'])}, at the latest {value('', found['apply_latest'])}"
    return f"{found['traveller']}: apply for {found['id']}{book} on {when}"


def _booking(found: dict[str, Any]) -> str:
    latest = f", at the latest {value('', found['book_latest'])}" if found["book_latest"] else ""
    return f"{found['traveller']}: book {found['event'] or found['tour']} on {value('', found['book_on'])}{latest}"


def _reminder(found: dict[str, Any]) -> str:
    when = [f"{word} {value('', found[word])}" for word in ("from", "by") if found[word]]
    return f"{found['traveller']}: {found['text']}{': ' if when else ''}{' '.join(when)}"


def _facts(conflict: dict[str, Any]) -> str:
    return f"another conflict: {'; '.join(fact['text'] for fact in conflict['facts'])}"


def _repair(found: dict[str, Any]) -> str:
    return f"{'; and '.join(found['texts'])}: {money(found['cost'])}"


def _choice(found: dict[str, Any]) -> str:
    return f"{money(found['cost'])} in {duration(found['minutes'])}: {route(found['plan']) or 'nobody travels'}"


_ENTRIES: dict[str, Callable[[Any], str]] = {
    "timetable": _leg,
    "travellers": lambda it: f"traveller {it}",
    "rulebooks": lambda it: f"rulebook {it}",
    "crossings": _crossing,
    "papers": lambda it: it["label"],
    "checks": lambda it: f"{it['traveller']}: checks from {it['from']} to {it['to']} on {value('', it['date'])}",
    "documents": _document,
    "bookings": _booking,
    "reminders": _reminder,
    "costs": lambda it: f"{it['what']}: {money(it['cost'])}",
    "facts": lambda it: it["text"],
    "more_conflicts": _facts,
    "base": lambda it: f"{it['source']} as of {value('', it['on'])} for {listed(it['territories'])}",
    "repairs": _repair,
    "alternatives": lambda it: f"alternative: {_choice(it)}",
    "front": lambda it: f"cost against time: {_choice(it)}",
    "readings": lambda it: f"{it['id']} = {it['answer']}: {it['question']}",
}
_SUBJECTS: dict[str, Callable[[Any], str]] = {
    "timetable": lambda it: f"{it['from']} to {it['to']}",
    "touches": lambda it: f"change at {it['port']}",
    "crossings": _desk,
    "checks": lambda it: f"{it['traveller']}: checks from {it['from']} to {it['to']}",
    "documents": lambda it: f"{it['traveller']}: {it['id']}",
    "bookings": lambda it: f"{it['traveller']}: {it['event'] or it['tour']}",
    "reminders": lambda it: f"{it['traveller']}: {it['text']}",
    "costs": lambda it: it["what"],
    "repairs": lambda it: "; and ".join(it["texts"]),
    "alternatives": lambda it: f"alternative: {route(it['plan']) or 'nobody travels'}",
    "front": lambda it: f"cost against time: {route(it['plan']) or 'nobody travels'}",
    "readings": lambda it: it["id"],
}
