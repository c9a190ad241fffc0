"""What the timeline shows: lanes of spans, about preparing, places, permissions, counts of days and passports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby, zip_longest

from attrs import evolve, field, frozen

from planner.answer import Plan, Step
from planner.core.time import EPOCH
from planner.itinerary.journey import Journey, Stay
from planner.report.grounds import ground_of
from planner.report.html.scale import midnight
from planner.report.limits import until
from planner.report.words import count, day, listed, passport_name
from planner.rules.base import rules_of
from planner.rules.day_caps import DayCap
from planner.rules.kinds.rolling_window import RollingWindow
from planner.scenario.documents import Acquirable, NewPermission, Terms
from planner.scenario.people import Traveller

HOME = "home"
_TONES = 5  # colours of places, used again and again
_LANE_LIMIT = 800  # days a count of days is drawn over at most


@frozen(kw_only=True)
class Span:
    """A stretch of time, from the civil date `first` to `last`; None: from before or to after what is shown.

    `begins` and `ends` are the exact times, where they are known. A span of `kind` "latest" is a last date.
    `level` is how much of a limit is used up. Spans without a text are only drawn.
    """

    kind: str
    text: str
    first: date | None
    last: date | None
    short: str = ""
    tone: str = ""
    level: float = 1.0
    begins: datetime | None = None
    ends: datetime | None = None

    @property
    def start(self) -> datetime:
        """When it begins, for drawing."""
        return self.begins or (midnight(self.first) if self.first else datetime.min)

    @property
    def end(self) -> datetime:
        """When it is over, for drawing."""
        return self.ends or (midnight(self.last, 1) if self.last else datetime.max)


@frozen(kw_only=True)
class Lane:
    """One row: what it is about, for whom, what to know of it, and its spans."""

    group: str
    label: str
    spans: tuple[Span, ...]
    note: str = ""
    who: tuple[str, ...] = field(default=(), eq=False)


def lanes(plan: Plan) -> list[Lane]:
    """Every row in order. What is the same for several travellers is one row; `who` is empty if there is only one."""
    journey = plan.journey
    found = list(_whereabouts(journey))
    for traveller in journey.scenario.travellers:
        mine = [*_preparation(plan, traveller), *_permissions(journey, traveller), *_counts(journey, traveller)]
        found += [evolve(lane, who=(traveller.label,)) for lane in (*mine, *_passports(plan, traveller))]
    alike: dict[Lane, list[str]] = {}
    for lane in found:
        alike.setdefault(lane, []).extend(lane.who)
    several = len(journey.scenario.travellers) > 1
    merged = [evolve(lane, who=tuple(who) if several else ()) for lane, who in alike.items()]
    return sorted(merged, key=lambda lane: _GROUPS.index(lane.group))


_PLACES, _PREPARING, _ADMITTING = "Where you are", "Before you go", "What admits you"
_COUNTING, _BOOKS = "Days used up", "Where each passport is"
_GROUPS = (_PLACES, _PREPARING, _ADMITTING, _COUNTING, _BOOKS)


def _brief(place: str) -> str:
    """An id that fits into a narrow span, else nothing."""
    return place if len(place) <= 3 else ""


def _utc(minutes: int) -> datetime:
    return (EPOCH + timedelta(minutes=minutes)).replace(tzinfo=None)


def _tones(journey: Journey) -> dict[str, str]:
    """A colour for each zone, in the order of the trip; that of the start has its own."""
    stays = journey.stays[journey.scenario.travellers[0].id]
    zones = dict.fromkeys(stay.zone for stay in stays)
    home = stays[0].zone
    others = (zone for zone in zones if zone != home)
    return {home: HOME} | {zone: str(number % _TONES + 1) for number, zone in enumerate(others)}


def _whereabouts(journey: Journey) -> Iterator[Lane]:
    """One territory after the other, and the journeys between them."""
    scenario, tones, spans = journey.scenario, _tones(journey), list[Span]()
    for territory, group in groupby(journey.visits, key=lambda visit: visit.territory):
        visits = list(group)
        first, last = visits[0], visits[-1]
        known = first.arrives_on or last.departs_on or scenario.today
        spans.append(
            Span(
                kind="stay",
                text=scenario.name_of(territory),
                short=_brief(territory),
                tone=tones.get(scenario.permission_zone(territory, known), HOME),
                first=first.arrives_on,
                last=last.departs_on,
                begins=None if first.arrives is None else _utc(first.arrives),
                ends=None if last.departs is None else _utc(last.departs),
            )
        )
    spans += (
        Span(
            kind="leg",
            text=f"{leg.from_} to {leg.to}",
            first=leg.departs.date(),
            last=leg.arrives.date(),
            begins=_utc(leg.departs_utc),
            ends=_utc(leg.arrives_utc),
        )
        for leg in journey.legs
    )
    yield Lane(group=_PLACES, label="Territory", spans=tuple(sorted(spans, key=lambda span: span.start)))


def _preparation(plan: Plan, traveller: Traveller) -> Iterator[Lane]:
    """Each paper applied for, until it is ready, and each booking; with the latest date for it."""
    for step in sorted(plan.preparation, key=lambda step: step.on):
        if step.traveller == traveller.id:
            doing = "apply" if step.kind == "apply" else "book"
            done = step.ready or step.on
            text = f"applied for, ready on {day(done)}" if step.kind == "apply" else "booked"
            spans = [Span(kind=doing, text=text, first=step.on, last=max(step.on, done - timedelta(days=1)))]
            if step.latest > step.on:
                spans.append(Span(kind="latest", text="at the latest", first=step.latest, last=step.latest))
            spare = (step.latest - step.on).days
            note = f"{count(spare, 'day')} to spare" if spare else "no day to spare"
            yield Lane(group=_PREPARING, label=step.label, spans=tuple(spans), note=note)


# ---- what admits


def _permissions(journey: Journey, traveller: Traveller) -> Iterator[Lane]:
    """Each ground of entry but citizenship: how long it is valid, and until when its stays may last."""
    scenario, tones = journey.scenario, _tones(journey)
    entered = [stay for stay in journey.stays[traveller.id] if stay.entry is not None]
    for key in dict.fromkeys((stay.ground, stay.passport) for stay in entered):
        stays = [stay for stay in entered if (stay.ground, stay.passport) == key]
        ground = ground_of(scenario, traveller, key[0])
        if ground is None or ground.type == "citizen":
            continue
        terms = ground.item.permission if isinstance(ground.item, Acquirable) else ground.item
        spans = []
        if isinstance(terms, Terms):
            spans.append(_validity(journey, traveller, ground.item, terms, stays))
        for stay, following in zip_longest(stays, stays[1:]):
            until_then = following.entry_on if following else None
            spans += _allowed(journey, stay, tones.get(stay.zone, HOME), until_then)
        yield Lane(group=_ADMITTING, label=ground.label, spans=tuple(spans), note=_entries(terms, len(stays)))


def _entries(terms: object, used: int) -> str:
    if not isinstance(terms, Terms):
        return ""
    if terms.entries is None:
        return f"{count(used, 'entry', 'entries')}, any number allowed"
    return f"{used} of {count(terms.entries, 'entry', 'entries')} used"


def _validity(journey: Journey, traveller: Traveller, item: object, terms: Terms, stays: list[Stay]) -> Span:
    """When entries on a permission are possible, as far as dates of its own say."""
    first, last = terms.valid_from, terms.enter_by
    for application in journey.applications(traveller.id) if isinstance(item, Acquirable) else ():
        if application.acquirable == stays[0].ground and application.passport == stays[0].passport:
            ready = journey.ready(application)
            first = max(ready, first or ready)
            if isinstance(terms, NewPermission) and terms.enter_within:
                within = terms.enter_within.after(ready)
                last = min(within, last or within)
    begun = stays[0].entry_on
    if terms.valid_after_first_entry is not None and begun is not None:
        end = terms.valid_after_first_entry.last_day(begun, terms.count_from)
        last = min(end, last or end)
    text = f"valid until {day(last)}" if last else "valid"
    return Span(kind="valid", text=text, first=first, last=last)


def _allowed(journey: Journey, stay: Stay, tone: str, drawn_to: date | None) -> Iterator[Span]:
    """A stay as it is, and how long it could go on; that is drawn to the next stay at most."""
    assert stay.entry is not None
    name = journey.scenario.name_of(stay.zone)
    yield Span(
        kind="used", text=f"in {name}", short=_brief(stay.zone), tone=tone, first=stay.entry.on, last=stay.last_on
    )
    limit = until(journey, stay)
    if limit is not None and stay.last_on is not None and limit.on > stay.last_on:
        why = f", {limit.why}" if limit.why else ""
        text = f"may last until {day(limit.on)}{why}"
        ends = midnight(min(drawn_to, limit.on)) if drawn_to else None
        first = stay.last_on + timedelta(days=1)
        yield Span(kind="allowed", text=text, tone=tone, first=first, last=limit.on, ends=ends)


def _counts(journey: Journey, traveller: Traveller) -> Iterator[Lane]:
    """Caps on days of presence that the trip makes use of, day by day."""
    legs, scenario, stays = journey.legs, journey.scenario, journey.stays[traveller.id]
    if not legs:
        return
    first = legs[0].departs.date()
    days = [first + timedelta(days=n) for n in range(min((legs[-1].arrives.date() - first).days + 1, _LANE_LIMIT))]
    for rule in rules_of(scenario):
        if not isinstance(rule, DayCap) or not rule.counts_for(traveller):
            continue
        if not any(stay.entry and scenario.ever_in(rule.zone, stay.entry.territory) for stay in stays):
            continue
        used = [(rule.used(journey, traveller, on), on) for on in days if rule.in_force(on)]
        most = max((number for number, _ in used), default=0)
        if most == 0:
            continue
        spans = []
        for number, group in groupby(used, key=lambda pair: pair[0]):
            stretch = [on for _, on in group]
            ends = stretch[0] == used[0][1] or stretch[-1] == used[-1][1]
            text = f"{number} of {rule.cap} days used" if ends else ""
            spans.append(Span(kind="count", text=text, level=number / rule.cap, first=stretch[0], last=stretch[-1]))
        note = f"at most {most} of {count(rule.cap, 'day')} used"
        period = f"any {count(rule.days, 'day')}" if isinstance(rule, RollingWindow) else "a calendar year"
        label = f"{scenario.name_of(rule.zone)}: {count(rule.cap, 'day')} in {period}"
        yield Lane(group=_COUNTING, label=label, spans=tuple(spans), note=note)


# ---- passports


def _passports(plan: Plan, traveller: Traveller) -> Iterator[Lane]:
    """For each passport: with its holder, away, and the dates on which it is shown."""
    journey, scenario = plan.journey, plan.journey.scenario
    steps = [step for step in plan.preparation if step.traveller == traveller.id and step.kind == "apply"]
    items = {step.id: scenario.acquirable_by_id[step.id] for step in steps}
    new = {item.passport.id: step for step in steps if (item := items[step.id]).passport is not None}
    held = {book.id: book for book in traveller.passports}
    for book in (*held, *new):
        first = new[book].ready if book in new else held[book].issued
        last = held[book].expires if book in held else None
        given_up = [step.on for step in steps if (gives := items[step.id].passport) and gives.renews == book]
        last = min([*given_up, *([last] if last else [])], default=None)
        away = [_away_for(step) for step in steps if step.passport == book and step.passport_away]
        if book in held:
            away += [Span(kind="away", text="away", first=d.from_, last=d.to) for d in held[book].away]
        shown = _shown(journey, traveller, book)
        with_you = Span(kind="held", text=f"with {traveller.label}", first=first, last=last)
        note = f"shown on {count(len({span.first for span in shown}), 'day')}" if shown else "not shown"
        name = passport_name(scenario, traveller, book)
        yield Lane(group=_BOOKS, label=name[:1].upper() + name[1:], spans=(with_you, *away, *shown), note=note)


def _away_for(step: Step) -> Span:
    where = f" in {listed(step.apply_in, 'or')}" if step.apply_in else ""
    assert step.ready is not None
    last = max(step.on, step.ready - timedelta(days=1))
    return Span(kind="away", text=f"at the office{where} for {step.label}", first=step.on, last=last)


def _shown(journey: Journey, traveller: Traveller, book: str) -> list[Span]:
    desks: dict[tuple[date, str], list[str]] = {}
    for stay in journey.stays[traveller.id]:
        if stay.passport == book and stay.check_in is not None:
            desks.setdefault((stay.check_in.on, stay.check_in.port), []).append("check-in")
        if stay.exit_passport == book and stay.exit is not None:
            desks.setdefault((stay.exit.on, stay.exit.port), []).append("exit")
        if stay.passport == book and stay.entry is not None:
            desks.setdefault((stay.entry.on, stay.entry.port), []).append("entry")
    return [Span(kind="desk", text=f"{port}: {listed(what)}", first=on, last=on) for (on, port), what in desks.items()]
