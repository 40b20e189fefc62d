"""Values that never change, whose methods are made when the first of them is.

A start loads many hundred kinds of values and makes a few. `dataclasses` compiles six methods for
each kind at once, which was two fifths of the time that all modules took.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import FrozenInstanceError, dataclass, field, fields, make_dataclass
from typing import Any, TypeVar, dataclass_transform

MADE_LATER = ("__init__", "__repr__", "__eq__", "__hash__")

Kind = TypeVar("Kind", bound=type)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def immutable(kind: Kind) -> Kind:
    """The same as `@dataclass(frozen=True, slots=True)`, for those who use it.

    What a class says itself of a method stays. One that inherits from it has to be immutable, too.
    """
    own = {name for name in MADE_LATER if vars(kind).get(name) is not None}
    if kind.__doc__ is None:
        kind.__doc__ = kind.__name__  # else `dataclasses` looks for a signature
    # Asked for no method, it only reads the fields and makes the class with slots.
    slotted: Any = dataclass(slots=True, init=False, repr=False, eq=False)(kind)
    names = [name for name in MADE_LATER if name not in own]
    for name in names:
        setattr(slotted, name, _making_first(slotted, names, name))
    slotted.__setattr__ = slotted.__delattr__ = _refuse
    slotted.__getstate__, slotted.__setstate__ = _values, _fill
    return slotted  # type: ignore[no-any-return]


def _making_first(kind: type[Any], names: list[str], name: str) -> Callable[..., Any]:
    """A method that makes all of them, and goes on with the one that was meant."""

    def first(self: object, *given: object, **named: object) -> Any:
        _make(kind, names)
        return getattr(kind, name)(self, *given, **named)

    return first


def _make(kind: type[Any], names: list[str]) -> None:
    """Give a class the methods that `dataclasses` makes for one with its fields."""
    after = getattr(kind, "__post_init__", None)
    model = make_dataclass(
        kind.__name__,
        [(each.name, each.type, copy(each)) for each in fields(kind)],
        namespace={} if after is None else {"__post_init__": after},
        frozen=True,
    )
    for name in names:
        setattr(kind, name, vars(model)[name])


def _refuse(self: object, name: str, value: object = None) -> None:
    raise FrozenInstanceError(f"{type(self).__name__}.{name} can't be changed")


def _values(self: Any) -> list[object]:
    """What a copy is made of, in this process or another."""
    return [getattr(self, each.name) for each in fields(self)]


def _fill(self: Any, values: list[object]) -> None:
    for each, value in zip(fields(self), values, strict=True):
        object.__setattr__(self, each.name, value)
