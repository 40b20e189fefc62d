"""A new member of an enum is not forgotten: whoever tells its members apart, tells all apart.

mypy finds the match that lacks a case (exhaustive-match); here are the shapes that it can't see.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("assembly", "bot", "handlers", "storage", "sandbox")
MANY = 3
"""So many members told apart one by one are a match."""

PARTIAL = {
    "assembly.counting.table.WORDS": "methods that are answered by one word",
    "bot.tally_words.UNITS": "methods that count one thing an option",
    "handlers.core.may._LEADING": "the duties of one assembly; all others are in _LOOKS",
    "handlers.core.may._LOOKS": "the others are duties of one assembly: _LEADING",
    "handlers.assemblies.beginning._KINDS": "the others are no points of the agenda",
    "handlers.core.screens.own_points.TITLES": "the others are no points of the agenda",
    "handlers.decisions.putting.screens.words._CHOICES": "the others are numbers, or typed",
    "handlers.decisions.putting.screens.words._HINTS": "not every topic needs one",
    "handlers.decisions.putting.screens.words._MISFITS": "that of the dots has a number in it",
    "handlers.decisions.results.screens.ballot_words.FOR_ROLE": "electorates of one role",
    "handlers.decisions.results.screens.ballot_words.REASON_IS_READ": "sealed: nobody reads it",
    "handlers.decisions.results.screens.report.KEPT": "sealed is told as secret",
    "handlers.decisions.results.screens.results._BECAUSE": "for the others the result is enough",
    "handlers.membership.screens.invitations.ROLES": "who is invited for a duty has a role already",
}
"""Tables of some members only, each with the reason; whoever looks into them asks first."""


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.relative_to(ROOT)}: {node.name}", node


def asked(node: ast.AST) -> Iterator[tuple[str, str, str]]:
    """`if subject is Kind.MEMBER`: the subject, the kind and the member."""
    for each in ast.walk(node):
        test = each.test if isinstance(each, ast.If | ast.IfExp) else None
        if (
            isinstance(test, ast.Compare)
            and isinstance(test.ops[0], ast.Is | ast.Eq)
            and isinstance(member := test.comparators[0], ast.Attribute)
            and isinstance(member.value, ast.Name)
            and member.attr.isupper()
        ):
            yield ast.unparse(test.left), member.value.id, member.attr


def chains(node: ast.AST) -> list[str]:
    """Subjects that are compared with many members of an enum, one after the other."""
    found = defaultdict(set)
    for subject, kind, member in asked(node):
        found[subject, kind].add(member)
    return [f"{subject}: {kind}" for (subject, kind), of in found.items() if len(of) >= MANY]


def unasserted(node: ast.AST) -> list[str]:
    """Matches on members of an enum that don't end in `assert_never`."""
    found = []
    for each in ast.walk(node):
        if isinstance(each, ast.Match) and any(
            isinstance(pattern, ast.MatchValue) and isinstance(pattern.value, ast.Attribute)
            for case in each.cases
            for pattern in ast.walk(case.pattern)
        ):
            last = each.cases[-1]
            rest = isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None
            if not rest or not ast.unparse(last.body[0]).startswith("assert_never("):
                found.append(ast.unparse(each.subject))
    return found


def test_members_are_told_apart_by_a_match() -> None:
    assert {where: of for where, node in functions() if (of := chains(node))} == {}


def test_every_match_on_an_enum_ends_in_assert_never() -> None:
    assert {where: of for where, node in functions() if (of := unasserted(node))} == {}


def tables() -> Iterator[tuple[str, dict[Enum, object]]]:
    """Tables of a module that are keyed by the members of one enum."""
    for room in ROOMS:
        package = import_module(room)
        for found in walk_packages(package.__path__, f"{room}."):
            if found.name.endswith("__main__"):
                continue
            module = import_module(found.name)
            source = Path(str(module.__file__)).read_text(encoding="utf-8")
            for name, value in vars(module).items():
                here = f"\n{name} = " in source or f"\n{name}: " in source
                if here and isinstance(value, dict) and len(value) > 1 and of_an_enum(value):
                    yield f"{found.name}.{name}", value


def of_an_enum(table: dict[object, object]) -> bool:
    return isinstance(next(iter(table)), Enum) and len({type(key) for key in table}) == 1


def test_a_table_of_an_enum_has_all_its_members() -> None:
    missing = {}
    for name, table in tables():
        [kind] = {type(key) for key in table}
        if left := set(kind) - set(table):
            missing[name] = sorted(str(each) for each in left)
    assert set(PARTIAL) <= set(missing), "no longer partial"
    assert {name: left for name, left in missing.items() if name not in PARTIAL} == {}


CHAIN = """
def say(kind):
    if kind is Kind.ONE:
        return 1
    elif kind is Kind.TWO:
        return 2
    return 3 if kind is Kind.THREE else 4
"""
MATCH = """
def say(kind):
    match kind:
        case Kind.ONE:
            return 1
        case _:
            {rest}
"""


def test_a_chain_is_found() -> None:
    assert chains(ast.parse(CHAIN)) == ["kind: Kind"]
    assert chains(ast.parse(CHAIN.replace("Kind.TWO", "Kind.ONE"))) == []


@pytest.mark.parametrize(
    ("rest", "found"), [("return 2", ["kind"]), ("assert_never(kind)", []), ("pass", ["kind"])]
)
def test_a_match_without_an_end_is_found(rest: str, found: list[str]) -> None:
    assert unasserted(ast.parse(MATCH.format(rest=rest))) == found
