"""Casting a ballot, in the group or in private: one statement that authorises and records at once.

The way of a ballot is short because a whole assembly presses in the same minute. Only when nothing
was recorded is it looked up why.
"""

from __future__ import annotations

from functools import lru_cache

from assembly.ballot import Misvote
from assembly.counting.table import REASONED
from assembly.rule import Rule, Secrecy
from handlers.core.context import Context
from handlers.core.guards import enter, refuse
from handlers.core.may import May, ask_anew, rests
from handlers.core.navigation import SeeDecision
from handlers.core.registration import App, presses
from handlers.core.speech import Speech
from handlers.decisions.ballots import paper
from handlers.decisions.methods.table import ANSWERS
from handlers.decisions.presses import Cast
from handlers.decisions.results.screens import ballot_words
from storage import ballots, decisions

_speech = lru_cache(maxsize=64)(Speech)

NOWHERE = -1  # no chat has this id: a press without one counts nowhere


async def cast(press: Cast, context: Context) -> None:
    """Record the ballot and confirm it; nobody else learns of it."""
    if context.person is None:
        return
    try:
        recorded = await ballots.cast(
            context.tx,
            context.services.keys,
            telegram_id=context.person.id,
            centre_id=press.centre_id,
            decision_id=press.decision_id,
            choice=press.choice,
            now=context.now,
            group_id=None if context.in_private else _chat_id(context),
        )
    except Misvote:
        context.toast(context.speak("This button belongs to an older message."), alert=True)
        return
    if recorded is None:
        await _say_why_not(press, context)
        return
    speak = _speech(recorded.language, recorded.zone)
    rule = await _rule(press, context, recorded.secrecy)
    told = ballot_words.recorded(rule, press.choice, recorded.closes_at, speak, context.now)
    context.toast(told)
    if context.in_private and await enter(context, press.centre_id):
        await context.go(SeeDecision(context.centre.id, press.decision_id))
    elif press.choice in REASONED and await enter(context, press.centre_id):
        await _ask_why(press, context)


async def _rule(press: Cast, context: Context, secrecy: Secrecy) -> Rule:
    """Looked up for the few ballots that say more than a word.

    What a word says does not depend on the rule under which it was said, but for who reads it.
    """
    if press.choice in ANSWERS:
        return Rule(secrecy=secrecy)
    decision = await decisions.get(context.tx, press.centre_id, press.decision_id)
    assert decision is not None  # noqa: S101 - a ballot was recorded in it
    return decision.rule


async def _ask_why(press: Cast, context: Context) -> None:
    """Whoever objects in the group, with a button made up, is asked where nobody else reads."""
    decision = await decisions.get(context.tx, press.centre_id, press.decision_id)
    why = None if decision is None else await paper.ask_reason(decision, context)
    if why is not None:
        context.show_privately(why)


async def _say_why_not(press: Cast, context: Context) -> None:
    if not await enter(context, press.centre_id):
        await refuse(context)
        return
    if rests(context):
        await ask_anew(context)
        return
    decision = await decisions.get(context.tx, press.centre_id, press.decision_id)
    why_not = await paper.hindrance(decision, context)
    if why_not is not None:
        context.toast(why_not, alert=True)
    if context.in_private and decision is not None:
        await context.go(SeeDecision(context.centre.id, press.decision_id))


def _chat_id(context: Context) -> int:
    chat = context.incoming.effective_chat
    return NOWHERE if chat is None else chat.id


def register(app: App) -> None:
    app.add_handler(presses(Cast, cast, may=May.ON_THE_ROLL))
