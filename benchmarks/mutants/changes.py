"""The mutants of a file: every function with one small change, by mutmut's operators and two more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import libcst as cst
import libcst.matchers as m
from attrs import frozen
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators, operator_arg_removal, operator_string


@frozen
class Mutant:
    """A file changed: in which outermost function (`Class.method`), the line, and what stood and stands there."""

    file: Path
    where: str
    line: int
    was: str
    now: str
    source: str


def mutants(file: Path, sample: int = 0) -> tuple[list[Mutant], int]:
    """The mutants of a file, in its order, or a sample of about so many (0: all), and how many changes there are.

    Only bodies of functions are changed, so that a loaded module can take a mutant over by its functions' code. The
    sample is the same each time. Of changes that come to the same, one is a mutant.
    """
    source = file.read_text(encoding="utf-8")
    wrapper = MetadataWrapper(cst.parse_module(source))
    visitor = _Visitor()
    wrapper.visit(visitor)
    lines, seen, made = source.split("\n"), {source}, list[Mutant]()
    places = range(len(visitor.found))
    for place in sorted(Random(0).sample(places, sample)) if 0 < sample < len(places) else places:
        where, line, node, changed = visitor.found[place]
        mutated = wrapper.module.deep_replace(node, changed).code
        if mutated not in seen:
            seen.add(mutated)
            made.append(Mutant(file, where, line, *_difference(lines, mutated.split("\n")), mutated))
    return made, len(places)


def _difference(before: list[str], after: list[str]) -> tuple[str, str]:
    """The lines that differ, each side as one."""
    first = next(i for i, (old, new) in enumerate(zip([*before, ""], [*after, ""], strict=False)) if old != new)
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
        last += 1
    return tuple(  # type: ignore[return-value]
        " ".join(line.strip() for line in lines[first : len(lines) - last]) for lines in (before, after)
    )


class _Visitor(cst.CSTVisitor):
    """Goes through the functions and collects what can be changed."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, int, cst.CSTNode, Any]] = []
        self._names: list[str] = []
        self._functions = 0  # how many are open

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.ClassDef | cst.FunctionDef):
            if not self._functions:
                self._names.append(node.name.value)
            self._functions += isinstance(node, cst.FunctionDef)
        elif isinstance(node, cst.Annotation | cst.Decorator | cst.Param | cst.Import | cst.ImportFrom):
            return False
        elif self._functions:
            line = self.get_metadata(PositionProvider, node).start.line if _placed(node) else 0
            self.found += [(".".join(self._names), line, node, changed) for changed in _changed(node)]
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.ClassDef | cst.FunctionDef):
            self._functions -= isinstance(original_node, cst.FunctionDef)
            if not self._functions:
                self._names.pop()


def _placed(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.BaseExpression | cst.BaseSmallStatement | cst.BaseCompoundStatement)


def _changed(node: cst.CSTNode) -> Iterator[Any]:
    """What can stand instead of a node."""
    for sort, operator in mutation_operators:
        if isinstance(node, sort):
            changed: Iterable[Any] = operator(node)
            if operator is operator_string:  # other cases of its letters tell nothing more
                changed = list(changed)[:1]
            elif operator is operator_arg_removal and isinstance(node, cst.Call):
                changed = _fewer(node, list(changed))
            yield from changed
    if isinstance(node, cst.If | cst.CompIf) and not m.matches(node.test, m.Comparison() | m.BooleanOperation()):
        test = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
        yield node.with_changes(test=cst.UnaryOperation(cst.Not(), test))
    if m.matches(node, m.Expr(value=m.Call() | m.Yield())):
        yield cst.Expr(cst.Yield(cst.From(cst.Tuple([])))) if m.matches(node, m.Expr(value=m.Yield())) else cst.Pass()


def _fewer(call: cst.Call, changed: list[cst.Call]) -> list[cst.Call]:
    """Calls with None for an argument, and those that leave out one by keyword or star: others fail at once."""
    return [
        other
        for other in changed
        if len(other.args) == len(call.args)
        or [a for a in call.args if not a.keyword and not a.star]
        == [a for a in other.args if not a.keyword and not a.star]
    ]
