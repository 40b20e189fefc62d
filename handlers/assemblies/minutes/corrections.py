"""Corrections: a member says what is otherwise; whoever writes the minutes mends or answers.

Who was at the assembly is deleted when it closes; so all members can correct its minutes. Whoever
reads a correction does not read whose it is: it is about what was said, not about who says so.
"""

from __future__ import annotations

from dataclasses import replace

from assembly import wording
from assembly.duties import Duty
from assembly.name_marks import Names, fill
from assembly.wording import WordingError
from handlers.assemblies.minutes import naming
from handlers.assemblies.minutes.presses import (
    AnswerCorrection,
    Correct,
    ShowCorrection,
    TakeCorrectionBack,
    TakeOver,
)
from handlers.assemblies.minutes.screens import corrections as screens
from handlers.core.context import Context
from handlers.core.half_written import asks_first
from handlers.core.may import May, refused
from handlers.core.navigation import ShowMinutes
from handlers.core.registration import App, presses, typed
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import drafts, duties, facilitators, minutes, people
from storage.centres import Centre
from storage.drafts import Draft
from storage.messages import CARD
from storage.minutes import Correction, Kept

CORRECTION, ANSWER = "correction", "correction-answer"
LASTING = "it leads to the minutes"


async def ask(press: Correct, context: Context) -> None:
    """The next text that is typed says what is otherwise."""
    kept = await _draft(press.assembly_id, context)
    if kept is None or await asks_first(press, context, same=CORRECTION):
        return
    mine = await _mine(kept, context)
    if len(mine) < minutes.MOST_CORRECTIONS:
        await _converse(CORRECTION, str(kept.assembly_id), context)
    context.show(screens.ask(kept, mine, context.speak))


async def take_text(draft: Draft, context: Context) -> None:
    """What is otherwise."""
    kept = await _draft(int(draft.step), context)
    if kept is None:
        return
    try:
        words = wording.correction(context.text)
    except WordingError as fault:
        context.show(screens.misfit(kept, fault, context.speak))
        return
    await drafts.remove(context.tx, draft.telegram_id)
    marked = await naming.marked(words, context.tx, context.centre.id)
    if await minutes.correct(context.tx, kept.assembly_id, context.member.id, marked) is not None:
        await tell_writers(context.unit, context.centre, kept, await _turn(kept, context))
    context.show(screens.ask(kept, await _mine(kept, context), context.speak))


async def take_back(press: TakeCorrectionBack, context: Context) -> None:
    """One's own, while nobody has dealt with it."""
    await minutes.take_back(context.tx, press.correction_id, context.member.id)
    await ask(Correct(press.centre_id, press.assembly_id), context)


async def look(press: ShowCorrection, context: Context) -> None:
    await _look(press.assembly_id, press.correction_id, context)


async def take_over(press: TakeOver, context: Context) -> None:
    """The minutes say so by now; its author hears of it."""
    found = await _open_one(press.assembly_id, press.correction_id, context)
    if found is not None and await minutes.take_over(context.tx, found.id):
        await _tell_author(replace(found, status="taken"), context)
    await _look(press.assembly_id, 0, context)


async def ask_answer(press: AnswerCorrection, context: Context) -> None:
    """The next text that is typed is the answer."""
    kept = await _draft(press.assembly_id, context)
    found = await _open_one(press.assembly_id, press.correction_id, context)
    if kept is None or await asks_first(press, context, same=ANSWER):
        return
    if found is None:
        await _look(press.assembly_id, 0, context)
        return
    await _converse(ANSWER, f"{kept.assembly_id}:{found.id}", context)
    context.show(screens.ask_answer(kept, await _readable(found, context), context.speak))


async def take_answer(draft: Draft, context: Context) -> None:
    """The answer, from somebody who may still give it."""
    assembly_id, correction_id = map(int, draft.step.split(":"))
    if await refused(May.RECORDERS, context, assembly_id):
        await drafts.remove(context.tx, draft.telegram_id)
        return
    kept = await _draft(assembly_id, context)
    if kept is None:
        return
    try:
        words = wording.answer(context.text)
    except WordingError as fault:
        context.show(screens.misfit(kept, fault, context.speak))
        return
    await drafts.remove(context.tx, draft.telegram_id)
    words = await naming.marked(words, context.tx, context.centre.id)
    found = await _open_one(assembly_id, correction_id, context)
    if found is not None and await minutes.answer(context.tx, found.id, words):
        await _tell_author(replace(found, status="answered", answer=words), context)
    await _look(assembly_id, 0, context)


async def resume(draft: Draft, context: Context) -> None:
    assembly_id, _, correction_id = draft.step.partition(":")
    if correction_id:
        await _look(int(assembly_id), int(correction_id), context)
    else:
        await ask(Correct(context.centre.id, int(assembly_id)), context)


async def _turn(kept: Kept, context: Context) -> str:
    """Another one whenever something was dealt with: what comes then is news.

    Not whenever nothing waits: who says something and takes it back would call them each time.
    """
    found = await minutes.corrections(context.tx, kept.assembly_id)
    settled = sum(1 for each in found if each.status != "open")
    return f":{settled}" if settled else ""


