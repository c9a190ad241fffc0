"""Words that look alike, though a computer tells them apart."""

from __future__ import annotations

import unicodedata

# Letters of other alphabets that look like Latin ones (from Unicode's confusables.txt, those a keyboard has).
_LOOKS = str.maketrans(
    "АВЕЗКМНОРСТУХІЈЅҮԁЬаеорсухіјѕүһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧικνορυχı",
    "ABE3KMHOPCTYXIJSYdbaeopcyxijsyhqwABEZHIKMNOPTYXikvopuxi",
)


def look(text: str) -> str:
    """What a text looks like: the same for texts that are hard to tell apart. One of ASCII looks like itself."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKC", text).translate(_LOOKS)
    return "".join(char for char in decomposed if unicodedata.category(char) != "Cf")


def strange(text: str) -> str:
    """«it has U+0410 CYRILLIC CAPITAL LETTER A»: the first character that is not of ASCII; "" without one."""
    char = next((char for char in text if not char.isascii()), "")
    return f"it has U+{ord(char):04X} {unicodedata.name(char, 'without a name')}" if char else ""
