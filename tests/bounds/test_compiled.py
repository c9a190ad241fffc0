"""How functions are compiled and kept, with a stand-in for numba: whatever becomes of its cache, they can be called."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from attrs import define, field

from planner.bounds.compiled import available, compiled


@define(slots=False)
class Cache:
    """Like numba's; damaged, reading and the first writing fail; without room, every writing does."""

    damaged: bool = False
    room: bool = True
    kept: list[Any] = field(factory=list)

    def load_overload(self, signature: str) -> str | None:
        if self.damaged:
            raise EOFError("ran out of input")
        return signature if signature in self.kept else None

    def save_overload(self, signature: str) -> None:
        if self.damaged or not self.room:
            raise OSError("no room, or nonsense in the index")
        self.kept.append(signature)

    def flush(self) -> None:
        self.damaged = False


@define
class Compiled:
    """A function with what it was compiled with."""

    function: Callable[..., Any]
    options: dict[str, bool]
    _cache: Cache


def triple(number: int) -> int:
    return 3 * number


@pytest.fixture
def cache(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cache]:
    """Numba's stand-in, with the cache that it uses."""
    found = Cache()
    numba: Any = ModuleType("numba")
    numba.njit = lambda **options: lambda function: Compiled(function, options, found)
    monkeypatch.setitem(sys.modules, "numba", numba)
    available.cache_clear()
    yield found
    available.cache_clear()


def made() -> Any:
    return compiled(triple)


def test_what_is_compiled_is_kept_and_lets_other_threads_run(cache: Cache) -> None:
    assert available()
    assert (made().function, made().options) == (triple, {"cache": True, "nogil": True})


def test_what_was_kept_is_loaded(cache: Cache) -> None:
    own = made()._cache
    assert own.load_overload("int") is None
    own.save_overload("int")
    assert cache.kept == ["int"]
    assert own.load_overload("int") == "int"


def test_what_was_kept_and_is_damaged_is_compiled_and_kept_anew(cache: Cache) -> None:
    cache.damaged = True
    own = made()._cache
    assert own.load_overload("int") is None
    own.save_overload("int")
    assert cache.kept == ["int"]


def test_without_room_nothing_is_kept(cache: Cache) -> None:
    cache.room = False
    made()._cache.save_overload("int")
    assert cache.kept == []


def test_where_nothing_can_be_written_nothing_is_kept(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    keeping = sys.modules["numba"].njit

    def nowhere(**options: bool) -> Any:
        if "cache" in options:
            raise RuntimeError("cannot cache function: no locator available")
        return keeping(**options)

    monkeypatch.setattr(sys.modules["numba"], "njit", nowhere)
    assert (made().function, made().options) == (triple, {"nogil": True})


def test_without_numba_functions_stay_as_they_are(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)
    assert not available()
    assert made() is triple