def cards(assembly_id: int) -> str:
    """How the names of messages begin from which a draft is mended, until it is published."""
    return f"{CARD}minutes:{assembly_id}:"


async def tell_writers(unit: UnitOfWork, centre: Centre, kept: Kept, turn: str) -> None:
    """Whoever writes the minutes: once for all corrections of a `turn`.

    Whose correction it is, too, where they write the minutes: left out, they would be known by it.
    """
    told = {
        each.telegram_id: each.language
        for each in await facilitators.contacts(unit.tx, centre.id, unit.now)
    }
    recorder = (await duties.of_assembly(unit.tx, kept.assembly_id)).holder(Duty.RECORDER)
    if recorder is not None:
        told[recorder.telegram_id] = recorder.language
    for telegram_id, language in told.items():
        speak = Speech.of(centre, language)
        await unit.post(
            f"minutes:{kept.assembly_id}:corrections{turn}:{telegram_id}",
            telegram_id,
            screens.waiting(kept, speak),
            centre_id=centre.id,
            ref=f"{cards(kept.assembly_id)}corrections{turn}:{telegram_id}",
            not_before=centre.waits_until(unit.now),
        )


async def _look(assembly_id: int, correction_id: int, context: Context) -> None:
    kept = await _draft(assembly_id, context)
    if kept is None:
        return
    found = await minutes.corrections(context.tx, assembly_id)
    waiting = [each for each in found if each.status == "open"]
    if not waiting:
        context.show(screens.none_left(kept, context.speak))
        return
    shown = next((each for each in waiting if each.id == correction_id), waiting[0])
    context.show(
        screens.one(kept, await _readable(shown, context), len(waiting) - 1, context.speak)
    )


async def _draft(assembly_id: int, context: Context) -> Kept | None:
    """The minutes while they are a draft; otherwise they are shown as they are, or the list."""
    kept = await minutes.find(context.tx, context.centre.id, assembly_id)
    if kept is not None and kept.is_draft:
        return kept
    draft = await drafts.find(context.tx, context.member.telegram_id)
    if draft is not None and draft.kind in (CORRECTION, ANSWER):
        await drafts.remove(context.tx, draft.telegram_id)
    context.toast(context.speak("These minutes are out already.").unescape())
    await context.go(ShowMinutes(context.centre.id, assembly_id, 1))
    return None


async def _open_one(assembly_id: int, correction_id: int, context: Context) -> Correction | None:
    found = await minutes.correction(context.tx, context.centre.id, correction_id)
    theirs = found is not None and found.assembly_id == assembly_id and found.status == "open"
    return found if theirs else None


async def _mine(kept: Kept, context: Context) -> list[Correction]:
    found = await minutes.corrections(context.tx, kept.assembly_id)
    mine = [each for each in found if each.member_id == context.member.id]
    known = await naming.names(context.tx, context.centre.id, context.speak)
    return [_filled(each, known) for each in mine]


async def _readable(found: Correction, context: Context) -> Correction:
    return _filled(found, await naming.names(context.tx, context.centre.id, context.speak))


def _filled(found: Correction, known: Names) -> Correction:
    return replace(found, words=fill(found.words, known), answer=fill(found.answer, known))


async def _tell_author(found: Correction, context: Context) -> None:
    """What became of it: privately, not at night, and only while they take part."""
    person = await people.of_member(context.tx, found.member_id)
    kept = await minutes.find(context.tx, context.centre.id, found.assembly_id)
    if person is None or kept is None:
        return
    speak = Speech.of(context.centre, person.language)
    known = await naming.names(context.tx, context.centre.id, speak)
    told = _filled(found, known)
    day = speak.day(kept.minutes.starts_at)
    await context.unit.post(
        f"minutes:{found.assembly_id}:correction:{found.id}:{person.telegram_id}",
        person.telegram_id,
        screens.settled(kept, told, day, speak),
        centre_id=context.centre.id,
        lasting=LASTING,
        not_before=context.centre.waits_until(context.now),
    )


async def _converse(kind: str, step: str, context: Context) -> None:
    telegram_id, centre_id = context.member.telegram_id, context.centre.id
    draft = Draft(telegram_id, centre_id, kind, step, None, None, context.now)
    await drafts.save(context.tx, draft)


def register(app: App) -> None:
    app.add_handler(presses(Correct, ask, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(TakeCorrectionBack, take_back, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(ShowCorrection, look, may=May.RECORDERS))
    app.add_handler(presses(TakeOver, take_over, may=May.RECORDERS))
    app.add_handler(presses(AnswerCorrection, ask_answer, may=May.RECORDERS))
    typed(CORRECTION, take_text, resume=resume, may=May.MEMBERS_IN_PRIVATE)
    # Whether they may still write the minutes is looked up for those that the draft names.
    typed(ANSWER, take_answer, resume=resume, may=May.MEMBERS_IN_PRIVATE)
