"""Screens of proposing: one question after the other, and what can come in between."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assembly import shortening
from handlers.core.navigation import ShowAgenda, StartProposal
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech
from handlers.proposals.presses import (
    GoOn,
    KeepFitting,
    LeaveProposal,
    MineIsNew,
    SeeSimilar,
    ShortenText,
    SkipReason,
    StartAgain,
    SupportSimilar,
    WriteAnew,
)
from handlers.proposals.screens.agenda import author, capital, small_group, text, voices, written
from storage.proposals import Proposal

LABEL = 40  # characters of a title on a button


def ask_title(centre_id: int, speak: Speech) -> Screen:
    """The first question."""
    return Screen(
        speak("What should the assembly talk about? Write it in one sentence."),
        ((leave(centre_id, speak),),),
    )


def press_please(speak: Speech) -> Markup:
    """On top of a screen that waits for a button, when something was typed."""
    return speak("Please choose with a button. What you just wrote was not kept.")


def one_at_a_time(speak: Speech) -> Markup:
    """On top of what is half-written, when another title came."""
    return speak("One proposal at a time. Send the new one again when this one is done.")


def alike(centre_id: int, title: str, found: Sequence[Proposal], speak: Speech) -> Screen:
    """Open proposals that may be the same."""
    return Screen(
        lines(
            written(title, None),
            speak("Is it one of these? Then add your voice to it instead."),
        ),
        column(
            *(Button(_labelled(item, speak), SeeSimilar(centre_id, item.id)) for item in found),
            Button(str(speak("No, mine is new")), MineIsNew(centre_id)),
        ),
    )


def one_similar(item: Proposal, small: bool, speak: Speech) -> Screen:
    """One that may be the same, to be read before deciding."""
    ids = (item.centre_id, item.id)
    return Screen(
        paragraphs(
            text(item),
            lines(author(item, speak), capital(voices(item.voices, speak)) + "."),
            small_group(speak) if small and not item.supported else None,
        ),
        column(
            Button(str(speak("This is it: add my voice")), SupportSimilar(*ids)),
            Button(str(speak("Back")), GoOn(item.centre_id)),
            Button(str(speak("No, mine is new")), MineIsNew(item.centre_id)),
        ),
    )


def ask_reason(centre_id: int, title: str, speak: Speech) -> Screen:
    """The second question, which can be skipped."""
    skip = Button(str(speak("Skip")), SkipReason(centre_id))
    return Screen(
        lines(
            written(title, None),
            speak("Why does it matter to you? One or two sentences help others to understand."),
        ),
        ((skip, leave(centre_id, speak)),),
    )


def too_long(centre_id: int, length: int, limit: int, speak: Speech) -> Screen:
    """The text does not fit, and is not lost."""
    return Screen(
        speak(
            "That is {length} characters; up to {limit} fit. Your text is not lost:",
            length=speak.number(length),
            limit=speak.number(limit),
        ),
        (
            (
                Button(str(speak("Shorten it")), ShortenText(centre_id)),
                Button(str(speak("Start again")), WriteAnew(centre_id)),
            ),
            (leave(centre_id, speak),),
        ),
    )


def shorten(centre_id: int, fitting: str, speak: Speech) -> Screen:
    """How much of a long text fits, cut where a reader would cut it."""
    return Screen(
        paragraphs(
            speak("This much fits:"),
            Markup("<i>{}</i>").format(fitting),
            speak("Keep this much, or copy your own message above, shorten it and send it again."),
        ),
        column(
            Button(str(speak("Keep this much")), KeepFitting(centre_id)),
            Button(str(speak("Start again")), WriteAnew(centre_id)),
            leave(centre_id, speak),
        ),
    )


def resume(centre_id: int, title: str | None, speak: Speech) -> Screen:
    """Something is half-written."""
    said = (
        speak("You were writing: <b>{title}</b>", title=title)
        if title
        else speak("You had begun to write a proposal.")
    )
    return Screen(
        lines(said, speak("Nothing of it is lost.")),
        column(
            Button(str(speak("Go on")), GoOn(centre_id)),
            Button(str(speak("Start again")), StartAgain(centre_id)),
            leave(centre_id, speak),
        ),
    )


def left(centre_id: int, title: str | None, reason: str | None, speak: Speech) -> Screen:
    """Nothing was sent; the words stand here once more, for whoever wants them again."""
    return Screen(
        paragraphs(
            speak("All right. Nothing was sent, and I keep nothing of it."),
            written(title, reason) if title else None,
        ),
        onward(centre_id, speak),
    )


def nothing_begun(centre_id: int, speak: Speech) -> Screen:
    """A button of an earlier text; nothing is being written now."""
    return Screen(
        lines(
            speak("This button belongs to an older message."),
            speak("You are not writing a proposal just now."),
        ),
        onward(centre_id, speak),
    )


def enough_for_now(centre_id: int, limit: int, speak: Speech) -> Screen:
    """To somebody who has many proposals on the list."""
    return Screen(
        lines(
            speak(
                "{n} proposals of yours are on the list: as many as one person can have.", n=limit
            ),
            speak("Take one back, or wait until the assembly has talked about one."),
        ),
        ((Button(str(speak("See the list")), ShowAgenda(centre_id)),),),
    )


def _labelled(item: Proposal, speak: Speech) -> str:
    return f"{shortening.fitting(item.title, LABEL)} · {voices(item.voices, speak).unescape()}"


def leave(centre_id: int, speak: Speech) -> Button:
    """Forget it all."""
    return Button(str(speak("Leave it")), LeaveProposal(centre_id))


def onward(centre_id: int, speak: Speech) -> tuple[tuple[Button, ...], ...]:
    """Where to go from an end."""
    return (
        (
            Button(str(speak("Propose something")), StartProposal(centre_id)),
            Button(str(speak("See the list")), ShowAgenda(centre_id)),
        ),
    )
