"""Scenarios with changes made: the value at a path, entries taken away, papers that rulebooks offer."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from planner.api import load, loads, plan
from planner.scenario.changing import Change, changed
from planner.scenario.people import Dates
from planner.scenario.scenario import Scenario
from planner.scenario.trip import Nights

SHIPPED = Path(__file__).parents[2] / "scenarios"
MARATHON = load(SHIPPED / "pyongyang-marathon.toml")
STOPS = load(SHIPPED / "balkan-days.toml")


def test_a_value_in_a_table() -> None:
    change = Change(path=("trip", "return_by"), old=MARATHON.trip.return_by, new=date(2026, 1, 1))
    assert changed(MARATHON, [change]) == evolve(MARATHON, trip=evolve(MARATHON.trip, return_by=date(2026, 1, 1)))


def test_a_value_taken_away() -> None:
    made = changed(MARATHON, [Change(path=("trip", "return_by"), old=MARATHON.trip.return_by)])
    assert made.trip.return_by is None


def test_a_key_that_python_cannot_use_as_a_name() -> None:
    scenario = load(SHIPPED / "balkan-days.toml")
    person = next(person for person in scenario.travellers if person.past_stays)
    path = ("travellers", person.id, "past_stays", "0", "from")
    made = changed(scenario, [Change(path=path, old=person.past_stays[0].from_, new=date(2020, 1, 1))])
    assert made.traveller_by_id[person.id].past_stays[0].from_ == date(2020, 1, 1)


def test_stops_are_known_by_their_ids() -> None:
    stop = STOPS.trip.stops[-1]
    path = ("trip", "stops", stop.id, "nights", "min")
    made = changed(STOPS, [Change(path=path, old=stop.nights.min, new=77)])
    assert made.trip.stops[-1] == evolve(stop, nights=evolve(stop.nights, min=77))
    assert made.trip.stops[:-1] == STOPS.trip.stops[:-1]


def test_entries_are_taken_away_last_and_from_the_end() -> None:
    stop = STOPS.trip.stops[0]
    person = STOPS.travellers[0]
    book = person.passports[0]
    spans = tuple(Dates(from_=date(2024, 1, day)) for day in range(1, 13))
    away = evolve(
        STOPS,
        travellers=(evolve(person, passports=(evolve(book, away=spans), *person.passports[1:])), *STOPS.travellers[1:]),
    )
    path = ("travellers", person.id, "passports", book.id, "away")
    gone = [Change(path=(*path, place), old=spans[int(place)]) for place in ("2", "10", "0")]
    stops = [
        Change(path=("trip", "stops", stop.id), old=stop),
        Change(path=("trip", "stops", stop.id, "nights", "min"), old=None, new=3),
    ]
    made = changed(away, [*gone, *stops])
    assert stop.id not in {item.id for item in made.trip.stops}
    left = made.travellers[0].passports[0].away
    assert [span.from_.day for span in left if span.from_] == [2, 4, 5, 6, 7, 8, 9, 10, 12]


def test_plain_values_come_and_go() -> None:
    path = ("trip", "avoid", "territories", "XK")
    more = changed(MARATHON, [Change(path=path, new="XK")])
    assert more.trip.avoid.territories[-1] == "XK"
    assert changed(more, [Change(path=path, old="XK")]) == MARATHON


def test_tours() -> None:
    scenario = load(SHIPPED / "rason-tour-too-late.toml")
    tour = scenario.tours[0]
    made = changed(scenario, [Change(path=("tours", tour.id, "book_by"), old=tour.book_by, new=date(2030, 1, 1))])
    assert made.tours[0].book_by == date(2030, 1, 1)
    assert [fare.id for fare in made.fares] == [fare.id for fare in scenario.fares]


@pytest.mark.parametrize(
    "path",
    [
        ("trip", "stops", "nowhere"),
        ("trip", "stops", "nowhere", "nights", "min"),
        ("trip", "where"),
        ("trip", "start"),  # it must be given
        ("nothing",),
        ("travellers", "nobody", "name"),
        ("may_obtain", "no-such-visa"),
        ("tours", "no-such-tour", "book_by"),
        ("acquirables", "kp-visa", "lead", "days"),  # a rulebook's
        ("trip", "budget", "amount"),
    ],
)
def test_a_path_that_leads_nowhere(path: tuple[str, ...]) -> None:
    with pytest.raises(KeyError):
        changed(MARATHON, [Change(path=path, old=1)])


def test_nights_are_there_even_if_the_file_says_nothing() -> None:
    stop = evolve(STOPS.trip.stops[0], nights=Nights())
    scenario = evolve(STOPS, trip=evolve(STOPS.trip, stops=(stop,)))
    made = changed(scenario, [Change(path=("trip", "stops", stop.id, "nights", "max"), new=2)])
    assert made.trip.stops[0].nights == Nights(max=2)


# ---- papers that rulebooks offer


def listing(text: str, name: str) -> str:
    """A scenario's text with one more paper that may be obtained."""
    listed = re.search(r"^may_obtain = \[", text, re.MULTILINE)
    if listed is None:
        return f'may_obtain = ["{name}"]\n' + text
    end = text.index("]", listed.end())
    inner = text[listed.end() : end].rstrip().removesuffix(",")
    return f'{text[: listed.end()]}{inner}, "{name}"{text[end:]}'


WITH_OFFERS = [path for path in sorted(SHIPPED.glob("*.toml")) if load(path).offered]


@pytest.mark.parametrize("path", WITH_OFFERS, ids=lambda path: path.stem)
def test_an_offered_paper_is_as_if_it_were_listed(path: Path) -> None:
    scenario, text = load(path), path.read_text(encoding="utf-8")
    for item in scenario.offered[:12]:
        made = changed(scenario, [Change(path=("may_obtain", item.id), new=item.id)])
        read = loads(listing(text, item.id))
        assert made == read


def test_a_plan_with_an_offered_paper() -> None:
    text = (SHIPPED / "marathon-acquire.toml").read_text(encoding="utf-8")
    text = text.replace('may_obtain = ["kp-visa", ', "may_obtain = [")
    scenario = loads(text)
    made = changed(scenario, [Change(path=("may_obtain", "kp-visa"), new="kp-visa")])
    assert _answer(scenario)[0] == "infeasible"
    assert _answer(made) == _answer(loads(listing(text, "kp-visa")))
    assert _answer(made)[0] == "optimal"


def _answer(scenario: Scenario) -> tuple[str, int | None]:
    found = plan(scenario)
    return found.status, found.plan.cost if found.plan else None
