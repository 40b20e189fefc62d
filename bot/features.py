"""Which features exist, and in which order updates are offered to them."""

from __future__ import annotations

from handlers.assemblies import assembly, ending, printouts, reminders, reworded, sending
from handlers.assemblies import settings as assembly_settings
from handlers.assemblies.agreeing import agreeing as without_ballot
from handlers.assemblies.calendars import calendars
from handlers.assemblies.convening import announce, changing, convene, hub, not_today, unopened
from handlers.assemblies.duties import answers, search
from handlers.assemblies.meeting import closing as assembly_closing
from handlers.assemblies.meeting import (
    late,
    leafing,
    openings,
    reordering,
    session,
    timing,
    unclosed,
)
from handlers.assemblies.minutes import (
    correction_time,
    corrections,
    drafting,
    mending,
    noted,
    notes,
    reading,
    searching,
    taking_out,
)
from handlers.assemblies.parity import parity
from handlers.assemblies.series import convening, days, series, setting_up, settling
from handlers.assemblies.tasks import points as task_points
from handlers.assemblies.tasks import progress as task_progress
from handlers.assemblies.tasks import quarter, taking, tasks
from handlers.assemblies.tasks import reminders as task_reminders
from handlers.assemblies.tasks import writing as task_writing
from handlers.centre import (
    about,
    chats,
    clocks,
    facts,
    group_commands,
    letting_go,
    moving,
    moving_in,
    naming,
    newcomers,
    periods,
    responsible,
    setup,
    start,
    topics,
    typed_text,
    uncertain_posts,
)
from handlers.centre import help as help_pages
from handlers.checkins import checkins, keeping, pulse, releases, rounds, settings
from handlers.decisions import closing, closing_reminders, decisions, history, managing, named
from handlers.decisions.ballots import casting, helping, objecting, own_ballot
from handlers.decisions.in_person import headcount, tellers
from handlers.decisions.putting import (
    named_lists,
    opening,
    options,
    questions,
    straw_polls,
    versions,
)
from handlers.decisions.results import ballot_files, results
from handlers.membership import answering_requests, guardian, invitations, join, join_requests
from handlers.profile import (
    agreeing,
    duty,
    leaving,
    me,
    my_name,
    restricting,
    retention,
    rights,
    role,
)
from handlers.proposals import (
    agenda,
    comment_news,
    commenting,
    comments,
    harm,
    hiding,
    merging,
    own_proposal,
    propose,
    similar_proposals,
    taking_down,
)
from handlers.recovery import outage

