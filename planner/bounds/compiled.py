"""Compiles functions over arrays where numba (the extra `fast`) is installed; what is compiled is kept on disk."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


@cache
def available() -> bool:
    """Whether numba can be loaded (it refuses a NumPy that is too new for it). Asking loads it."""
    try:
        import numba  # noqa: F401
    except ImportError:
        return False
    return True


def compiled(function: F) -> F:
    """The function, compiled when first called; as it is where numba is not installed.

    Kept beside the source, or else in the user's cache directory, or not at all if neither can be written. What was
    kept and is damaged is compiled anew.
    """
    if not available():
        return function
    from numba import njit

    result: Any
    try:
        result = njit(cache=True, nogil=True)(function)
        _forgive(result._cache)
    except RuntimeError:
        result = njit(nogil=True)(function)
    return result  # type: ignore[no-any-return]


def _forgive(cache: Any) -> None:
    """Let a cache of numba's be one that may fail: where it cannot be read or written, it is done without."""
    load, save = cache.load_overload, cache.save_overload

    def loaded(*args: Any) -> Any:
        try:
            return load(*args)
        except Exception:  # whatever a damaged file may come to
            return None

    def saved(*args: Any) -> None:
        try:
            save(*args)
        except Exception:  # an index that is damaged is begun anew; or there is no room
            with suppress(Exception):
                cache.flush()
                save(*args)

    cache.load_overload, cache.save_overload = loaded, saved
