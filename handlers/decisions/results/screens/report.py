"""How a closed decision was counted, in pages; its picture; and the seal of what it published."""

from __future__ import annotations

from markupsafe import Markup

from assembly.rule import Secrecy
from assembly.shortening import fitting
from handlers.core.navigation import HowCounted, SeeDecision, ShowDecisions
from handlers.core.press import Press
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens.printed import TO_PRINT
from handlers.core.screens.room import length
from handlers.core.speech import Speech, later
from handlers.decisions.results.presses import (
    AsPicture,
    ChooseFile,
    PrintOutcome,
    TurnReport,
    WhoSaidWhat,
)
from handlers.decisions.results.screens import results
from handlers.decisions.results.screens import rules as counted_by
from handlers.decisions.results.screens.figures import Reasons
from handlers.decisions.results.screens.outcomes import came, question
from handlers.decisions.results.screens.pictures import picture
from handlers.decisions.results.screens.terms import lot
from storage.decisions import Decision

ROOM = 3800  # of a message's 4,096 units: the centre's name may come on top, a page's number below
ENDLESS = 1_000_000  # units
QUESTION = 80  # characters of it above a picture's words
HEADING = 130  # units that a centre's name may take above them
SIGNS, GROUP = 20, 4  # of a seal, to be compared by eye: 80 bits

KEPT = {
    Secrecy.SECRET: later(
        "Who said what was deleted for good when it closed. If everybody said the same, everybody "
        "knows it; and until then, whoever runs the computer that Voci lives on could have looked."
    ),
    Secrecy.OPEN: later("It was by name: everybody reads who said what."),
}


def in_groups(seal: str) -> str:
    """The first signs of a seal, in groups that can be compared by eye: `3f2a 91bc …`"""
    return " ".join(seal[at : at + GROUP] for at in range(0, SIGNS, GROUP))


def sealed(decision: Decision, speak: Speech) -> Markup | None:
    """In the group's post: that the ballots are published, and by what to know the list again."""
    if decision.seal is None:
        return None
    return speak(
        "The list of ballots, without names, has this seal: <code>{seal}</code>. You find it under "
        "“How it was counted”, and can check it.",
        seal=in_groups(decision.seal),
    )


def how_counted(decision: Decision, given: Reasons, page: int, speak: Speech) -> Screen:
    """How it was counted with every figure, then the terms, the lot and the seal: page by page."""
    told = results.account(decision.rule, came(decision), speak, given, ROOM)
    pages = results.pages([question(decision), *told, *_terms(decision, speak)], ROOM)
    page = min(max(page, 0), len(pages) - 1)
    ids = decision.centre_id, decision.id
    turn = [TurnReport(*ids, at) for at in range(len(pages))]
    rows = [turning([*turn], page, speak)] if len(pages) > 1 else []
    if is_published(decision):
        rows.append((Button(str(speak("The ballots as a file")), ChooseFile(*ids)),))
    rows.append((Button(str(speak(TO_PRINT)), PrintOutcome(*ids, own=False)),))
    back = Button(str(speak("Back")), SeeDecision(*ids))
    return Screen(numbered(pages, page, speak), (*rows, (back,)))


def everything(
    decision: Decision, given: Reasons, speak: Speech
) -> tuple[tuple[Markup, ...], list[Markup]]:
    """All of that at once, as paper has room for it: the count, and the terms."""
    told = results.account(decision.rule, came(decision), speak, given, ENDLESS)
    return told, _terms(decision, speak)


def as_picture(decision: Decision, given: Reasons, speak: Speech) -> Screen | None:
    """The outcome's picture with its words below it; None where there is nothing to be seen."""
    outcome = came(decision)
    drawn = picture(decision.rule, outcome, speak)
    if drawn is None:
        return None
    heading = Markup("<b>{}</b>").format(fitting(decision.question, QUESTION))
    room = results.CAPTION - length(heading) - HEADING
    words = results.post(decision.rule, outcome, speak, given, room)
    ids = decision.centre_id, decision.id
    buttons = column(
        Button(str(speak("As text")), SeeDecision(*ids)),
        Button(str(speak("How it was counted")), HowCounted(*ids)),
        Button(str(speak("Back")), ShowDecisions(decision.centre_id)),
    )
    return Screen(lines(heading, words), buttons, picture=drawn)


def ways(decision: Decision, speak: Speech) -> tuple[Button, ...]:
    """Under the outcome in words: to its picture, and to who said what where it was open."""
    ids, found = (decision.centre_id, decision.id), []
    if decision.status == "closed" and picture(decision.rule, came(decision), speak) is not None:
        found.append(Button(str(speak("As a picture")), AsPicture(*ids)))
    if decision.status == "closed" and decision.rule.secrecy is Secrecy.OPEN:
        found.append(Button(str(speak("Who said what")), WhoSaidWhat(*ids, 0)))
    return tuple(found)


def is_published(decision: Decision) -> bool:
    """Whether its ballots can be had: a roll call, or a list without names."""
    if decision.status != "closed":
        return False
    return decision.rule.secrecy is Secrecy.OPEN or decision.head is not None


def not_published(speak: Speech) -> Markup:
    """Why there is no list."""
    return speak(
        "There is no list of its ballots: secret ones are published only where 5 or more came by "
        "phone, so that each can hide among the others."
    )


def numbered(pages: tuple[Markup, ...], page: int, speak: Speech) -> Markup:
    """One page, with its number where there are several."""
    if len(pages) == 1:
        return pages[0]
    number = speak("<i>Page {n} of {all}</i>", n=page + 1, all=len(pages))
    return paragraphs(pages[page], number)


def turning(pages: list[Press], page: int, speak: Speech) -> tuple[Button, ...]:
    """The buttons to the pages before and after this one."""
    before = [Button(str(speak("Page before")), pages[page - 1])] if page else []
    after = [Button(str(speak("Next page")), each) for each in pages[page + 1 : page + 2]]
    return (*before, *after)


def _terms(decision: Decision, speak: Speech) -> list[Markup]:
    """The rule it was put under, the lot, and what became of the ballots."""
    rule, outcome = decision.rule, decision.outcome
    entitled = outcome.turnout.entitled if outcome else decision.electorate
    found = [
        lines(
            speak("<b>The rule</b>"),
            counted_by.who(rule, decision.electorate, speak),
            counted_by.headcounts(entitled - decision.electorate, speak),
            counted_by.counted(rule, entitled, speak),
        ),
        lot(decision, speak) or Markup(""),
        speak(KEPT.get(rule.secrecy, KEPT[Secrecy.SECRET])),
    ]
    if decision.seal is not None:
        told = speak(
            "The seal of the published list: <code>{seal}</code>. The group read how it begins: "
            "{signs}.",
            seal=decision.seal,
            signs=in_groups(decision.seal),
        )
        found.append(told)
    elif not is_published(decision):
        found.append(not_published(speak))
    return found
