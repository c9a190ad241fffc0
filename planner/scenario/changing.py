"""Changes of a scenario: which value, from what to what."""

from __future__ import annotations

from typing import Any

from attrs import frozen


@frozen(kw_only=True)
class Change:
    """One value of a scenario file changed.

    `path` leads to it as in the file: keys of tables, and for an entry of an array of tables its `id`, such as
    `("travellers", "runner", "permissions", "cn-visa", "entries")`. `old` is None if it was not given; `new` None takes
    it away. An entry of a list of plain values (or of tables with ids) is taken away by a path that ends in that
    value (or id) with `new` None, and added by one that ends in it with `old` None.
    """

    path: tuple[str, ...]
    old: Any = None
    new: Any = None
