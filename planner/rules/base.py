"""What a kind of rule is, and the registry that finds the kinds.

Each module of `planner.rules.kinds` defines one kind: a class decorated with `@kind`. Dropping a file into that
package is all it takes; readers, `plan rules`, the model, the checker and the property tests ask the registry. Other
packages name modules of theirs in the group `planner.kinds` of their entry points.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import ClassVar, Literal, TypeVar

from attrs import frozen

from planner.core import outside
from planner.core.errors import Place, Problem, ScenarioError
from planner.itinerary.journey import Journey, Stay
from planner.rules.easing import Easing
from planner.rules.facts import Broken
from planner.rules.outlook import Outlook
from planner.rules.shares import Share
from planner.rules.statements import Charge, Statement
from planner.rules.stay_limits import Limit
from planner.rules.tables import View
from planner.scenario.law import Entry
from planner.scenario.node import GroundType
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario


@frozen(kw_only=True)
class Ground:
    """Something an entry can rest on: an admission, a permission, citizenship, transit without visa.

    `id` is that of the entry, permission or acquirable; stays name it. `zones` are the permission zones it
    opens; `passports` the traveller's passports (held or acquirable) it can be used with; `fee` is paid per
    traveller at each entry, in minor units. What limits it is said by the kind that offers it.
    """

    id: str
    type: GroundType
    zones: tuple[str, ...]
    passports: tuple[str, ...]
    fee: int = 0


@frozen(kw_only=True)
class Cost:
    """Something a journey pays for because of a rule, in minor units of the scenario's currency."""

    what: str
    amount: int


@frozen(kw_only=True)
class Reminder:
    """Something the traveller has to see to that no itinerary can break: on dates from `from_on` to `by_on`."""

    id: str  # of the rule
    traveller: str
    text: str
    from_on: date | None = None
    by_on: date | None = None
    source: str = ""


@frozen(kw_only=True)
class Shown:
    """A paper that a rule wants to see besides the passport presented and what the entry rests on.

    `id` is that of a permission, passport or acquirable, or the kind of a certificate held; `label` names the paper
    in sentences. It is shown at the check-in for a stay, or at its exit.
    """

    rule: str  # the id of the rule, or its kind's name
    sort: Literal["certificate", "permission", "passport"]
    id: str
    label: str
    where: Literal["check_in", "exit"] = "check_in"


@frozen
class Example:
    """A case that a kind allows or refuses: a scenario laid over the small example world.

    `toml` is merged into the base scenario (see `planner.rules.examples`). `refused_by` is the id of the fact
    that must stand in every conflict ("" if the case is allowed). `cost`, if given, is the expected cost in
    minor units. `reminded_by` is the id of the rule of which the plan reminds ("" if it reminds of nothing).
    `source` says where the real case comes from.
    """

    title: str
    toml: str
    refused_by: str = ""
    cost: int | None = None
    reminded_by: str = ""
    source: str = ""


