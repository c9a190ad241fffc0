"""The converter that makes frozen classes from tables, strictly: no value is turned into another type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Literal, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.errors import (
    AttributeValidationNote,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)

from planner.core.errors import did_you_mean
from planner.scenario.law import Entry
from planner.scenario.node import Node, Where
from planner.scenario.people import Traveller
from planner.scenario.reading.tables import Table
from planner.scenario.reading.values import SCALARS, Scalar, Wrong
from planner.scenario.travel import Territory
from planner.scenario.trip import Avoid, Nights, Stop

Hook = Callable[[Any, Any], Any]

# Fields that, left out, mean «any» or «everybody», or something usual. An empty list would read as «none».
_NEVER_EMPTY = frozenset(
    [
        "answers",
        "apply_in",
        "apply_on",
        "booked_with",
        "days",
        "directions",
        "entry_ports",
        "exit_ports",
        "first_entry_in",
        "from_",
        "grounds_",
        "modes",
        "nationalities",
        "nationals",
        "nationals_of",
        "only_for",
        "only_from",
        "passports",
        "ports",
        "purposes",
        "residents_of",
        "scope",
        "travellers",
        "types",
    ]
)
_NAMED_LATER: dict[Any, dict[str, str]] = {Stop: {"id": ""}}  # after its place
# Where fields of these names mean «none» if they are left out.
_MAY_BE_EMPTY = {(Traveller, "nationalities"), (Territory, "ports"), (Avoid, "ports")}


def written(name: str) -> str:
    """How a field is written in a file: `from_` is written `from`."""
    return name.rstrip("_")


def keys_of(cls: type[Node]) -> list[str]:
    """The keys a table of that class may have. Fields that play no part in comparing are the reader's own."""
    keys = [written(field.name) for field in attrs.fields(cls) if field.eq]
    return ["kind", *keys] if issubclass(cls, Entry) and hasattr(cls, "kind") else keys


def needed(cls: type[Node], field: attrs.Attribute[Any]) -> bool:
    """Whether a table is not accepted without that field."""
    return field.default is attrs.NOTHING and field.alias not in _NAMED_LATER.get(cls, {})


def never_empty(cls: type[Node], field: attrs.Attribute[Any]) -> bool:
    """Whether an empty list is refused there though the key can be left out, since that does not mean «none»."""
    single = get_origin(field.type) is tuple and not _is_node(get_args(field.type)[0])
    optional = field.default is not attrs.NOTHING
    return single and optional and field.name in _NEVER_EMPTY and (cls, field.name) not in _MAY_BE_EMPTY


def converter(kinds: Mapping[str, type[Entry]]) -> Converter:
    """A converter for scenarios and rulebooks with these kinds of `[[rules]]` tables."""
    return _converter(tuple(kinds.items()))


@lru_cache(maxsize=8)
def _converter(kinds: tuple[tuple[str, type[Entry]], ...]) -> Converter:
    made = Converter(detailed_validation=True)
    made.register_structure_hook_factory(_is_node, lambda cls: _node_hook(cls, made))
    made.register_structure_hook_func(lambda cls: cls is Entry, _rule_hook(dict(kinds), made))
    made.register_structure_hook_func(lambda cls: cls is Where, lambda value, _: value)
    made.register_structure_hook_factory(_made_from(tuple), lambda cls: _tuple_hook(cls, made))
    made.register_structure_hook_factory(_made_from(dict), lambda cls: _dict_hook(cls, made))
    made.register_structure_hook_factory(_made_from(Literal), _literal_hook)
    for cls, scalar in SCALARS.items():
        made.register_structure_hook(cls, _scalar_hook(scalar))
    return made


def _made_from(origin: Any) -> Callable[[Any], bool]:
    return lambda cls: get_origin(cls) is origin


def _is_node(cls: Any) -> bool:
    return isinstance(cls, type) and issubclass(cls, Node)


def _scalar_hook(scalar: Scalar) -> Hook:
    return lambda value, _: scalar.read(value)


