"""Compiles functions over arrays where numba (the extra `fast`) is installed; what is compiled is kept on disk."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])
AVAILABLE = find_spec("numba") is not None


def compiled(function: F) -> F:
    """The function, compiled when first called; as it is where numba is not installed."""
    if not AVAILABLE:
        return function
    from numba import njit

    result: Any = njit(cache=True, nogil=True)(function)
    return result  # type: ignore[no-any-return]
