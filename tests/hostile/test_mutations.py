"""Mutations of shipped scenarios, rulebooks, tables and answers: a result, or an error in clear words, and no other."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz.failures import cause, smallest
from benchmarks.fuzz.targets import TARGETS

EXAMPLES = {"scenario": 40, "rulebook": 25, "csv": 60, "tsv": 30, "parquet": 3, "base": 60, "stored": 60}
EXAMPLES |= {"answer": 25, "verify": 25, "duffel": 30, "amadeus": 20, "gtfs": 15, "keys": 30, "group": 25, "mrz": 60}
SEEDS: dict[str, list[bytes]] = {}


def seeds(name: str) -> list[bytes]:
    """The inputs that a target begins with, the smallest ones."""
    if name not in SEEDS:
        SEEDS[name] = sorted(TARGETS[name].seeds(), key=len)[:30]
    return SEEDS[name]


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_what_is_broken_is_refused_in_clear_words(name: str) -> None:
    target = TARGETS[name]

    @settings(max_examples=EXAMPLES[name], deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.integers(0, 2**32))
    def check(seed: int) -> None:
        random = Random(seed)
        data = random.choice(seeds(name))
        for _ in range(random.randint(1, 4)):
            try:
                data = target.mutate(data, random)
            except (ValueError, ArithmeticError):
                break
        if random.random() < 0.2:
            at = random.randrange(len(data) + 1)
            data = (
                data[:at]
                + random.choice((b"", b"\0", b"\xff", b"\xef\xbb\xbf", b'"', b"\r", b"[" * 50))
                + data[at + 1 :]
            )
        error = target.failure(data)
        assert error is None, f"{cause(error)}: {error!r} for {data[:2000]!r}"

    check()


def test_what_fails_is_made_smaller() -> None:
    """The harness itself: of an input, what makes it fail is left."""
    assert smallest(b"abc" * 50 + b"!" + b"xyz" * 99, lambda data: b"!" in data) == b"!"
    target = TARGETS["csv"]
    assert target.failure(b"\xff\xfe") is None
