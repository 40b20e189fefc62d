"""The words that people agree to. Another meaning is a new version: docs/consent.md says how."""

from __future__ import annotations

from markupsafe import Markup

from handlers.core.screen import lines
from handlers.core.screens.whom_to_call import no_service
from handlers.core.speech import Speech


def who_sees_what(speak: Speech) -> Markup:
    """What becomes of what somebody says."""
    return lines(
        speak("<b>Who sees what</b>"),
        speak("Your proposals: everybody, with your name only if you want."),
        speak("Your ballots: if secret, nobody, once voting has closed; if by name, everybody."),
        speak(
            "How you are: only you. The assembly reads averages with chance mixed in, and of too "
            "few people none: they tell little about you, not nothing."
        ),
    )


def more(speak: Speech) -> Markup:
    """The same, from nearer."""
    return lines(
        speak("<b>Who sees what, in more detail</b>"),
        speak("The group is never told your role, your answers or a secret ballot."),
        speak(
            "How you are is locked with a key of your own. Erase everything, and the key "
            "is destroyed."
        ),
        speak(
            "Whoever runs the computer that Voci lives on has no screen that shows your "
            "answers; with effort and skill they could get at them."
        ),
    )


def limits(speak: Speech) -> Markup:
    """What Voci is not, and the way out."""
    return lines(
        speak("<b>What Voci is not</b>"),
        no_service(speak),
        speak("Not end-to-end encrypted: Telegram itself could read what passes through it."),
        speak("You can leave at any time, and erase what Voci holds about you: /me."),
    )


def checkins(speak: Speech) -> Markup:
    """The question about check-ins."""
    return speak(
        "May Voci ask you once a week how you are? Three taps. Once in four weeks at most it asks "
        "five things about the assembly instead. You can stop at any time, and nothing depends on "
        "it."
    )


def checkins_seen(speak: Speech) -> Markup:
    """What becomes of the answers, for whoever is asked later."""
    return speak(
        "Only you see your answers. The assembly reads averages with chance mixed in, and of too "
        "few people none: they tell little about you, not nothing."
    )
