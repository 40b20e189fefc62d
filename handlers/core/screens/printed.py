"""A printout in somebody's hands: what it is, the other language, and the way back."""

from __future__ import annotations

from markupsafe import Markup

from handlers.core.press import Press
from handlers.core.printouts.printout import Print
from handlers.core.screen import Button, Screen, column, lines
from handlers.core.speech import Speech, later

TO_PRINT = later("To print (PDF)")


def printed(
    what: Markup, wanted: Print, other: Press, back: Press, centre: Speech, speak: Speech
) -> Screen:
    """The file, and `what` it is; where the reader speaks another language, the other way to it.

    What hangs on the wall is in the language of the `centre`; `other` leads to the reader's own, or
    from there to the centre's.
    """
    text = lines(what, speak("To hang on the wall, or for somebody without a phone."))
    buttons = [Button(str(speak("Back")), back)]
    if centre.language != speak.language:
        wall = wanted.printout.language == centre.language
        language = speak.tongue(speak.language if wall else centre.language)
        label = speak("In {language}", language=language).unescape()
        buttons.insert(0, Button(label, other))
    return Screen(text, column(*buttons), file=wanted)
