"""How much memory the process has used."""

from __future__ import annotations

import sys


def peak_memory() -> float:
    """The greatest resident size so far, in MB (2**20 bytes); 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # not on Windows
        return 0.0
    unit = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20, 1)
