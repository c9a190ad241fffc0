"""A row of results: what became of one scenario."""

from __future__ import annotations

from typing import Any, Literal, get_args

from attrs import asdict, frozen

from planner.answer import Answer
from planner.batching.items import Item
from planner.report.told.argument import argument
from planner.report.words import decimal, span

Status = Literal["optimal", "feasible", "infeasible", "undecided", "invalid", "failed"]
STATUSES: tuple[Status, ...] = get_args(Status)
DECIDED = ("optimal", "feasible", "infeasible")


@frozen(kw_only=True)
class Row:
    """What became of a scenario.

    `status` is that of its answer, or `invalid` for bad input and `failed` if there is no answer for another reason;
    `error` says which. `cost` is that of the cheapest plan found, a text with all decimals of the currency; `legs` its
    route and dates. If nothing is possible, `missing` are the statements that cannot hold together, `repair` is the
    least disruptive change that helps and `repair_cost` what the trip costs then. `seconds` is the time it took.
    """

    id: str
    status: Status
    cost: str | None = None
    currency: str = ""
    legs: str = ""
    missing: tuple[str, ...] = ()
    repair: tuple[str, ...] = ()
    repair_cost: str | None = None
    error: str = ""
    seconds: float = 0.0

    def as_data(self) -> dict[str, Any]:
        """The row as plain values, in the order of the columns."""
        data = asdict(self)
        return data | {"missing": list(self.missing), "repair": list(self.repair)}

    @classmethod
    def of_data(cls, data: dict[str, Any]) -> Row:
        """The row that `as_data` gave. Raises TypeError or KeyError for something else."""
        return cls(**(data | {"missing": tuple(data["missing"]), "repair": tuple(data["repair"])}))


def answered(item: Item, answer: Answer, seconds: float) -> Row:
    """The row of an answer."""
    scenario, plan = answer.scenario, answer.plan
    row = Row(id=item.id, status=answer.status, currency=scenario.currency, seconds=round(seconds, 3))
    return Row(**(asdict(row) | _plan(answer) if plan else asdict(row) | _conflict(answer)))


def _plan(answer: Answer) -> dict[str, Any]:
    assert answer.plan is not None
    legs = answer.plan.journey.legs
    return {"cost": decimal(answer.plan.cost, answer.scenario.currency), "legs": span(legs) if legs else ""}


def _conflict(answer: Answer) -> dict[str, Any]:
    conflict, best = answer.conflict, next(iter(answer.repairs or ()), None)
    if conflict is None:
        return {"error": "; ".join(answer.notes)}
    said = argument(answer.scenario, conflict).statements if conflict.facts else ()
    found: dict[str, Any] = {"missing": (*conflict.structural, *(statement.text for statement in said))}
    if best is not None:
        found["repair"] = tuple(easing.text for easing in best.easings)
        found["repair_cost"] = decimal(best.cost, answer.scenario.currency)
    return found
