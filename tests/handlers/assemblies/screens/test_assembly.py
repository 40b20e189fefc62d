from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from kit.phrases import ASK_TO_JOIN, I_AM_COMING, INTO_CALENDAR
from kit.screen_checks import Words

from assembly.endings import Course, Ending, Parting
from assembly.openings import Chosen, Opening
from assembly.roles import Role
from assembly.rule import Rule
from assembly.wording import WordingError
from handlers.assemblies.points import Point
from handlers.assemblies.presses import Attend, Post
from handlers.assemblies.screens import (
    agenda,
    assembly,
    closing,
    convene,
    opening,
    openings,
    reordering,
    session,
    settings,
    summary,
    timing,
    unopened,
)
from handlers.assemblies.screens import hub as facilitate
from handlers.assemblies.screens import points as listed
from handlers.assemblies.screens.agenda import Listed
from handlers.assemblies.screens.assembly import Mine, Overview
from handlers.assemblies.screens.late import came_later
from handlers.assemblies.screens.point_text import Before, PointSeen
from handlers.assemblies.screens.summary import Summary
from handlers.assemblies.tasks.screens import authors
from handlers.assemblies.tasks.screens.authors import News
from handlers.core.screen import Screen, keyboard
from handlers.core.screens import plain
from handlers.core.speech import LANGUAGES, Speech
from storage.agenda_changes import Change
from storage.assemblies import Assembly
from storage.assembly_settings import AssemblySettings
from storage.attendances import Attendance
from storage.authors import Author, Place
from storage.centres import Centre
from storage.decisions import Decision
from storage.follow_ups import FollowUp, Settled
from storage.late_points import Late
from storage.points import AgendaItem
from storage.proposals import Proposal
from storage.tasks import Task

NOW = 1_764_763_200  # Wednesday 3 December 2025, 13:00 in Rome
HOUR = 3600
DAY = 24 * HOUR
TEXT, LABEL, DATA = 4096, 64, 64  # Telegram's limits; labels are cut by phones, not by Telegram
HUGE = 10**18 - 1

MEETING = Assembly(
    id=12,
    centre_id=7,
    starts_at=NOW + 5 * DAY + 3 * HOUR,
    place="Via Roma 12",
    status="convened",
    convened_at=NOW,
    frozen_at=None,
    opened_at=None,
    closed_at=None,
    position=None,
)
SEEN = Overview(MEETING, ("A quiet room", "A trip in spring"), 14)
TASK = Task(1, HUGE, 3, 9, "😀" * 120, 2, "😀" * 200, "😀" * 60, NOW, False, True, 3, None, ())
WORST = Overview(
    replace(MEETING, id=HUGE, centre_id=HUGE, place="<b>&" * 50), ("<i>&" * 30,) * 90, 500
)
ENGLISH = Speech("en", "Europe/Rome")


def link(payload: str) -> str:
    return f"https://t.me/voci_bot?start={payload}"


def said(screen: Screen) -> list[str]:
    return Words(str(screen.text)).said.split("\n")


def labels(screen: Screen) -> list[str]:
    return [button.label for row in screen.buttons for button in row]


@pytest.fixture(params=sorted(LANGUAGES))
def speak(request: pytest.FixtureRequest) -> Speech:
    return Speech(request.param, "Europe/Rome")


def test_a_reminder_reads_as_people_talk() -> None:
    now = MEETING.starts_at - DAY
    screen = assembly.post(Post.DAY, SEEN, now, ENGLISH, link)
    assert said(screen) == [
        "Assembly tomorrow, Monday 8 December, 16:00",
        "Via Roma 12",
        "First of 2 points: A quiet room",
        "14 people are coming.",
    ]
    comes = [I_AM_COMING, "Maybe", "I can’t"]
    assert labels(screen) == [*comes, "The list", ASK_TO_JOIN, INTO_CALENDAR]
    assert screen.public


@pytest.mark.parametrize(
    ("before", "headline"),
    [
        (7 * DAY, "Assembly on Monday 8 December, 16:00"),
        (2 * DAY, "Assembly on Monday 8 December, 16:00"),
        (17 * HOUR, "Assembly tomorrow, Monday 8 December, 16:00"),
        (16 * HOUR, "Assembly today, Monday 8 December, 16:00"),
        (2 * HOUR, "Assembly today, Monday 8 December, 16:00"),
        (-2 * HOUR, "Assembly today, Monday 8 December, 16:00"),
        (
            -3 * HOUR,
            "The assembly on Monday 8 December, 16:00 did not take place: nobody opened it.",
        ),
    ],
)
def test_the_headline_is_right_at_its_moment(before: int, headline: str) -> None:
    moment = MEETING.starts_at - before
    assert Words(str(assembly.headline(MEETING, moment, ENGLISH))).said == headline


