"""Papers from the room, where a ballot says more than one word: copied one by one, in a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from assembly.collected import INVALID
from assembly.forms.form import Marks
from assembly.in_person import Headcounts, Place, asked_roles, ballots_left
from assembly.marking import blank, is_blank
from assembly.outcome import InPersonBallots
from assembly.roles import Role
from assembly.rule import Rule
from assembly.shortening import fitting
from handlers.core.screen import Button, Screen, lines, paragraphs
from handlers.core.screens.number_pad import Rows
from handlers.core.speech import Speech
from handlers.decisions.ballots.presses import Fill
from handlers.decisions.ballots.screens import marks as fields
from handlers.decisions.in_person.presses import CountInPerson, FillPaper, SayBallots, of
from handlers.decisions.in_person.screens.headcount import of_role, short
from handlers.decisions.results.screens.ballot_words import items
from handlers.decisions.results.screens.outcomes import question
from storage.decisions import Decision

SHOWN = 30  # different papers with a line and a button; so many always fit
LINE, LABEL = 60, 28  # characters


def rows(
    ids: tuple[int, int],
    rule: Rule,
    ballots: Sequence[InPersonBallots],
    headcounts: Headcounts,
    speak: Speech,
) -> Rows:
    """One more paper, as long as there are people; and each that is there, to take one away."""
    more = [
        Button(_more(role, speak), FillPaper(*ids, of(role), blank(rule).text))
        for role in asked_roles(rule)
        if ballots_left(role, ballots, headcounts)
    ]
    less = [
        Button(
            f"− {fitting(words(rule, each, speak), LABEL)}",
            SayBallots(*ids, of(each.role), each.choice, each.ballots - 1),
        )
        for each in _there(ballots)[:SHOWN]
    ]
    return tuple((button,) for button in (*more, *less))


def fill(
    decision: Decision,
    place: Place,
    marks: Marks,
    ballots: Sequence[InPersonBallots],
    speak: Speech,
) -> Screen:
    """One paper, copied tap by tap as it is marked."""
    ids, rule = (decision.centre_id, decision.id), decision.rule
    taps = tuple(
        tuple(_tap(button, ids, place.role) for button in row)
        for row in fields.rows(ids, rule, marks, speak)
    )
    text = paragraphs(
        question(decision),
        lines(speak("Copy one paper from the room as it is marked."), of_role(place.role, speak)),
        fields.in_full(rule, marks),
        fields.marked(rule, marks),
    )
    back = (Button(str(speak("Leave it")), CountInPerson(*ids)),)
    if marks.picked is not None:
        return Screen(text, (*taps, back))
    add = speak("Add this paper")
    if is_blank(marks.choice, rule):
        add = speak("Add an empty paper")
    giving = (
        (_one_more(ids, Place(marks.choice, place.role), ballots, str(add)),),
        (_one_more(ids, Place(INVALID, place.role), ballots, str(speak("It is invalid"))),),
    )
    return Screen(text, (*taps, *giving, back))


def listed(rule: Rule, ballots: Sequence[InPersonBallots], speak: Speech) -> tuple[Markup, ...]:
    """`2 × Garden, Trip`, one line for all papers that say the same."""
    there = _there(ballots)
    found = [
        Markup("{} × {}").format(each.ballots, fitting(words(rule, each, speak), LINE))
        for each in there[:SHOWN]
    ]
    more = len(there) - SHOWN
    if more > 0:
        found.append(speak.many("and one more", "and {n} more", more))
    return tuple(found)


def words(rule: Rule, paper: InPersonBallots, speak: Speech) -> str:
    """What a paper says, with its role where it is asked; plain text."""
    if paper.choice == INVALID:
        says = speak("invalid").unescape()
    elif is_blank(paper.choice, rule):
        says = speak("empty").unescape()
    else:
        says = ", ".join(each.unescape() for each in items(rule, paper.choice))
    return says if paper.role is None else f"{short(paper.role, speak).unescape()}: {says}"


def _tap(button: Button, ids: tuple[int, int], role: Role | None) -> Button:
    """A member's button made a facilitator's: the marks are those of a paper."""
    if isinstance(button.press, Fill):
        return replace(button, press=FillPaper(*ids, of(role), button.press.marks))
    return button


def _one_more(
    ids: tuple[int, int], place: Place, ballots: Sequence[InPersonBallots], label: str
) -> Button:
    before = sum(each.ballots for each in ballots if Place(each.choice, each.role) == place)
    return Button(label, SayBallots(*ids, of(place.role), place.choice, before + 1))


def _more(role: Role | None, speak: Speech) -> str:
    if role is None:
        return str(speak("One more paper"))
    return speak("One more paper: {role}", role=short(role, speak)).unescape()


def _there(ballots: Sequence[InPersonBallots]) -> list[InPersonBallots]:
    return [each for each in ballots if each.ballots]
