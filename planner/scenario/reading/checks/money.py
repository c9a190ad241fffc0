"""Currencies, exchange rates and amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planner.core.errors import Place, Problem
from planner.core.money import LARGEST, Price, digits
from planner.scenario.reading.checks.case import Case, problem
from planner.scenario.reading.legs.written import LegTable
from planner.scenario.reading.walk import values


def check_money(case: Case) -> Iterator[Problem]:
    """Currency codes are codes, every price can be converted, and no price is too large to count with."""
    written = case.written
    rates = written.rates.values if written.rates else {}
    if not _is_code(written.currency):
        yield problem(
            written, "currency", f"currency: {written.currency!r} is no currency code", _hint(written.currency)
        )
    for code, rate in rates.items():
        assert written.rates is not None
        place = written.rates.where.of(f"values.{code}")
        if not _is_code(code):
            yield Problem(place, f"{code!r} is no currency code", _hint(code))
        if rate <= 0:
            yield Problem(
                place, f"the rate of {code} must be above 0", f"what one {code} is worth in {written.currency}"
            )
        elif code == written.currency and rate != 1:
            yield Problem(place, f"{code} is the scenario's own currency: its rate is 1", "leave it out")
    for table in written.leg_tables:
        yield from _currency(case, table)
    if _is_code(written.currency) and case.whole("currency", "rates"):
        yield from _convertible(case)


def _currency(case: Case, table: LegTable) -> Iterator[Problem]:
    """The currency of a table's prices is one, and can be converted."""
    code, own, rates = table.currency, case.written.currency, case.written.rates
    if code and not _is_code(code):
        yield problem(table, "currency", f"currency: {code!r} is no currency code", _hint(code))
    elif code not in ("", own) and code not in (rates.values if rates else ()) and case.whole("currency", "rates"):
        hint = f"add {code} to values of [rates]: what one {code} is worth in {own}"
        yield problem(table, "currency", f"no exchange rate for {code}", hint)


def _is_code(text: str) -> bool:
    return bool(re.fullmatch("[A-Z]{3}", text))


def _hint(text: str) -> str:
    if _is_code(text.upper()):
        return f"did you mean {text.upper()!r}?"
    return "three capital letters such as 'USD' (ISO 4217)"


def _convertible(case: Case) -> Iterator[Problem]:
    written, scenario = case.written, case.scenario
    rates = written.rates.values if written.rates else {}
    own = list(values({Price}, written))
    places = {id(value.node) for value in own}
    law = values({Price}, *scenario.law.admissions, *scenario.law.rules, *scenario.acquirables)
    for value in (*own, *(value for value in law if id(value.node) not in places)):
        price = value.value
        code = price.currency or written.currency
        if code != written.currency and code not in rates:
            hint = f"add {code} to values of [rates]: what one {code} is worth in {written.currency}"
            if id(value.node) in places:
                yield Problem(value.place, f"no exchange rate for {code}", hint)
            else:
                message = f"no exchange rate for {code}, needed for {getattr(value.node, 'id', '')!r} of {value.place}"
                yield Problem(_rates_place(case), message, hint)
        elif price.amount * (1 if code == written.currency else rates[code]) > LARGEST // 10 ** digits(
            written.currency
        ):
            yield Problem(value.place, f"{value.field.key}: {price} is more than this planner counts with")


def _rates_place(case: Case) -> Place:
    written = case.written
    return written.rates.where.of("values") if written.rates else written.where.of("currency")
