"""Absurd sizes and values: each is refused in clear words, or answered rightly, with little memory."""

from __future__ import annotations

from datetime import date

import pytest

from planner import loads, plan
from planner.core.errors import ScenarioError
from planner.core.period import Period
from planner.rules.examples import WORLD
from tests.hostile.reading import read_with_little_memory

STOP = '[[trip.stops]]\nat = ["BBB"]\n'
LEG = (
    '[[legs]]\nid = "x{0}"\nfrom = "AAA"\nto = "BBB"\nprice = 1\n'
    "departs = 2025-06-01T08:00:00\narrives = 2025-06-01T10:00:00\n"
)
SCHEDULE = (
    '[[schedules]]\nid = "s{0}"\nfrom = "AAA"\nto = "BBB"\ndeparts = 08:00:00\narrives = 10:00:00\n'
    "first = {1}\nlast = {2}\nprice = 1\n"
)
PAPER = '[[acquirables]]\nid = "{0}"\nneeds = ["{1}"]\nprice = 1\nlead = {{ days = 1 }}\n{2}\n'
_A, _B = 'certificate = {{ kind = "{0}" }}', 'passport = {{ id = "{0}", state = "BB", validity = "10 years" }}'
PARTY = "".join(f'[[travellers]]\nid = "p{number}"\n' for number in range(1001))


def _with(old: str, new: str) -> str:
    assert old in WORLD
    return WORLD.replace(old, new)


