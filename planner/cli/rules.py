"""`plan rules`: the kinds of rules, and the rulebooks' entries with their sources."""

from __future__ import annotations

import click

from planner.cli.failures import emit


@click.command(short_help="Kinds of rules and rulebook entries, with sources.")
@click.argument("name", metavar="[ID|KIND]", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def rules(name: str | None, form: str) -> None:
    """List the kinds of rules and what the rulebooks say, with sources.

    With a name, only the kind, rulebook or entry of that name; a single entry with all it says.
    """
    import json

    from planner.core.errors import did_you_mean
    from planner.report.catalogue import data, names, only, text
    from planner.rules.base import kinds, table_kinds
    from planner.scenario.reading import read_rulebooks

    found = data(kinds(), list(read_rulebooks(table_kinds()).values()))
    if name is not None:
        known = names(found)
        if name not in known:
            hint = did_you_mean(name, known)
            raise click.BadParameter(f"no kind, rulebook or entry {name!r}{f' ({hint})' if hint else ''}.")
        found = only(found, name)
    single = sum(len(book["entries"]) for book in found["rulebooks"]) == 1
    emit(json.dumps(found, indent=2) + "\n" if form == "json" else text(found, details=name is not None and single))
