"""The mode in which what somebody types is noted: a draft that names the place where it goes.

It is one for each person, and goes on until they stop, or nothing can be noted there any more.
"""

from __future__ import annotations

from assembly.immutable import immutable
from handlers.core.context import Context
from storage import drafts
from storage.drafts import Draft

KIND = "notes"


@immutable
class Place:
    """Where what is typed goes: to an assembly, at a point of it (0: after the last one).

    With a line that is to be worded anew: its id, and how often it had been changed when it was
    chosen.
    """

    assembly_id: int
    item_id: int
    note_id: int = 0
    changed: int = 0

    def step(self) -> str:
        """As the draft keeps it."""
        return f"{self.assembly_id}:{self.item_id}:{self.note_id}:{self.changed}"

    @classmethod
    def of(cls, step: str) -> Place:
        """The place that a draft names."""
        return cls(*map(int, step.split(":")))


async def keep(place: Place, context: Context) -> None:
    """From now on what they type goes there."""
    telegram_id, centre_id = context.member.telegram_id, context.centre.id
    draft = Draft(telegram_id, centre_id, KIND, place.step(), None, None, context.now)
    await drafts.save(context.tx, draft)


async def leave(context: Context) -> None:
    """What they type is not noted any more; anything else that they are writing stays."""
    draft = await drafts.find(context.tx, context.member.telegram_id)
    if draft is not None and draft.kind == KIND:
        await drafts.remove(context.tx, draft.telegram_id)


async def is_on(context: Context) -> bool:
    """Whether what they type now is noted in this centre."""
    draft = await drafts.find(context.tx, context.member.telegram_id)
    return draft is not None and draft.kind == KIND and draft.centre_id == context.centre.id
