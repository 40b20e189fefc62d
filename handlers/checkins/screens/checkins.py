"""Screens of a check-in: its questions in one message, and what can become of it."""

from __future__ import annotations

from markupsafe import Markup

from assembly.questionnaire import PULSE
from handlers.checkins.presses import (
    Answer,
    Ask,
    ChooseDay,
    HelpFrom,
    NotThisWeek,
    Pause,
    ShowWeeks,
    Snooze,
)
from handlers.checkins.screens.questionnaire import FACES, asked, scale
from handlers.core.navigation import StartCheckin
from handlers.core.screen import Button, Screen, column, lines
from handlers.core.screens.home import to_home
from handlers.core.screens.plain import may_be_lost
from handlers.core.screens.whom_to_call import whom_to_call
from handlers.core.speech import Speech
from storage.centres import Centre
from storage.rounds import Round

SKIP = -1


def question(
    speak: Speech, centre_id: int, current: Round, number: int, chosen: int | None = None
) -> Screen:
    """One question of a round, counted from 0; `chosen` is the answer that stands already."""
    questions = current.questionnaire.questions
    key = questions[number]
    faces = [
        Button(
            f"{'✓ ' if value == chosen else ''}{face} {word}",
            Answer(centre_id, current.id, number, value),
        )
        for value, (face, word) in enumerate(zip(FACES, scale(speak, key), strict=True))
    ]
    skip = Button(speak("Skip").unescape(), Answer(centre_id, current.id, number, SKIP))
    screen = Screen(
        lines(
            _about(speak, current) if number == 0 else None,
            speak("<b>{question}</b>", question=asked(speak, key)),
            speak("{n} of {total}", n=number + 1, total=len(questions)),
            speak("What you have answered counts, also if you stop here.") if number else None,
            speak("<i>Not an emergency service: nobody reads this right now.</i>"),
        ),
        column(*faces),
    )
    if number:
        back = Button(speak("Back").unescape(), Ask(centre_id, current.id, number - 1))
        screen = screen.with_row(back, skip)
    else:
        leave = _not_this_week(speak, centre_id, current)
        later = Button(speak("Ask me in 3 hours").unescape(), Snooze(centre_id, current.id))
        screen = screen.with_row(skip, leave).with_row(later)
    return screen.with_row(_help(speak, centre_id, current, number))


def _about(speak: Speech, current: Round) -> Markup | None:
    """What the sentences are about; a question says it by itself."""
    if current.questionnaire is not PULSE:
        return None
    return speak("Our assemblies lately: how true is this for you?")


def first_question(speak: Speech, centre_id: int, current: Round) -> Screen:
    """A round as it comes by itself: from the start, telling nothing of what is there already."""
    return question(speak, centre_id, current, 0)


def reminder(speak: Speech, centre_id: int, current: Round) -> Screen:
    """The one gentle reminder: the first question again, with the time there is left."""
    left = speak("If you like: there is time until {moment}.", moment=speak.moment(current.ends_at))
    return question(speak, centre_id, current, 0).on_top(left)


def after_outage(speak: Speech, centre_id: int, current: Round) -> Screen:
    """The first question again, because an answer may have been lost."""
    return question(speak, centre_id, current, 0).on_top(may_be_lost(speak))


def thanks(speak: Speech, centre_id: int, current: Round) -> Screen:
    """All are dealt with."""
    back = Ask(centre_id, current.id, len(current.questionnaire.questions) - 1)
    if current.questionnaire is PULSE:
        return Screen(
            speak("Thank you. Only you can see this."),
            (
                (Button(speak("Change an answer").unescape(), back),),
                (_help(speak, centre_id, current, len(PULSE.questions)),),
                (to_home(speak, centre_id),),
            ),
        )
    return Screen(
        speak("Thank you. Only you can see this."),
        (
            (Button(speak("My weeks").unescape(), ShowWeeks(centre_id)),),
            (Button(speak("Another time of day").unescape(), ChooseDay(centre_id)),),
            (
                Button(speak("Change an answer").unescape(), back),
                Button(speak("Pause").unescape(), Pause(centre_id, on=True)),
            ),
            (_help(speak, centre_id, current, len(current.questionnaire.questions)),),
            (to_home(speak, centre_id),),
        ),
    )


