"""Changes of a scenario: which value, from what to what; and a scenario with changes made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs
from attrs import evolve, frozen

from planner.scenario.node import Node
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Touch, Tour


@frozen(kw_only=True)
class Change:
    """One value of a scenario file changed.

    `path` leads to it as in the file: keys of tables, and for an entry of an array of tables its `id`, such as
    `("travellers", "runner", "permissions", "cn-visa", "entries")`. Certificates are known by their `kind`, touches
    by both their legs ("out.on"), other entries (past stays, dates on which a passport is away) by their position, from
    "0". `old` is None if it was
    not given; `new` None takes it away. An entry of a list of plain values (or of tables) is taken away by a path that
    ends in that value (or id) with `new` None; one of a list of plain values is added by one that ends in it with `old`
    None.
    """

    path: tuple[str, ...]
    old: Any = None
    new: Any = None


def changed(scenario: Scenario, changes: Iterable[Change]) -> Scenario:
    """The scenario with the changes made. Entries are taken away last, whatever the order of the changes.

    Raises KeyError for a path that leads nowhere.
    """
    for change in in_order(changes):
        try:
            scenario = _changed(scenario, change)
        except LookupError:
            raise KeyError(f"nothing in the scenario is called {' → '.join(change.path)}") from None
    return scenario


def in_order(changes: Iterable[Change]) -> list[Change]:
    """The changes in an order in which each finds its place: what is taken away comes last, from the end on."""
    given = list(dict.fromkeys(changes))
    kept = [change for change in given if change.new is not None]
    gone = [change for change in given if change.new is None]
    return kept + sorted(gone, key=lambda change: [(len(step), step) for step in change.path], reverse=True)


def _changed(scenario: Scenario, change: Change) -> Scenario:
    top, *rest = change.path
    if top == "may_obtain":
        return _obtaining(scenario, rest[0])
    if top == "tours":
        tours = _in_list(scenario.tours, rest, change.new)
        others = tuple(fare for fare in scenario.fares if not isinstance(fare, Tour))
        return evolve(scenario, fares=(*others, *tours))
    if top == "rules":
        return evolve(scenario, law=evolve(scenario.law, rules=_in_list(scenario.law.rules, rest, change.new)))
    if top == "acquirables" and rest[0] in scenario.may_obtain:
        raise KeyError(rest[0])  # a rulebook says what it is like, not the scenario's file
    made: Scenario = _in_node(scenario, change.path, change.new)
    if top == "acquirables":  # which the merged law has as well
        law = _in_list(scenario.law.acquirables, rest, change.new)
        return evolve(made, law=evolve(scenario.law, acquirables=law))
    return made


def _obtaining(scenario: Scenario, name: str) -> Scenario:
    """The scenario that lists one more acquirable of its rulebooks in `may_obtain`."""
    item = next((item for item in scenario.offered if item.id == name), None)
    if item is None:
        raise KeyError(name)
    places = (*item.residents_of, *item.apply_in, *item.handed_over_in)
    ports = {place: scenario.offered_ports[place] for place in places if place in scenario.offered_ports}
    return evolve(
        scenario,
        acquirables=(*scenario.acquirables, item),
        may_obtain=(*scenario.may_obtain, name),
        offered=tuple(other for other in scenario.offered if other.id != name),
        ports=scenario.ports | ports,
    )


def _in_node(node: Node, path: Sequence[str], new: Any) -> Any:
    """A table with the value at a path inside it changed."""
    field = attrs.fields_dict(type(node)).get(path[0]) or attrs.fields_dict(type(node)).get(f"{path[0]}_")
    if field is None or not field.eq:
        raise KeyError(path[0])
    value, rest = getattr(node, field.name), path[1:]
    if not rest:
        made = _default(field, node) if new is None else new
    elif isinstance(value, Node):
        made = _in_node(value, rest, new)
    elif isinstance(value, tuple):
        made = _in_list(value, rest, new)
    elif isinstance(value, dict) and rest[0] in value:
        kept = {key: item for key, item in value.items() if key != rest[0]}
        made = kept if new is None else value | {rest[0]: new}
    else:
        raise KeyError(rest[0])
    return evolve(node, **{str(field.alias): made})


def _in_list(items: tuple[Any, ...], path: Sequence[str], new: Any) -> tuple[Any, ...]:
    """A list with one of its entries changed, taken away or, if it is a plain value, added."""
    names = [entry_name(item, index) for index, item in enumerate(items)]
    if len(path) == 1 and new is not None and not any(isinstance(item, Node) for item in items):
        return (*items, new)
    place = names.index(path[0]) if path[0] in names else -1
    if place < 0:
        raise KeyError(path[0])
    if len(path) == 1 and new is not None:
        raise KeyError(path[0])
    kept = () if len(path) == 1 else (_in_node(items[place], path[1:], new),)
    return (*items[:place], *kept, *items[place + 1 :])


def entry_name(item: Any, index: int) -> str:
    """What a path calls an entry of a list."""
    if not isinstance(item, Node):
        return str(item)
    if isinstance(item, Touch):
        return f"{item.after}.{item.before}"
    return str(getattr(item, "id", "") or getattr(item, "kind", "") or index)


def _default(field: attrs.Attribute[Any], node: Node) -> Any:
    """What a value is that is not given. Raises KeyError for one that must be."""
    default: Any = field.default
    if default is attrs.NOTHING:
        raise KeyError(f"{type(node).__name__}.{field.name}")
    return default.factory() if hasattr(default, "factory") else default
