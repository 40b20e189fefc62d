"""What somebody has half-written, sealed with their own key in the row of their conversation."""

from __future__ import annotations

import json
from typing import Any

from assembly.immutable import immutable
from handlers.core.context import Context
from storage import drafts
from storage.drafts import Draft
from storage.secrets.cipher import Unreadable, seal, unseal
from storage.secrets.keys import KeyDestroyed

Content = dict[str, Any]


@immutable
class SealedDraft:
    """One kind of conversation.

    `place` is what the seal is bound to, with a %d for the member's id: copied into somebody else's
    row, or another kind's, the content can't be read. Everything here is for the member and the
    centre that a guard has found.
    """

    kind: str
    place: bytes

    async def find(self, context: Context) -> tuple[str, Content] | None:
        """The step and the content, if this is the conversation that the member is in."""
        draft = await drafts.find(context.tx, context.member.telegram_id)
        content = await self.read(draft, context) if draft is not None else None
        return (draft.step, content) if draft is not None and content is not None else None

    async def read(self, draft: Draft, context: Context) -> Content | None:
        """The draft in plain, if it is of this kind and centre, and its key still opens it."""
        if draft.kind != self.kind or draft.centre_id != context.centre.id or not draft.content:
            return None
        try:
            key = await context.services.keys.key(context.member.id)
            content: Content = json.loads(unseal(key, draft.content, self._belongs(context)))
        except (KeyDestroyed, Unreadable):
            return None
        return content

    async def keep(self, content: Content, context: Context, step: str = "") -> None:
        """Keep it; it takes the place of any other conversation. Raises KeyDestroyed."""
        key = await context.services.keys.key(context.member.id)
        sealed = seal(key, json.dumps(content).encode(), self._belongs(context))
        telegram_id, centre_id = context.member.telegram_id, context.centre.id
        draft = Draft(telegram_id, centre_id, self.kind, step, sealed, None, context.now)
        await drafts.save(context.tx, draft)

    async def forget(self, context: Context) -> None:
        """It is sent, or left. Another conversation stays."""
        draft = await drafts.find(context.tx, context.member.telegram_id)
        if draft is not None and draft.kind == self.kind:
            await drafts.remove(context.tx, draft.telegram_id)

    def _belongs(self, context: Context) -> bytes:
        return self.place % context.member.id
