"""Why not, as text and as JSON (`docs/choices.md`)."""

from __future__ import annotations

import json

from planner.answer import WhyNot
from planner.report.json import FORMAT, as_data
from planner.report.page import WIDTH, Page
from planner.report.text_conflict import conflict_text
from planner.report.told.why_not import traded, why_not
from planner.report.words import decimal, span


def text(asked: WhyNot) -> str:
    """What it would cost, or which statements forbid it."""
    return page_of(asked, WIDTH).text()


def page_of(asked: WhyNot, width: int) -> Page:
    """The same as lines of at most `width` columns."""
    page = Page(width)
    for sentence in why_not(asked):
        page.add(sentence, look="strong")
    plan = asked.asked_for.plan
    if plan is not None and plan.journey.legs:
        page.add(span(plan.journey.legs))
    for trade in traded(asked):
        page.add(f"- {trade}", 0, 2)
    if asked.asked_for.conflict is not None:
        page.gap()
        conflict_text(page, asked.asked_for, asked.asked_for.conflict)
    return page


def json_text(asked: WhyNot) -> str:
    """The same as data: both answers, and what lies between them."""
    scenario, extra = asked.best.scenario, asked.extra
    data = {
        "format": FORMAT,
        "asked": list(asked.asked),
        "already": asked.already,
        "extra": None
        if extra is None
        else {"amount": decimal(extra, scenario.currency), "currency": scenario.currency},
        "trades": list(traded(asked)),
        "best": as_data(asked.best),
        "asked_for": as_data(asked.asked_for),
    }
    return json.dumps(data, indent=2, ensure_ascii=True, allow_nan=False) + "\n"
