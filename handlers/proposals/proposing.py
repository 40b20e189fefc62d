"""Where a half-written proposal stands, and the screen of the question that is open."""

from __future__ import annotations

from collections.abc import Callable

from assembly.similarity import most_similar
from handlers.core.context import Context
from handlers.core.screen import Screen
from handlers.proposals import draft as proposal_draft
from handlers.proposals.draft import Step, Writing
from handlers.proposals.screens import own_proposal
from handlers.proposals.screens import propose as screens
from storage import proposals
from storage.proposals import Proposal

OPEN_AT_ONCE = 10  # proposals of one member, so that one person's do not fill the list


async def list_is_full(context: Context) -> bool:
    """Whether the member has as many open proposals as one may have."""
    mine = await proposals.own(context.tx, context.member.id)
    return sum(each.status == "open" for each in mine) >= OPEN_AT_ONCE


async def arrive(writing: Writing, context: Context) -> Screen:
    """Keep what is written so far; the screen of the question that is open then."""
    centre_id, speak = context.centre.id, context.speak
    found: list[Proposal] = []
    if writing.step == Step.ALIKE:
        found = await _alike(writing.title or "", context)
        writing = writing if found else writing.at(Step.REASON)
    await proposal_draft.keep(writing, context)
    title = writing.title or ""
    if writing.long:
        return screens.too_long(centre_id, len(writing.long), writing.limit, speak)
    if writing.step == Step.TITLE:
        ask = own_proposal.new_title if writing.seen else None
        return ask(centre_id, title, speak) if ask else screens.ask_title(centre_id, speak)
    if writing.step == Step.ALIKE:
        return screens.alike(centre_id, title, found, speak)
    if writing.step == Step.REASON:
        if writing.seen:
            return own_proposal.new_reason(centre_id, writing.reason, speak)
        return screens.ask_reason(centre_id, title, speak)
    show = own_proposal.preview_of_change if writing.editing else own_proposal.preview
    return show(centre_id, title, writing.reason, context.member.name, speak)


async def _alike(title: str, context: Context) -> list[Proposal]:
    agenda = await proposals.agenda(context.tx, context.centre.id, context.member.id)
    by_id = {item.id: item for item in agenda.items}
    titles = {item.id: item.title for item in agenda.items}
    return [by_id[proposal_id] for proposal_id in most_similar(title, titles)]


async def change(context: Context, step: Callable[[Writing], Writing]) -> None:
    """Take a step in what is being written; without any, say so."""
    writing = await proposal_draft.find(context)
    if writing is None:
        context.show(screens.nothing_begun(context.centre.id, context.speak))
    else:
        context.show(await arrive(step(writing), context))
