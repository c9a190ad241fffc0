"""What could not be read, so that the checks of the rest claim nothing that it might have disproved."""

from __future__ import annotations

from attrs import frozen


@frozen
class Damage:
    """What was left out of a file because of a problem that is already reported.

    `tables` are the top-level tables where something is missing; in `vague` ones it is not known what. `ids` are
    those of the tables left out.
    """

    tables: frozenset[str] = frozenset()
    vague: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()

    def __or__(self, other: Damage) -> Damage:
        return Damage(self.tables | other.tables, self.vague | other.vague, self.ids | other.ids)

    @classmethod
    def of(cls, *tables: str) -> Damage:
        """Damage of unknown extent to some tables."""
        return cls(frozenset(tables), frozenset(tables))

    def in_any(self, *tables: str) -> bool:
        """Whether something is missing in one of these top-level tables."""
        return bool(self.tables & set(tables))

    def may_hold(self, text: str, tables: frozenset[str]) -> bool:
        """Whether what is missing could be the thing of that id, which one of the tables would hold."""
        return text in self.ids or bool(self.vague & tables)
