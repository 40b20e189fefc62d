"""Writing under a proposal: a question or a thought, and its author's answer; who is told of it."""

from __future__ import annotations

from markupsafe import Markup

from handlers.core.navigation import ShowComments
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech
from handlers.proposals.comment_presses import (
    AnswerComment,
    LeaveComment,
    ReportComment,
    SeeComment,
    SendComment,
    WriteComment,
)
from handlers.proposals.screens.harm import REASONS
from storage.centres import Centre
from storage.comments import Comment
from storage.proposals import Proposal


def ask(item: Proposal, most: int, speak: Speech) -> Screen:
    """What would you like to ask or add?"""
    return Screen(
        lines(
            _title(item),
            speak("What would you like to ask or add? Up to {n} characters.", n=most),
        ),
        column(_leave(item, speak)),
    )


def ask_answer(item: Proposal, comment: Comment, most: int, speak: Speech) -> Screen:
    """To whoever put the proposal forward."""
    return Screen(
        lines(
            _title(item),
            _quoted(comment.text),
            speak("What do you answer? Up to {n} characters.", n=most),
        ),
        column(_leave(item, speak)),
    )


def preview(item: Proposal, text: str, sign: str, name: str, speak: Speech) -> Screen:
    """Before everybody reads it, and the last question."""
    centre_id = item.centre_id
    return Screen(
        paragraphs(
            lines(_title(item), _quoted(text)),
            speak("Everybody in the centre can read this. Shall it carry your name?"),
        ),
        column(
            Button(
                speak("With my name: {name}", name=name).unescape(),
                SendComment(centre_id, sign, True),
            ),
            Button(str(speak("Without a name")), SendComment(centre_id, sign, False)),
            Button(str(speak("Put it in other words")), WriteComment(centre_id, item.id)),
            _leave(item, speak),
        ),
    )


def preview_answer(item: Proposal, comment: Comment, text: str, sign: str, speak: Speech) -> Screen:
    """The same for an answer; it carries the name that the proposal has, or none."""
    centre_id = item.centre_id
    return Screen(
        paragraphs(
            lines(_title(item), _quoted(comment.text)),
            speak("Answer: {text}", text=text),
            speak("Everybody in the centre can read this."),
        ),
        column(
            Button(str(speak("Send the answer")), SendComment(centre_id, sign, False)),
            Button(str(speak("Put it in other words")), AnswerComment(centre_id, comment.id)),
            _leave(item, speak),
        ),
    )


def waiting(item: Proposal, unanswered: int, centre: Centre, speak: Speech) -> Screen:
    """To whoever put the proposal forward: something waits under it. Its words stay there."""
    see = Button(str(speak("Read and answer")), ShowComments(item.centre_id, item.id, 0))
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=centre.name),
            speak.many(
                "One comment under your proposal waits for you:",
                "{n} comments under your proposal wait for you:",
                unanswered,
            ),
            Markup("<i>{}</i>").format(item.title),
        ),
        column(see),
    )


def answered(item: Proposal, comment: Comment, centre: Centre, speak: Speech) -> Screen:
    """To whoever asked."""
    return Screen(
        paragraphs(
            lines(
                speak("<b>{centre}</b>", centre=centre.name),
                speak("What you wrote has an answer:"),
            ),
            lines(_quoted(comment.text), speak("Answer: {text}", text=comment.answer or "")),
        ),
        column(Button(str(speak("See the comment")), SeeComment(item.centre_id, comment.id))),
    )


def hidden(comment: Comment, centre: Centre, speak: Speech) -> Screen:
    """To whoever wrote it."""
    assert comment.hidden is not None  # noqa: S101 - told in the update that hid it
    return Screen(
        paragraphs(
            lines(
                speak("<b>{centre}</b>", centre=centre.name),
                speak("A facilitator has hidden what you wrote:"),
            ),
            _quoted(comment.text),
            lines(
                speak(REASONS[comment.hidden]),
                speak("Another facilitator can show it again: talk with one whom you trust."),
            ),
        ),
        column(Button(str(speak("See the comment")), SeeComment(comment.centre_id, comment.id))),
    )


def sure_to_report(comment: Comment, speak: Speech) -> Screen:
    """Asks once, saying what the facilitators will read."""
    ids = comment.centre_id, comment.id
    return Screen(
        paragraphs(
            _quoted(comment.text),
            lines(
                speak("Is this about you, or does it hurt somebody?"),
                speak("The facilitators read that somebody says so, not who. They can hide it."),
            ),
        ),
        column(
            Button(str(speak("Tell the facilitators")), ReportComment(*ids, True)),
            Button(str(speak("Back")), SeeComment(*ids)),
        ),
    )


def report(comment: Comment, centre: Centre, speak: Speech) -> Screen:
    """To the facilitators."""
    return Screen(
        paragraphs(
            lines(
                speak("<b>{centre}</b>", centre=centre.name),
                speak("Somebody says that this comment is about them, or hurts somebody:"),
            ),
            _quoted(comment.text),
        ),
        column(Button(str(speak("See the comment")), SeeComment(comment.centre_id, comment.id))),
    )


def _title(item: Proposal) -> Markup:
    return Markup("<b>{}</b>").format(item.title)


def _quoted(text: str) -> Markup:
    return Markup("<i>{}</i>").format(text)


def _leave(item: Proposal, speak: Speech) -> Button:
    return Button(str(speak("Leave it")), LeaveComment(item.centre_id, item.id))
