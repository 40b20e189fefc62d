"""What is said about the topic in which a centre posts."""

from __future__ import annotations

from handlers.core.screen import Screen
from handlers.core.speech import Speech


def posts_here(speak: Speech, *, waits: bool) -> Screen:
    """In the topic: it is the one from now on."""
    if waits:
        return Screen(
            speak("From now on I post here, beginning with what has been waiting."), public=True
        )
    return Screen(speak("From now on I post here."), public=True)


def in_the_group(speak: Speech) -> Screen:
    """To /here in a private chat."""
    return Screen(speak("Write that in your centre’s group, in the topic where I should post."))
