"""The answer as HTML: a whole page, or a part for a notebook. Every text is escaped; nothing in it is a program."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from planner.answer import Answer, Conflict, Plan
from planner.core.errors import Place
from planner.core.money import show
from planner.core.plain import plain
from planner.report.html.law import law
from planner.report.html.links import linked
from planner.report.html.routemap import route_map, unplaced
from planner.report.html.timeline import timeline
from planner.report.told.basis import STRICT_UNLESS_CHOSEN, basis, beside, imported, readings
from planner.report.told.choices import alternatives, front
from planner.report.told.conflict import NO_WAY, ONLY_THESE_LEGS, ConflictTold, conflict, others
from planner.report.told.cost import costs
from planner.report.told.desks import together
from planner.report.told.preparation import preparation
from planner.report.told.proof import proof, undecided, verdict
from planner.report.told.repairs import repairs
from planner.report.told.trip import trip
from planner.report.words import count, day, listed, place_name
from planner.scenario.scenario import Scenario
from planner.version import __version__

_HERE = Path(__file__).parent


def html_text(answer: Answer) -> str:
    """The answer as one page that needs no other file, no network and no program."""
    return _written("page.html", _told(answer), whole=True)


def part(shown: Answer | Plan | Conflict) -> str:
    """An answer, or a plan or conflict alone, for a page of somebody else: its look reaches nothing else, without ids.

    Raises ValueError for a conflict without witnesses, which does not know its scenario: show its answer instead.
    """
    if isinstance(shown, Conflict):
        if not shown.witnesses:
            raise ValueError("a conflict without witnesses is shown by its answer")
        told = _told(Answer(status="infeasible", scenario=shown.witnesses[0].scenario, conflict=shown))
    else:
        told = _told(shown) if isinstance(shown, Answer) else _plan_alone(shown)
    return _written("answer.html", told, whole=False)


def _written(template: str, told: dict[str, Any], *, whole: bool) -> str:
    style = Markup((_HERE / "style.css").read_text(encoding="utf-8"))
    text = _environment().get_template(template).render(whole=whole, style=style, **told)
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
    environment.filters |= {"linked": linked, "day": day, "listed": listed, "together": together}
    environment.filters |= {"arrows": _arrows, "capitalized": _capitalized, "in_file": _in_file}
    return environment


def _harmless(value: object) -> object:
    """A text without control characters; what is HTML already stays."""
    return value if isinstance(value, Markup) else plain(str(value))


def _arrows(text: str) -> str:
    """A sentence with the arrows of its route as they are written by hand."""
    return text.replace(" -> ", " → ")


def _capitalized(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def _in_file(place: Place) -> str:
    """«trip.toml:219»: where a statement stands, without the way to the file but that of a rulebook."""
    file = place.file if place.file.startswith("rulebooks/") else PurePath(place.file).name
    return f"{file}:{place.line}" if place.line else file


def _told(answer: Answer) -> dict[str, Any]:
    """What the templates lay out."""
    used = readings(answer)
    told = _about(answer.scenario) | {
        "status": answer.status,
        "readings": used,
        "beside": beside(used),
        "proof": proof(answer),
    }
    if answer.plan is not None:
        # The last sentence is the way and its dates, which stand below.
        said = verdict(answer, answer.plan)[: -1 if answer.plan.journey.legs else None]
        choices = {"alternatives": alternatives(answer), "front": front(answer)}
        return told | {"verdict": said, "plan": _plan(answer.scenario, answer.plan) | choices}
    if answer.conflict is not None:
        found = conflict(answer.scenario, answer.conflict)
        said = (found.argument.verdict if found.argument else NO_WAY,)
        return told | {"verdict": said, "conflict": _conflict(answer, found)}
    return told | {"verdict": undecided(answer)}


def _plan_alone(plan: Plan) -> dict[str, Any]:
    """A plan of which nothing is said but what it is."""
    scenario = plan.journey.scenario
    return _about(scenario) | {"plan": _plan(scenario, plan)}


def _about(scenario: Scenario) -> dict[str, Any]:
    """What is the same in every answer, and nothing for the rest."""
    return {
        "title": scenario.title or "The trip",
        "several": len(scenario.travellers) > 1,
        "travellers": listed(traveller.label for traveller in scenario.travellers),
        "version": __version__,
        "status": "",
        "verdict": (),
        "strict_unless_chosen": STRICT_UNLESS_CHOSEN,
        "readings": (),
        "beside": "",
        "proof": (),
        "plan": None,
        "conflict": None,
    }


def _plan(scenario: Scenario, plan: Plan) -> dict[str, Any]:
    legs, told = plan.journey.legs, preparation(scenario, plan)
    sources_of: dict[str, list[str]] = {}
    for reminder in told.reminders:
        if reminder.source not in ("", *sources_of.setdefault(reminder.text, [])):
            sources_of[reminder.text].append(reminder.source)
    return {
        "cost": show(plan.cost, scenario.currency),
        "from_on": legs[0].departs.date() if legs else None,
        "to_on": legs[-1].arrives.date() if legs else None,
        "stops": [place_name(scenario, port) for port in (legs[0].from_, *(leg.to for leg in legs))] if legs else [],
        "ports": [legs[0].from_, *(leg.to for leg in legs)] if legs else [],
        "legs": count(len(legs), "leg"),
        "map": route_map(plan.journey),
        "unplaced": unplaced(plan.journey),
        "timeline": timeline(plan),
        "preparation": told,
        "sources_of": sources_of,
        "alternatives": None,
        "front": None,
        "trip": trip(plan),
        "law": {leg.id: law(plan.journey, leg) for leg in legs},
        "costs": costs(scenario, plan),
        "basis": basis(scenario, plan),
    }


def _conflict(answer: Answer, found: ConflictTold) -> dict[str, Any]:
    scenario = answer.scenario
    return {
        "first": found,
        "only_these_legs": ONLY_THESE_LEGS,
        "others": others(answer),
        "repairs": repairs(answer),
        "imported": imported(scenario, {port.territory for port in scenario.ports.values()}),
    }
