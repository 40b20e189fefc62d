"""Agreeing without a ballot: worded by whoever leads the assembly, read by all who are there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from assembly.agreement import Standing, left
from assembly.shortening import fitting
from handlers.assemblies.agreeing.presses import (
    Disagree,
    LeaveAgreement,
    OpenAgain,
    PutAgreement,
    WordAgreement,
)
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens.room import as_many_as_fit
from handlers.core.speech import Speech
from storage.agreements import Agreement
from storage.points import AgendaItem

_LABEL = 40  # characters of a title on a button
_ROOM = 1_500  # units of a message's 4,096, for what is read just now: much only in a great hurry


def ask(item: AgendaItem, speak: Speech) -> Screen:
    """What did you agree on?"""
    return Screen(
        lines(
            _title(item.title),
            speak("What are you agreed on? Write it in one sentence, as everybody will read it."),
        ),
        column(_leave(item, speak)),
    )


def preview(item: AgendaItem, wording: str, sign: str, speak: Speech) -> Screen:
    """Before the group reads it."""
    ids = item.centre_id, item.id
    return Screen(
        paragraphs(
            lines(_title(item.title), agreed(wording, speak)),
            speak(
                "The group reads this. For 10 minutes everybody who is here can say that they "
                "don’t agree; then it is an open point again."
            ),
        ),
        column(
            Button(str(speak("Tell the group")), PutAgreement(*ids, sign)),
            Button(str(speak("Put it in other words")), WordAgreement(*ids)),
            _leave(item, speak),
        ),
    )


def post(agreement: Agreement, speak: Speech) -> Screen:
    """To the group, and in its place what became of it; only while it is read there is a button."""
    title = _title(agreement.title)
    if agreement.standing is Standing.TURNED_BACK:
        open_again = speak("Not agreed yet: {wording}", wording=agreement.wording)
        return Screen(
            lines(title, open_again, speak("The point is open again: we go on talking.")),
            public=True,
        )
    words = lines(title, agreed(agreement.wording, speak))
    if agreement.standing is Standing.STANDS:
        return Screen(lines(words, speak("This holds, without a ballot.")), public=True)
    said = speak(
        "You are here and don’t agree? You can say so until {time}, or until the assembly "
        "closes. Nobody learns who did.",
        time=speak.time(agreement.until),
    )
    button = Button(speak("I don’t agree").unescape(), Disagree(agreement.centre_id, agreement.id))
    return Screen(paragraphs(words, said), ((button,),), public=True)


def line(agreement: Agreement | None, speak: Speech) -> Markup | None:
    """At the point, to whoever leads: how its wording stands."""
    if agreement is None:
        return None
    words = agreed(agreement.wording, speak)
    if agreement.standing is Standing.STANDS:
        return words
    if agreement.standing is Standing.TURNED_BACK:
        return speak(
            "Not agreed yet: {wording}\nSomebody does not agree. The point is open.",
            wording=agreement.wording,
        )
    until = speak.time(agreement.until)
    return lines(words, speak("The group reads it until {time}.", time=until))


def buttons(item: AgendaItem, agreement: Agreement | None, speak: Speech) -> tuple[Button, ...]:
    """At the point, first of all: word what was agreed on, or open it again while it is read.

    None where the point has ended: it is opened again like any other.
    """
    if item.ending is not None:
        return ()
    if agreement is None or agreement.standing is Standing.TURNED_BACK:
        return (Button(str(speak("We agreed: …")), WordAgreement(item.centre_id, item.id)),)
    if agreement.standing is Standing.STANDS:
        return ()
    label = speak("Somebody here doesn’t agree").unescape()
    return (Button(label, OpenAgain(item.centre_id, agreement.id)),)


def with_reading(screen: Screen, found: Sequence[Agreement], speak: Speech) -> Screen:
    """A member's own card of the open assembly, with what they can disagree with just now."""
    reading = [each for each in found if each.standing is Standing.PUT]
    told = [lines(_title(each.title), agreed(each.wording, speak)) for each in reading]
    screen = replace(screen, text=paragraphs(screen.text, *as_many_as_fit(told, _ROOM, speak)))
    for each in reading:
        label = speak("I don’t agree")
        if len(reading) > 1:
            label += ": " + fitting(each.title, _LABEL)
        press = Disagree(each.centre_id, each.id)
        row = (Button(label.unescape(), press),)
        screen = replace(screen, buttons=(row, *screen.buttons))
    return screen


def still_read(found: Sequence[Agreement], now: int, speak: Speech) -> Markup | None:
    """Before the assembly closes: what can still be disagreed with, for how long it could be."""
    reading = [each for each in found if each.standing is Standing.PUT]
    if not reading:
        return None
    longest = max(left(each.until, now) for each in reading)
    return lines(
        *as_many_as_fit([agreed(each.wording, speak) for each in reading], _ROOM, speak),
        speak.many(
            "Everybody here could say for one more minute that they don’t agree. If you close "
            "now, it holds: ask aloud first.",
            "Everybody here could say for {n} more minutes that they don’t agree. If you close "
            "now, it holds: ask aloud first.",
            max(longest, 1),
        ),
    )


def told(standing: Standing, *, closed: bool, speak: Speech) -> str:
    """To who pressed, and nobody else; the same whoever it was that turned it back."""
    if standing is Standing.TURNED_BACK:
        said = speak("It is an open point again. Nobody learns who didn’t agree.")
    elif standing is Standing.STANDS and not closed:
        said = speak(
            "This holds by now. Say in the assembly that you don’t agree: it can be opened again."
        )
    elif standing is Standing.STANDS:
        said = speak("The assembly is over, and this holds. You can propose to talk about it.")
    else:
        said = speak(
            "This is for those who are at the assembly. Are you? Write /assembly in your chat "
            "with me, and press: I’m here."
        )
    return said.unescape()


def _title(title: str) -> Markup:
    return Markup("<b>{}</b>").format(title)


def agreed(wording: str, speak: Speech) -> Markup:
    """The words, as all read them."""
    return speak("We agreed: <b>{wording}</b>", wording=wording)


def _leave(item: AgendaItem, speak: Speech) -> Button:
    return Button(str(speak("Leave it")), LeaveAgreement(item.centre_id, item.id))
