"""Screens about a group where Voci may not write for a while, and about the topic it writes in."""

from __future__ import annotations

from typing import assert_never

from markupsafe import Markup

from handlers.core.screen import Screen, lines
from handlers.core.speech import Speech
from storage.barred_chats import Bar


def may_not_write(
    speak: Speech, centre: str, by: Bar, waiting: int, until: int | None = None
) -> Screen:
    """To facilitators: so many posts wait, why, and what they can do about it.

    `until` is the moment that Telegram named (UTC epoch seconds), where it is its PACE.
    """
    kept = speak.many(
        "One message waits for the group. It comes as soon as Voci may write.",
        "{n} messages wait for the group. They come as soon as Voci may write.",
        waiting,
    )
    later = speak("What the group should read is kept, and comes as soon as Voci may write.")
    return Screen(
        lines(_why(speak, centre, by, until), kept if waiting else later, _way(speak, by))
    )


def _why(speak: Speech, centre: str, by: Bar, until: int | None) -> Markup:
    match by:
        case Bar.RIGHTS | Bar.OUT:
            return speak(
                "Voci may not write in the group of {centre} at the moment.", centre=centre
            )
        case Bar.TOPIC:
            return speak(
                "In the group of {centre} the topic where Voci posts is closed or deleted.",
                centre=centre,
            )
        case Bar.PACE:
            return speak(
                "Telegram lets Voci write in the group of {centre} again on {moment}.",
                centre=centre,
                moment=speak.moment(until or 0),
            )
        case _:
            assert_never(by)


def _way(speak: Speech, by: Bar) -> Markup | None:
    match by:
        case Bar.RIGHTS | Bar.OUT:
            return speak(
                "Please look there, or ask who runs the group: is Voci a member, "
                "and may it send messages?"
            )
        case Bar.TOPIC:
            return speak(
                "Open it again, or write /here in the topic where Voci is to post from now on."
            )
        case Bar.PACE:
            return None  # it passes by itself
        case _:
            assert_never(by)
