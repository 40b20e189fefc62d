"""Every screen of an assembly, as long as it can be: by what people do there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kit.longest_assembly import (
    CANCELLED,
    CENTRE,
    COURSE,
    DAY,
    GOING_ON,
    HOUR,
    HUGE,
    ITEMS,
    MEETING,
    NOW,
    POINTS,
    PROPOSAL,
    SEEN,
    TASK,
    decision,
    item,
)

from assembly.endings import Course, Ending, Parting
from assembly.openings import Chosen, Opening
from assembly.roles import Role
from assembly.wording import WordingError
from handlers.assemblies.convening.screens import convene, unopened
from handlers.assemblies.convening.screens import hub as facilitate
from handlers.assemblies.meeting.screens import closing, opening, session, summary
from handlers.assemblies.meeting.screens.late import came_later
from handlers.assemblies.meeting.screens.summary import Summary
from handlers.assemblies.points import Point
from handlers.assemblies.presses import Post
from handlers.assemblies.screens import agenda, assembly, openings, reordering, settings, timing
from handlers.assemblies.screens import points as listed
from handlers.assemblies.screens.agenda import Listed
from handlers.assemblies.screens.assembly import Mine
from handlers.assemblies.screens.point_text import Before, PointSeen
from handlers.assemblies.tasks.screens import authors
from handlers.assemblies.tasks.screens.authors import News
from handlers.core.screen import Screen
from handlers.core.screens import plain
from handlers.core.speech import Speech
from storage.agenda_changes import Change
from storage.assembly_settings import AssemblySettings
from storage.attendances import Attendance
from storage.authors import Author, Place
from storage.follow_ups import FollowUp, Settled
from storage.late_points import Late

DECIDED, RUNNING = [decision("no_quorum")] * 40, [decision(None)] * 40
PARTED = Parting((("😀" * 120, Ending.AGREED),) * 90, (("<b>&" * 30, Ending.NOT_REACHED),) * 90)
NOTHING = Parting()
TIMED = replace(GOING_ON, length_minutes=60, position=60, frozen_at=NOW)


def link(payload: str) -> str:
    return f"https://t.me/voci_bot?start={payload}"


def every_screen(speak: Speech) -> list[Screen]:
    """In the same order in each language."""
    each = (_posts, _agendas, _reorderings, _convening, _choices)
    during = (_openings, _points, _times, _lists, _ends, _for_facilitators)
    return [screen for screens in (*each, *during) for screen in screens(speak)]


def _posts(speak: Speech) -> Iterator[Screen]:
    yield from (assembly.post(kind, SEEN, NOW, speak, link) for kind in Post)
    for meeting in (CANCELLED, replace(CANCELLED, reason="😀" * 1000)):
        yield assembly.post(Post.CANCELLED, replace(SEEN, assembly=meeting), NOW, speak, link)
    for at in (1, 9):
        going_on = replace(SEEN, assembly=replace(GOING_ON, position=at))
        yield assembly.post(Post.CARD, going_on, NOW, speak, link)
    yield assembly.none_convened(HUGE, speak, public=False)
    yield assembly.none_convened(HUGE, speak, public=True)
    yield from (assembly.card(SEEN, Mine(said, True), NOW, speak) for said in (*Attendance, None))


def _agendas(speak: Speech) -> Iterator[Screen]:
    points = [Listed("😀" * 120, NOW, Ending.NOT_REACHED)] * 60
    orders = [Change(HUGE, "😀" * 120, 60, 59, "<b>&" * 50, NOW)] * 9
    yield agenda.agenda(MEETING, points, orders, 1, speak)
    yield agenda.agenda(MEETING, points, orders, 1, speak, NOW, ["<b>&" * 30] * 9)
    yield agenda.agenda(replace(GOING_ON, position=57), points, orders, 6, speak)
    yield agenda.agenda(MEETING, [], [], 1, speak)
    yield agenda.agenda(MEETING, [Listed("<i>&" * 30, NOW, None, "&" * 500)] * 60, [], 2, speak)


def _reorderings(speak: Speech) -> Iterator[Screen]:
    at_last = replace(GOING_ON, position=60)
    yield from (reordering.which(at_last, ITEMS, page, speak) for page in (0, 2))
    yield reordering.where(ITEMS[5], ITEMS, 0, speak)
    yield reordering.where(ITEMS[59], ITEMS, 2, speak)
    yield reordering.why(ITEMS[59], 60, speak)
    yield reordering.why(ITEMS[59], 1, speak, WordingError("long", 4000, 200))
    yield reordering.why(ITEMS[59], 1, speak, WordingError("short", 2, 3))


def _convening(speak: Speech) -> Iterator[Screen]:
    days = [speak.local(NOW).date()] * 14
    hours = list(range(NOW, NOW + 24 * 1800, 1800))
    place = "x" * 200
    yield convene.which_day(HUGE, MEETING, days, 1, speak)
    yield convene.which_hour(HUGE, HUGE, days[0], hours, speak)
    yield convene.not_a_time(HUGE, HUGE, speak)
    yield convene.passed(HUGE, HUGE, speak)
    yield convene.which_place(HUGE, HUGE, NOW, place, speak)
    yield convene.preview(HUGE, None, NOW, place, speak, clash=True)
    yield convene.preview(HUGE, MEETING, NOW, place, speak, clash=True)
    yield convene.preview(HUGE, MEETING, MEETING.starts_at, place, speak, clash=False)
    yield convene.changes(MEETING, speak)
    yield convene.changes(replace(MEETING, frozen_at=NOW), speak)
    yield convene.sure_to_cancel(MEETING, speak)
    yield convene.sure_to_cancel(MEETING, speak, "😀" * 1000)
    for kind in ("long", "short", "empty"):
        misfit = plain.misfit(WordingError(kind, 2000, 1000), speak)
        yield convene.sure_to_cancel(MEETING, speak).on_top(misfit)
    yield convene.announced(MEETING, speak, waits=False)
    yield convene.announced(MEETING, speak, waits=True)
    yield unopened.asked(MEETING, NOW, speak)
    yield unopened.answered(MEETING, MEETING.starts_at + DAY, speak)
    yield unopened.sure_not_today(MEETING, speak)
    yield unopened.not_held(MEETING, speak, link)
    yield unopened.not_held(CANCELLED, speak, link)


def _choices(speak: Speech) -> Iterator[Screen]:
    yield settings.settings(HUGE, AssemblySettings(), speak)
    yield settings.settings(HUGE, AssemblySettings(14, asks_attendance=True), speak)
    yield openings.settings(HUGE, {}, speak)
    yield openings.settings(HUGE, {Opening.BREAK: Chosen(True, None, 45)}, speak)
    chosen = Chosen(True, "<b>&" * 30, 45)
    yield from (openings.one(HUGE, each, chosen, speak) for each in Opening)
    yield from (openings.ask(HUGE, each, speak) for each in Opening)
    yield openings.ask(HUGE, Opening.RULES, speak, WordingError("long", 900, 600))
    yield openings.ask(HUGE, Opening.ROUND, speak, WordingError("short", 2, 5))


def _openings(speak: Speech) -> Iterator[Screen]:
    yield opening.sure_to_open(MEETING, speak)
    yield opening.another_is_open(GOING_ON, speak)
    yield opening.opened_post(SEEN, speak)
    yield opening.opened_post(replace(SEEN, points=()), speak)
    yield opening.opened_post(SEEN, speak, openings.rules("<b>&" * 150, speak))


def _points(speak: Speech) -> Iterator[Screen]:
    decided = [decision("carried")]
    yield session.point(PointSeen(item(2), 2, COURSE, PROPOSAL, decided), speak)
    for each in Ending:
        yield session.point(PointSeen(item(60, each), 60, COURSE, None, [decision(None)]), speak)
    opened = replace(item(60), kind="opening")
    yield session.point(PointSeen(opened, 60, Course(), pause=True), speak)
    settled = (Settled(HUGE, "😀" * 120, Ending.AGREED, "<b>&" * 75),) * 60
    before = Before(FollowUp(HUGE, NOW, settled), (DECIDED[0],))
    followed = replace(item(60), kind="follow-up")
    yield session.point(PointSeen(followed, 60, Course(), pause=True, before=before), speak)
    yield session.point(PointSeen(replace(item(60), kind="report"), 60, Course()), speak)
    planned, since = replace(item(60), planned_minutes=10), replace(TIMED, point_since=NOW)
    for at in (NOW, NOW + HOUR):
        seen = PointSeen(planned, 60, COURSE, PROPOSAL, decided, assembly=since, now=at)
        yield session.point(seen, speak)
    yield session.all_through(GOING_ON, 3, speak)
    yield session.all_through(GOING_ON, 0, speak)
    yield came_later(GOING_ON, 60, [Late(HUGE, "<b>&" * 30, "&" * 500)] * 9, speak)
    yield plain.over(MEETING, speak)


def _times(speak: Speech) -> Iterator[Screen]:
    yield from (timing.times(TIMED, ITEMS, page, speak) for page in (0, 6))
    yield timing.time(TIMED, ITEMS[59], ITEMS, 6, speak)
    yield timing.time(TIMED, replace(ITEMS[59], planned_minutes=45), ITEMS, 0, speak)
    yield timing.length(TIMED, ITEMS, speak)


def _lists(speak: Speech) -> Iterator[Screen]:
    at_57 = replace(GOING_ON, position=57)
    yield from (closing.review(GOING_ON, POINTS, page, 2, speak) for page in range(8))
    yield closing.review(GOING_ON, [], 1, 0, speak)
    yield from (listed.listing(at_57, POINTS, page, speak) for page in range(8))
    talked = Point(item(3, Ending.TALKED), Course(), Ending.TALKED)
    yield closing.change(POINTS[0], 6, speak)
    yield closing.change(talked, 1, speak)


def _ends(speak: Speech) -> Iterator[Screen]:
    yield closing.closed(MEETING, PARTED, speak, waits=True)
    yield closing.closed(MEETING, NOTHING, speak, waits=False)
    way_in = facilitate.in_private(HUGE, speak, link).buttons[0][0]
    full = Summary(GOING_ON, PARTED, DECIDED, RUNNING, 17, MEETING)
    yield summary.summary_post(full, speak, way_in)
    yield summary.summary_post(Summary(GOING_ON, NOTHING, [], [], 0, None), speak, way_in)
    author = Author(1, "😀" * 120, 5, 55, "it")
    for each in Ending:
        place = Place(1, 60, 3, NOW, each)
        yield authors.news(News(author, place, DECIDED[0], "😀" * 300, (TASK,) * 9), CENTRE, speak)


def _for_facilitators(speak: Speech) -> Iterator[Screen]:
    many, series = [GOING_ON, *[MEETING] * 9], ("Jeden letzten Donnerstag im Monat um 16:00", HUGE)
    yield facilitate.hub(CENTRE, many, [series] * 9, dict.fromkeys(Role, 500), speak)
    yield facilitate.hub(replace(CENTRE, name="Aurora"), [], [], {}, speak)
    yield facilitate.in_private(HUGE, speak, link)
