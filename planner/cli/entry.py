"""Where the command starts: signals are taken care of before anything that takes time is imported."""

from __future__ import annotations

from planner.cli import interrupts


def entry_point() -> int:
    """Run the command line of this process; return the exit code."""
    interrupts.install()
    from planner.cli.main import entry_point as run

    code = run()
    interrupts.over()
    return code
