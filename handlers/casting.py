"""Casting a ballot, in the group or in private: one statement that authorises and records at once.

The way of a ballot is short because a whole assembly presses in the same minute. Only when nothing
was recorded is it looked up why.
"""

from __future__ import annotations

from functools import lru_cache

from assembly.ballot import Misvote
from assembly.rule import WORDS, Rule
from handlers.context import Context
from handlers.decision_presses import Cast
from handlers.decisions import show_decision
from handlers.guards import enter, refuse
from handlers.registration import App, presses
from handlers.screens.ballot_words import recorded as recorded_in_words
from handlers.speech import Speech
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
        await enter(context, press.centre_id)
        context.toast(context.speak("This button belongs to an older message."), alert=True)
        return
    if recorded is None:
        await _say_why_not(press, context)
        return
    speak = _speech(recorded.language, recorded.zone)
    # Words say themselves: the whole rule is not asked for while a whole assembly presses.
    rule = Rule(method=recorded.method)
    if recorded.method not in WORDS:
        decision = await decisions.get(context.tx, press.centre_id, press.decision_id)
        assert decision is not None  # noqa: S101 - a ballot was recorded
        rule = decision.rule
    context.toast(recorded_in_words(rule, press.choice, recorded.closes_at, speak, context.now))
    if context.in_private and await enter(context, press.centre_id):
        await show_decision(context, press.decision_id)


async def _say_why_not(press: Cast, context: Context) -> None:
    if not await enter(context, press.centre_id):
        await refuse(context)
        return
    speak = context.speak
    decision = await decisions.get(context.tx, press.centre_id, press.decision_id)
    if decision is None:
        context.toast(speak("There is no such decision."), alert=True)
        return
    if decision.status != "open":
        context.toast(speak("This is over already."), alert=True)
    elif decision.closes_at is not None and decision.closes_at <= context.now:
        context.toast(speak("Time is up. The outcome comes in a moment."), alert=True)
    else:
        said = speak("It was put before you joined. You take part from the next one on.")
        context.toast(said, alert=True)
    if context.in_private:
        await show_decision(context, press.decision_id)


def _chat_id(context: Context) -> int:
    chat = context.incoming.effective_chat
    return NOWHERE if chat is None else chat.id


def register(app: App) -> None:
    app.add_handler(presses(Cast, cast))
