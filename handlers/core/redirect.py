"""Leading on to a screen of another feature, as if its button had been pressed here.

The feature that owns the press answers, inside the same unit of work and for whom it declared. So
two features that lead to each other need to know only the presses in `navigation.py`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from handlers.core.press import Press

Answer = Callable[[Any, Any], Awaitable[None]]

_answers: dict[type[Press], Answer] = {}


def answered_by(kind: type[Press], answer: Answer) -> None:
    """Remember which feature answers this kind of press."""
    _answers[kind] = answer


async def follow(press: Press, context: object) -> None:
    """Let its feature answer the press. Raises LookupError where none is registered for it."""
    await _answers[type(press)](press, context)
