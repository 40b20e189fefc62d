"""Which features exist, and in which order updates are offered to them."""

from __future__ import annotations

from handlers.assemblies import announce, assembly, convene, hub, reminders, session
from handlers.centre import chats, setup, start, typed_text
from handlers.centre import help as help_pages
from handlers.checkins import checkins, releases, rounds, settings
from handlers.decisions import closing, closing_reminders, decisions, history, managing
from handlers.decisions.ballots import casting, helping, objecting, own_ballot
from handlers.decisions.in_person import headcount, tellers
from handlers.decisions.putting import options, questions, straw_polls, versions
from handlers.decisions.results import ballot_files, results
from handlers.membership import answering_requests, invitations, join, join_requests
from handlers.profile import duty, leaving, me
from handlers.proposals import agenda, own_proposal, propose, similar_proposals

# Every feature, in the order in which updates are offered to it. A feature answers only to its
# own commands and presses, so the order matters only at the end: `fallback` takes what is left.
FEATURES = (
    casting,  # a ballot: the shortest way of all, a whole assembly at once
    chats,  # blocked, put out of a group, moved: no words
    setup,  # /setup in a group; replies to its questions
    start,  # /start: links, home
    join,  # the way in, from an invitation
    join_requests,  # the way in, without one
    answering_requests,  # facilitators answer who asks
    invitations,  # /invite
    help_pages,  # /help, /privacy
    agenda,  # /agenda: the list, one proposal, adding one's voice
    propose,  # /propose: one question after the other
    similar_proposals,  # while proposing: is it one of these?
    own_proposal,  # sending, changing and taking back a proposal
    assembly,  # /assembly: when and where, am I coming, I am here
    hub,  # /facilitate: the facilitators' hub
    duty,  # giving the duty back
    convene,  # convening an assembly: day, hour, place
    announce,  # telling the group: convened, moved, cancelled
    reminders,  # the agenda is frozen, people are reminded
    session,  # the assembly itself, point by point
    decisions,  # /decide: what is open, what came of it
    results,  # what came of it from nearer: its picture, each figure, who said what
    ballot_files,  # its ballots as a file
    own_ballot,  # one's own ballot: filled in tap by tap; the tracker, the roll
    objecting,  # why somebody objects: asked after the press
    history,  # what facilitators did with a question
    helping,  # somebody else enters one's ballot, once
    questions,  # putting a question
    options,  # how it is decided, by whom: all that can be chosen about it
    straw_polls,  # or only asking, without deciding
    versions,  # putting it again, changed
    headcount,  # people in the room who don't vote by phone
    tellers,  # what these say: entered by one, confirmed by another
    managing,  # keeping it open, closing, cancelling it
    closing_reminders,  # who has not taken part is reminded, once
    closing,  # its time has come
    checkins,  # /checkin: three questions, my weeks
    settings,  # being asked: whether, when, not for a while
    rounds,  # a check-in is sent, brought back to mind, closed
    releases,  # a window of check-ins ends: the group's summary
    me,  # /me: what is held about somebody, their name, their copy
    leaving,  # leaving a centre, erasing everything
    typed_text,  # typed text goes to its conversation; what nobody knows gets a friendly sentence
)
