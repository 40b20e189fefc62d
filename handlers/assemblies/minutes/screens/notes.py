"""What was noted at a point, for whoever writes the minutes: line by line, to be mended."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assembly.immutable import immutable
from assembly.shortening import fitting
from assembly.wording import WordingError
from handlers.assemblies.minutes.presses import (
    ChangeNote,
    MendMinutes,
    ShowNote,
    ShowNotes,
    StopNotes,
    TakeNoteOut,
)
from handlers.assemblies.screens.points import in_fives, turns
from handlers.assemblies.tasks.presses import WriteTask
from handlers.core.navigation import Home, ShowMinutes, ShowSession, TakeNotes
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens import plain
from handlers.core.speech import Speech
from storage.assemblies import Assembly
from storage.notes import Note

PAGE = 10  # lines on a page: their buttons fill two rows
SHOWN = 250  # characters of a line there; its own screen has all of it


@immutable
class Written:
    """What was noted at a point, and how whoever reads it stands to it.

    `item_id` and `title`: the point, 0 and None for what comes after the last one. `notes`: in
    order, their words with names filled in. `writing`: what is typed now is noted here. `kept`:
    whether it is a point at which nothing is. `chairs`: whether they may walk on from here. `out`:
    the minutes are out.
    """

    assembly: Assembly
    item_id: int
    title: str | None
    notes: Sequence[Note]
    writing: bool
    chairs: bool
    kept: bool = True
    out: bool = False


def notes(of: Written, page: int, speak: Speech) -> Screen:
    """A page of them; 0 or one that is not there is the last one."""
    pages = max(1, -(-len(of.notes) // PAGE))
    page = page if 1 <= page <= pages else pages
    first = (page - 1) * PAGE
    shown = list(enumerate(of.notes, start=1))[first : first + PAGE]
    text = paragraphs(
        speak("<b>Notes: {point}</b>", point=_title(of, speak)),
        lines(*(_line(number, note, speak) for number, note in shown)) or None,
        _hint(of, speak),
    )
    ids = of.assembly.centre_id, of.assembly.id
    numbers = [Button(str(number), ShowNote(*ids, note.id)) for number, note in shown]
    around = turns(page, pages, lambda to: ShowNotes(*ids, of.item_id, to), speak)
    return Screen(text, (*in_fives(numbers), *around, *_ways(of, speak)))


def one(of: Written, note: Note, speak: Speech) -> Screen:
    """A line in full, or that it is a photograph."""
    ids = of.assembly.centre_id, of.assembly.id
    out = Button(str(speak("Take it out")), TakeNoteOut(*ids, note.id, note.changed))
    back = Button(str(speak("Back")), ShowNotes(*ids, of.item_id, 0))
    if of.out:
        back = Button(str(speak("Back")), ShowMinutes(*ids, 1))
    if note.is_photo:
        text = speak("A photograph. Taken out, it is in no minutes, and Voci forgets it.")
        return Screen(text, column(out, back))
    change = Button(str(speak("Word it anew")), ChangeNote(*ids, note.id))
    return Screen(lines(note.words), column(change, out, back))


def word_anew(of: Written, note: Note, speak: Speech) -> Screen:
    """What shall stand there instead?"""
    ids = of.assembly.centre_id, of.assembly.id
    return Screen(
        lines(Markup("<i>{}</i>").format(note.words), speak("Write how it should read.")),
        column(Button(str(speak("Leave it as it is")), TakeNotes(*ids, of.item_id))),
    )


def changed_meanwhile(note: Note | None, speak: Speech) -> Markup:
    """Above the notes: somebody else was quicker, and what was typed is a line of its own."""
    if note is None:
        return speak("Somebody has taken that line out meanwhile. Yours stands at the end.")
    return speak("Somebody has changed that line meanwhile. Yours stands at the end.")


def unfit(misfit: WordingError, speak: Speech) -> Screen:
    """A line that does not fit, or none that can be read; the conversation goes on."""
    if misfit.kind != "long":
        return Screen(plain.too_little(misfit.limit, speak))
    return Screen(
        speak(
            "That is {n} characters; up to {most} fit in a line. Send it in two, please.",
            n=speak.number(misfit.length),
            most=speak.number(misfit.limit),
        )
    )


def was_it_a_note(of: Written, speak: Speech) -> Screen:
    """Something was typed after a long silence: perhaps it was meant for nobody here."""
    ids = of.assembly.centre_id, of.assembly.id
    return Screen(
        lines(
            speak("You wrote no notes for an hour, so I did not note that."),
            speak("If it was one, press the button and send it again."),
        ),
        column(
            Button(str(speak("Write notes")), TakeNotes(*ids, of.item_id)),
            Button(str(speak("Back")), Home(of.assembly.centre_id)),
        ),
    )


def over(assembly: Assembly, speak: Speech) -> Screen:
    """What was typed can't be noted any more."""
    return Screen(
        speak(
            "These minutes are out, so nothing was noted. What is wrong in them is a point "
            "for the next assembly."
        ),
        column(Button(str(speak("Back")), Home(assembly.centre_id))),
    )


def _title(of: Written, speak: Speech) -> str | Markup:
    return of.title if of.title is not None else speak("Besides the points")


def _line(number: int, note: Note, speak: Speech) -> Markup:
    words: str | Markup = fitting(note.words, SHOWN) if note.words else ""
    if note.is_photo:
        words = speak("a photograph")
    return Markup("{}. {}").format(number, words)


def _hint(of: Written, speak: Speech) -> Markup:
    if not of.kept:
        return speak("How everybody is belongs to those who are there: nothing of it is noted.")
    if of.writing:
        return speak(
            "Write: each line is a note of this point. A photograph of the flip chart can be sent, "
            "too."
        )
    return speak("What you write is not noted now.")


def _ways(of: Written, speak: Speech) -> list[tuple[Button, ...]]:
    ids = of.assembly.centre_id, of.assembly.id
    rows: list[tuple[Button, ...]] = []
    if of.writing:
        rows.append((Button(str(speak("Stop writing notes")), StopNotes(*ids)),))
    else:
        rows.append((Button(str(speak("Write notes")), TakeNotes(*ids, of.item_id)),))
    if of.assembly.status == "open" and of.item_id and of.kept:
        task = WriteTask(of.assembly.centre_id, of.item_id)
        rows.append((Button(str(speak("Write a task")), task),))
    if of.assembly.status != "open":
        rows.append((Button(str(speak("All points")), MendMinutes(*ids, 1)),))
    elif of.chairs:
        rows.append((Button(str(speak("To the point")), ShowSession(*ids)),))
    else:
        rows.append((Button(str(speak("Back")), Home(of.assembly.centre_id)),))
    return rows
