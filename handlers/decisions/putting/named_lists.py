"""A list picked by hand: a second facilitator of another role is asked before it is secret."""

from __future__ import annotations

from markupsafe import Markup

from assembly import named_list as rules
from assembly.named_list import Answer, Standing
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.names import known_as, marked
from handlers.core.registration import App, presses
from handlers.core.screen import Screen
from handlers.core.speech import Speech
from handlers.core.speech_to import speech_to
from handlers.decisions.putting.presses import AnswerList, AskAboutList, ShowList
from handlers.decisions.putting.preview import found, list_standing, may_answer, show_preview, whom
from handlers.decisions.putting.screens import named_lists as screens
from storage import audit, facilitators, members, named_lists
from storage.audit import Action
from storage.decisions import Decision
from storage.facilitators import Facilitator
from storage.members import Member
from storage.named_lists import NamedList


async def ask(_: AskAboutList, context: Context) -> None:
    """Ask all who may answer; the first answer counts."""
    question = await found(context)
    if question is None:
        return
    if await list_standing(question, context) is Standing.NOT_ASKED:
        await withdraw(context)
        listed = [each.id for each in (await whom(question, context)).members]
        centre_id, member = context.centre.id, context.member
        list_id = await named_lists.ask(context.tx, centre_id, member.id, listed, context.now)
        kept = await named_lists.get(context.tx, centre_id, list_id)
        if kept is not None:
            await _send(kept, context)
        context.toast(context.speak("The other facilitators are asked."))
    await show_preview(question, context)


async def _send(kept: NamedList, context: Context) -> None:
    centre, member = context.centre, context.member
    for contact in await may_answer(member, context):
        speak = Speech.of(centre, contact.language)
        ref = _ref(kept, contact)
        await context.unit.post(
            ref,
            contact.telegram_id,
            screens.request(speak, centre, _name(member, speak), kept),
            centre_id=centre.id,
            ref=ref,
            not_before=centre.waits_until(context.now),
            expires_at=context.now + rules.LIFETIME,
        )


async def show(press: ShowList, context: Context) -> None:
    """Another page of the names."""
    asked = await _open_to(press.list_id, context)
    if asked is not None:
        kept, asker = asked
        name = _name(asker, context.speak)
        context.show(screens.request(context.speak, context.centre, name, kept, press.page))


async def answer(press: AnswerList, context: Context) -> None:
    """Never one's own list, nor one of one's own role's."""
    asked = await _open_to(press.list_id, context)
    if asked is None:
        return
    kept, asker = asked
    await named_lists.answer(context.tx, kept.id, context.member.id, yes=press.yes)
    said = Answer.YES if press.yes else Answer.NO
    context.show(_settled(context.speak, asker, said, context))
    await _replace(kept, asker, said, context)
    await _tell_asker(kept, asker, press.yes, context)


async def _tell_asker(kept: NamedList, asker: Member, yes: bool, context: Context) -> None:
    centre = context.centre
    speak = await speech_to(context.tx, centre, asker.telegram_id)
    await context.unit.post(
        f"list:{kept.id}:answer",
        asker.telegram_id,
        screens.answered(speak, centre, yes=yes),
        centre_id=centre.id,
        lasting="it leads to the question that they are preparing, or says that it is put",
        not_before=centre.waits_until(context.now),
    )


async def withdraw(context: Context) -> None:
    """The question is put or left, or the list is another: nobody's answer is needed any more."""
    kept = await named_lists.of(context.tx, context.member.id)
    if kept is None:
        return
    await named_lists.remove(context.tx, context.member.id)
    if kept.answer is Answer.WAITING:
        await _replace(kept, context.member, Answer.WAITING, context)


async def note_yes(decision: Decision, context: Context) -> None:
    """Whose yes it was stands with the question, for everybody to read."""
    kept = await named_lists.of(context.tx, context.member.id)
    if rules.needs_yes(decision.rule) and kept is not None and kept.answered_by is not None:
        await audit.note(
            context.tx,
            centre_id=decision.centre_id,
            decision_id=decision.id,
            member_id=kept.answered_by,
            action=Action.LIST_CONFIRMED,
            now=context.now,
        )


async def _open_to(list_id: int, context: Context) -> tuple[NamedList, Member] | None:
    """The list and who asks, where this facilitator may answer it now; otherwise says why not."""
    kept = await named_lists.get(context.tx, context.centre.id, list_id)
    asker = await members.get(context.tx, kept.asked_by) if kept is not None else None
    if kept is None or asker is None:
        context.toast(context.speak("This button belongs to an older message."), alert=True)
        return None
    may = [each.member_id for each in await may_answer(asker, context)]
    if context.member.id not in may:
        context.toast(context.speak("Another facilitator has to answer that."), alert=True)
        return None
    if kept.answer is not Answer.WAITING:
        context.show(_settled(context.speak, asker, kept.answer, context))
        return None
    return kept, asker


async def _replace(kept: NamedList, asker: Member, said: Answer, context: Context) -> None:
    """What the others were asked gives way to where it stands."""
    for contact in await facilitators.contacts(context.tx, context.centre.id, context.now):
        if contact.member_id not in (asker.id, context.member.id):
            speak = Speech.of(context.centre, contact.language)
            screen = _settled(speak, asker, said, context)
            ref = _ref(kept, contact)
            await context.unit.repost(ref, contact.telegram_id, screen, centre_id=context.centre.id)


def _settled(speak: Speech, asker: Member, said: Answer, context: Context) -> Screen:
    return screens.settled(speak, context.centre, _name(asker, speak), said)


def _name(member: Member, speak: Speech) -> Markup:
    return marked(member.telegram_id, known_as(member.name, speak))


def _ref(kept: NamedList, contact: Facilitator) -> str:
    return f"list:{kept.id}:{contact.telegram_id}"


def register(app: App) -> None:
    app.add_handler(presses(AskAboutList, ask, may=May.FACILITATORS))
    app.add_handler(presses(ShowList, show, may=May.FACILITATORS))
    app.add_handler(presses(AnswerList, answer, may=May.FACILITATORS))
