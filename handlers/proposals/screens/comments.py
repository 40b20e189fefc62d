"""What stands under a proposal: a page of it, one comment, and what facilitators did with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import assert_never

from markupsafe import Markup

from assembly import commenting
from assembly.commenting import may_answer, may_hide
from assembly.harm import Harm
from handlers.core.names import known_as
from handlers.core.navigation import ShowComments, ShowSession
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens.room import length
from handlers.core.speech import Speech
from handlers.proposals.comment_presses import (
    AnswerComment,
    HideComment,
    HideCommentFor,
    ReportComment,
    SeeComment,
    ShowCommentAgain,
    TakeCommentBack,
    WriteComment,
)
from handlers.proposals.presses import SeeProposal
from handlers.proposals.screens.harm import REASONS, reasons
from storage.comments import Comment
from storage.proposal_audit import Deed, Entry
from storage.proposals import Proposal

PAGE = 5  # comments on one screen, or as many as fit
_ROOM = 3_400  # units of a message's 4,096


def page(item: Proposal, found: Sequence[Comment], wanted: int, left: int, speak: Speech) -> Screen:
    """A page, from 0, or the last one; `left`: how many more the viewer may write."""
    numbered = [_numbered(number, each, speak) for number, each in enumerate(found, 1)]
    ranges = commenting.pages([length(each) for each in numbered], _ROOM, PAGE)
    place = min(max(wanted, 0), len(ranges) - 1)
    shown = ranges[place]
    ids = item.centre_id, item.id
    numbers = tuple(
        Button(str(number + 1), SeeComment(item.centre_id, found[number].id)) for number in shown
    )
    turns = []
    if place:
        turns.append(Button(str(speak("Earlier ones")), ShowComments(*ids, place - 1)))
    if place + 1 < len(ranges):
        turns.append(Button(str(speak("More")), ShowComments(*ids, place + 1)))
    write: tuple[Button, ...] = ()
    if item.is_open and left:
        write = (Button(str(speak("Ask a question, or add a thought")), WriteComment(*ids)),)
    back = Button(str(speak("Back to the proposal")), SeeProposal(*ids))
    rows = (numbers, tuple(turns), write, (back,))
    text = paragraphs(
        Markup("<b>{}</b>").format(item.title),
        *(numbered[number] for number in shown),
        None if found else speak("Nobody has asked or added anything yet."),
        _none_left(item, left, speak),
    )
    return Screen(text, tuple(row for row in rows if row))


def to_session(item: Proposal, assembly_id: int, speak: Speech) -> Button:
    """For whoever leads: back to where the assembly is."""
    return Button(str(speak("Back to the assembly")), ShowSession(item.centre_id, assembly_id))


def place_of(found: Sequence[Comment], comment_id: int, speak: Speech) -> int:
    """The page on which a comment stands; the last one where it is gone."""
    numbered = [_numbered(number, each, speak) for number, each in enumerate(found, 1)]
    ranges = commenting.pages([length(each) for each in numbered], _ROOM, PAGE)
    for place, shown in enumerate(ranges):
        if any(found[number].id == comment_id for number in shown):
            return place
    return len(ranges) - 1


def one(comment: Comment, viewer_id: int, speak: Speech, *, facilitates: bool) -> Screen:
    """One comment, and what this viewer can do; who may show it again reads what is hidden."""
    ids = comment.centre_id, comment.id
    rows = []
    own = comment.author_id == viewer_id
    hides = may_hide(comment.parts, viewer_id, facilitates=facilitates)
    if may_answer(comment.parts, viewer_id) and comment.is_open and comment.hidden is None:
        label = speak("Answer it") if comment.answer is None else speak("Change the answer")
        rows.append(Button(str(label), AnswerComment(*ids)))
    if own:
        rows.append(Button(str(speak("Take it back")), TakeCommentBack(*ids, False)))
    elif hides and comment.hidden is None:
        rows.append(Button(str(speak("Hide it")), HideComment(*ids)))
    elif hides:
        rows.append(Button(str(speak("Show it again")), ShowCommentAgain(*ids)))
    elif comment.hidden is None:
        hurts = speak("This is about me, or hurts")
        rows.append(Button(str(hurts), ReportComment(*ids, False)))
    said = _said(comment, speak)
    if comment.hidden is not None:
        said = lines(_hidden(comment.hidden, speak), _quoted(comment) if own or hides else None)
    return Screen(said, column(*rows, _back(comment, speak)))


def why_hide(comment: Comment, speak: Speech) -> Screen:
    """To a facilitator who would like to hide it."""
    asked = speak(
        "Why should nobody read it? Everybody reads the reason in its place. Whoever "
        "wrote it is told, and another facilitator can show it again."
    )
    gives = partial(HideCommentFor, comment.centre_id, comment.id)
    return reasons(_quoted(comment), asked, gives, _back(comment, speak), speak)


def sure_to_take_back(comment: Comment, speak: Speech) -> Screen:
    """Asks once, saying what will be lost."""
    lost = (
        speak("It goes, with its answer. This can’t be undone.")
        if comment.answer
        else speak("It goes. This can’t be undone.")
    )
    return Screen(
        paragraphs(_quoted(comment), lost),
        column(
            Button(
                str(speak("Take it back")), TakeCommentBack(comment.centre_id, comment.id, True)
            ),
            Button(str(speak("Keep it")), SeeComment(comment.centre_id, comment.id)),
        ),
    )


def deeds(item: Proposal, entries: Sequence[Entry], speak: Speech) -> Screen:
    """What facilitators did here, the earliest first; of a long list the end."""
    told = [_deed(each, speak) for each in entries]
    return Screen(
        paragraphs(
            lines(
                speak("<b>What facilitators did here</b>"), Markup("<i>{}</i>").format(item.title)
            ),
            lines(*told) if told else speak("Nothing is noted about it."),
        ),
        column(Button(str(speak("Back")), SeeProposal(item.centre_id, item.id))),
    )


def _deed(entry: Entry, speak: Speech) -> Markup:
    name = speak("somebody who has left since") if entry.name is None else entry.name
    values = {"name": name, "moment": speak.moment(entry.at)}
    reason = speak(REASONS[entry.reason]) if entry.reason is not None else Markup()
    match entry.deed:
        case Deed.COMMENT_HIDDEN:
            return speak("A comment hidden by {name}, {moment}.", **values) + " " + reason
        case Deed.COMMENT_SHOWN:
            return speak("A comment shown again by {name}, {moment}.", **values)
        case Deed.TAKEN_DOWN:
            return speak("Taken down by {name}, {moment}.", **values) + " " + reason
        case Deed.MERGED:
            return speak("Put together with another one, suggested by {name}, {moment}.", **values)
        case Deed.PUT_BACK:
            return speak("Put back on the list by {name}, {moment}.", **values)
        case _:
            assert_never(entry.deed)


def _numbered(number: int, comment: Comment, speak: Speech) -> Markup:
    return Markup("{}. {}").format(number, _said(comment, speak))


def _said(comment: Comment, speak: Speech) -> Markup:
    if comment.hidden is not None:
        return _hidden(comment.hidden, speak)
    by = None
    if comment.author_name:
        by = Markup("— {}").format(known_as(comment.author_name, speak))
    answer = None
    if comment.answer:
        answer = speak("Answer: {text}", text=comment.answer)
    return lines(_quoted(comment), by, answer)


def _quoted(comment: Comment) -> Markup:
    return Markup("<i>{}</i>").format(comment.text)


def _hidden(harm: Harm, speak: Speech) -> Markup:
    return speak("Hidden by the facilitators: {reason}", reason=speak(REASONS[harm]))


def _none_left(item: Proposal, left: int, speak: Speech) -> Markup | None:
    if left or not item.is_open:
        return None
    return speak("You have written {n} comments here: as many as one can.", n=commenting.MOST)


def _back(comment: Comment, speak: Speech) -> Button:
    place = ShowComments(comment.centre_id, comment.proposal_id, 0)
    return Button(str(speak("Back")), place)
