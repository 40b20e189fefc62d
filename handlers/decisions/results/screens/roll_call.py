"""Who said what in an open decision, by name: for the group when it closes, in private later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from assembly import marking
from assembly.alphabet import place
from assembly.counting.table import form
from assembly.rule import Rule
from handlers.core.navigation import SeeDecision
from handlers.core.screen import Button, Screen, lines
from handlers.core.speech import Speech
from handlers.decisions.methods.table import ANSWERS
from handlers.decisions.results.presses import WhoSaidWhat
from handlers.decisions.results.screens.ballot_words import items
from handlers.decisions.results.screens.outcomes import question
from handlers.decisions.results.screens.report import ROOM, numbered, turning
from handlers.decisions.results.screens.results import pages
from storage.decisions import Decision
from storage.published import Said

POSTS = 3  # in the group, one after the other; a longer roll call is read in private


def posts(
    decision: Decision, said: Sequence[Said], read_privately: Button, speak: Speech
) -> tuple[Screen, ...]:
    """To the group: the roll call, in several posts if need be; or the way to it if it is long."""
    told = _pages(decision, said, speak)
    if not said:
        return ()
    if len(told) > POSTS:
        long = speak("<b>Who said what</b> is a long list. You read it in your chat with me.")
        return (Screen(lines(question(decision), long), ((read_privately,),), public=True),)
    return tuple(Screen(page, public=True) for page in told)


def screen(decision: Decision, said: Sequence[Said], page: int, speak: Speech) -> Screen:
    """The same in private, page by page."""
    told, ids = _pages(decision, said, speak), (decision.centre_id, decision.id)
    page = min(max(page, 0), len(told) - 1)
    turn = [WhoSaidWhat(*ids, at) for at in range(len(told))]
    rows = [turning([*turn], page, speak)] if len(told) > 1 else []
    back = Button(str(speak("Back")), SeeDecision(*ids))
    return Screen(numbered(told, page, speak), (*rows, (back,)))


def someone(said: Said, speak: Speech) -> str:
    """A name, or what stands in its place where somebody has erased everything of theirs."""
    return speak("a member").unescape() if said.name is None else said.name


def _pages(decision: Decision, said: Sequence[Said], speak: Speech) -> tuple[Markup, ...]:
    """Sorted by what was said, then by name: the order of casting is nobody's business."""
    rule = decision.rule
    listed = sorted(
        said,
        key=lambda one: (
            _rank(one.ballot.choice, rule),
            one.name is None,
            place(one.name or ""),
            one.ballot.reason,
        ),
    )
    heading = lines(question(decision), speak("<b>Who said what</b>"))
    told: Iterable[Markup] = (_line(one, rule, speak) for one in listed)
    hall = decision.outcome.turnout.hall if decision.outcome else 0
    from_room = speak.many(
        "One ballot from the room has no name.", "{n} ballots from the room have no names.", hall
    )
    nobody = None if said else speak("Nobody took part by phone.")
    return pages([heading, lines(nobody, *told), from_room if hall else Markup("")], ROOM)


def _line(one: Said, rule: Rule, speak: Speech) -> Markup:
    """`Anna: objected (it is too loud)`"""
    told = _told(rule, one.ballot.choice, speak)
    if one.ballot.reason:
        told = Markup("{} ({})").format(told, " ".join(one.ballot.reason.split()))
    return Markup("<b>{}</b>: {}").format(someone(one, speak), told)


def _told(rule: Rule, choice: str, speak: Speech) -> Markup:
    if choice in form(rule).words:
        return speak(ANSWERS[choice].told)
    if marking.is_blank(choice, rule):
        return speak("none of the options")
    return Markup(", ").join(items(rule, choice))


def _rank(choice: str, rule: Rule) -> str:
    words = form(rule).words
    return str(words.index(choice)) if words else choice