def _literal_hook(cls: Any) -> Hook:
    options = [option for option in get_args(cls) if option]

    def hook(value: Any, _: Any) -> Any:
        if isinstance(value, str) and value in get_args(cls):
            return value
        words = " or ".join(filter(None, (", ".join(map(repr, options[:-1])), repr(options[-1]))))
        near = did_you_mean(value, options) if isinstance(value, str) else ""
        raise Wrong(words, value, near if near.startswith("did") else "")

    return hook


def _node_hook(cls: type[Node], made: Converter) -> Hook:
    """Does what `cattrs.gen.make_dict_structure_fn` does, without compiling code: most classes occur once or twice."""
    attrs.resolve_types(cls)
    fields = {written(field.name): field for field in attrs.fields(cls) if field.eq}
    hooks: dict[str, Hook] = {}  # by key, each made when first needed

    def of_field(key: str, value: Any) -> Any:
        type_ = fields[key].type
        if value == [] and never_empty(cls, fields[key]):
            raise Wrong("at least one", value, "leave the key out if it does not matter")
        if key not in hooks:
            hooks[key] = made.get_structure_hook(type_)
        return hooks[key](value, type_)

    def hook(value: Any, _: Any) -> Any:
        if not isinstance(value, Table):
            exactly = f"{{ min = {value}, max = {value} }}" if cls is Nights and type(value) is int else ""
            raise Wrong("a table", value, exactly)
        given: dict[str, Any] = {"where": value.where, **_NAMED_LATER.get(cls, {})}
        errors: list[Exception] = []
        for key, field in fields.items():
            try:
                if key in value:
                    given[field.alias] = of_field(key, value[key])
                elif needed(cls, field):
                    raise KeyError(key)
            except Exception as error:
                error.add_note(AttributeValidationNote("a key", field.name, field.type))
                errors.append(error)
        if extra := value.keys() - fields.keys():
            errors.append(ForbiddenExtraKeysError("", cls, extra))
        if errors:
            raise ClassValidationError("a table", errors, cls)
        return cls(**given)

    return hook


def _rule_hook(kinds: dict[str, type[Entry]], made: Converter) -> Hook:
    def hook(value: Any, _: Any) -> Any:
        if not isinstance(value, Table):
            raise Wrong("a table", value)
        name = value.get("kind")
        if isinstance(name, str) and name in kinds:
            return made.structure(value.without("kind"), kinds[name])
        error: Exception = KeyError("kind")
        if name is not None:
            near = did_you_mean(name, list(kinds)) if isinstance(name, str) else ""
            error = Wrong("a kind of rule", name, near or "`plan rules` lists them")
        error.add_note(AttributeValidationNote("the kind of a rule", "kind", str))
        raise ClassValidationError("rule", [error], Entry)

    return hook


def _tuple_hook(cls: Any, made: Converter) -> Hook:
    inner = get_args(cls)[0]
    structure = made.get_structure_hook(inner)

    def hook(value: Any, _: Any) -> Any:
        items = value if isinstance(value, list) else [value]
        return tuple(item for _, item in _each(enumerate(items), structure, inner))

    return hook


def _dict_hook(cls: Any, made: Converter) -> Hook:
    inner = get_args(cls)[1]
    structure = made.get_structure_hook(inner)

    def hook(value: Any, _: Any) -> Any:
        if not isinstance(value, Table):
            raise Wrong("a table", value)
        return dict(_each(value.items(), structure, inner))

    return hook


def _each(items: Iterable[tuple[int | str, Any]], structure: Hook, inner: Any) -> list[tuple[Any, Any]]:
    """All items structured, or one error that holds those of all items."""
    made: list[tuple[Any, Any]] = []
    errors: list[Exception] = []
    for index, item in items:
        try:
            made.append((index, structure(item, inner)))
        except Exception as error:
            error.add_note(IterableValidationNote("an item", index, inner))
            errors.append(error)
    if errors:
        raise IterableValidationError("items", errors, inner)
    return made
