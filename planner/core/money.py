"""Money: what a file says (an amount in a currency) and what is computed with (integer minor units)."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal

from attrs import frozen

# ISO 4217 currencies whose minor unit is not 1/100 (source: the ISO 4217 list of active codes, 2025).
_WHOLE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split()  # noqa: SIM905
_THOUSANDTHS = "BHD IQD JOD KWD LYD OMR TND".split()  # noqa: SIM905
_DIGITS = dict.fromkeys(_WHOLE, 0) | dict.fromkeys(_THOUSANDTHS, 3)
WRITTEN = r"^\s*(?:([A-Z]{3})\s*)?(\d{1,15}(?:\.\d{1,6})?)\s*([A-Z]{3})?\s*$"  # a price as a text
LARGEST = 10**13  # minor units; keeps every sum of a scenario far from 64 bits


@frozen
class Price:
    """An amount as written. `currency` is an ISO 4217 code, or empty for the scenario's own currency."""

    amount: Decimal
    currency: str = ""

    @classmethod
    def parse(cls, text: str) -> Price:
        """Read «34 USD» or «USD 34.50». Raises ValueError on anything else."""
        match = re.match(WRITTEN, text)
        if match is None or (match[1] and match[3]):
            raise ValueError("an amount such as 34.50, '34.50 USD' or 'USD 34.50'")
        return cls(Decimal(match[2]), match[1] or match[3] or "")

    def __str__(self) -> str:
        return f"{self.currency} {self.amount}".strip()


def digits(currency: str) -> int:
    """Number of decimal places of a currency's minor unit (2 for USD, 0 for JPY, 3 for KWD)."""
    return _DIGITS.get(currency, 2)


def to_minor(amount: Decimal, currency: str) -> int:
    """Whole minor units of `currency`, rounded half to even."""
    return int((amount * 10 ** digits(currency)).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def show(minor: int, currency: str) -> str:
    """«USD 1,234.50» for minor units; a whole amount drops the decimals."""
    places = digits(currency)
    value = Decimal(minor) / (10**places)
    text = f"{value:,.{places}f}"
    if places and minor % 10**places == 0:
        text = text[: -places - 1]
    return f"{currency} {text}"
