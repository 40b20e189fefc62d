"""What somebody finds to be otherwise in minutes that are a draft: said, taken over, answered."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assembly.wording import WordingError
from handlers.assemblies.minutes.presses import (
    AnswerCorrection,
    MendMinutes,
    ShowCorrection,
    TakeCorrectionBack,
    TakeOver,
)
from handlers.core.navigation import ShowMinutes
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens import plain
from handlers.core.speech import Speech
from storage.minutes import MOST_CORRECTIONS, Correction, Kept


def ask(kept: Kept, mine: Sequence[Correction], speak: Speech) -> Screen:
    """What is it? Below, what the member has said already, and what became of it."""
    ids = kept.centre_id, kept.assembly_id
    rows = [
        (Button(str(speak("Take it back · {n}", n=number)), TakeCorrectionBack(*ids, each.id)),)
        for number, each in enumerate(mine, start=1)
        if each.status == "open"
    ]
    rows.append((Button(str(speak("Read the minutes")), ShowMinutes(*ids, 1)),))
    told = [_mine(number, each, speak) for number, each in enumerate(mine, start=1)]
    asked = speak(
        "What is not right? Write it in a sentence or two. Whoever writes the minutes reads it, "
        "without your name."
    )
    if len(mine) >= MOST_CORRECTIONS:
        asked = speak("You have said as much as fits. What else there is, say at the assembly.")
    return Screen(paragraphs(asked, *told), tuple(rows))


def misfit(kept: Kept, error: WordingError, speak: Speech) -> Screen:
    """It does not fit; the question stays open."""
    back = Button(str(speak("Leave it")), ShowMinutes(kept.centre_id, kept.assembly_id, 1))
    return Screen(plain.misfit(error, speak), column(back))


def waiting(kept: Kept, speak: Speech) -> Screen:
    """To who writes the minutes: there is something to look at."""
    ids = kept.centre_id, kept.assembly_id
    day = speak.day(kept.minutes.starts_at)
    return Screen(
        lines(
            speak("Somebody finds that something is not right in the minutes of {day}.", day=day),
            speak("Take it over before they are published, or answer it."),
        ),
        column(
            Button(str(speak("Look at it")), ShowCorrection(*ids, 0)),
            Button(str(speak("Read the minutes")), ShowMinutes(*ids, 1)),
        ),
    )


def one(kept: Kept, found: Correction, left: int, speak: Speech) -> Screen:
    """What was said, without who said it; `left`: how many wait besides it."""
    ids = kept.centre_id, kept.assembly_id
    more = speak.many("One more waits.", "{n} more wait.", left) if left else None
    return Screen(
        paragraphs(
            Markup("<i>{}</i>").format(found.words),
            lines(
                speak("Change the notes first where it is right, then press that it is in."),
                more,
            ),
        ),
        column(
            Button(str(speak("To the notes")), MendMinutes(*ids, 1)),
            Button(str(speak("It is in the minutes now")), TakeOver(*ids, found.id)),
            Button(str(speak("Answer it")), AnswerCorrection(*ids, found.id)),
            Button(str(speak("Read the minutes")), ShowMinutes(*ids, 1)),
        ),
    )


def ask_answer(kept: Kept, found: Correction, speak: Speech) -> Screen:
    """What is answered stands in the minutes, with what was said."""
    ids = kept.centre_id, kept.assembly_id
    return Screen(
        lines(
            Markup("<i>{}</i>").format(found.words),
            speak("Write your answer. Both stand in the minutes, without a name."),
        ),
        column(Button(str(speak("Not now")), ShowCorrection(*ids, found.id))),
    )


def none_left(kept: Kept, speak: Speech) -> Screen:
    """Everything is dealt with."""
    ids = kept.centre_id, kept.assembly_id
    return Screen(
        speak("No correction waits."),
        column(
            Button(str(speak("All points")), MendMinutes(*ids, 1)),
            Button(str(speak("Read the minutes")), ShowMinutes(*ids, 1)),
        ),
    )


def settled(kept: Kept, found: Correction, day: str, speak: Speech) -> Screen:
    """To who said it: what became of it."""
    came = speak("The minutes say so now.")
    if found.status == "answered":
        came = speak("Answer: {words}", words=found.answer)
    return Screen(
        paragraphs(
            speak("What was not right for you in the minutes of {day}:", day=day),
            Markup("<i>{}</i>").format(found.words),
            came,
        ),
        column(
            Button(str(speak("Read the minutes")), ShowMinutes(kept.centre_id, kept.assembly_id, 1))
        ),
    )


def _mine(number: int, each: Correction, speak: Speech) -> Markup:
    words = Markup("{}. <i>{}</i>").format(number, each.words)
    if each.status == "open":
        return lines(words, speak("It is with whoever writes the minutes."))
    if each.status == "taken":
        return lines(words, speak("The minutes say so now."))
    return lines(words, speak("Answer: {words}", words=each.answer))
