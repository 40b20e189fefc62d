"""A message has arrived that is to be changed later: which features keep its place themselves."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.core.unit_of_work import UnitOfWork

# A ref `<prefix>:…` of these belongs to a feature that keeps the message's id itself, sealed.
Note = Callable[["UnitOfWork", str, int], Awaitable[None]]
notes: dict[str, Note] = {}


def keeps_places(prefix: str, note: Note) -> None:
    """Tell `note` the ref and the message's id, instead of writing them into `messages`."""
    notes[prefix] = note
