"""Screens of a helper's ballot: what it means, the link once, the ballot on another phone."""

from __future__ import annotations

from markupsafe import Markup

from assembly.counting.table import REASONED
from assembly.rule import Secrecy
from handlers.core.navigation import Home, SeeDecision, ShowDecisions
from handlers.core.pictures import QrCode
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens.home import to_home
from handlers.core.speech import Speech
from handlers.decisions.ballots.helping_presses import (
    AcceptHelp,
    CastFor,
    FillFor,
    LetHelp,
    MakeHelpLink,
)
from handlers.decisions.ballots.presses import Fill
from handlers.decisions.presses import Cast
from handlers.decisions.results.screens.ballot_words import moment
from handlers.decisions.results.screens.outcomes import question
from storage.decisions import Decision


def with_help(screen: Screen, decision: Decision, speak: Speech) -> Screen:
    """The way to it, above the way back of one's own ballot."""
    *rows, back = screen.buttons
    label = str(speak("Let somebody help me"))
    rows.append((Button(label, LetHelp(decision.centre_id, decision.id)),))
    return Screen(screen.text, (*rows, back))


def meaning(decision: Decision, speak: Speech, now: int) -> Screen:
    """In plain words, before there is a link."""
    ids = decision.centre_id, decision.id
    return Screen(
        paragraphs(
            question(decision),
            lines(
                speak("Somebody of your choice enters your ballot on their phone, once."),
                _who_knows(decision, speak),
                _heard(decision, speak, now),
                speak("Nobody helps more than two people with one question."),
            ),
        ),
        column(
            Button(str(speak("Make a link")), MakeHelpLink(*ids)),
            Button(str(speak("Back")), SeeDecision(*ids)),
        ),
    )


def link(decision: Decision, address: str, speak: Speech) -> Screen:
    """The link, shown this once, as words and as a picture to be scanned."""
    back = Button(str(speak("Back")), SeeDecision(decision.centre_id, decision.id))
    return Screen(
        paragraphs(
            lines(speak("<b>For whoever helps you</b>"), question(decision)),
            speak("<code>{link}</code>", link=address),
            lines(
                speak("It works once, for this question only. Pass it on now: I keep no copy."),
                speak("If you give your ballot yourself, the link ends."),
            ),
        ),
        ((back,),),
        picture=QrCode(address),
    )


def done_already(decision: Decision, speak: Speech, now: int) -> Screen:
    """A second helper for the same question: there is none."""
    see = Button(str(speak("See my ballot")), SeeDecision(decision.centre_id, decision.id))
    return Screen(
        paragraphs(
            question(decision),
            lines(
                speak("Your ballot was entered with help already. That is possible once."),
                _changeable(decision, speak, now),
            ),
        ),
        ((see,),),
    )


def asked(decision: Decision, name: str, token: str, speak: Speech) -> Screen:
    """To whoever opens the link: whose ballot, which question."""
    centre_id = decision.centre_id
    return Screen(
        paragraphs(
            lines(
                speak("<b>{name} asks you to help with a ballot.</b>", name=name),
                question(decision),
            ),
            lines(
                speak("You enter once what {name} says, not what you would say.", name=name),
                _keep_it(decision, name, speak),
            ),
        ),
        (
            (Button(str(speak("I’ll help")), AcceptHelp(centre_id, token)),),
            (Button(str(speak("Not now")), Home(centre_id)),),
        ),
    )


def on_behalf(screen: Screen, decision: Decision, name: str, ref: str, speak: Speech) -> Screen:
    """A member's ballot on the helper's phone: its buttons enter it for the member."""
    rows = tuple(
        tuple(changed for button in row if (changed := _for_member(button, decision, ref)))
        for row in screen.buttons
    )
    head = lines(
        speak("<b>You are helping {name}.</b>", name=name), _keep_it(decision, name, speak)
    )
    back = Button(str(speak("Back")), ShowDecisions(decision.centre_id))
    return Screen(paragraphs(head, screen.text), (*(row for row in rows if row), (back,)))


def entered(decision: Decision, name: str, speak: Speech, now: int) -> Screen:
    """To the helper, in the place of the ballot: what was said is on this phone no more."""
    until = None
    if decision.closes_at is not None:
        until = speak(
            "{name} hears of it now, and can change it until {moment}.",
            name=name,
            moment=moment(decision.closes_at, speak, now),
        )
    return Screen(
        lines(
            question(decision),
            speak("The ballot of {name} is entered. Thank you.", name=name),
            until,
            _keep_it(decision, name, speak),
        ),
        ((to_home(speak, decision.centre_id),),),
    )


def told(decision: Decision, helper: str, speak: Speech, now: int, *, choice: str) -> Screen:
    """To the member, at once; nobody but they can write why they object."""
    see = Button(str(speak("See my ballot")), SeeDecision(decision.centre_id, decision.id))
    asks = choice in REASONED and decision.rule.secrecy is not Secrecy.SEALED
    return Screen(
        lines(
            question(decision),
            speak("Your ballot was entered with the help of {name}.", name=helper),
            speak("You can write why: it is on your ballot.") if asks else None,
            _changeable(decision, speak, now),
        ),
        ((see,),),
    )


def own(decision: Decision, speak: Speech) -> Screen:
    """Somebody opened the link that they made themselves."""
    back = Button(str(speak("Back")), SeeDecision(decision.centre_id, decision.id))
    said = speak("This link is for whoever helps you: pass it on to them.")
    return Screen(paragraphs(question(decision), said), ((back,),))


def enough(decision: Decision, speak: Speech) -> Screen:
    """A third member in one question."""
    said = speak(
        "You help two people with this question already. Nobody helps more, so that nobody "
        "gathers ballots. The link is still good: somebody else can help."
    )
    return Screen(paragraphs(question(decision), said), ((to_home(speak, decision.centre_id),),))


def ended(speak: Speech, centre_id: int | None = None) -> Screen:
    """A link, or a button, that leads nowhere any more; it does not tell why."""
    return Screen(
        lines(
            speak("This link is not good any more."),
            speak("It works once, for one question, as long as that is open. Ask for a new one."),
        ),
        () if centre_id is None else ((to_home(speak, centre_id),),),
    )


def _for_member(button: Button, decision: Decision, ref: str) -> Button | None:
    press = button.press
    if isinstance(press, Fill):
        return Button(button.label, FillFor(decision.centre_id, ref, press.marks))
    if isinstance(press, Cast):
        return Button(button.label, CastFor(decision.centre_id, ref, press.choice))
    return None  # what belongs to a ballot of one's own


def _who_knows(decision: Decision, speak: Speech) -> Markup:
    if decision.rule.secrecy is Secrecy.OPEN:
        return speak("They know it before the others: at closing it is told with your name.")
    return speak("They will know your ballot. Nobody else will.")


def _keep_it(decision: Decision, name: str, speak: Speech) -> Markup:
    if decision.rule.secrecy is Secrecy.OPEN:
        return speak("Keep the ballot to yourself until it is told with all the others.")
    return speak(
        "The ballot is secret from all but {name} and you. Keep it to yourself.", name=name
    )


def _heard(decision: Decision, speak: Speech, now: int) -> Markup:
    if decision.closes_at is None:
        return speak("You hear when it is done, and can change it as long as it is open.")
    return speak(
        "You hear when it is done, and can change it until {moment}.",
        moment=moment(decision.closes_at, speak, now),
    )


def _changeable(decision: Decision, speak: Speech, now: int) -> Markup:
    if decision.closes_at is None:
        return speak("You can change it as long as it is open.")
    return speak("You can change it until {moment}.", moment=moment(decision.closes_at, speak, now))
