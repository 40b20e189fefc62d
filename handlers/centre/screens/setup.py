"""Screens of /setup, which stand in the centre's group."""

from __future__ import annotations

from assembly.immutable import immutable
from assembly.zones import proposals
from handlers.centre.presses import FoundAnyway
from handlers.core.press import Press
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import LANGUAGES, Speech


@immutable
class ChooseGroupLanguage(Press, tag="suL"):
    """The centre speaks this language."""

    language: str


@immutable
class ChooseZone(Press, tag="suZ"):
    """The centre's clocks show this zone's time."""

    zone: str


@immutable
class NameAsGroup(Press, tag="suN"):
    """The centre is called as its group is."""


def language(speak: Speech) -> Screen:
    """The first question; the operator's own language comes first."""
    order = sorted(LANGUAGES, key=lambda code: code != speak.language)
    return Screen(
        paragraphs(
            speak("<b>Voci for this group</b>"),
            speak("Which language does the centre speak?"),
        ),
        column(*(Button(LANGUAGES[code], ChooseGroupLanguage(code)) for code in order)),
        public=True,
    )


def zone(speak: Speech, now: int) -> Screen:
    """The second question, in the centre's language: a guess and its neighbours."""
    guess, *others = proposals(speak.language)
    place, time = _there(speak, guess, now)
    yes = Button(speak("Yes, {place}", place=place).unescape(), ChooseZone(guess))
    rest = [
        Button(" · ".join(_there(speak, other, now)), ChooseZone(other)) for other in others[:6]
    ]
    return Screen(
        paragraphs(
            speak(
                "In {place} it is {time} now. Is that the centre’s time?", place=place, time=time
            ),
            speak(
                "Another place: write /setup and its time zone, for example "
                "<code>/setup Europe/Lisbon</code>"
            ),
        ),
        ((yes,), *(tuple(rest[start : start + 2]) for start in range(0, len(rest), 2))),
        public=True,
    )


def name(speak: Speech, proposed: str | None) -> Screen:
    """The third question; the group's title is the proposal, where it can be a name."""
    question = speak("What is the centre called?")
    if proposed is None:
        return Screen(
            lines(
                question, speak("Answer this message with the name, or write /setup and the name.")
            ),
            public=True,
        )
    return Screen(
        lines(
            question,
            speak(
                "If it is not the one below, answer this message with the name, or write /setup "
                "and the name."
            ),
        ),
        column(Button(proposed, NameAsGroup())),
        public=True,
    )


def name_taken(speak: Speech, taken: str) -> Screen:
    """Another centre is called so; perhaps it is the very one that should move here."""
    return Screen(
        paragraphs(
            speak(
                "There is a centre of this name on this bot already: <b>{centre}</b>", centre=taken
            ),
            speak(
                "If it is to move to this group: two of its facilitators begin that with "
                "/facilitate in private, “The centre”, “New group”. Then write /setup here."
            ),
            speak("Another name: answer this message with it, or write /setup and the name."),
        ),
        column(Button(str(speak("A second one of this name")), FoundAnyway())),
        public=True,
    )


def ready(speak: Speech, centre: str, link: str, until: int) -> Screen:
    """The centre exists; its first facilitator is whoever opens the link."""
    return Screen(
        paragraphs(
            speak("<b>{centre} is set up.</b>", centre=centre),
            speak(
                "Whoever opens this link first becomes the first facilitator and invites the "
                "others. It works once, until {day}.",
                day=speak.day(until),
            ),
            speak(
                "Voci asks them in private who is responsible for the data, and how to reach them."
            ),
        ),
        column(Button(str(speak("Become the first facilitator")), url=link)),
        public=True,
    )


def already(speak: Speech, centre: str) -> Screen:
    """To /setup in the group of a centre that has facilitators."""
    return Screen(
        speak(
            "{centre} is set up already. Facilitators invite people with /invite.", centre=centre
        ),
        public=True,
    )


def unknown_zone(speak: Speech) -> Screen:
    """The argument is no time zone, and that was the question."""
    return Screen(
        speak(
            "I do not know that time zone. Write it with area and place, for example "
            "<code>/setup Europe/Lisbon</code>"
        ),
        public=True,
    )


def unfit_name(speak: Speech, longest: int) -> Screen:
    """The name is empty or too long."""
    return Screen(
        speak("A name has letters or digits, and at most {n} characters.", n=longest),
        public=True,
    )


def in_the_group(speak: Speech) -> Screen:
    """To /setup in a private chat."""
    return Screen(
        speak("A centre is set up in its group: add me there, and write /setup in it."),
    )


def _there(speak: Speech, zone_name: str, now: int) -> tuple[str, str]:
    return speak.place(zone_name), Speech(speak.language, zone_name).time(now)
