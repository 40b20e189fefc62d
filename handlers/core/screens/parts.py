"""Pieces that several screens share."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from handlers.core.navigation import AskToJoin, Door, MyDoor
from handlers.core.screen import Button, DeepLink, column
from handlers.core.speech import Speech
from storage.centres import Centre
from storage.decisions import Decision


def way_in(speak: Speech, link: DeepLink, decision: Decision) -> Button:
    """The link under the group's question, and its outcome: to one's ballot, or what came of it.

    Who is no member finds the way to join behind it.
    """
    told = speak("Take part") if decision.status == "open" else speak("Open in private")
    return Button(str(told), url=link(f"decide_{decision.id}"))


def take_on(speak: Speech, link: DeepLink, decision: Decision) -> Button | None:
    """The link under an outcome by which somebody looks after what was carried; None where nothing
    was. In private, because there it is asked whether their name may be shown.
    """
    if decision.status != "closed" or decision.result != "carried":
        return None
    payload = f"takeon_{decision.centre_id}_{decision.id}"
    return Button(str(speak("I’ll take it")), url=link(payload))


def back_to_asked(speak: Speech, centre_id: int) -> Button:
    """The way back to what Voci asks somebody and reminds them of, for what stands behind it."""
    return Button(str(speak("Back")), MyDoor(centre_id, Door.ASKED))


def how_to_join(speak: Speech, near: Sequence[Centre]) -> Markup:
    """The sentence above `ask_to_join`."""
    if near:
        return speak("If you have an invitation, open its link. If not, ask here:")
    return speak(
        "To take part, open the invitation that your centre gave you, or press “Ask to join” under "
        "a post in its group."
    )


def ask_to_join(speak: Speech, near: Sequence[Centre]) -> tuple[tuple[Button, ...], ...]:
    """For somebody who is sent away: the centres that they can ask, by name where it is several."""
    if len(near) == 1:
        return column(Button(str(speak("Ask to join")), AskToJoin(near[0].id)))
    return column(
        *(
            Button(speak("Ask to join: {centre}", centre=each.name).unescape(), AskToJoin(each.id))
            for each in near
        )
    )


def take_part(speak: Speech, link: DeepLink, centre: Centre) -> Button:
    """The link under the group's posts by which somebody can ask to join this centre.

    Only a ballot is called "Take part": one word means one thing.
    """
    return Button(str(speak("Ask to join")), url=link(f"join_{centre.id}"))
