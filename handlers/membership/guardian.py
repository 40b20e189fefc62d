"""Whoever is younger than the centre's limit comes in with a guardian's word on paper.

Nobody's age is kept: only, on the way in, that a paper is needed, with a code; and of the member,
when a facilitator said that the paper is there.
"""

from __future__ import annotations

import secrets

from assembly.centre_facts import age_limit
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import WriteGuardianCode
from handlers.core.registration import App, presses, typed
from handlers.core.speech import Speech
from handlers.membership.presses import JoinYoung
from handlers.membership.progress import go_on
from handlers.membership.screens import guardian as screens
from storage import centre_facts, drafts, joinings
from storage.drafts import Draft

KIND = "guardian"  # the kind of draft in which a facilitator types the code
DIGITS = 6
TRIES = 20  # a code that somebody else has is drawn again


async def young(_: JoinYoung, context: Context) -> None:
    """I am younger: a code for the paper, the same however often this is pressed."""
    tx, centre_id = context.tx, context.joining.centre_id
    if age_limit(await centre_facts.known(tx, centre_id)) is not None:
        for _try in range(TRIES):
            code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
            if await joinings.note_young(tx, context.who().id, centre_id, code, context.now):
                break
    await go_on(context, centre_id)


async def ask_code(_: WriteGuardianCode, context: Context) -> None:
    me, centre = context.member, context.centre
    draft = Draft(me.telegram_id, centre.id, KIND, "", None, None, context.now)
    await drafts.save(context.tx, draft)
    context.show(screens.ask_code(context.speak, centre))


async def take_code(_: Draft, context: Context) -> None:
    """The paper with this code is there: its young person hears of it."""
    tx, centre = context.tx, context.centre
    code = "".join(char for char in context.text if char.isascii() and char.isdecimal())
    telegram_id = None
    if len(code) == DIGITS:
        telegram_id = await joinings.see_paper(tx, centre.id, code, context.now)
    joining = None if telegram_id is None else await joinings.find(tx, telegram_id, centre.id)
    if telegram_id is None or joining is None:
        context.show(screens.unknown_code(context.speak, centre.id))
        return
    await drafts.remove(tx, context.member.telegram_id)
    await context.unit.post(
        f"paper:{centre.id}:{context.now}:{telegram_id}",
        telegram_id,
        screens.paper_is_there(Speech.of(centre, joining.language), joining),
        centre_id=centre.id,
        not_before=centre.waits_until(context.now),
        lasting="it leads to where the way in stands then",
    )
    context.show(screens.noted(context.speak, centre.id))


async def ask_code_again(_: Draft, context: Context) -> None:
    context.show(screens.ask_code(context.speak, context.centre))


def register(app: App) -> None:
    typed(KIND, take_code, resume=ask_code_again, may=May.FACILITATORS)
    app.add_handler(presses(JoinYoung, young, may=May.JOINING))
    app.add_handler(presses(WriteGuardianCode, ask_code, may=May.FACILITATORS))