REFUSED = {
    "a billion nights": (_with("min = 1", "min = 1000000000"), "between 0 and 100000"),
    "a hundred thousand nights": (_with("min = 1", "min = 100000"), "read"),
    "too many stops": (WORLD + STOP * 2000, "stops: there are 2,001; at most 200"),
    "too many travellers": (WORLD + PARTY, "travellers: there are 1,002; at most 1,000"),
    "year 1": (_with("today = 2025-01-01", "today = 0001-01-01"), "the year 1 is out of range"),
    "year 9999": (_with("today = 2025-01-01", "today = 9999-12-31"), "the year 9999 is out of range"),
    "legs in year 9999": (WORLD.replace("2025-06-10", "9999-12-31"), "the year 9999 is out of range"),
    "passports of all time": (_with('state = "AA"', 'state = "AA"\nissued = 0001-01-01\nexpires = 9999-12-31'), "read"),
    "no such leap day": (_with("2025-06-10T08", "2025-02-29T08"), "there is no day 2025-02-29"),
    "a schedule of centuries": (WORLD + SCHEDULE.format(1, "2025-01-02", "2190-01-01"), "for more than ten years"),
    "a schedule from year 1": (WORLD + SCHEDULE.format(1, "0001-01-01", "9999-12-31"), "the year 1 is out of range"),
    "many schedules": (
        WORLD + "".join(SCHEDULE.format(number, "2025-01-02", "2034-12-31") for number in range(30)),
        "the schedules have more than 100,000 legs",
    ),
    "deep lists": ("x = " + "[" * 100_000 + "]" * 100_000, "nested too deeply"),
    "deep tables": ("x = " + "{a = " * 5000 + "1" + "}" * 5000, "nested too deeply"),
    "deep keys": (".".join("a" * 50_000) + " = 1", "nested too deeply"),
    "deep headers": ("[" + ".".join("a" * 50_000) + "]", "nested too deeply"),
    "deep keys within": ("x = {" + ".".join(["'a'"] * 50_000) + " = 1}", "nested too deeply"),
    "a long text": (_with('title = "', 'title = "' + "x" * 10_001), "it must not have more than 10,000 characters"),
    "a long id": (_with('start = "AAA"', f'start = "{"x" * 9000}"'), "[…]"),
    "a long key": ("x" * 1_000_000 + " = 1\n" + WORLD, "[…]"),
    "long ids alike": (
        WORLD + f'[[ports]]\nid = "{"ab" * 4999}"\nterritory = "AA"\ntimezone = "UTC"\n'
        f'[[trip.stops]]\nat = "{"ba" * 4999}"\n',
        "unknown port, territory or zone",
    ),
    "unknown places": (
        WORLD + "".join(LEG.format(n).replace("BBB", f"q{n}q") for n in range(2000)),
        "unknown port 'q0q'",
    ),
    "NUL in a text": (_with('start = "AAA"', 'start = "A\\u0000AA"'), "unknown port 'A\\x00AA'"),
    "NUL in the file": ("\0" + WORLD, "not valid TOML"),
    "waiting for each other": (
        WORLD + PAPER.format("p", "q", _A.format("k")) + PAPER.format("q", "p", _A.format("l")),
        "these wait for each other: 'p' needs 'q' needs 'p'",
    ),
    "passports for each other": (
        WORLD + PAPER.format("p", "y", _B.format("x")) + PAPER.format("q", "x", _B.format("y")),
        "these wait for each other: 'p' needs 'q' needs 'p'",
    ),
    "a price of many digits": (_with('price = "50"', "price = 0." + "1" * 100_000), "read"),
    "a price without end": (_with('price = "50"', "price = 1e999999"), "expected a price"),
    "a number without end": (_with('price = "50"', "price = 0x" + "f" * 50_000), "too large to read"),
    "a huge number": (_with('price = "50"', "price = 0x" + "f" * 1000), "found a huge number"),
    "a rate without end": (
        WORLD.replace('price = "50"', 'price = "5 EUR"') + "[rates]\ndate = 2025-01-01\nvalues = { EUR = 1e-999999 }\n",
        "EUR: expected a number",
    ),
    "prices at the edge": (WORLD.replace('price = "50"', "price = 99999999999.99"), "read"),
    "sums at the edge": (
        WORLD.replace('price = "50"', "price = 99999999999.99")
        + "".join(f'[[travellers]]\nid = "p{n}"\nnationalities = ["AA"]\n' for n in range(60)),
        "a trip might cost more than USD 10,000,000,000,000",
    ),
    "nights at the edge": (
        WORLD + '[[trip.nightly]]\nat = ["BBB"]\nprice = 99999999999.99\n' + LEG.format(1).replace("2025", "2026"),
        "a trip might cost more than",
    ),
    "fees at the edge": (
        WORLD.replace('grant = "visa_free"', 'grant = "visa_free"\nfee = 99999999999.99') + PARTY[:3400],
        "a trip might cost more than",
    ),
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return read_with_little_memory({name: text for name, (text, _) in REFUSED.items()}, tmp_path_factory.mktemp("x"))


@pytest.mark.parametrize("name", REFUSED)
def test_an_absurd_scenario_is_refused_in_clear_words(said: dict[str, str], name: str) -> None:
    assert REFUSED[name][1] in said[name]
    assert len(said[name]) < 40_000


def test_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    assert loads("\ufeff" + WORLD.replace("\n", "\r\n")) == loads(WORLD)


def test_a_dear_trip_is_added_up_to_the_last_cent() -> None:
    dear = loads(
        WORLD.replace('price = "100"', "price = 99999999999.99")
        + '[[travellers]]\nid = "u"\npassports = [{ id = "b", state = "AA" }]\n'
    )
    answer = plan(dear)
    assert answer.status == "optimal"
    assert answer.plan is not None
    assert answer.plan.cost == 4 * 9_999_999_999_999


def _there_and_back(timezones: tuple[str, str], *times: str) -> str:
    """The small world with clocks of Alpha and Beta, one leg there and one back at some times, and nothing else."""
    text = WORLD[: WORLD.index("# Out on 1 June")] + WORLD[WORLD.index("[trip]") :]
    for port, timezone in zip(("AAA", "BBB"), timezones, strict=True):
        head, port_id, rest = text.partition(f'id = "{port}"')
        text = head + port_id + rest.replace('"UTC"', f'"{timezone}"', 1)
    leg = '[[legs]]\nid = "{}"\nfrom = "{}"\nto = "{}"\nprice = 1\ndeparts = {}\narrives = {}\n'
    return text + leg.format("ab", "AAA", "BBB", *times[:2]) + leg.format("ba", "BBB", "AAA", *times[2:])


@pytest.mark.parametrize(
    ("zones", "minutes"),
    [(("Pacific/Apia", "Pacific/Pago_Pago"), 35), (("Pacific/Kiritimati", "Pacific/Honolulu"), 59)],
)
def test_across_the_date_line_one_arrives_the_day_before(zones: tuple[str, str], minutes: int) -> None:
    out, back = f"2025-05-31T10:{minutes}:00", f"2025-06-03T10:{minutes}:00"
    text = _there_and_back(zones, "2025-06-01T10:00:00", out, "2025-06-02T10:00:00", back)
    found = plan(loads(text.replace("min = 1", "min = 2, max = 2"))).plan
    assert found is not None
    assert plan(loads(text.replace("min = 1", "min = 3"))).status == "infeasible"


def test_a_time_that_clocks_skip_is_refused_and_of_one_shown_twice_the_first_counts() -> None:
    out = "2025-03-09T01:00:00", "2025-03-09T10:35:00"
    with pytest.raises(ScenarioError, match="2025-03-30 02:30 does not exist at BBB"):
        loads(_there_and_back(("UTC", "Europe/Rome"), *out, "2025-03-30T02:30:00", "2025-03-30T12:00:00"))
    twice = loads(_there_and_back(("UTC", "Europe/Rome"), *out, "2025-10-26T02:30:00", "2025-10-26T04:00:00"))
    leg = twice.leg_by_id["ba"]
    assert leg.arrives_utc - leg.departs_utc == 210  # 02:30 in summer time is 00:30 UTC


def test_a_day_and_a_year_after_the_29_of_february() -> None:
    assert Period(1, "years").after(date(2024, 2, 29)) == date(2025, 2, 28)
    assert Period(100_000, "years").after(date(9999, 12, 31)) == date.max
