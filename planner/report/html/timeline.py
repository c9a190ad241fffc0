"""The timeline: the lanes of a plan on a scale, and the same as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby

from attrs import frozen

from planner.answer import Plan
from planner.report.html.lanes import Lane, Span, lanes
from planner.report.html.scale import Scale, Tick
from planner.report.words import day, listed

_POINTS = ("latest", "desk")  # spans drawn as a mark, in the middle of their day


@frozen(kw_only=True)
class Drawn:
    """A span on the scale, in percent; `classes` name its look."""

    span: Span
    left: float
    width: float
    height: float
    classes: str


@frozen(kw_only=True)
class Row:
    """A lane on the scale."""

    lane: Lane
    who: str
    spans: tuple[Drawn, ...]


@frozen(kw_only=True)
class Line:
    """A row of the table."""

    what: str
    who: str
    text: str
    first: str
    last: str


@frozen(kw_only=True)
class Timeline:
    """Everything, by group. `bent_at` is where the scale changes, in percent; None if it does not."""

    ticks: tuple[Tick, ...]
    bent_at: float | None
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    table: tuple[Line, ...]
    kinds: frozenset[str]


def timeline(plan: Plan) -> Timeline | None:
    """The timeline of a plan, from its first step to a day after the end; None if nobody travels."""
    legs = plan.journey.legs
    if not legs:
        return None
    start, end = legs[0].departs.date(), max(leg.arrives.date() for leg in legs)
    first = min([start - timedelta(days=1), *(step.on for step in plan.preparation)])
    scale = Scale(first=first, bend=start, last=end + timedelta(days=1))
    found = lanes(plan)
    rows = [Row(lane=lane, who=listed(lane.who), spans=tuple(_drawn(scale, lane))) for lane in found]
    groups = groupby(rows, key=lambda row: row.lane.group)
    return Timeline(
        ticks=tuple(scale.ticks()),
        bent_at=scale.bent_at if scale.is_bent else None,
        groups=tuple((name, tuple(members)) for name, members in groups),
        table=tuple(line for row in rows for line in _lines(row)),
        kinds=frozenset(drawn.span.kind for row in rows for drawn in row.spans),
    )


def _drawn(scale: Scale, lane: Lane) -> Iterator[Drawn]:
    for span in lane.spans:
        left, right = scale.at(span.start), scale.at(span.end)
        if span.kind in _POINTS:
            left = right = (left + right) / 2
        elif right <= left:
            continue
        ends = (" before" if left == 0 else "") + (" after" if right == 100 else "")
        tone = {"": "", "home": " home"}.get(span.tone, f" tone-{span.tone}")
        yield Drawn(
            span=span, left=left, width=right - left, height=100 * min(span.level, 1), classes=span.kind + tone + ends
        )


def _lines(row: Row) -> Iterator[Line]:
    for span in row.lane.spans:
        if span.text:
            yield Line(
                what=row.lane.label,
                who=row.who,
                text=span.text,
                first=day(span.first) if span.first else "",
                last=day(span.last) if span.last else "",
            )
