"""Screens about being asked: whether, when, not for a while, not at all."""

from __future__ import annotations

from handlers.checkins.presses import (
    Agree,
    ChooseDay,
    ChooseHour,
    Pause,
    SetTime,
    ShowCheckinSettings,
    ShowWeeks,
    Stop,
)
from handlers.checkins.screens.checkins import comes_next
from handlers.core.navigation import Home, StartCheckin
from handlers.core.screen import Button, Screen, column, lines
from handlers.core.screens import consent_words
from handlers.core.screens.home import to_home
from handlers.core.screens.parts import back_to_asked
from handlers.core.speech import Speech
from storage.checkins import CheckinSettings

HOURS = range(7, 23)
A_ROW = 4  # hours beside each other on a phone


def offer(speak: Speech, centre_id: int) -> Screen:
    """May Voci ask? Nobody is asked how they are before they have said yes."""
    return Screen(
        lines(
            consent_words.checkins(speak),
            consent_words.checkins_seen(speak),
        ),
        column(
            Button(speak("Yes").unescape(), Agree(centre_id)),
            Button(speak("No, thank you").unescape(), Home(centre_id)),
        ),
    )


def agreed(speak: Speech, centre_id: int, wish: CheckinSettings, next_at: int | None) -> Screen:
    """The consent is given."""
    return Screen(
        lines(
            _every(speak, wish),
            comes_next(speak, next_at),
        ),
        (
            (Button(speak("Answer now").unescape(), StartCheckin(centre_id)),),
            (Button(speak("Another time of day").unescape(), ChooseDay(centre_id)),),
            (to_home(speak, centre_id),),
        ),
    )


def wish(
    speak: Speech, centre_id: int, mine: CheckinSettings, now: int, next_at: int | None
) -> Screen:
    """When Voci asks, and everything that can be changed about it."""
    if mine.paused(now):
        when: str | None = speak(
            "No check-ins until {day}.", day=speak.day(mine.paused_until or now)
        )
        pause = Button(speak("End the pause").unescape(), Pause(centre_id, on=False))
    else:
        when = comes_next(speak, next_at)
        pause = Button(speak("Pause for 4 weeks").unescape(), Pause(centre_id, on=True))
    return Screen(
        lines(_every(speak, mine), when),
        (
            (
                Button(speak("Answer now").unescape(), StartCheckin(centre_id)),
                Button(speak("My weeks").unescape(), ShowWeeks(centre_id)),
            ),
            (Button(speak("Another time of day").unescape(), ChooseDay(centre_id)),),
            (pause,),
            (Button(speak("Stop").unescape(), Stop(centre_id, sure=False)),),
            (back_to_asked(speak, centre_id), to_home(speak, centre_id)),
        ),
    )


def days(speak: Speech, centre_id: int) -> Screen:
    """Which day of the week."""
    buttons = [
        Button(speak.weekday(number).capitalize(), ChooseHour(centre_id, number))
        for number in range(7)
    ]
    return Screen(speak("Which day suits you?"), _rows(buttons, 2)).with_row(
        Button(speak("Back").unescape(), ShowCheckinSettings(centre_id))
    )


def hours(speak: Speech, centre_id: int, weekday: int) -> Screen:
    """Which hour of that day."""
    buttons = [Button(f"{hour}:00", SetTime(centre_id, weekday, hour)) for hour in HOURS]
    return Screen(
        speak("{weekday}, at what time?", weekday=speak.weekday(weekday).capitalize()),
        _rows(buttons, A_ROW),
    ).with_row(Button(speak("Back").unescape(), ChooseDay(centre_id)))


def time_set(speak: Speech, centre_id: int, mine: CheckinSettings, next_at: int | None) -> Screen:
    """Another time is settled."""
    return Screen(
        lines(
            _every(speak, mine),
            comes_next(speak, next_at),
        ),
        (
            (Button(speak("Another time of day").unescape(), ChooseDay(centre_id)),),
            (to_home(speak, centre_id),),
        ),
    )


def paused(speak: Speech, centre_id: int, until: int) -> Screen:
    """Nothing for four weeks."""
    return Screen(
        lines(
            speak("No check-ins until {day}.", day=speak.day(until)),
            speak("After that they go on by themselves."),
        ),
        (
            (Button(speak("End the pause").unescape(), Pause(centre_id, on=False)),),
            (Button(speak("Stop").unescape(), Stop(centre_id, sure=False)),),
            (to_home(speak, centre_id),),
        ),
    )


def ask_stop(speak: Speech, centre_id: int) -> Screen:
    """Stopping asks once."""
    return Screen(
        lines(
            speak("<b>Stop the check-ins?</b>"),
            speak("Nothing depends on it. Your weeks stay here for you, and you can start again."),
        ),
        column(
            Button(speak("Stop").unescape(), Stop(centre_id, sure=True)),
            Button(speak("Keep them").unescape(), ShowCheckinSettings(centre_id)),
        ),
    )


def stopped(speak: Speech, centre_id: int) -> Screen:
    """No check-ins any more."""
    return Screen(
        lines(
            speak("Voci does not ask you how you are."),
            speak("Your answers count in no average from now on. Your weeks stay here for you."),
        ),
        (
            (Button(speak("My weeks").unescape(), ShowWeeks(centre_id)),),
            (Button(speak("Start again").unescape(), StartCheckin(centre_id)),),
            (back_to_asked(speak, centre_id), to_home(speak, centre_id)),
        ),
    )


def _every(speak: Speech, mine: CheckinSettings) -> str:
    return speak(
        "Voci asks you once a week: {weekday}, {hour}.",
        weekday=speak.weekday(mine.weekday),
        hour=f"{mine.hour}:{mine.minute:02}",
    )


def _rows(buttons: list[Button], width: int) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))
