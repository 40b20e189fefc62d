"""What is done to the code, beside mutmut's own changes.

mutmut changes values, operators and arguments. Two changes that people make by mistake are added:
a call left out, and a `raise` left out. What a `raise` or a log line says is left alone: it is
for whoever mends the code, and no test should quote it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import libcst as cst
import libcst.matchers as m
from mutmut.mutation.mutators import mutation_operators

_LOGS = m.Call(func=m.Attribute(value=m.Name("logger") | m.Name("log") | m.Name("_log")))
_CAST = m.Call(func=m.Name("cast"))
_STRICT_ZIP = m.Call(func=m.Name("zip"), args=[m.ZeroOrMore(), m.Arg(keyword=m.Name("strict"))])
_DOES = m.Call() | m.Await(expression=m.Call())

# Kept whole, so that no later node gets the id of one that was let go.
_quiet: dict[int, cst.CSTNode] = {}


def _hush(node: cst.CSTNode) -> None:
    _quiet[id(node)] = node
    for child in node.children:
        _hush(child)


def leave_out_raise(node: cst.Raise) -> Iterator[cst.CSTNode]:
    _hush(node)
    yield cst.Pass()


def leave_out_call(node: cst.Expr) -> Iterator[cst.CSTNode]:
    if m.matches(node.value, _LOGS):
        _hush(node)
    elif m.matches(node.value, _DOES):
        yield cst.Pass()


def leave_checks_alone(node: cst.Call) -> Iterator[cst.CSTNode]:
    """`cast` does nothing; `strict` of zip notices a mistake that no test should have to make."""
    if m.matches(node, _CAST):
        _quiet[id(node)] = node
        _hush(node.args[0])
    elif m.matches(node, _STRICT_ZIP):
        _quiet[id(node)] = node
        _hush(node.args[-1])
    return iter(())


def _unless_quiet(operator: Callable[[Any], Any]) -> Callable[[Any], Iterator[cst.CSTNode]]:
    def mutate(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        if id(node) not in _quiet:
            yield from operator(node)

    return mutate


def install() -> None:
    """Adds the two changes to mutmut's own. Parents are visited first, so a hush is in time."""
    library = [(kind, _unless_quiet(operator)) for kind, operator in mutation_operators]
    mutation_operators[:] = [  # type: ignore[index]
        (cst.Raise, leave_out_raise),
        (cst.Expr, leave_out_call),
        (cst.Call, leave_checks_alone),
        *library,
    ]


class Undecorate(cst.CSTTransformer):
    """Writes `@wrap def f` as `def f` and `f = wrap(f)`: mutmut passes decorated functions over.

    A seventh of the functions of handlers/ wears a guard as a decorator. Abstract and overloaded
    functions have no body to change, and a setter needs its getter's name.
    """

    KEPT = m.OneOf(
        m.Name("staticmethod"),
        m.Name("classmethod"),
        m.Name("abstractmethod"),
        m.Name("overload"),
        m.Attribute(attr=m.Name("setter")),
    )

    def __init__(self) -> None:
        super().__init__()
        self._inside = 0

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:  # noqa: N802
        self._inside += 1

    def leave_FunctionDef(  # noqa: N802
        self, original: cst.FunctionDef, updated: cst.FunctionDef
    ) -> cst.FunctionDef | cst.FlattenSentinel[cst.BaseStatement]:
        self._inside -= 1
        wrappers = [decorator.decorator for decorator in updated.decorators]
        kept = any(m.matches(wrapper, self.KEPT) for wrapper in wrappers)
        if self._inside or kept or not wrappers:
            return updated
        value: cst.BaseExpression = updated.name
        for wrapper in reversed(wrappers):
            value = cst.Call(func=wrapper, args=[cst.Arg(value)])
        wrap = cst.Assign(targets=[cst.AssignTarget(updated.name)], value=value)
        return cst.FlattenSentinel(
            [updated.with_changes(decorators=[]), cst.SimpleStatementLine([wrap])]
        )


def undecorated(code: str) -> str:
    return cst.parse_module(code).visit(Undecorate()).code
