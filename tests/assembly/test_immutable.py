"""An immutable value is what `dataclasses` would have made, and is made when it is needed."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy, deepcopy
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace
from typing import Any, ClassVar

import pytest

from assembly.immutable import MADE_LATER, immutable


def kinds(decorate: Callable[[Any], Any]) -> tuple[Any, Any, Any]:
    """The same three classes: one, one that inherits from it, one with methods of its own."""

    class Point:
        origin: ClassVar[int] = 0
        x: int
        y: int = 2
        token: str = field(default="secret", repr=False)
        marks: list[int] = field(default_factory=list, compare=False)

    Point = decorate(Point)  # type: ignore[misc]  # noqa: N806

    class Deep(Point):
        z: int = 3
        total: int = field(init=False)

        def __post_init__(self) -> None:
            if self.z < 0:
                raise ValueError("above ground")
            object.__setattr__(self, "total", self.x + self.y + self.z)

    class Own:
        x: int

        def __repr__(self) -> str:
            return "mine"

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 7

    return Point, decorate(Deep), decorate(Own)


OURS = kinds(immutable)
THEIRS = kinds(dataclass(frozen=True, slots=True))
SAYS: dict[str, Callable[[Any, Any, Any], object]] = {
    "repr": lambda point, deep, own: [repr(point(1)), repr(deep(1, z=9)), repr(own(1))],
    "same": lambda point, deep, own: [
        point(1) == point(1, 2),
        deep(1) == deep(1),
        own(1) == own(2),
    ],
    "other": lambda point, deep, _: [point(1) == point(3), point(1) == deep(1), point(1) == 1],
    "uncompared": lambda point, _, __: point(1, marks=[1]) == point(1, marks=[2]),
    "hash": lambda point, deep, own: [hash(point(1)), hash(deep(1)), hash(own(1))],
    "hash first": lambda point, _, __: {point(1), point(1), point(2)} == {point(2), point(1)},
    "replaced": lambda point, deep, _: [repr(replace(point(1), y=8)), repr(replace(deep(1), z=8))],
    "fields": lambda _, deep, __: [each.name for each in fields(deep)],
    "matched": lambda _, deep, __: deep.__match_args__,
    "parts": lambda _, deep, __: asdict(deep(1)),
    "slots": lambda point, deep, own: [k.__slots__ for k in (point, deep, own)],
    "copied": lambda point, deep, own: [repr(copy(deep(1, z=9))), repr(deepcopy(point(1)))],
    "own list": lambda point, _, __: point(1).marks is point(1).marks,
}
WRONG: dict[str, Callable[[Any, Any, Any], object]] = {
    "too few": lambda point, _, __: point(),
    "too many": lambda _, __, own: own(1, 2),
    "unknown": lambda point, _, __: point(1, w=3),
    "not to be given": lambda _, deep, __: deep(1, total=3),
    "refused by itself": lambda _, deep, __: deep(1, z=-1),
    "set": lambda point, _, __: setattr(point(1), "x", 2),
    "set, inherited": lambda _, deep, __: setattr(deep(1), "x", 2),
    "deleted": lambda point, _, __: delattr(point(1), "x"),
}


@pytest.mark.parametrize("ask", SAYS.values(), ids=SAYS)
def test_it_says_what_a_frozen_dataclass_says(ask: Callable[[Any, Any, Any], object]) -> None:
    assert ask(*OURS) == ask(*THEIRS)
    assert ask(*kinds(immutable)) == ask(*THEIRS)  # and as the first thing that is asked


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_it_refuses_what_a_frozen_dataclass_refuses(
    wrong: Callable[[Any, Any, Any], object],
) -> None:
    refusals = []
    for classes in (kinds(immutable), THEIRS):
        with pytest.raises((TypeError, ValueError, FrozenInstanceError)) as refusal:
            wrong(*classes)
        refusals.append(refusal.type)
    assert refusals[0] is refusals[1]


def test_nothing_but_what_is_a_field_can_be_set() -> None:
    with pytest.raises(FrozenInstanceError):
        OURS[0](1).w = 3


def test_its_methods_are_made_when_the_first_is_used() -> None:
    point, *_ = kinds(immutable)
    before = [vars(point)[name] for name in MADE_LATER]
    point(1)
    after = [vars(point)[name] for name in MADE_LATER]
    assert not set(before) & set(after)
    point(2)
    assert [vars(point)[name] for name in MADE_LATER] == after