@pytest.mark.parametrize(
    ("coming", "line"), [(0, None), (1, "One person is coming."), (2, "2 people are coming.")]
)
def test_how_many_are_coming_is_said_in_words(coming: int, line: str | None) -> None:
    assert assembly.coming(coming, ENGLISH) == line


def test_the_agenda_is_told_in_numbers_each_point_with_its_why() -> None:
    sent = replace(SEEN, assembly=replace(MEETING, frozen_at=NOW), reasons=("It\nhelps.", None))
    screen = assembly.post(Post.AGENDA, sent, NOW, ENGLISH, link)
    assert said(screen)[3:-2] == ["1. A quiet room", "It helps.", "2. A trip in spring"]
    waiting = assembly.post(Post.AGENDA, replace(sent, waits=(None, NOW)), NOW, ENGLISH, link)
    assert said(waiting)[5] == "2. A trip in spring · waiting since 3 December"
    reminder = assembly.post(Post.DAY, sent, NOW, ENGLISH, link)
    assert said(reminder)[2] == "First of 2 points: A quiet room"
    one = assembly.post(Post.MOVED, replace(sent, dense=True, asks=False), NOW, ENGLISH, link)
    points = ["1. A quiet room", "It helps.", "2. A trip in spring"]
    assert said(one)[2:] == ["", *points, "", "The time is new."]


def test_the_longest_agenda_fits_and_says_how_much_more_there_is(speak: Speech) -> None:
    long = replace(WORST, points=("<i>&" * 30,) * 60, reasons=("&" * 1000,) * 60)
    sent = replace(long, assembly=replace(WORST.assembly, frozen_at=NOW))
    screen = assembly.post(Post.AGENDA, sent, NOW, speak, link)
    words = Words(str(screen.text)).said
    assert len(words.encode("utf-16-le")) // 2 <= TEXT and "50" in words.splitlines()[-3]


def test_the_answers_in_the_group_know_their_post() -> None:
    screen = assembly.post(Post.HOURS, SEEN, NOW, ENGLISH, link)
    presses = [button.press for button in screen.buttons[0]]
    assert presses == [Attend(7, 12, answer, Post.HOURS) for answer in Attendance]


def test_only_the_members_own_card_marks_an_answer() -> None:
    card = assembly.card(SEEN, Mine(Attendance.MAYBE, wishes=False), NOW, ENGLISH)
    assert labels(card)[:3] == [I_AM_COMING, "✓ Maybe", "I can’t"]
    assert not card.public
    post = assembly.post(Post.CARD, SEEN, NOW, ENGLISH, link)
    assert not any("✓" in label for label in labels(post))


def test_what_people_wrote_is_escaped() -> None:
    screen = assembly.post(Post.DAY, WORST, NOW, ENGLISH, link)
    words = Words(str(screen.text))
    assert words.tags == ["b"]
    assert "<b>&" in words.said and "<i>&" in words.said


def test_members_read_the_points_by_page() -> None:
    points = [
        Listed("A quiet room", NOW - 60 * DAY),
        Listed("A trip", ending=Ending.TALKED),
        *(Listed(f"Point {number}") for number in range(3, 24)),
    ]
    at_second = replace(MEETING, status="open", position=2, frozen_at=NOW)
    changes = [Change(1, "A <trip>", 5, 2, "It can’t wait.", NOW), Change(2, "B", 1, 3, None, NOW)]
    first = said(agenda.agenda(at_second, points, changes, 1, ENGLISH))
    assert first[1] == "1. A quiet room · waiting since 4 October"
    assert first[2] == "2. A trip (now) · talked about"
    told = ["B: from 1 to 3.", "A <trip>: from 5 to 2. It can’t wait."]
    assert first[-3:] == ["The order was changed", *told]
    told = [replace(each, reason="It\nhelps.") for each in points[:2]]
    assert said(agenda.agenda(at_second, told, [], 1, ENGLISH))[2] == "It helps."
    last = agenda.agenda(at_second, points, [], 9, ENGLISH)
    assert said(last)[1] == "21. Point 21" and labels(last)[0] == "Earlier ones"


def item(position: int, ending: Ending | None = None) -> AgendaItem:
    return AgendaItem(
        HUGE,
        HUGE,
        HUGE,
        position,
        HUGE,
        "<b>&" * 30,
        ending,
        "open",
        proposal_status="open",
    )


def a_decision(result: str | None) -> Decision:
    return Decision(
        id=HUGE,
        centre_id=HUGE,
        assembly_id=HUGE,
        item_id=None,
        question="😀" * 200,
        rule=Rule(),
        electorate=500,
        status="closed" if result else "open",
        opened_at=NOW,
        closes_at=NOW,
        closed_at=NOW,
        result=result,  # type: ignore[arg-type]
        outcome=None,
        reason=None,
    )


