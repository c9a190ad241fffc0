"""The answer about one crossing, as text and as JSON. The JSON's shape is documented in `docs/law.md`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from planner.core.money import Price
from planner.core.period import Period
from planner.law.answers import Admittance, Obtain, Way
from planner.report.grounds import type_name
from planner.report.page import Page
from planner.report.words import day, listed, moment
from planner.scenario.documents import Acquirable
from planner.scenario.law import Admission

FORMAT = 1
_LONG_AGO = timedelta(days=366)  # what opened before then need not be said
_MISSING = {
    "expires": "when the passport expires",
    "issued": "when the passport was issued",
    "blank_pages": "how many blank pages the passport has",
    "stamps": "which stamps and visas the passport carries",
    "past_stays": "where the traveller has been before",
    "born": "how old the traveller is",
    "from": "where the traveller comes from",
    "earlier": "where the traveller was before on this trip, and from where those places were entered",
    "next": "where and when the traveller goes on",
}


def text(answer: Admittance) -> str:
    """The verdict first, then what admits, what to obtain, what blocks, and what it all rests on."""
    page = Page()
    _verdict(page, answer)
    usable = [way for way in answer.ways if way.usable]
    _ways(page, answer, "WHAT ADMITS", usable)
    if answer.not_needed:
        page.add(f"Could be obtained, but is not needed: {listed(answer.not_needed)}.")
    _ways(page, answer, "WHAT WOULD ADMIT, ONCE OBTAINED", [w for w in answer.ways if w.admits and not w.usable])
    _ways(page, answer, "WHAT DOES NOT ADMIT", [way for way in answer.ways if way.admits is False])
    _ways(page, answer, "WHAT DEPENDS ON THE REST OF THE JOURNEY", [way for way in answer.ways if way.admits is None])
    _blocks(page, answer)
    _doubts(page, answer)
    if answer.reminders:
        page.heading("ALSO SEE TO")
        for reminder in answer.reminders:
            page.add(f"- {reminder.text}", 0, 2)
    if answer.readings:
        page.heading("READINGS USED")
        for reading in answer.readings:
            page.add(f"{reading.id} = {answer.scenario.answer_to(reading.id)}: {reading.question}", 0, 2)
    _basis(page, answer)
    return page.text()


def _verdict(page: Page, answer: Admittance) -> None:
    scenario = answer.scenario
    place = scenario.name_of(answer.territory)
    if answer.zone != answer.territory:
        place += f" ({scenario.name_of(answer.zone)})"
    books = listed((f"{book.id}" for book in scenario.travellers[0].passports), "or")
    at = f" at {answer.port}" if answer.port else ""
    question = f"Entry into {place}{at} on {day(answer.on)} with passport {books}"
    if answer.admitted is None:
        page.add(f"{question}: not covered, so neither yes nor no.")
    elif answer.admitted and all(way.only_in for way in answer.ways if way.usable):
        parts = dict.fromkeys(listed(way.only_in, "or") for way in answer.ways if way.usable)
        page.add(f"{question}: admitted, but only to {'; or only to '.join(parts)}.")
    elif answer.admitted and all(way.ports for way in answer.ways if way.usable) and not answer.port:
        page.add(f"{question}: admitted, but only at the ports named below.")
    elif answer.admitted:
        page.add(f"{question}: admitted.")
    elif any(way.admits for way in answer.ways):
        page.add(f"{question}: not admitted yet; something must be obtained first.")
    elif any(way.admits is None for way in answer.ways):
        page.add(f"{question}: not admitted, as far as the journey is known.")
    else:
        page.add(f"{question}: not admitted.")
    for note in answer.notes:
        page.add(f"{note[0].upper()}{note[1:]}.")
    if not answer.covered_by and answer.base is None:
        page.add(f"No rulebook in use says who is admitted to {place}.")


def _ways(page: Page, answer: Admittance, title: str, ways: Sequence[Way]) -> None:
    if ways:
        page.heading(title)
    numbers = {block.id: str(number) for number, block in enumerate(answer.blocks, 1)}
    for way in ways:
        page.add(f"- passport {way.passport}: {_label(answer, way)}{_stay(way) if way.admits else ''}", 0, 2)
        if way.obtain is not None and way.admits:
            _obtain(page, answer, way.obtain)
        if isinstance(way.item, Admission) and way.item.fee is not None:
            page.add(f"fee at the border: {way.item.fee}", 4, 2)
        if way.papers:
            page.add(f"also needed: {'; '.join(way.papers)}", 4, 2)
        if way.only_in:
            page.add(f"for a stay in {listed(way.only_in, 'or')} only", 4, 2)
        if way.ports:
            page.add(f"only at {listed(way.ports, 'or')}", 4, 2)
        if way.not_ports and way.admits:
            page.add(f"not at {listed(way.not_ports, 'or')}", 4, 2)
        if way.conditions:
            page.add("; ".join(way.conditions), 4, 2)
        if way.blocks and not way.admits:
            page.add(f"blocked by {listed(numbers.get(name, name) for name in way.blocks)} below", 4, 2)


def _label(answer: Admittance, way: Way) -> str:
    if way.type == "citizen" and way.item is None:
        return f"as a citizen of {answer.scenario.name_of(way.state)}"
    if isinstance(way.item, Acquirable):
        return f"{way.item.label} ({way.ground})"
    return f"{type_name(way.type)} ({way.ground})"


def _stay(way: Way) -> str:
    """Until when one may stay, and by which rule, if not by what admits."""
    until = way.until
    if until is None:
        return ""
    rules = dict.fromkeys(limit.rule for limit in way.limits if limit.end == until)
    why = f" ({listed(rules)})" if way.ground not in rules and not isinstance(way.item, Acquirable) else ""
    end = moment(until.at) if until.at else day(until.on) + (f", {until.why}" if until.why else "")
    return f"; the stay may last until {end}{why}"


def _obtain(page: Page, answer: Admittance, obtain: Obtain) -> None:
    offer, scenario = obtain.offer, answer.scenario
    if offer is None:
        page.add("the rulebooks in use do not say how to obtain it, or for how much", 4, 2)
        return
    per = " for the party" if offer.per == "party" else ""
    lead = [str(Period(offer.lead.days))] if offer.lead.days else []
    if offer.lead.business_days:
        calendar = f" of {scenario.name_of(offer.lead.calendar)}" if offer.lead.calendar else ""
        lead.append(f"{Period(offer.lead.business_days)}{calendar}".replace(" day", " business day"))
    page.add(f"{_price(offer.price)}{per}; takes {' and '.join(lead) or 'no time that is known'}", 4, 2)
    if obtain.apply_by is not None:
        recent = obtain.apply_from and answer.on - obtain.apply_from < _LONG_AGO
        first = f", and not before {day(obtain.apply_from)}" if obtain.apply_from and recent else ""
        page.add(f"apply by {day(obtain.apply_by)}{first}", 4, 2)
    if offer.apply_in:
        page.add(f"apply in {listed(map(scenario.name_of, offer.apply_in), 'or')}", 4, 2)
    if offer.handed_over_in:
        page.add(f"handed over in {listed(map(scenario.name_of, offer.handed_over_in), 'or')}", 4, 2)
    if offer.needs:
        page.add(f"needs first: {listed(offer.needs)}", 4, 2)
    if offer.residents_of:
        page.add(f"only for residents of {listed(map(scenario.name_of, offer.residents_of), 'or')}", 4, 2)


def _price(price: Price) -> str:
    return "free" if price.amount == 0 else str(price)


def _blocks(page: Page, answer: Admittance) -> None:
    if answer.blocks:
        page.heading("WHAT STANDS AGAINST IT")
    for number, block in enumerate(answer.blocks, 1):
        page.add(f"{number}. {block.text} ({block.rule})", 0, 3)
        page.add(block.how, 3, 2)
        if block.lifted_by:
            page.add(f"lifted by: {'; '.join(block.lifted_by)}", 3, 2)


def _doubts(page: Page, answer: Admittance) -> None:
    if answer.doubts:
        page.heading("NOT JUDGED")
    for doubt in answer.doubts:
        page.add(f"Not known: {_MISSING[doubt.missing]}. It matters for {listed(doubt.rules)}.", 0, 2)
        for sentence in doubt.texts:
            page.add(f"- {sentence}", 2, 2)


def _basis(page: Page, answer: Admittance) -> None:
    page.heading("WHAT THIS RESTS ON")
    if answer.covered_by:
        page.add(f"Rulebook: {', '.join(answer.covered_by)}.")
    if answer.base is not None:
        page.add(
            f"The imported base alone ({answer.base.source}; as of {day(answer.base.on)}; licence: "
            f"{answer.base.licence}): one word for each passport, without any conditions."
        )
    alike: dict[str, list[str]] = {}
    for source in answer.sources:
        read = f", read on {source.read_on}" if source.read_on else ""
        text = f"{source.grade or 'no grade'}{read}: {source.source or 'no source'}"
        alike.setdefault(text, []).append(source.id)
    for text, ids in alike.items():
        page.add(f"{listed(ids)}: {text}", 0, 2)
    page.add("Data with sources and dates, not advice: ask the embassy.")


# ---- JSON


def json_text(answer: Admittance) -> str:
    """The answer as a JSON text: ASCII only, indented, ending with a line break."""
    return json.dumps(as_data(answer), indent=2, ensure_ascii=True, allow_nan=False) + "\n"


def as_data(answer: Admittance) -> dict[str, Any]:
    """The answer as what `json.dumps` takes."""
    base = answer.base
    return {
        "format": FORMAT,
        "admitted": answer.admitted,
        "on": answer.on.isoformat(),
        "territory": answer.territory,
        "zone": answer.zone,
        "port": answer.port or None,
        "grounds": [_way(way) for way in answer.ways],
        "not_needed": list(answer.not_needed),
        "blocks": [
            {"id": b.id, "rule": b.rule, "text": b.text, "how": b.how, "lifted_by": list(b.lifted_by)}
            for b in answer.blocks
        ],
        "not_judged": [
            {"missing": doubt.missing, "rules": list(doubt.rules), "texts": list(doubt.texts)}
            for doubt in answer.doubts
        ],
        "reminders": [
            {
                "rule": note.id,
                "text": note.text,
                "from": note.from_on.isoformat() if note.from_on else None,
                "by": note.by_on.isoformat() if note.by_on else None,
            }
            for note in answer.reminders
        ],
        "readings": [
            {"id": r.id, "question": r.question, "answer": answer.scenario.answer_to(r.id)} for r in answer.readings
        ],
        "sources": [
            {
                "id": source.id,
                "source": source.source,
                "grade": source.grade,
                "read_on": source.read_on.isoformat() if source.read_on else None,
            }
            for source in answer.sources
        ],
        "covered_by": list(answer.covered_by),
        "base": {"source": base.source, "licence": base.licence, "on": base.on.isoformat()} if base else None,
        "notes": list(answer.notes),
    }


def _way(way: Way) -> dict[str, Any]:
    fee = way.item.fee if isinstance(way.item, Admission) else None
    return {
        "id": way.ground,
        "type": way.type,
        "passport": way.passport,
        "state": way.state,
        "admits": way.admits,
        "obtain": _obtained(way.obtain) if way.obtain else None,
        "fee": _money(fee) if fee else None,
        "papers": list(way.papers),
        "only_in": list(way.only_in),
        "ports": list(way.ports),
        "not_ports": list(way.not_ports) if way.admits else [],
        "conditions": list(way.conditions),
        "blocks": list(way.blocks),
        "until": way.until.on.isoformat() if way.until else None,
        "limits": [{"rule": limit.rule, "until": limit.end.on.isoformat()} for limit in way.limits],
    }


def _obtained(obtain: Obtain) -> dict[str, Any]:
    offer = obtain.offer
    return {
        "type": obtain.type,
        "id": obtain.id,
        "title": offer.label if offer else None,
        "price": _money(offer.price) if offer else None,
        "per": offer.per if offer else None,
        "days": offer.lead.days if offer else None,
        "business_days": offer.lead.business_days if offer else None,
        "apply_from": obtain.apply_from.isoformat() if obtain.apply_from else None,
        "apply_by": obtain.apply_by.isoformat() if obtain.apply_by else None,
        "apply_in": list(offer.apply_in) if offer else [],
        "handed_over_in": list(offer.handed_over_in) if offer else [],
        "needs": list(offer.needs) if offer else [],
    }


def _money(price: Price) -> dict[str, str]:
    return {"amount": str(price.amount), "currency": price.currency}
