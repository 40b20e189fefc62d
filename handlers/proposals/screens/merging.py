"""Screens of putting two alike proposals together: suggested, asked, told."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assembly.merging import WAITS, Answer
from assembly.shortening import fitting
from handlers.core.navigation import ShowAgenda
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech
from handlers.proposals.merge_presses import AnswerMerge, SuggestMerge
from handlers.proposals.presses import SeeProposal
from handlers.proposals.screens.agenda import text
from storage.centres import Centre
from storage.merges import Merge
from storage.proposals import Proposal

_LABEL = 50  # characters of a title on a button


def choose(item: Proposal, found: Sequence[Proposal], speak: Speech) -> Screen:
    """To a facilitator: those whose words resemble it."""
    ids = item.centre_id, item.id
    asked = (
        speak("Which of these is the same? It stays, and this one leads to it.")
        if found
        else speak("There is none on the list whose words resemble it.")
    )
    return Screen(
        paragraphs(text(item), asked),
        column(
            *(
                Button(fitting(each.title, _LABEL), SuggestMerge(*ids, each.id, sure=False))
                for each in found
            ),
            Button(str(speak("Back")), SeeProposal(*ids)),
        ),
    )


def sure(item: Proposal, kept: Proposal, speak: Speech) -> Screen:
    """Asked once, with what it means."""
    ids = item.centre_id, item.id
    return Screen(
        paragraphs(
            _pair(kept.title, item.title, speak),
            speak(
                "Both authors are asked, in private. If both want it, the second one leads to the "
                "first, and its voices count there. Nothing happens without them."
            ),
        ),
        column(
            Button(str(speak("Ask both authors")), SuggestMerge(*ids, kept.id, sure=True)),
            Button(str(speak("Back")), SeeProposal(*ids)),
        ),
    )


def asked(
    found: Merge,
    centre: Centre,
    speak: Speech,
    said: Answer | None = None,
    *,
    anew: bool = False,
) -> Screen:
    """To an author; what they `said` so far stands with it, for them alone.

    `anew`: one of the two has other words since they were asked.
    """
    ids = found.centre_id, found.merged_id
    day = speak.day(found.at + WAITS)
    answered = None
    if said is not None:
        words = speak("You said: together.") if said is Answer.YES else speak("You said: apart.")
        answered = lines(words, speak("You can change that until {day}.", day=day))
    return Screen(
        paragraphs(
            lines(
                speak("<b>{centre}</b>", centre=centre.name),
                speak("One of these two was changed. Should they still be put together?")
                if anew
                else speak("These two proposals sound alike. Should they be put together?"),
            ),
            _pair(found.kept_title, found.merged_title, speak),
            speak(
                "If both authors want it, the second one leads to the first, and its voices count "
                "there. Nobody is told what you say."
            ),
            answered,
        ),
        column(
            Button(str(speak("Put them together")), AnswerMerge(*ids, Answer.YES)),
            Button(str(speak("They stay apart")), AnswerMerge(*ids, Answer.NO)),
        ),
    )


def done(found: Merge, centre: Centre, speak: Speech) -> Screen:
    """To both authors, and to the voices that went along."""
    return Screen(
        paragraphs(
            lines(
                speak("<b>{centre}</b>", centre=centre.name),
                speak("Two proposals were put together:"),
            ),
            _pair(found.kept_title, found.merged_title, speak),
            speak(
                "Voices for the second one count for the first one now. You can take yours back."
            ),
        ),
        column(Button(str(speak("See it")), SeeProposal(found.centre_id, found.kept_id))),
    )


def apart(found: Merge, centre: Centre, speak: Speech) -> Screen:
    """To both authors and whoever suggested it, when the time is over."""
    return Screen(
        paragraphs(
            lines(
                speak("<b>{centre}</b>", centre=centre.name),
                speak("These two proposals stay as they are:"),
            ),
            _pair(found.kept_title, found.merged_title, speak),
        ),
        column(Button(str(speak("See the list")), ShowAgenda(found.centre_id))),
    )


def leads(item: Proposal, found: Merge, speak: Speech) -> Screen:
    """The one that leads to the other."""
    return Screen(
        paragraphs(
            text(item),
            speak("This was put together with another one: <b>{title}</b>", title=found.kept_title),
        ),
        column(
            Button(str(speak("See it")), SeeProposal(item.centre_id, found.kept_id)),
            Button(str(speak("Back to the list")), ShowAgenda(item.centre_id)),
        ),
    )


def _pair(kept: str, merged: str, speak: Speech) -> Markup:
    return lines(
        Markup("1. <b>{}</b>").format(kept),
        Markup("2. <b>{}</b>").format(merged),
    )
