"""While a proposal is being written: those that may be the same, to be joined instead."""

from __future__ import annotations

from assembly.voices import is_small
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.registration import App, presses
from handlers.proposals import draft as proposal_draft
from handlers.proposals.agenda import show_proposal
from handlers.proposals.draft import Step, Writing, change
from handlers.proposals.presses import MineIsNew, SeeSimilar, SupportSimilar
from handlers.proposals.screens import propose as screens
from storage import members, proposals


async def see_similar(press: SeeSimilar, context: Context) -> None:
    ids = (press.centre_id, press.proposal_id)
    item = await proposals.get(context.tx, *ids, context.member.id)
    if item is None or not item.is_open:
        context.toast(context.speak("That is not on the list any more."))
        await change(context, lambda writing: writing)
        return
    sizes = await members.counts(context.tx, press.centre_id)
    small = is_small(context.member.role, sizes)
    context.show(screens.one_similar(item, small, context.speak))


async def support_similar(press: SupportSimilar, context: Context) -> None:
    ids = (press.centre_id, press.proposal_id)
    await proposals.support(context.tx, *ids, context.member.id, on=True)
    item = await proposals.get(context.tx, *ids, context.member.id)
    if item is None or not item.supported:
        context.toast(context.speak("That is not on the list any more."))
        await change(context, lambda writing: writing)
        return
    writing = await proposal_draft.find(context)
    if writing is not None and writing.step == Step.ALIKE:
        await proposal_draft.forget(context)
    context.toast(context.speak("Your voice is with it."))
    await show_proposal(context, press.proposal_id)


async def mine_is_new(_: MineIsNew, context: Context) -> None:
    def step(writing: Writing) -> Writing:
        return writing.at(Step.REASON) if writing.step == Step.ALIKE else writing

    await change(context, step)


def register(app: App) -> None:
    app.add_handler(presses(SeeSimilar, see_similar, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(SupportSimilar, support_similar, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(MineIsNew, mine_is_new, may=May.MEMBERS_IN_PRIVATE))
