"""`plan schema`: the JSON Schemas of scenario files and of answers."""

from __future__ import annotations

import click

from planner.cli.options import not_a_scenario
from planner.cli.writing import STDOUT, write

NAME = "scenario.schema.json"  # what the file is called where nobody says otherwise


@click.command(short_help="The JSON Schema of scenario files, for editors.")
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(), default=STDOUT, callback=not_a_scenario,
    help="Where to write it, if not to the screen.",
)  # fmt: skip
@click.option("--answer", is_flag=True, help="That of the JSON answer instead.")
def schema(output: str, answer: bool) -> None:
    """Write the JSON Schema of scenario files, with which editors complete, explain and check what you write.

    A scenario whose first line is `#:schema ./scenario.schema.json` is checked by it in editors that know taplo.

    Example: plan schema -o scenario.schema.json
    """
    if answer:
        from planner.report.schema import schema_text as answer_text

        write(output, answer_text())
        return
    from planner.rules.base import table_kinds
    from planner.scenario.reading.schema import schema_text

    write(output, schema_text(table_kinds()))
