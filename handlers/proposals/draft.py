"""A proposal that somebody is writing: a draft, sealed with its writer's own key."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import asdict, replace
from enum import StrEnum
from typing import assert_never

from assembly.immutable import immutable
from assembly.shortening import fitting
from assembly.similarity import most_similar
from assembly.wording import REASON, TITLE
from handlers.core.context import Context
from handlers.core.registration import SAME_TEXT
from handlers.core.screen import Screen
from handlers.core.sealed_draft import SealedDraft
from handlers.proposals.screens import own_proposal
from handlers.proposals.screens import propose as screens
from storage import marks, proposals
from storage.drafts import Draft
from storage.marks import Kind
from storage.proposals import Proposal

KIND = "propose"
_drafts = SealedDraft(KIND, b"proposal written by member %d")

KEPT = 12_000
"""Characters kept of a text that is too long: three of Telegram's messages."""


class Step(StrEnum):
    """The question that is open."""

    TITLE = "title"
    ALIKE = "alike"
    REASON = "reason"
    PREVIEW = "preview"


@immutable
class Writing:
    """How far it has come. `long` is a text that did not fit, sent at `long_at` (epoch seconds).

    `editing` is the proposal that is being changed; `seen`: the preview was reached, so every
    change leads back there.
    """

    step: Step = Step.TITLE
    title: str | None = None
    reason: str | None = None
    long: str = ""
    long_at: int = 0
    editing: int | None = None
    seen: bool = False

    @property
    def limit(self) -> int:
        """Characters that fit in what is being asked."""
        return TITLE[1] if self.step == Step.TITLE else REASON[1]

    @property
    def fitting(self) -> str:
        """As much of the long text as fits; a title stands on one line."""
        text = " ".join(self.long.split()) if self.step == Step.TITLE else self.long
        return fitting(text, self.limit)

    @property
    def begun(self) -> bool:
        """Whether there is something to lose."""
        return bool(self.title or self.long)

    def with_title(self, title: str) -> Writing:
        """The first question is answered."""
        after = Step.PREVIEW if self.seen else Step.ALIKE
        return replace(self, step=after, title=title, long="")

    def with_reason(self, reason: str | None) -> Writing:
        """The second question is answered, or skipped with None."""
        return replace(self, step=Step.PREVIEW, reason=reason, long="", seen=True)

    def at(self, step: Step) -> Writing:
        """The same words at another question; a text that did not fit is let go."""
        return replace(self, step=step, long="")

    def gone_on(self) -> Writing:
        """Back from looking at something else, or from a change that was not made."""
        return self.at(Step.PREVIEW) if self.seen and not self.long else self

    def with_long(self, text: str, at: int) -> Writing:
        """A text that does not fit; what arrives with it belongs to it."""
        if self.belongs_to_long(at):
            text = f"{self.long} {text}"
        return replace(self, long=text[:KEPT], long_at=at)

    def belongs_to_long(self, at: int) -> bool:
        """Whether a text sent at this moment is the rest of the one that did not fit."""
        return bool(self.long) and at - self.long_at <= SAME_TEXT


async def find(context: Context) -> Writing | None:
    """What the member is writing for this centre, if anything."""
    found = await _drafts.find(context)
    return Writing(step=Step(found[0]), **found[1]) if found is not None else None


async def read(draft: Draft, context: Context) -> Writing | None:
    """The draft in plain, if it is a proposal for this centre and its key still opens it."""
    content = await _drafts.read(draft, context)
    return Writing(step=Step(draft.step), **content) if content is not None else None


async def keep(writing: Writing, context: Context) -> None:
    """Keep it; it takes the place of any other conversation. Raises KeyDestroyed."""
    content = asdict(writing)
    step = content.pop("step")
    await _drafts.keep(content, context, step.value)


async def beginning(context: Context) -> str | None:
    """How it begins; None where nothing is written yet."""
    writing = await find(context)
    return (writing.title or writing.long or writing.reason or None) if writing else None


async def forget(context: Context) -> None:
    """It is sent, or left. Another conversation stays."""
    await _drafts.forget(context)


OPEN_AT_ONCE = 10  # proposals of one member, so that one person's do not fill the list


async def list_is_full(context: Context) -> bool:
    """Whether the member has as many open proposals as one may have.

    Those of a life that they erased count for 90 days: erasing does not empty the list for more.
    """
    member, keys = context.member, context.services.keys
    mine = await proposals.own(context.tx, member.id)
    before = await marks.moments(
        context.tx, keys, Kind.PROPOSED, member.centre_id, member.telegram_id, context.now
    )
    return sum(each.status == "open" for each in mine) + len(before) >= OPEN_AT_ONCE


async def arrive(writing: Writing, context: Context) -> Screen:
    """Keep what is written so far; the screen of the question that is open then."""
    similar: list[Proposal] = []
    if writing.step is Step.ALIKE:
        similar = await _alike(writing.title or "", context)
        if not similar:
            writing = writing.at(Step.REASON)
    await keep(writing, context)
    return _open_question(writing, similar, context)


def _open_question(writing: Writing, similar: list[Proposal], context: Context) -> Screen:
    """What is asked at this step; about a text that does not fit, whatever the step."""
    centre_id, speak = context.centre.id, context.speak
    title, reason, name = writing.title or "", writing.reason, context.member.name
    if writing.long:
        return screens.too_long(centre_id, len(writing.long), writing.limit, speak)
    match writing.step:
        case Step.TITLE if writing.seen:
            return own_proposal.new_title(centre_id, title, speak)
        case Step.TITLE:
            return screens.ask_title(centre_id, speak)
        case Step.ALIKE:
            return screens.alike(centre_id, title, similar, speak)
        case Step.REASON if writing.seen:
            return own_proposal.new_reason(centre_id, reason, speak)
        case Step.REASON:
            return screens.ask_reason(centre_id, title, speak)
        case Step.PREVIEW if writing.editing:
            return own_proposal.preview_of_change(centre_id, title, reason, name, speak)
        case Step.PREVIEW:
            return own_proposal.preview(centre_id, title, reason, name, speak)
        case _:
            assert_never(writing.step)


async def _alike(title: str, context: Context) -> list[Proposal]:
    agenda = await proposals.agenda(context.tx, context.centre.id, context.member.id)
    by_id = {item.id: item for item in agenda.items}
    titles = {item.id: item.title for item in agenda.items}
    # In a thread: however many there are, others' presses are answered meanwhile.
    found = await asyncio.to_thread(most_similar, title, titles)
    return [by_id[proposal_id] for proposal_id in found]


async def change(context: Context, step: Callable[[Writing], Writing]) -> None:
    """Take a step in what is being written; without any, say so."""
    writing = await find(context)
    if writing is None:
        context.show(screens.nothing_begun(context.centre.id, context.speak))
    else:
        context.show(await arrive(step(writing), context))
