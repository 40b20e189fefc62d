"""Screens of taking a proposal down: two agree, all read why, the assembly has the last word."""

from __future__ import annotations

from functools import partial

from markupsafe import Markup

from assembly.harm import Harm
from handlers.core.navigation import ShowAgenda
from handlers.core.screen import Button, DeepLink, Screen, column, lines, paragraphs
from handlers.core.speech import Speech
from handlers.proposals.comment_presses import SeeDeeds
from handlers.proposals.presses import SeeProposal
from handlers.proposals.screens.agenda import text, written
from handlers.proposals.screens.harm import REASONS, back, reasons, to_somebody
from handlers.proposals.takedown_presses import (
    AskAssembly,
    AskTakeDownFor,
    LeaveUp,
    PutBack,
    TakeDown,
)
from storage.centres import Centre
from storage.proposals import Proposal
from storage.takedowns import Takedown


def why(item: Proposal, speak: Speech) -> Screen:
    """To a facilitator who would like to: what it takes, and who hears of it."""
    asked = lines(
        speak("Why should nobody read it? To take it down takes two of you, of two roles."),
        speak(
            "All read the reason, and who took it down. Its author is told, and can ask "
            "the assembly whether that was right."
        ),
    )
    gives = partial(AskTakeDownFor, item.centre_id, item.id)
    return reasons(text(item), asked, gives, back(item, speak), speak)


def asked(item: Proposal, harm: Harm, centre: Centre, speak: Speech) -> Screen:
    """To those who can be the second one."""
    ids = item.centre_id, item.id
    return Screen(
        to_somebody(
            centre,
            speak("A facilitator would like to take this proposal down:"),
            text(item),
            (
                speak(REASONS[harm]),
                speak(
                    "Do you see it the same way? Then nobody reads it any more. "
                    "It takes both of you."
                ),
            ),
            speak,
        ),
        column(
            Button(str(speak("Take it down")), TakeDown(*ids)),
            Button(str(speak("It stays on the list")), LeaveUp(*ids)),
            Button(str(speak("See it")), SeeProposal(*ids)),
        ),
    )


def answered(item: Proposal, centre: Centre, speak: Speech, *, down: bool) -> Screen:
    """To those who were asked as well; what hurts is not read once more."""
    came = speak("Two facilitators took it down.") if down else speak("It stays on the list.")
    return Screen(
        paragraphs(
            speak("<b>{centre}</b>", centre=centre.name),
            None if down else text(item),
            came,
        ),
        column(Button(str(speak("See it")), SeeProposal(item.centre_id, item.id))),
    )


def down(item: Proposal, found: Takedown, speak: Speech, *, author: bool, desk: bool) -> Screen:
    """The proposal, for whoever looks: its author and facilitators read its words, others don't."""
    ids = item.centre_id, item.id
    rows = [Button(str(speak("What facilitators did here")), SeeDeeds(*ids))]
    if author and found.appeal_id is None:
        rows.insert(0, Button(str(speak("Ask the assembly")), AskAssembly(*ids)))
    if found.appeal_id is not None:
        see = SeeProposal(item.centre_id, found.appeal_id)
        rows.append(Button(str(speak("What the assembly is asked")), see))
    if desk and not author:
        rows.append(Button(str(speak("Put it back on the list")), PutBack(*ids)))
    words = written(found.title, found.words) if author or desk else None
    said = lines(
        speak("Two facilitators took this down on {day}.", day=speak.short_day(found.at)),
        speak(REASONS[found.harm]),
    )
    back = Button(str(speak("Back to the list")), ShowAgenda(item.centre_id))
    return Screen(paragraphs(words, said), column(*rows, back))


def told_author(item: Proposal, found: Takedown, centre: Centre, speak: Speech) -> Screen:
    """To whoever put it forward."""
    ids = item.centre_id, item.id
    return Screen(
        to_somebody(
            centre,
            speak("Two facilitators took down your proposal:"),
            written(found.title, found.words),
            (
                speak(REASONS[found.harm]),
                speak(
                    "Do you see it differently? You can ask the assembly: it is a point then, "
                    "without your name and without these words."
                ),
            ),
            speak,
        ),
        column(
            Button(str(speak("Ask the assembly")), AskAssembly(*ids)),
            Button(str(speak("See it")), SeeProposal(*ids)),
        ),
    )


def told_voice(found: Takedown, centre: Centre, speak: Speech) -> Screen:
    """To each whose voice was with it; its words are not said again."""
    see = Button(str(speak("See it")), SeeProposal(centre.id, found.proposal_id))
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=centre.name),
            speak("A proposal that your voice is with was taken down by two facilitators."),
            speak(REASONS[found.harm]),
        ),
        column(see),
    )


def told_group(found: Takedown, link: DeepLink, speak: Speech) -> Screen:
    """To the group: that it happened and why, not what it said."""
    where = link(f"p_{found.proposal_id}")
    return Screen(
        lines(
            speak("Two facilitators of two roles took a proposal off the list."),
            speak(REASONS[found.harm]),
            speak("Whoever put it forward can ask the assembly whether that was right."),
        ),
        column(Button(str(speak("Open in private")), url=where)),
        public=True,
    )


def title_instead(speak: Speech) -> Markup:
    """What stands in the place of its words, wherever it is a point."""
    return speak("A proposal that was taken down")


def appeal_title(speak: Speech) -> Markup:
    """The point by which its author asks the assembly."""
    return speak("Was it right to take a proposal down?")


def appeal_words(found: Takedown, speak: Speech) -> Markup:
    """Why: what happened, without what it said."""
    return speak(
        "Two facilitators took it down on {day}, and gave a reason: {reason} Whoever put it "
        "forward asks the assembly. The facilitators can tell what it is about, without hurting "
        "anybody.",
        day=speak.short_day(found.at),
        reason=speak(REASONS[found.harm]),
    )
