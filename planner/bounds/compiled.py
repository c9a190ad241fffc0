"""Compiles functions over arrays where numba (the extra `fast`) is installed; what is compiled is kept on disk."""

from __future__ import annotations

from collections.abc import Callable
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

    Kept beside the source, or else in the user's cache directory, or not at all if neither can be written.
    """
    if not available():
        return function
    from numba import njit

    result: Any
    try:
        result = njit(cache=True, nogil=True)(function)
    except RuntimeError:
        result = njit(nogil=True)(function)
    return result  # type: ignore[no-any-return]
