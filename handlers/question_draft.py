"""A question that a facilitator is about to put: a draft, sealed with their own key."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from assembly.deadlines import Span
from handlers.context import Context
from storage import drafts
from storage.cipher import Unreadable, seal, unseal
from storage.drafts import Draft
from storage.keys import KeyDestroyed

KIND = "question"


@dataclass(frozen=True, slots=True)
class Question:
    """How far it has come; `text` is None until it is worded."""

    text: str | None
    span: Span
    assembly_id: int | None = None
    item_id: int | None = None


async def keep(question: Question, context: Context) -> None:
    """Keep it; it takes the place of any other conversation."""
    member = context.member
    key = await context.services.keys.key(member.id)
    content = seal(key, json.dumps(asdict(question)).encode(), _place(member.id))
    draft = Draft(member.telegram_id, context.centre.id, KIND, "", content, None, context.now)
    await drafts.save(context.tx, draft)


async def find(context: Context) -> Question | None:
    """What the member is about to put in this centre, if their key still opens it."""
    member = context.member
    draft = await drafts.find(context.tx, member.telegram_id)
    if draft is None or draft.kind != KIND or draft.centre_id != context.centre.id:
        return None
    if draft.content is None:
        return None
    try:
        key = await context.services.keys.key(member.id)
        found = json.loads(unseal(key, draft.content, _place(member.id)))
    except (KeyDestroyed, Unreadable):
        return None
    return Question(found["text"], Span(found["span"]), found["assembly_id"], found["item_id"])


async def forget(context: Context) -> None:
    """It is put, or left."""
    await drafts.remove(context.tx, context.member.telegram_id)


def _place(member_id: int) -> bytes:
    return b"question draft of member %d" % member_id
