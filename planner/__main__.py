"""`python -m planner` is the `plan` command."""

import sys

from planner.cli.entry import entry_point

sys.exit(entry_point())
