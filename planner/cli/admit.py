"""`plan admit`: one crossing asked of the law."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, get_args

import click

from planner.cli.failures import complain, emit
from planner.cli.options import form_option
from planner.cli.rules import as_day, day_type

if TYPE_CHECKING:
    from planner.law.question import Book, Holding

EXIT_CODES = {True: 0, False: 1, None: 3}


@click.command(short_help="Whether somebody is let in somewhere, on what, and what stands against it.")
@click.option("--passport", "passports", multiple=True, required=True, metavar="STATE[:EXPIRES]", help="Held; repeat.")
@click.option("--to", required=True, metavar="PLACE", help="Territory, zone or port entered.")
@click.option("--on", type=day_type, callback=as_day, required=True, help="Date of entry.")
@click.option("--from", "come_from", default="", metavar="PLACE", help="Port or territory of the last departure.")
@click.option("--via", multiple=True, metavar="PLACE", help="Planes changed there, airside, on one ticket; repeat.")
@click.option("--next", "following", default="", metavar="PLACE", help="Port or territory travelled on to.")
@click.option("--until", type=day_type, callback=as_day, help="Last date of the stay.")
@click.option("--stay", metavar="PERIOD", help="Its length instead, such as '30 days', the day of entry counted.")
@click.option("--port", default="", help="Port of entry; else any.")
@click.option(
    "--by",
    default="air",
    type=click.Choice(["air", "rail", "road", "sea", "foot"]),
    show_default=True,
    help="How one arrives.",
)
@click.option(
    "--purpose",
    "purposes",
    multiple=True,
    metavar="WORD",
    default=("tourism",),
    show_default=True,
    help="What the trip is for; repeat.",
)
@click.option("--holding", multiple=True, metavar="ZONE[:TYPE]", help="A visa held, or a permission of TYPE; repeat.")
@click.option("--certificate", "certificates", multiple=True, metavar="KIND", help="Held; repeat.")
@click.option("--born", type=day_type, callback=as_day, help="Date of birth.")
@click.option("--residence", multiple=True, metavar="PLACE", help="Where one lives legally; repeat.")
@click.option("--nationality", "nationalities", multiple=True, metavar="STATE", help="Besides those of the passports.")
@click.option("--book", "books", multiple=True, metavar="ID", help="Rulebooks to ask; else all.")
@click.option("--no-base", is_flag=True, help="Leave the imported base out.")
@click.option("--reading", "readings", multiple=True, metavar="ID=ANSWER", help="Instead of strict; repeat.")
@form_option
@click.pass_context
def admit(
    ctx: click.Context,
    *,
    passports: tuple[str, ...],
    to: str,
    on: date,
    come_from: str,
    via: tuple[str, ...],
    following: str,
    until: date | None,
    stay: str | None,
    port: str,
    by: str,
    purposes: tuple[str, ...],
    holding: tuple[str, ...],
    certificates: tuple[str, ...],
    born: date | None,
    residence: tuple[str, ...],
    nationalities: tuple[str, ...],
    books: tuple[str, ...],
    no_base: bool,
    readings: tuple[str, ...],
    form: str,
) -> None:
    """Ask the rulebooks about one entry: what admits, what blocks and what would lift it, what to obtain first.

    Exit code: 0 admitted, 1 not admitted as things stand, 2 bad input, 3 not covered by any rulebook, 70 internal
    error, 71 no memory.

    Example: plan admit --passport MX --to KP --on 2025-04-05
    """
    from planner.law.admit import admit as ask
    from planner.law.question import Question
    from planner.scenario.node import Mode, Purpose

    modes: dict[str, Mode] = {mode: mode for mode in get_args(Mode)}
    words: dict[str, Purpose] = {word: word for word in get_args(Purpose)}
    for word in purposes:
        if word not in words:
            raise click.BadParameter(f"{word!r} is none of {', '.join(words)}.", ctx, param_hint="'--purpose'")
    question = Question(
        passports=tuple(_book(text) for text in passports),
        to=to,
        on=on,
        come_from=come_from,
        via=via,
        following=following,
        until=_until(on, until, stay),
        port=port,
        by=modes[by],
        purposes=tuple(words[word] for word in purposes),
        holding=tuple(_held(text) for text in holding),
        certificates=certificates,
        born=born,
        residence=residence,
        nationalities=nationalities,
        books=books or None,
        base=not no_base,
        readings=dict(_reading(text) for text in readings),
    )
    answer = ask(question)
    if form == "json":
        from planner.report.admit import json_text as write
    else:
        from planner.report.admit import text as write
    complain(*answer.warnings)
    emit(write(answer))
    ctx.exit(EXIT_CODES[answer.admitted])


def _book(text: str) -> Book:
    from planner.law.question import Book

    state, _, expires = text.partition(":")
    try:
        return Book(state=state, expires=date.fromisoformat(expires) if expires else None)
    except ValueError:
        raise click.BadParameter(f"{text!r}: expected MX or MX:2027-05-01.", param_hint="'--passport'") from None


def _held(text: str) -> Holding:
    from planner.law.question import Holding
    from planner.scenario.node import GroundType

    zone, _, type_ = text.partition(":")
    for known in get_args(GroundType):
        if known == (type_ or "visa"):
            return Holding(zone=zone, type=known)
    message = f"{type_!r} is none of {', '.join(get_args(GroundType))}."
    raise click.BadParameter(message, param_hint="'--holding'")


def _reading(text: str) -> tuple[str, str]:
    name, sign, answer = text.partition("=")
    if not sign:
        raise click.BadParameter(f"{text!r}: expected ID=ANSWER.", param_hint="'--reading'")
    return name, answer


def _until(on: date, until: date | None, stay: str | None) -> date | None:
    from planner.core.period import Period

    if stay is None:
        return until
    if until is not None:
        raise click.UsageError("Give --until or --stay, not both.")
    try:
        return Period.parse(f"{stay} days" if stay.strip().isdecimal() else stay).last_day(on, "entry_day")
    except ValueError:  # hours too: a stay has a last date, and no last hour
        message = f"{stay!r}: expected a period such as '90 days', '6 months' or '1 year', in whole days."
        raise click.BadParameter(message, param_hint="'--stay'") from None
