"""An outcome as it is stored: JSON that reads back exactly, fractions and decimals as text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from assembly.result import Outcome, Result, Turnout, Why
from assembly.rule import DecisionMethod


def written(outcome: Outcome) -> str:
    """The outcome as JSON."""
    return json.dumps(_plain(outcome), ensure_ascii=False, separators=(",", ":"))


def read(text: str, result: Result, electorate: int) -> Outcome:
    """The outcome that was written; of one stored before there were methods, what it says.

    `result` and `electorate` stand beside it in the decision's row.
    """
    data = json.loads(text)
    if "method" in data:
        return _typed(Outcome, data)  # type: ignore[no-any-return]
    return _of_before(data, result, electorate)


def _of_before(data: Mapping[str, int], result: Result, electorate: int) -> Outcome:
    """Until migration 0011 there was the simple majority only, and its figures were four."""
    votes = {word: data[word] for word in ("yes", "no", "abstain")}
    said = votes["yes"] + votes["no"]
    why = {
        "carried": Why.REACHED,
        "not_carried": Why.TIE if votes["yes"] == votes["no"] else Why.MISSED,
        "no_quorum": Why.TOO_FEW,
    }
    cast = sum(votes.values())
    return Outcome(
        method=DecisionMethod.MAJORITY,
        result=result,
        why=why.get(result, Why.NOTHING_SAID),
        turnout=Turnout(cast, 0, electorate, None, data["needed"], None),
        votes=votes,
        share=Fraction(votes["yes"], said) if said else None,
        of=said if said else None,
    )


def _plain(value: object) -> Any:
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return [[_plain(key), _plain(each)] for key, each in value.items()]
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, Fraction | Decimal) else value


def _typed(hint: Any, data: Any) -> Any:
    """The value of this type that _plain() made `data` of."""
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
