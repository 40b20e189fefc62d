"""Frozen dataclasses as JSON that reads back exactly: fractions and decimals as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def plain(value: object) -> Any:
    """The value in what JSON knows: a mapping as pairs, so that its keys keep their types."""
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return [[plain(key), plain(each)] for key, each in value.items()]
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, Fraction | Decimal) else value


def typed(kind: type[T], data: Any) -> T:
    """The value of this type that plain() made the data of.

    Raises what making it raises where the data are of another one: AttributeError, KeyError,
    TypeError, ValueError.
    """
    return cast(T, _typed(kind, data))


def _typed(hint: Any, data: Any) -> Any:
    origin, inside = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        [some] = [each for each in inside if each is not NoneType]
        return None if data is None else _typed(some, data)
    if origin is tuple:
        return tuple(_typed(inside[0], each) for each in data)
    if origin is not None and origin is not Literal:  # a mapping
        return {_typed(inside[0], key): _typed(inside[1], each) for key, each in data}
    if isinstance(hint, type) and is_dataclass(hint):
        hints = _hints(hint)
        return hint(**{name: _typed(hints[name], each) for name, each in data.items()})
    if isinstance(hint, type) and issubclass(hint, Fraction | Decimal | Enum):
        return hint(data)
    return data


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
