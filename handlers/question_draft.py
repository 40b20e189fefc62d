"""A question that a facilitator is about to put: a draft, sealed with their own key."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from assembly.deadlines import Span
from handlers.context import Context
from handlers.sealed_draft import SealedDraft

KIND = "question"
_drafts = SealedDraft(KIND, b"question draft of member %d")


@dataclass(frozen=True, slots=True)
class Question:
    """How far it has come; `text` is None until it is worded."""

    text: str | None
    span: Span
    assembly_id: int | None = None
    item_id: int | None = None


async def keep(question: Question, context: Context) -> None:
    """Keep it; it takes the place of any other conversation."""
    await _drafts.keep(asdict(question), context)


async def find(context: Context) -> Question | None:
    """What the member is about to put in this centre, if their key still opens it."""
    found = await _drafts.find(context)
    if found is None:
        return None
    content = found[1]
    return Question(
        content["text"], Span(content["span"]), content["assembly_id"], content["item_id"]
    )


async def forget(context: Context) -> None:
    """It is put, or left."""
    await _drafts.forget(context)
