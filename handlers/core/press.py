"""Presses: what a button means, as a typed value inside Telegram's 64 bytes.

Callback data is hostile input: decoding accepts exactly what encoding produces, and a decoded
press says only what somebody asked for, never that they may.
"""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum
from functools import cache, lru_cache
from typing import ClassVar, Self, get_type_hints

from assembly.immutable import immutable

LIMIT = 64  # bytes, Telegram's own
SEPARATOR = ":"

_registry: dict[str, type[Press]] = {}


class StalePress(ValueError):
    """The data is not, or no longer, what a button of ours carries."""


@immutable
class Press:
    """Base of all presses: subclasses are `@immutable`, with fields int, bool, str, StrEnum.

    A press about a centre has `centre_id` as its first field, so that who may press it is known
    before anything else is read. `repeats` says whether pressing it twice means the same as once;
    one that does not repeat only gets a toast when Telegram delivers it again.
    """

    tag: ClassVar[str] = ""
    repeats: ClassVar[bool] = True

    def __init_subclass__(cls, tag: str = "", repeats: bool = True, **kwargs: object) -> None:
        # `super()` without arguments does not survive the copy that has the slots.
        super(Press, cls).__init_subclass__(**kwargs)  # noqa: UP008
        # `immutable` makes the class twice: the second creation passes no tag, and takes over.
        tag = tag or cls.tag
        if not tag or SEPARATOR in tag:
            raise TypeError(f"{cls.__name__} needs a tag")
        known = _registry.get(tag)
        if known is not None and known.__qualname__ != cls.__qualname__:
            raise TypeError(f"the tag {tag} belongs to {known.__name__}")
        cls.tag = tag
        cls.repeats = repeats if cls.repeats else False
        _registry[tag] = cls

    def encode(self) -> str:
        """The callback data. Raises ValueError where it would not fit in 64 bytes."""
        parts = [self.tag, *(_encode(getattr(self, field.name)) for field in fields(self))]
        data = SEPARATOR.join(parts)
        if len(data.encode()) > LIMIT or any(SEPARATOR in part for part in parts):
            raise ValueError(f"{type(self).__name__} does not fit in a button")
        return data

    @classmethod
    def parse(cls, parts: list[str]) -> Self:
        """The press with these fields, as encode() wrote them. Raises StalePress for any others."""
        kinds = _kinds(cls.tag)
        if len(parts) != len(kinds):
            raise StalePress(cls.tag)
        return cls(*(_decode(kind, part) for kind, part in zip(kinds, parts, strict=True)))


@lru_cache(maxsize=1024)  # a whole assembly presses the same three buttons
def decode(data: str) -> Press:
    """The press that the data stands for. Raises StalePress for anything else."""
    # Telegram keeps to the limit and to whole characters; whoever speaks in its place may not.
    if not data.isprintable() or len(data.encode()) > LIMIT:
        raise StalePress("data")
    tag, *parts = data.split(SEPARATOR)
    kind = _registry.get(tag)
    if kind is None:
        raise StalePress(tag[:8])
    return kind.parse(parts)


def known_presses() -> dict[str, type[Press]]:
    """Every press by its tag."""
    return dict(_registry)


@cache
def _kinds(tag: str) -> tuple[type, ...]:
    """The types of a press's fields, in order."""
    kind = _registry[tag]
    hints = get_type_hints(kind)
    return tuple(hints[field.name] for field in fields(kind))


def _encode(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value.value if isinstance(value, StrEnum) else value)


def _decode(kind: type, part: str) -> object:
    if kind is str:
        return part
    if kind is bool:
        if part not in ("0", "1"):
            raise StalePress("bool")
        return part == "1"
    if kind is int:
        digits = part.removeprefix("-")
        canonical = digits.isascii() and digits.isdecimal() and str(int(digits)) == digits
        if not canonical or len(digits) > 18 or part == "-0":
            raise StalePress("int")
        return int(part)
    if issubclass(kind, StrEnum):
        try:
            return kind(part)
        except ValueError:
            raise StalePress(kind.__name__) from None
    raise TypeError(f"a press cannot carry {kind.__name__}")
