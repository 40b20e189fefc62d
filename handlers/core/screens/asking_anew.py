"""What somebody reads who is asked anew, before the question itself."""

from __future__ import annotations

from handlers.core.navigation import ShowAgreement
from handlers.core.screen import Button, Screen, column, paragraphs
from handlers.core.speech import Speech
from storage.centres import Centre


def told(speak: Speech, centre: Centre) -> Screen:
    """To everybody whom it concerns, once."""
    return Screen(
        paragraphs(
            speak("<b>{centre}</b>", centre=centre.name),
            speak(
                "What you agreed to has changed, so I ask you again. Until you answer I leave you "
                "in peace: no reminders, no check-ins. Nothing of yours is lost."
            ),
        ),
        column(Button(speak("Look at it").unescape(), ShowAgreement(centre.id))),
    )
