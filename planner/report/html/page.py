"""The answer as HTML: a whole page, or a part for a notebook. Every text in it is escaped; nothing in it is a program."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from planner.answer import Answer, Plan
from planner.core.money import show
from planner.report.html.law import law
from planner.report.html.links import linked
from planner.report.html.routemap import route_map
from planner.report.html.timeline import timeline
from planner.report.told.basis import basis, imported, readings
from planner.report.told.conflict import NO_WAY, ONLY_THESE_LEGS, conflict, others
from planner.report.told.cost import costs
from planner.report.told.preparation import preparation
from planner.report.told.proof import proof, undecided, verdict
from planner.report.told.repairs import repairs
from planner.report.told.trip import trip
from planner.report.words import count, day, listed, plain, port_name
from planner.scenario.scenario import Scenario
from planner.version import __version__

_HERE = Path(__file__).parent


def html_text(answer: Answer) -> str:
    """The answer as one page that needs no other file, no network and no program."""
    return _written("page.html", answer, whole=True)


def notebook_html(answer: Answer) -> str:
    """The same for a cell of a notebook: with its own look, which reaches nothing around it, and without ids."""
    return _written("answer.html", answer, whole=False)


def _written(template: str, answer: Answer, *, whole: bool) -> str:
    style = Markup((_HERE / "style.css").read_text(encoding="utf-8"))
    text = _environment().get_template(template).render(whole=whole, style=style, **_told(answer))
    return "\n".join(line for line in text.splitlines() if line.strip()) + "\n"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    environment.filters |= {"linked": linked, "day": day, "listed": listed}
    return environment


def _harmless(value: object) -> object:
    """A text without control characters; what is HTML already stays."""
    return value if isinstance(value, Markup) else plain(str(value))


def _told(answer: Answer) -> dict[str, Any]:
    """What the templates lay out."""
    scenario = answer.scenario
    told: dict[str, Any] = {
        "title": scenario.title or "The trip",
        "status": answer.status,
        "several": len(scenario.travellers) > 1,
        "travellers": listed(traveller.label for traveller in scenario.travellers),
        "readings": readings(answer),
        "proof": proof(answer),
        "version": __version__,
        "plan": None,
        "conflict": None,
    }
    if answer.status == "undecided":
        return told | {"undecided": undecided(answer)}
    if answer.plan is not None:
        return told | {"plan": _plan(answer, answer.plan)}
    if answer.conflict is not None:
        return told | {"conflict": _conflict(answer)}
    return told


def _plan(answer: Answer, plan: Plan) -> dict[str, Any]:
    scenario, legs = answer.scenario, plan.journey.legs
    return {
        "verdict": verdict(answer, plan),
        "cost": show(plan.cost, scenario.currency),
        "from_on": legs[0].departs.date() if legs else None,
        "to_on": legs[-1].arrives.date() if legs else None,
        "stops": [port_name(scenario, port) for port in (legs[0].from_, *(leg.to for leg in legs))] if legs else [],
        "ports": [legs[0].from_, *(leg.to for leg in legs)] if legs else [],
        "legs": count(len(legs), "leg"),
        "map": route_map(plan.journey),
        "timeline": timeline(plan),
        "preparation": preparation(scenario, plan),
        "trip": trip(plan),
        "law": {leg.id: law(plan.journey, leg) for leg in legs},
        "costs": costs(scenario, plan),
        "basis": basis(scenario, plan),
    }


def _conflict(answer: Answer) -> dict[str, Any]:
    assert answer.conflict is not None
    scenario = answer.scenario
    return {
        "first": conflict(scenario, answer.conflict),
        "no_way": NO_WAY,
        "only_these_legs": ONLY_THESE_LEGS,
        "others": others(answer),
        "repairs": repairs(answer),
        "imported": imported(scenario, {port.territory for port in scenario.ports.values()}),
    }
