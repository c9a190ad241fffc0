"""The command `plan`. Exit codes: 0 a plan, 1 proved impossible, 2 bad input or usage, 3 undecided, 70 a bug.

71: there is not enough memory; 130: interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from planner.cli.admit import admit
from planner.cli.batch import batch
from planner.cli.check import check
from planner.cli.codes import BAD_INPUT, INTERRUPTED
from planner.cli.compare import compare
from planner.cli.failures import CannotWrite, complain, silence
from planner.cli.importing import import_
from planner.cli.new import new
from planner.cli.repair import repair
from planner.cli.routing import PlanGroup
from planner.cli.rules import rules
from planner.cli.schema import schema
from planner.cli.solve import solve
from planner.cli.stays import stays
from planner.cli.verify import verify
from planner.cli.why_not import why_not
from planner.version import SCENARIO_LANGUAGE, __version__

BROKEN_PIPE = 141  # what a shell reports for it


@click.group(
    cls=PlanGroup,
    subcommand_metavar="FILE | COMMAND [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(
    __version__, prog_name="plan", message=f"%(prog)s %(version)s (scenario language {SCENARIO_LANGUAGE})"
)
def main() -> None:
    """Find the cheapest valid trip for the papers you hold or could get, or say why there is none.

    `plan FILE` is short for `plan solve FILE`; see `plan solve --help` for its options. Begin with `plan new`.

    Example: plan trip.toml
    """


for command in (new, check, solve, why_not, repair, compare, verify, batch, import_, admit, stays, rules, schema):
    main.add_command(command)


def entry_point(args: Sequence[str] | None = None) -> int:
    """Run the command line (`args`: without the program's name; None: that of the process); return the exit code."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy would start threads for what is never computed here
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a narrow encoding must not lose the answer
    try:
        result = main.main(args, prog_name="plan", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        complain(*error.format_message().splitlines())
        return BAD_INPUT
    except click.ClickException as error:
        if isinstance(error, click.UsageError) and error.ctx is not None:
            complain(*error.ctx.get_usage().splitlines())
        complain(f"Error: {error.format_message()}")
        return BAD_INPUT
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except SystemExit as end:  # click's way to say that nobody reads the help text any more, or that a shell was helped
        return BROKEN_PIPE if end.code else 0
    except OSError as error:  # a help text or a version that cannot be printed
        silence(sys.stdout)
        complain(f"Error: {CannotWrite('standard output', error).format_message()}")
        return BAD_INPUT
    return result if isinstance(result, int) else 0