class Rule:
    """One rule in force in a scenario. Kinds inherit from this; all times and dates as in `Journey`.

    `restrict` (for solving) and `check` (for verifying) are two readings of the same law and share no helper.
    Both name the same facts.
    """

    kind: ClassVar[str]
    catalogue: ClassVar[tuple[str, ...]]  # numbers in the rule-kind catalogue, such as "K01"
    summary: ClassVar[str]  # one sentence for people
    table: ClassVar[bool]  # whether it is written as [[rules]] entries
    examples: ClassVar[tuple[Example, ...]] = ()

    @classmethod
    def instances(cls, scenario: Scenario) -> Iterable[Rule]:
        """The rules of this kind that a scenario is subject to. For table kinds: the entries of the law."""
        return [rule for rule in scenario.law.rules if isinstance(rule, Rule) and type(rule) is cls]

    def grounds(self, scenario: Scenario, traveller: Traveller) -> Iterator[Ground]:
        """Grounds of entry this rule offers the traveller."""
        yield from ()

    def restrict(self, view: View) -> Iterator[Statement]:
        """What the rule says about options."""
        yield from ()

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Every fact of this rule that the finished journey does not respect."""
        yield from ()

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """What follows from the rule that lower bounds can take into account; optional."""
        yield from ()

    def charges(self, view: View) -> Iterator[Charge]:
        """What the rule makes options cost, for solving."""
        yield from ()

    def costs(self, journey: Journey) -> Iterator[Cost]:
        """What the rule makes the finished journey cost: the same as `charges`, for verifying."""
        yield from ()

    def reminders(self, journey: Journey) -> Iterator[Reminder]:
        """What the traveller has to see to on this journey."""
        yield from ()

    def shows(self, journey: Journey, stay: Stay) -> Iterator[Shown]:
        """The papers that keep a stay of a journey from breaking this rule; only for what the traveller is told."""
        yield from ()

    def easings(self, scenario: Scenario) -> Iterator[Easing]:
        """What travellers could change to make a changeable fact of this rule weaker: of each fact, from least to most.

        Each makes room for more than the one before it. Law is never eased.
        """
        yield from ()

    def settled(self, easing: Easing, journey: Journey) -> Easing:
        """An easing of this rule cut down to what a journey needs, where that can be any amount."""
        return easing

    def last_lawful(self, journey: Journey, stay: Stay) -> Limit | None:
        """Until when this rule lets a stay with an entry go on, all stays before it being as they are; None: no end.

        Only for what the traveller is told; whether the stay is lawful is for `check` to say.
        """
        return None


R = TypeVar("R", bound=type[Rule])
_found: dict[str, type[Rule]] = {}


def kind(name: str, *, summary: str, catalogue: tuple[str, ...] = (), table: bool = False) -> Callable[[R], R]:
    """Register a class as a kind of rule. Use it as the outermost decorator.

    `table` kinds are attrs classes over `Entry`, read from `[[rules]]` entries with `kind = name`; the others
    derive their instances from the scenario.
    """

    def register(cls: R) -> R:
        cls.kind, cls.summary, cls.catalogue, cls.table = name, summary, catalogue, table
        if table and not issubclass(cls, Entry):
            raise TypeError(f"{cls.__name__}: a table kind must derive from Entry")
        known = _found.get(name, cls)
        if known.__module__ != cls.__module__:
            raise TypeError(f"{cls.__name__}: there is a kind {name!r} already, in {known.__module__}")
        _found[name] = cls
        return cls

    return register


@lru_cache(maxsize=1)
def kinds() -> dict[str, type[Rule]]:
    """Every kind by name, in alphabetical order.

    Raises ScenarioError for a module of another package that cannot be imported or has no kind.
    """
    from planner.rules import kinds as package

    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    for place, added in outside.modules(outside.KINDS):  # importing them registers their kinds
        if not any(_package(module) == _package(added.__name__) for module in kinds_elsewhere()):
            raise ScenarioError([Problem(Place(place), "that module has no kind of rule", "a class under @kind(…)")])
    return dict(sorted(_found.items()))


def kinds_elsewhere() -> tuple[str, ...]:
    """The modules of other packages that kinds known so far come from."""
    return tuple(sorted({cls.__module__ for cls in _found.values() if _package(cls.__module__) != _package(__name__)}))


def _package(module: str) -> str:
    return module.partition(".")[0]


def table_kinds() -> dict[str, type[Entry]]:
    """The kinds written as `[[rules]]` entries, by name."""
    return {name: cls for name, cls in kinds().items() if cls.table and issubclass(cls, Entry)}


def rules_of(scenario: Scenario) -> tuple[Rule, ...]:
    """All rules a scenario is subject to, kind by kind, and those beside it. Collected once for a scenario."""
    if rules_of not in scenario.derived:
        own = (rule for cls in kinds().values() for rule in cls.instances(scenario))
        scenario.derived[rules_of] = (*own, *scenario.beside)
    found: tuple[Rule, ...] = scenario.derived[rules_of]
    return found


def grounds_of(scenario: Scenario, traveller: Traveller) -> tuple[Ground, ...]:
    """All grounds that the rules offer one of the scenario's travellers, rule by rule. Collected once."""
    key = (grounds_of, traveller.id)
    if key not in scenario.derived:
        offers = (ground for rule in rules_of(scenario) for ground in rule.grounds(scenario, traveller))
        scenario.derived[key] = tuple(offers)
    found: tuple[Ground, ...] = scenario.derived[key]
    return found
