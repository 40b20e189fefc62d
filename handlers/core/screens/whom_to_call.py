"""Whom to call: the emergency number of the centre's country, and what its facilitators wrote."""

from __future__ import annotations

from markupsafe import Markup

from assembly import emergency
from handlers.core.mentions import linked
from handlers.core.screen import Button, Screen, lines, paragraphs
from handlers.core.speech import Speech
from storage.centres import Centre


def whom_to_call(speak: Speech, centre: Centre, *ways_back: Button) -> Screen:
    """The numbers first, and nothing else to read before them."""
    return Screen(
        paragraphs(
            in_an_emergency(speak),
            contacts(speak, centre),
            speak("Voci is no emergency service: nobody reads this right now."),
        ),
        (ways_back,),
    )


def in_an_emergency(speak: Speech) -> Markup:
    """The number, where the country of the centre has one that we know."""
    number = emergency.number(speak.zone.key)
    if number is None:
        return speak("<b>In an emergency call the emergency number of your country.</b>")
    return speak("<b>In an emergency call {number}.</b>", number=number)


def no_service(speak: Speech) -> Markup:
    """What Voci is not, in one breath with the number."""
    number = emergency.number(speak.zone.key)
    if number is None:
        return speak(
            "No emergency service: nobody reads this right now. In an emergency call the "
            "emergency number of your country."
        )
    return speak(
        "No emergency service: nobody reads this right now. In an emergency call {number}.",
        number=number,
    )


def contacts(speak: Speech, centre: Centre) -> str:
    """Whom to call, in the facilitators' own words, with the day they were checked."""
    if centre.contact is None or centre.contact_verified_at is None:
        return speak("Your centre has not written down yet whom to call.")
    return lines(
        speak("<b>Whom to call</b>"),
        linked(centre.contact),
        speak("<i>Checked on {day}.</i>", day=speak.date(centre.contact_verified_at)),
    )
