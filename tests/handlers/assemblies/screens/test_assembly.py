from __future__ import annotations

from dataclasses import replace

import pytest
from kit.longest_assembly import SEEN as LONGEST
from kit.phrases import ASK_TO_JOIN, I_AM_COMING, INTO_CALENDAR
from kit.screen_checks import Words

from assembly.endings import Ending
from handlers.assemblies.presses import Attend, Post
from handlers.assemblies.screens import (
    agenda,
    assembly,
)
from handlers.assemblies.screens.agenda import Listed
from handlers.assemblies.screens.assembly import Mine, Overview
from handlers.core.screen import Screen
from handlers.core.speech import LANGUAGES, Speech
from storage.agenda_changes import Change
from storage.assemblies import Assembly
from storage.attendances import Attendance

NOW = 1_764_763_200  # Wednesday 3 December 2025, 13:00 in Rome
HOUR = 3600
DAY = 24 * HOUR
TEXT = 4096  # UTF-16 code units that Telegram takes

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


def test_at_an_open_one_nobody_is_coming_any_more() -> None:
    seen = replace(SEEN, coming=14)
    begun = replace(seen, assembly=replace(MEETING, status="open", position=1))
    for of, is_said in ((seen, True), (begun, False)):
        for screen in (
            assembly.post(Post.DAY, of, NOW, ENGLISH, link),
            assembly.card(of, Mine(None, wishes=False), NOW, ENGLISH),
        ):
            assert ("14 people are coming." in said(screen)) is is_said


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
    long = replace(LONGEST, points=("<i>&" * 30,) * 60, reasons=("&" * 1000,) * 60)
    sent = replace(long, assembly=replace(LONGEST.assembly, frozen_at=NOW))
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
    screen = assembly.post(Post.DAY, LONGEST, NOW, ENGLISH, link)
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
    reasoned = [replace(each, reason="It\nhelps.") for each in points[:2]]
    assert said(agenda.agenda(at_second, reasoned, [], 1, ENGLISH))[2] == "It helps."
    last = agenda.agenda(at_second, points, [], 9, ENGLISH)
    assert said(last)[1] == "21. Point 21" and labels(last)[0] == "Earlier ones"


def test_points_of_voci_s_own_are_read_in_the_language_of_whoever_reads(speak: Speech) -> None:
    """Whatever the agenda was fixed in; the words of people stay theirs."""
    own = {"en": "How is everybody?", "it": "Come stiamo?", "de": "Wie geht es allen?"}
    for fixed in own.values():
        titles = (fixed, "A quiet room")
        under_way = replace(MEETING, status="open", position=1)
        listed = [Listed(each) for each in titles]
        screens = (
            Screen(assembly.first_point(replace(SEEN, points=titles), speak)),
            Screen(assembly.point_now(replace(SEEN, assembly=under_way, points=titles), speak)),
            agenda.agenda(MEETING, listed, [], 1, speak),
        )
        for screen in screens:
            assert own[speak.language] in "\n".join(said(screen))
        assert "2. A quiet room" in said(screens[-1])
