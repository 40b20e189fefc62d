"""Screens of a proposal that is ready: the preview, changing it, sent, and taken back."""

from __future__ import annotations

from markupsafe import Markup

from handlers.core.navigation import ShowAgenda
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech
from handlers.proposals.presses import (
    ChangeText,
    GoOn,
    LeaveProposal,
    Part,
    SeeProposal,
    SendProposal,
    SkipReason,
    WithdrawProposal,
)
from handlers.proposals.screens.agenda import text, written
from handlers.proposals.screens.propose import leave, onward
from storage.proposals import Proposal


def preview(centre_id: int, title: str, reason: str | None, name: str, speak: Speech) -> Screen:
    """What it will look like, and the last question."""
    return Screen(
        paragraphs(written(title, reason), speak("Shall it carry your name?")),
        column(
            Button(
                speak("With my name: {name}", name=name).unescape(), SendProposal(centre_id, True)
            ),
            Button(str(speak("Without a name")), SendProposal(centre_id, False)),
            Button(str(speak("Change the text")), ChangeText(centre_id, Part.CHOOSE)),
            leave(centre_id, speak),
        ),
    )


def preview_of_change(
    centre_id: int, title: str, reason: str | None, name: str, speak: Speech
) -> Screen:
    """The same for a proposal that is on the list already."""
    return Screen(
        paragraphs(
            written(title, reason),
            speak("This is on the list. Once saved, it says that it was edited."),
        ),
        column(
            Button(str(speak("Change the text")), ChangeText(centre_id, Part.CHOOSE)),
            Button(
                speak("Save with my name: {name}", name=name).unescape(),
                SendProposal(centre_id, True),
            ),
            Button(str(speak("Save without a name")), SendProposal(centre_id, False)),
            Button(str(speak("Leave it as it was")), LeaveProposal(centre_id)),
        ),
    )


def choose_part(centre_id: int, title: str, reason: str | None, speak: Speech) -> Screen:
    """What to change."""
    return Screen(
        paragraphs(written(title, reason), speak("What would you like to change?")),
        column(
            Button(str(speak("The sentence")), ChangeText(centre_id, Part.TITLE)),
            Button(str(speak("The reason")), ChangeText(centre_id, Part.REASON)),
            Button(str(speak("Back")), GoOn(centre_id)),
        ),
    )


def new_title(centre_id: int, title: str, speak: Speech) -> Screen:
    """Other words for the sentence."""
    return Screen(
        lines(written(title, None), speak("Write the sentence as it should be.")),
        ((Button(str(speak("Keep it")), GoOn(centre_id)),),),
    )


def new_reason(centre_id: int, reason: str | None, speak: Speech) -> Screen:
    """Other words for the reason."""
    now = Markup("<i>{}</i>").format(reason) if reason else None
    return Screen(
        paragraphs(now, speak("Write the reason as it should be.")),
        (
            (
                Button(str(speak("Without a reason")), SkipReason(centre_id)),
                Button(str(speak("Keep it")), GoOn(centre_id)),
            ),
        ),
    )


def sent(item: Proposal, starts_at: int | None, fixed: bool, speak: Speech) -> Screen:
    """It is on the list; `fixed`: the coming assembly's points are fixed without it."""
    if fixed:
        said = speak(
            "The points are fixed already. The assembly decides whether to talk about this too."
        )
    elif starts_at is None:
        said = speak("It is on the list for the next assembly.")
    else:
        said = speak("It is on the list for {day}.", day=speak.day(starts_at))
    stays = speak("You will hear what becomes of it.")
    return Screen(
        paragraphs(text(item), said + " " + stays),
        (
            (
                Button(str(speak("See the list")), ShowAgenda(item.centre_id)),
                Button(
                    str(speak("Take it back")),
                    WithdrawProposal(item.centre_id, item.id, sure=False),
                ),
            ),
        ),
    )


def unchanged(centre_id: int, proposal_id: int, speak: Speech) -> Screen:
    """Left without a change."""
    see = Button(str(speak("See it")), SeeProposal(centre_id, proposal_id))
    return Screen(speak("It stays as it was."), ((see,),))


def take_back(item: Proposal, speak: Speech) -> Screen:
    """Asks once, saying what will be lost."""
    ids = (item.centre_id, item.id)
    lost = (
        speak.many(
            "It leaves the list, and the voice for it is forgotten.",
            "It leaves the list, and the {n} voices for it are forgotten.",
            item.voices,
        )
        if item.voices
        else speak("It leaves the list.")
    )
    return Screen(
        paragraphs(written(item.title, None), lost + " " + speak("This can’t be undone.")),
        (
            (
                Button(str(speak("Take it back")), WithdrawProposal(*ids, sure=True)),
                Button(str(speak("Keep it")), SeeProposal(*ids)),
            ),
        ),
    )


def taken_back(item: Proposal, speak: Speech) -> Screen:
    """Done; the words stand here once more."""
    return Screen(
        paragraphs(speak("Taken back. It is not on the list any more."), text(item)),
        onward(item.centre_id, speak),
    )
