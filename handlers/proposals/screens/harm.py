"""Screens about a proposal that is about somebody or hurts them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from markupsafe import Markup

from assembly.harm import Harm
from handlers.core.press import Press
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech, later
from handlers.proposals.presses import (
    AskBackFor,
    EditProposal,
    ReportProposal,
    SeeProposal,
    WithdrawProposal,
)
from handlers.proposals.screens.agenda import text, written
from storage.centres import Centre
from storage.proposals import Proposal

REASONS = {
    Harm.NAMES: later("It is about a person who has not agreed to that."),
    Harm.PRIVATE: later("It tells something private about somebody."),
    Harm.HURTS: later("It insults or threatens somebody."),
}
CHOICES = {
    Harm.NAMES: later("It is about a person"),
    Harm.PRIVATE: later("It tells something private"),
    Harm.HURTS: later("It insults or threatens"),
}


def ask_to_report(item: Proposal, speak: Speech) -> Screen:
    """Asks once, saying what the facilitators will read."""
    ids = item.centre_id, item.id
    return Screen(
        paragraphs(
            written(item.title, None),
            lines(
                speak("Is this about you, or does it hurt somebody?"),
                speak(
                    "The facilitators read that somebody says so, not who. They can ask whoever "
                    "put it forward to change it."
                ),
            ),
        ),
        column(
            Button(str(speak("Tell the facilitators")), ReportProposal(*ids, True)),
            back(item, speak),
        ),
    )


def reported(item: Proposal, speak: Speech, *, told: bool) -> Screen:
    """Done, or nobody there who could be told."""
    if told:
        said = speak("The facilitators are told. Who said so is kept nowhere.")
    else:
        said = speak(
            "Nobody facilitates here who could be told. Talk with somebody whom you trust at the "
            "centre."
        )
    return Screen(said, column(back(item, speak)))


def report(item: Proposal, centre: Centre, speak: Speech) -> Screen:
    """To the facilitators."""
    see = Button(str(speak("See it")), SeeProposal(item.centre_id, item.id))
    return Screen(
        to_somebody(
            centre,
            speak("Somebody says that this proposal is about them, or hurts somebody:"),
            text(item),
            [speak("You can ask it back: its author is then asked to look at it once more.")],
            speak,
        ),
        column(see),
    )


def why(item: Proposal, speak: Speech) -> Screen:
    """To a facilitator who would like to ask it back."""
    asked = lines(
        speak("Why should its author look at it once more?"),
        speak(
            "They read the reason, and that a facilitator asks, not which one. They decide "
            "themselves."
        ),
    )
    gives = partial(AskBackFor, item.centre_id, item.id)
    return reasons(text(item), asked, gives, back(item, speak), speak)


def reasons(
    about: Markup, asked: Markup, gives: Callable[[Harm], Press], away: Button, speak: Speech
) -> Screen:
    """What it is about, what a facilitator is asked, and a button for each reason."""
    return Screen(
        paragraphs(about, asked),
        column(*(Button(str(speak(label)), gives(harm)) for harm, label in CHOICES.items()), away),
    )


def asked_back(item: Proposal, centre: Centre, harm: Harm, speak: Speech) -> Screen:
    """To the author."""
    ids = item.centre_id, item.id
    return Screen(
        to_somebody(
            centre,
            speak("A facilitator asks you to look at your proposal once more:"),
            text(item),
            (
                speak(REASONS[harm]),
                speak("You can change it, or take it back. If you do nothing, it stays as it is."),
            ),
            speak,
        ),
        column(
            Button(str(speak("Change it")), EditProposal(*ids)),
            Button(str(speak("Take it back")), WithdrawProposal(*ids, sure=False)),
        ),
    )


def to_somebody(
    centre: Centre, happened: Markup, words: Markup, below: Sequence[Markup], speak: Speech
) -> Markup:
    """What happened to a proposal of theirs or their centre's, its words, and what that means."""
    heading = speak("<b>{centre}</b>", centre=centre.name)
    return paragraphs(lines(heading, happened), words, lines(*below))


def back(item: Proposal, speak: Speech) -> Button:
    """To the proposal."""
    return Button(str(speak("Back")), SeeProposal(item.centre_id, item.id))