# The table of contents: every feature, room by room, in the order in which updates are offered to
# it. A feature answers only to its own commands and presses, so the order matters only at both
# ends: a whole assembly casts at once, and `typed_text` takes what is left.
FEATURES = (
    casting,  # a ballot: the shortest way of all
    # handlers/centre: a centre, its group, the front door
    chats,  # blocked, put out of a group, moved: no words
    setup,  # /setup in a group; replies to its questions
    about,  # what facilitators change about their centre, its language
    naming,  # calling it otherwise
    periods,  # for how long it keeps things
    topics,  # /here: where in its group a centre posts
    clocks,  # its time zone, and what moves with it
    newcomers,  # how many there are, and for how long secret questions wait for them
    moving,  # to another group: two facilitators want it
    moving_in,  # and the operator's /setup there carries it out
    start,  # /start: links, home
    help_pages,  # /help, /privacy
    responsible,  # who is responsible for the data, for everybody to read
    facts,  # the same, for facilitators to write
    uncertain_posts,  # may be missing in the group: facilitators look
    group_commands,  # in the group: the way to the private chat
    # handlers/membership: the way in
    join,  # from an invitation
    guardian,  # for whoever is too young to agree alone
    join_requests,  # without one
    answering_requests,  # facilitators answer who asks
    invitations,  # /invite
    # handlers/proposals: what the assembly talks about
    agenda,  # /agenda: the list, one proposal, adding one's voice
    propose,  # /propose: one question after the other
    similar_proposals,  # while proposing: is it one of these?
    harm,  # one that is about somebody or hurts them
    own_proposal,  # sending, changing and taking back a proposal
    comments,  # what was asked and added under one
    comment_news,  # telling its author, and whoever asked
    commenting,  # asking, adding, answering
    hiding,  # a comment that is about somebody or hurts them
    merging,  # two that are alike: both authors decide
    taking_down,  # a proposal that is: by two facilitators of different roles
    # handlers/assemblies: from convening to closing one
    assembly,  # /assembly: when and where, am I coming, I am here
    hub,  # /facilitate: the facilitators' hub
    calendars,  # the assembly as a file for a calendar
    printouts,  # the agenda on paper
    convene,  # day, hour, place
    announce,  # telling the group: convened, moved
    changing,  # what can be changed about one; cancelling it, and why
    sending,  # its agenda is sent, and so fixed
    assembly_settings,  # when that is; whether people are asked if they come
    reminders,  # people are reminded, its day begins
    search,  # who is asked to chair, and to take notes
    answers,  # and what they say to that
    unopened,  # its time has come, and nobody has opened it
    not_today,  # and nobody will
    without_ballot,  # at a point: agreed without a ballot
    session,  # the assembly itself, point by point
    openings,  # what it begins with, as the centre wants it
    reordering,  # a point gets another place, with a reason
    reworded,  # or another title: the posts say so, too
    timing,  # minutes, and a quiet sign when they are over
    leafing,  # on, back, or straight to a point
    late,  # what came after the points were sent
    ending,  # how a point ends
    notes,  # what is said at it: noted line by line
    noted,  # and looked at; lines worded anew, taken out
    reading,  # /minutes: all past ones, one of them
    searching,  # in which of them a word stands
    corrections,  # of a draft: said, taken over, answered
    mending,  # a draft: at its points
    taking_out,  # of published ones: the name of a non-member
    correction_time,  # for how long a draft can be corrected
    drafting,  # drafted at closing, published when its time is over
    assembly_closing,  # and the whole assembly
    unclosed,  # its time is over, and nobody has closed it
    # handlers/assemblies/tasks: what follows from its points
    tasks,  # /tasks: mine, and the assembly's
    taking,  # by whoever presses, alone or as the second
    task_progress,  # done, needs longer, taken out
    task_writing,  # at a point of the assembly: what, until when
    task_reminders,  # two days before, whoever took it
    task_points,  # left open three times: the assembly talks about it
    quarter,  # what a quarter came to, by numbers
    # handlers/assemblies/parity: how the work was shared among the roles
    parity,  # as told last, for facilitators
    # handlers/assemblies/series: assemblies that recur
    series,  # one of them: let it go on, pause, end
    setting_up,  # how often, on which day, where
    settling,  # and so it is
    days,  # one day alone is different; pauses
    convening,  # the next one, when the one before is over
    # handlers/decisions: what is decided
    decisions,  # /decide: what is open, what came of it
    history,  # what facilitators did with a question
    named,  # who can take part, where they were picked by hand
    managing,  # keeping it open, closing, cancelling it
    closing_reminders,  # who has not taken part is reminded, once
    closing,  # its time has come
    # handlers/decisions/putting: a question, before it is open
    questions,  # typing it, seeing it as it will be
    named_lists,  # a list picked by hand: a second facilitator says yes to it
    opening,  # putting it
    options,  # how it is decided, by whom: all that can be chosen about it
    straw_polls,  # or only asking, without deciding
    versions,  # putting it again, changed
    # handlers/decisions/ballots: taking part
    own_ballot,  # filled in tap by tap; the tracker, the roll
    objecting,  # why somebody objects: asked after the press
    helping,  # somebody else enters one's ballot, once
    # handlers/decisions/in_person: who is in the room and has no phone
    headcount,  # how many they are
    tellers,  # what they say: entered by one, confirmed by another
    # handlers/decisions/results: what came of it, from nearer
    results,  # its picture, each figure, who said what
    ballot_files,  # its ballots as a file
    # handlers/checkins: how people are
    checkins,  # /checkin: three questions, my weeks
    settings,  # being asked: whether, when, not for a while
    rounds,  # a check-in is sent, and closed
    pulse,  # after an assembly: how it was
    keeping,  # at each tick: brought back to mind, all sealed anew
    releases,  # a window of check-ins ends: the group's summary
    # handlers/profile: what is held about oneself
    me,  # /me: my copy, my language, what I agreed to
    my_name,  # what others call me
    agreeing,  # anew, where the words or the body have changed
    duty,  # giving the facilitator's duty back
    leaving,  # leaving a centre, erasing everything
    rights,  # being in no summary; for how long my things are kept
    role,  # my role is another one: a facilitator confirms it
    restricting,  # my things are kept, and not used
    retention,  # every night: what was kept long enough goes
    # (the rest of handlers/recovery answers to nobody: bot/recovering.py calls it at start)
    outage,
    letting_go,  # of what is half-written, where something else begins
    typed_text,  # goes to its conversation; what nobody knows gets a friendly sentence
)
