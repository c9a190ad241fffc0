"""How much memory the process has used, and whether there is some left."""

from __future__ import annotations

import errno
import sys

_SIGNS = ("failed to map segment", "cannot allocate memory", "can't start new thread")


def peak_memory() -> float:
    """The greatest resident size so far, in MB (2**20 bytes); 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # not on Windows
        return 0.0
    unit = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20, 1)


def lacks_memory(error: BaseException) -> bool:
    """Whether an exception, or one that it comes of, says that there is not enough memory, in whatever way."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, MemoryError) or (isinstance(seen, OSError) and seen.errno == errno.ENOMEM):
            return True
        if isinstance(seen, ImportError | RuntimeError) and any(sign in str(seen).lower() for sign in _SIGNS):
            return True
        seen = seen.__cause__ or seen.__context__
    return False
