"""Screens of a straw poll, and the poll itself as the group gets it."""

from __future__ import annotations

from functools import partial

from markupsafe import Markup

from assembly.choosing import Topic
from assembly.straw_poll import Excess, several
from handlers.core.poll import Poll
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech
from handlers.decisions.presses import LeaveQuestion, Reword
from handlers.decisions.putting.presses import (
    PutStrawPoll,
    SeeStrawPoll,
    ShowChoices,
    StrawPollUntil,
)
from handlers.decisions.putting.screens.closings import Closings, other_closings
from handlers.decisions.results.screens.ballot_words import moment


def posted(question: str, options: tuple[str, ...], closes_at: int, speak: Speech) -> Poll:
    """The poll in the group's language, marked in its first words; yes or no without options."""
    marked = speak("Straw poll, not binding: {question}", question=question).unescape()
    answers = options or (str(speak("Yes")), str(speak("No")), str(speak("I don’t know")))
    return Poll(marked, answers, several(question, options), closes_at)


def offer(centre_id: int, speak: Speech) -> Button:
    """The way here, below the ways of deciding."""
    return Button(str(speak("Straw poll: not binding")), SeeStrawPoll(centre_id))


def preview(
    centre_id: int, poll: Poll, closings: Closings, sign: str, speak: Speech, now: int
) -> Screen:
    """The poll before it is put; the button that puts it carries the draft's `sign`."""
    answers = lines(*(Markup("▫ {}").format(answer) for answer in poll.options))
    text = paragraphs(
        speak("This is how the group will see it:"),
        lines(Markup("<b>{}</b>").format(poll.question), answers),
        lines(
            speak("Each person can choose several answers.")
            if poll.several
            else speak("Each person can choose one answer."),
            speak("Open until {moment}.", moment=moment(poll.closes_at, speak, now)),
        ),
        speak(
            "It is a poll of Telegram’s own: anonymous, with the figures in sight all the while. "
            "Whoever is in the group can answer. It decides nothing, and I keep nothing of it."
        ),
    )
    put = Button(str(speak("Put it to everybody")), PutStrawPoll(centre_id, sign))
    spans = other_closings(closings, partial(StrawPollUntil, centre_id), speak)
    leave = Button(str(speak("Leave it")), LeaveQuestion(centre_id))
    return Screen(text, ((put,), *spans, (_back(centre_id, speak), leave)))


def misfit(centre_id: int, excess: Excess, speak: Speech) -> Screen:
    """What a poll can't hold, with what fits."""
    options = Button(str(speak("The options")), ShowChoices(centre_id, Topic.OPTIONS))
    if excess.kind == "question":
        said = speak(
            "As a poll, the question has {length} characters; up to {most} fit.",
            length=excess.amount,
            most=excess.most,
        )
        change = Button(str(speak("Other words")), Reword(centre_id))
    elif excess.kind == "options":
        said = speak(
            "Those are {count} options; a poll holds up to {most}.",
            count=excess.amount,
            most=excess.most,
        )
        change = options
    else:
        said = speak(
            "“{option}” is too long for a poll: up to {most} characters fit, emoji counting "
            "double.",
            option=excess.option,
            most=excess.most,
        )
        change = options
    return Screen(said, column(change, _back(centre_id, speak)))


def _back(centre_id: int, speak: Speech) -> Button:
    return Button(str(speak("Back")), ShowChoices(centre_id, Topic.METHOD))