PROPOSAL = Proposal(
    id=HUGE,
    centre_id=HUGE,
    author_id=HUGE,
    author_name="<i>&" * 10,
    title="<b>&" * 30,
    reason="😀" * 1000,
    named=True,
    status="withdrawn",
    created_at=NOW,
    edited_at=None,
    supporters={},
    supported=False,
)


def every_screen(speak: Speech) -> list[Screen]:
    meeting, place = WORST.assembly, "x" * 200
    going_on = replace(meeting, status="open", position=1)
    days = [speak.local(NOW).date()] * 14
    ask = facilitate.in_private(HUGE, speak, link).buttons[0][0]
    decided, running = [a_decision("no_quorum")] * 40, [a_decision(None)] * 40
    parted = Parting((("😀" * 120, Ending.AGREED),) * 90, (("<b>&" * 30, Ending.NOT_REACHED),) * 90)
    nothing = Parting()
    most = Course(put=True, decided=True)
    items = [replace(item(number), waits_since=NOW) for number in range(1, 61)]
    points = [Point(each, most, Ending.AGREED) for each in items]
    timed = replace(going_on, length_minutes=60, position=60, frozen_at=NOW)
    settled = (Settled(HUGE, "😀" * 120, Ending.AGREED, "<b>&" * 75),) * 60
    listed_points = [Listed("😀" * 120, NOW, Ending.NOT_REACHED)] * 60
    orders = [Change(HUGE, "😀" * 120, 60, 59, "<b>&" * 50, NOW)] * 9
    crowded = Centre(HUGE, -1, "<b>&" * 30, "it", "Europe/Rome", None, None, Fraction(1, 3), NOW)
    return [
        *(assembly.post(kind, WORST, NOW, speak, link) for kind in Post),
        assembly.post(
            Post.CANCELLED,
            replace(WORST, assembly=replace(meeting, status="cancelled")),
            NOW,
            speak,
            link,
        ),
        assembly.none_convened(HUGE, speak, public=False),
        assembly.none_convened(HUGE, speak, public=True),
        *(assembly.card(WORST, Mine(answer, True), NOW, speak) for answer in (*Attendance, None)),
        agenda.agenda(meeting, listed_points, orders, 1, speak),
        agenda.agenda(meeting, listed_points, orders, 1, speak, NOW, ["<b>&" * 30] * 9),
        agenda.agenda(replace(going_on, position=57), listed_points, orders, 6, speak),
        agenda.agenda(meeting, [], [], 1, speak),
        agenda.agenda(meeting, [Listed("<i>&" * 30, NOW, None, "&" * 500)] * 60, [], 2, speak),
        *(reordering.which(replace(going_on, position=60), items, page, speak) for page in (0, 2)),
        reordering.where(items[5], items, 0, speak),
        reordering.where(items[59], items, 2, speak),
        reordering.why(items[59], 60, speak),
        reordering.why(items[59], 1, speak, WordingError("long", 4000, 200)),
        reordering.why(items[59], 1, speak, WordingError("short", 2, 3)),
        convene.changes(replace(meeting, frozen_at=NOW), speak),
        convene.which_day(HUGE, meeting, days, 1, speak),
        convene.which_hour(HUGE, HUGE, days[0], list(range(NOW, NOW + 24 * 1800, 1800)), speak),
        convene.not_a_time(HUGE, HUGE, speak),
        convene.passed(HUGE, HUGE, speak),
        convene.which_place(HUGE, HUGE, NOW, place, speak),
        convene.preview(HUGE, None, NOW, place, speak, clash=True),
        convene.preview(HUGE, meeting, NOW, place, speak, clash=True),
        convene.preview(HUGE, meeting, meeting.starts_at, place, speak, clash=False),
        convene.changes(meeting, speak),
        convene.sure_to_cancel(meeting, speak),
        convene.sure_to_cancel(meeting, speak, "😀" * 1000),
        *(
            convene.sure_to_cancel(meeting, speak).on_top(
                plain.misfit(WordingError(kind, 2000, 1000), speak)
            )
            for kind in ("long", "short", "empty")
        ),
        assembly.post(
            Post.CANCELLED,
            replace(WORST, assembly=replace(meeting, status="cancelled", reason="😀" * 1000)),
            NOW,
            speak,
            link,
        ),
        convene.announced(meeting, speak, waits=False),
        convene.announced(meeting, speak, waits=True),
        unopened.asked(meeting, NOW, speak),
        unopened.answered(meeting, meeting.starts_at + DAY, speak),
        settings.settings(HUGE, AssemblySettings(), speak),
        settings.settings(HUGE, AssemblySettings(14, asks_attendance=True), speak),
        unopened.sure_not_today(meeting, speak),
        unopened.not_held(meeting, speak, link),
        unopened.not_held(replace(meeting, status="cancelled"), speak, link),
        opening.sure_to_open(meeting, speak),
        opening.another_is_open(going_on, speak),
        opening.opened_post(WORST, speak),
        opening.opened_post(replace(WORST, points=()), speak),
        session.point(PointSeen(item(2), 2, most, PROPOSAL, [a_decision("carried")]), speak),
        *(
            session.point(PointSeen(item(60, each), 60, most, None, [a_decision(None)]), speak)
            for each in Ending
        ),
        opening.opened_post(WORST, speak, openings.rules("<b>&" * 150, speak)),
        session.point(
            PointSeen(replace(item(60), kind="opening"), 60, Course(), pause=True), speak
        ),
        session.point(
            PointSeen(
                replace(item(60), kind="follow-up"),
                60,
                Course(),
                pause=True,
                before=Before(FollowUp(HUGE, NOW, settled), (decided[0],)),
            ),
            speak,
        ),
        session.point(PointSeen(replace(item(60), kind="report"), 60, Course()), speak),
        openings.settings(HUGE, {}, speak),
        openings.settings(HUGE, {Opening.BREAK: Chosen(True, None, 45)}, speak),
        *(openings.one(HUGE, each, Chosen(True, "<b>&" * 30, 45), speak) for each in Opening),
        *(openings.ask(HUGE, each, speak) for each in Opening),
        openings.ask(HUGE, Opening.RULES, speak, WordingError("long", 900, 600)),
        openings.ask(HUGE, Opening.ROUND, speak, WordingError("short", 2, 5)),
        *(timing.times(timed, items, page, speak) for page in (0, 6)),
        timing.time(timed, items[59], items, 6, speak),
        timing.time(timed, replace(items[59], planned_minutes=45), items, 0, speak),
        timing.length(timed, items, speak),
        *(
            session.point(
                PointSeen(
                    replace(item(60), planned_minutes=10),
                    60,
                    most,
                    PROPOSAL,
                    [a_decision("carried")],
                    assembly=replace(timed, point_since=NOW),
                    now=at,
                ),
                speak,
            )
            for at in (NOW, NOW + HOUR)
        ),
        session.all_through(going_on, 3, speak),
        session.all_through(going_on, 0, speak),
        came_later(going_on, 60, [Late(HUGE, "<b>&" * 30, "&" * 500)] * 9, speak),
        plain.over(meeting, speak),
        *(closing.review(going_on, points, page, 2, speak) for page in range(8)),
        closing.review(going_on, [], 1, 0, speak),
        *(listed.listing(replace(going_on, position=57), points, page, speak) for page in range(8)),
        *(
            assembly.post(
                Post.CARD, replace(WORST, assembly=replace(going_on, position=at)), NOW, speak, link
            )
            for at in (1, 9)
        ),
        closing.change(points[0], 6, speak),
        closing.change(Point(item(3, Ending.TALKED), Course(), Ending.TALKED), 1, speak),
        closing.closed(meeting, parted, speak, waits=True),
        closing.closed(meeting, nothing, speak, waits=False),
        summary.summary_post(Summary(going_on, parted, decided, running, 17, meeting), speak, ask),
        summary.summary_post(Summary(going_on, nothing, [], [], 0, None), speak, ask),
        *(
            authors.news(
                News(
                    Author(1, "😀" * 120, 5, 55, "it"),
                    Place(1, 60, 3, NOW, each),
                    decided[0],
                    "😀" * 300,
                    (TASK,) * 9,
                ),
                crowded,
                speak,
            )
            for each in Ending
        ),
        facilitate.hub(
            crowded,
            [going_on, *[meeting] * 9],
            [("Jeden letzten Donnerstag im Monat um 16:00", HUGE)] * 9,
            dict.fromkeys(Role, 500),
            speak,
        ),
        facilitate.hub(replace(crowded, name="Aurora"), [], [], {}, speak),
        facilitate.in_private(HUGE, speak, link),
    ]


def test_every_screen_fits_into_telegram_at_its_worst(speak: Speech) -> None:
    for screen in every_screen(speak):
        words = Words(str(screen.text))
        assert 0 < words.length <= TEXT, words.said[:80]
        assert set(words.tags) <= {"b", "i"}
        for button in (button for row in keyboard(screen) for button in row):
            assert 0 < len(button["text"]) <= LABEL, button["text"]
            assert len(button.get("callback_data", "").encode()) <= DATA


def test_every_private_screen_has_a_way_on(speak: Speech) -> None:
    for screen in every_screen(speak):
        typing = "200" in screen.text
        assert screen.public or screen.buttons or typing


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_no_screen_is_left_in_english(language: str) -> None:
    translated = every_screen(Speech(language, "Europe/Rome"))
    for english, other in zip(every_screen(ENGLISH), translated, strict=True):
        assert english.text != other.text
