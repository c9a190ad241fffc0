"""The library's front door: `load` a scenario, `plan` it.

>>> from planner import load, plan
>>> answer = plan(load("scenarios/pyongyang-marathon.toml"))
>>> answer.status
'optimal'
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event

from attrs import evolve

from planner.answer import Answer, Repair, WhyNot
from planner.answering import Wanted, answers
from planner.core.progress import Observer, Watch
from planner.instead import Asked
from planner.instead import why_not as asked_of
from planner.model.build import Model, build
from planner.rules.base import table_kinds
from planner.rules.facts import Fact
from planner.scenario.reading import read_file, read_text
from planner.scenario.reading.editing import edited
from planner.scenario.scenario import Scenario
from planner.solving.client import Effort

MOST_WORKERS = 256


def load(path: str | Path) -> Scenario:
    """Read a scenario file. Raises ScenarioError with every problem found in it."""
    return read_file(Path(path), table_kinds())


def loads(text: str, file: str = "<text>") -> Scenario:
    """Read a scenario from a text; `file` is what messages call it. Raises ScenarioError."""
    return read_text(text, table_kinds(), file)


def plan(
    scenario: Scenario,
    *,
    limit: int | None = 1,
    repairs: int = 3,
    alternatives: int = 0,
    front: bool = False,
    time_limit: float = 60.0,
    workers: int = 2,
    seed: int = 0,
    progress: Observer | None = None,
    stop: Event | None = None,
) -> Answer:
    """The cheapest valid itinerary, proved, or a smallest conflict, proved; or as much of that as time allows.

    Of an impossible scenario, `limit` conflicts are told (None: all of them) and up to `repairs` repairs. Of a possible
    one, up to `alternatives` further plans, the next-cheapest with another route, other dates or other papers, and with
    `front` every plan that none beats in both cost and time from door to door. `time_limit` is in seconds and covers
    everything. A completed proof does not depend on `workers` or `seed`.
    `progress` is called, in this thread, with a `Progress` whenever there is something new to tell; what it raises ends
    the search. When `stop` is set, from any thread, everything ends as if time had run out.
    Raises ValueError for senseless arguments, InternalError if the checker does not confirm what the solver claims.
    """
    *_, last = explain(
        scenario,
        limit=limit,
        repairs=repairs,
        alternatives=alternatives,
        front=front,
        time_limit=time_limit,
        workers=workers,
        seed=seed,
        progress=progress,
        stop=stop,
    )
    return last


def explain(
    scenario: Scenario,
    *,
    limit: int | None = 1,
    repairs: int = 3,
    alternatives: int = 0,
    front: bool = False,
    time_limit: float = 60.0,
    workers: int = 2,
    seed: int = 0,
    progress: Observer | None = None,
    stop: Event | None = None,
) -> Iterator[Answer]:
    """What `plan` answers, step by step: at least one answer, each better than the one before it.

    Of an impossible scenario first a minimal conflict, then smaller ones with a rising `at_least`, at last one proved
    smallest; then further ones in order, up to `limit` (None: all); then repairs, one after the other. All of them
    are certified. Of a possible one first the plan, then alternatives and the front, one plan after the other. Other
    arguments and errors as for `plan`.
    """
    effort = _effort(time_limit, workers, seed, progress, stop)
    if limit is not None and limit < 1:
        raise ValueError("limit at least 1, or None for all conflicts")
    if repairs < 0 or alternatives < 0:
        raise ValueError("repairs and alternatives at least 0")
    wanted = Wanted(conflicts=limit, repairs=repairs, alternatives=alternatives, front=front)
    return answers(scenario, effort, wanted)


def _effort(time_limit: float, workers: int, seed: int, progress: Observer | None, stop: Event | None) -> Effort:
    """What may be spent from now on. Raises ValueError for senseless arguments."""
    if not time_limit >= 0 or not 1 <= workers <= MOST_WORKERS or not 0 <= seed < 2**31 - 1:
        raise ValueError(f"time_limit at least 0, workers from 1 to {MOST_WORKERS}, seed from 0 to 2**31 - 2")
    effort = Effort.starting_now(time_limit, workers, seed)
    return evolve(effort, watch=progress and Watch(progress), stop=stop)


def why_not(
    scenario: Scenario,
    *,
    use: Sequence[str] = (),
    passports: Sequence[str] = (),
    at: Sequence[str] = (),
    stops: Sequence[str] = (),
    time_limit: float = 60.0,
    workers: int = 2,
    seed: int = 0,
    progress: Observer | None = None,
    stop: Event | None = None,
) -> WhyNot:
    """Why the cheapest plan does not use some legs, show some passports at an entry, or stop at some places.

    `passports` are shown at an entry to one of the places `at` (ports, territories or zones; none: anywhere). All that
    is asked for is asked for together: it becomes a wish like the scenario's own, and either it has its price, or a
    conflict tells what forbids it. Other arguments as for `plan`. Raises ScenarioError for legs, passports and places
    that the scenario does not have, and if nothing is asked for.
    """
    asked = Asked(use=tuple(use), passports=tuple(passports), at=tuple(at), stops=tuple(stops))
    return asked_of(scenario, asked, _effort(time_limit, workers, seed, progress, stop))


def rewritten(text: str, repair: Repair) -> str:
    """The text of a scenario file with the changes of a repair made; comments and layout stay.

    Raises KeyError if the text is not that of the scenario that the repair is for.
    """
    return edited(text, repair.changes)


def conflicts(scenario: Scenario, *, time_limit: float = 60.0) -> list[tuple[Fact, ...]]:
    """Every minimal conflict of a scenario that has no plan, in order; none if it has one. Raises TimeoutError.

    Of a scenario with a table of legs, those among the facts that its bounds and the models of its bands speak of.
    """
    *_, last = explain(scenario, limit=None, repairs=0, time_limit=time_limit, workers=1)
    if last.status == "undecided" or last.conflicts_complete is False:
        raise TimeoutError("time ran out before all conflicts were found")
    return [] if last.conflict is None else [found.facts for found in (last.conflict, *last.more_conflicts)]


def dump_model(scenario: Scenario) -> str:
    """The scenario's 0-1 program as JSON, for bug reports: numbers only, no name, paper or date of anyone.

    Of a scenario with a table of legs, those that the exact model is first asked about.
    """
    program = _first_model(scenario).program
    return json.dumps(
        {
            "options": program.options,
            "variables": program.size,
            "facts": [{"literal": program.literal(fact), "kind": fact.kind} for fact in program.facts],
            "blocks": [{"fact": fact, "options": options.tolist()} for fact, options in program.blocks],
            "disjunctions": [list(clause.literals) for clause in program.every_disjunction()],
            "linears": [
                {"variables": row.variables, "weights": row.weights, "low": row.low, "high": row.high, "fact": row.fact}
                for row in program.every_linear()
            ],
            "cost": {"variables": program.cost_variables, "weights": program.cost_weights},
        }
    )


def _first_model(scenario: Scenario) -> Model:
    if scenario.timetable is None:
        return build(scenario)
    from planner.solving.band import Banded

    return Banded.of(scenario, Effort.starting_now(60.0, 1, 0)).first_model()
