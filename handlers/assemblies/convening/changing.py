"""What can be changed about a convened assembly, and cancelling it: with a reason, if there is one.

The reason is typed, shown as the group will read it, and posted; the draft in which it lies is
sealed with the facilitator's own key until then.
"""

from __future__ import annotations

from assembly import wording
from handlers.assemblies import posts
from handlers.assemblies.convening import cancelling
from handlers.assemblies.convening.hub import convened, too_late
from handlers.assemblies.convening.screens import convene as screens
from handlers.assemblies.convening_presses import CancelAssembly, ChangeAssembly
from handlers.assemblies.presses import Post
from handlers.assemblies.series import convening
from handlers.core.context import Context
from handlers.core.half_written import asks_first
from handlers.core.may import May
from handlers.core.navigation import Facilitate
from handlers.core.notices import say_if_it_waits
from handlers.core.registration import App, presses, typed
from handlers.core.screens import plain
from handlers.core.sealed_draft import Content, SealedDraft
from storage import drafts
from storage.assemblies import Assembly
from storage.drafts import Draft

KIND = "cancel-assembly"  # the draft in which the reason is typed; its step is the assembly's id
_drafts = SealedDraft(KIND, b"reason for cancelling an assembly of member %d")


async def change(press: ChangeAssembly, context: Context) -> None:
    """What can be changed about an assembly that is convened; what is typed next is no reason."""
    await _drafts.forget(context)
    assembly = await convened(press.assembly_id, context)
    if assembly is None:
        await too_late(press.assembly_id, context)
    else:
        context.show(screens.changes(assembly, context.speak))


async def cancel(press: CancelAssembly, context: Context) -> None:
    """Cancel it, after asking once; the group is told, and why, if that was written."""
    assembly = await convened(press.assembly_id, context)
    if assembly is None:
        await too_late(press.assembly_id, context)
    elif press.sure:
        await _cancel(assembly, context)
    elif not await asks_first(press, context, same=KIND):
        await _drafts.keep({}, context, str(assembly.id))
        context.show(screens.sure_to_cancel(assembly, context.speak))


async def _cancel(assembly: Assembly, context: Context) -> None:
    centre = context.centre
    step, content = await _drafts.find(context) or ("", {})
    reason = content.get("reason") if step == str(assembly.id) else None
    await _drafts.forget(context)
    cancelled = await cancelling.cancel(context, assembly, reason)
    if cancelled is None:
        await too_late(assembly.id, context)
        return
    await posts.post(context.unit, centre, cancelled, Post.CANCELLED, "cancelled")
    await convening.over(context.unit, centre, cancelled)
    await say_if_it_waits(context.unit, centre, context.speak)
    await context.go(Facilitate(centre.id))


async def take_reason(draft: Draft, context: Context) -> None:
    """The reason was typed: it is shown before anything happens."""
    assembly = await convened(int(draft.step), context)
    if assembly is None:
        await drafts.remove(context.tx, draft.telegram_id)
        await too_late(int(draft.step), context)
        return
    try:
        reason = wording.cancelling(context.text)
    except wording.WordingError as error:
        screen = screens.sure_to_cancel(assembly, context.speak)
        context.show(screen.on_top(plain.misfit(error, context.speak)))
        return
    await _drafts.keep({"reason": reason}, context, draft.step)
    context.show(screens.sure_to_cancel(assembly, context.speak, reason))


async def ask_again(draft: Draft, context: Context) -> None:
    assembly = await convened(int(draft.step), context)
    if assembly is not None:
        reason = await reason_begun(context)
        context.show(screens.sure_to_cancel(assembly, context.speak, reason))


async def half_written(context: Context) -> Content | None:
    """The reason that a member is about to give, for their own copy."""
    found = await _drafts.find(context)
    return found[1] if found is not None else None


async def reason_begun(context: Context) -> str | None:
    """How that reason begins; None where none is written yet."""
    content = await half_written(context)
    return content.get("reason") if content is not None else None


def register(app: App) -> None:
    app.add_handler(presses(ChangeAssembly, change, may=May.FACILITATORS))
    app.add_handler(presses(CancelAssembly, cancel, may=May.FACILITATORS))
    typed(
        KIND,
        take_reason,
        resume=ask_again,
        copied=half_written,
        loses=reason_begun,
        may=May.FACILITATORS,
    )