def help_from(speak: Speech, centre: Centre, press: HelpFrom) -> Screen:
    """Whom to call, in the place of a question that waits."""
    back = Ask(centre.id, press.round_id, press.question)
    return whom_to_call(speak, centre, Button(speak("Back").unescape(), back))


def not_this_week(speak: Speech, centre_id: int, current: Round) -> Screen:
    """The round is left out."""
    weekly = speak("All right, not this week. Nothing of it is kept.")
    pulse = speak("All right, not this time. Nothing of it is kept.")
    return Screen(
        pulse if current.questionnaire is PULSE else weekly,
        (
            (Button(speak("Answer after all").unescape(), Ask(centre_id, current.id, 0)),),
            (to_home(speak, centre_id),),
        ),
    )


def snoozed(speak: Speech, centre_id: int, current: Round, again_at: int) -> Screen:
    """The round comes again later."""
    return Screen(
        speak("All right. It comes again on {moment}.", moment=speak.moment(again_at)),
        column(
            Button(speak("Answer now").unescape(), Ask(centre_id, current.id, 0)),
            _not_this_week(speak, centre_id, current),
        ),
    )


def too_late_to_snooze(speak: Speech, centre_id: int, current: Round) -> Screen:
    """Waiting would take longer than the round is open."""
    return Screen(
        lines(
            speak(
                "This check-in closes on {moment}, before it could come again.",
                moment=speak.moment(current.ends_at),
            ),
            speak("You can answer now, or leave it out."),
        ),
        column(
            Button(speak("Answer now").unescape(), Ask(centre_id, current.id, 0)),
            _not_this_week(speak, centre_id, current),
        ),
    )


def closed(speak: Speech, sent_at: int) -> Screen:
    """What a round leaves behind in the chat: one short line, no buttons, no blame.

    The same whether much, little or nothing was answered: what waits to be sent must not tell.
    Taking the message away is no way: after 48 hours Telegram lets no bot delete it.
    """
    return Screen(speak("{day}: closed. What was answered counts.", day=speak.short_day(sent_at)))


def too_late(speak: Speech, centre_id: int, next_at: int | None, *, over: bool) -> Screen:
    """A button of a round that is closed was pressed; `over`: this week has no other."""
    begin = Button(speak("Say how I am").unescape(), StartCheckin(centre_id))
    return Screen(
        lines(
            speak("This check-in is closed already, so nothing was changed."),
            comes_next(speak, next_at),
        ),
        (
            (Button(speak("My weeks").unescape(), ShowWeeks(centre_id)),),
            *(() if over else ((begin,),)),
            (to_home(speak, centre_id),),
        ),
    )


def over_this_week(speak: Speech, centre_id: int, next_at: int | None) -> Screen:
    """This week's round is closed, and nothing was said in it: another one would tell that."""
    return Screen(
        lines(
            speak("This week’s check-in is closed, and there is one a week."),
            comes_next(speak, next_at),
        ),
        (
            (Button(speak("Another time of day").unescape(), ChooseDay(centre_id)),),
            (to_home(speak, centre_id),),
        ),
    )


def done_this_week(speak: Speech, centre_id: int, next_at: int | None) -> Screen:
    """One round a week counts, and this week's is closed."""
    return Screen(
        lines(speak("You have said already how this week is for you."), comes_next(speak, next_at)),
        (
            (Button(speak("My weeks").unescape(), ShowWeeks(centre_id)),),
            (Button(speak("Another time of day").unescape(), ChooseDay(centre_id)),),
            (to_home(speak, centre_id),),
        ),
    )


def _help(speak: Speech, centre_id: int, current: Round, number: int) -> Button:
    return Button(speak("Help").unescape(), HelpFrom(centre_id, current.id, number))


def _not_this_week(speak: Speech, centre_id: int, current: Round) -> Button:
    pulse = current.questionnaire is PULSE
    told = speak("Not this time") if pulse else speak("Not this week")
    return Button(told.unescape(), NotThisWeek(centre_id, current.id))


def comes_next(speak: Speech, next_at: int | None) -> str | None:
    """When the next round comes, if one does."""
    if next_at is None:
        return None
    return speak("The next one comes on {moment}.", moment=speak.moment(next_at))
