from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from kit.phrases import ASK_TO_JOIN
from kit.screen_checks import Words

from assembly.roles import Role
from handlers.core.screen import Button, Screen, keyboard
from handlers.core.screens.own_points import MINUTES
from handlers.core.speech import LANGUAGES, Speech
from handlers.proposals.screens import agenda
from handlers.proposals.screens.agenda import AgendaNow
from storage.proposals import Proposal

U, F, P = Role.USER, Role.FAMILY, Role.PROFESSIONAL
NOW = 1_764_763_200  # Wednesday 3 December 2025
DAY = 86400
TEXT, LABEL, DATA = 4096, 64, 64  # Telegram's limits; labels are cut by phones, not by Telegram

ITEM = Proposal(
    id=7,
    centre_id=1,
    author_id=3,
    author_name="Anna",
    title="A quiet room",
    reason="To rest",
    named=True,
    status="open",
    created_at=NOW,
    edited_at=None,
    supporters={U: 4, F: 3, P: 2},
    supported=False,
)
BIG = {U: 12, F: 6, P: 6}
WORST = replace(
    ITEM,
    id=10**17,
    title="<b>&" * 30,
    reason="😀" * 1000,
    author_name="<i>&" * 10,
    created_at=NOW - 400 * DAY,
    edited_at=NOW,
)


def fits(screen: Screen) -> bool:
    buttons = [button for row in keyboard(screen) for button in row]
    return (
        0 < Words(str(screen.text)).length <= TEXT
        and all(0 < len(button["text"]) <= LABEL for button in buttons)
        and all(len(button.get("callback_data", "").encode()) <= DATA for button in buttons)
    )


def link(payload: str) -> str:
    return f"https://t.me/voci_bot?start={payload}"


def listed(screen: Screen) -> list[str]:
    return Words(str(screen.text)).said.split("\n")


@pytest.fixture(params=sorted(LANGUAGES))
def speak(request: pytest.FixtureRequest) -> Speech:
    return Speech(request.param, "Europe/Rome")


ENGLISH = Speech("en", "Europe/Rome")


def test_points_have_the_number_that_they_have_on_the_agenda(speak: Speech) -> None:
    items = tuple(replace(ITEM, id=n, title=f"No {n}") for n in (2, 1, 3, 4))
    now = AgendaNow(items, BIG, NOW, fixed=(None, 3, None, 1), begins=("The <round>",))
    shown = agenda.listing(now, 1, 0, speak, NOW)
    own = replace(now, begins=(Speech("de")(MINUTES).unescape(),))
    assert f"1. {speak(MINUTES)}" in listed(agenda.listing(own, 1, 0, speak, NOW))
    told = [line.partition(" · ")[0] for line in str(shown.text).splitlines()[2:]]
    assert told == ["1. The &lt;round&gt;", "2. No 3", "4. No 1", "5. No 2", "6. No 4"]
    assert [button.label for button in shown.buttons[0]] == ["2", "4", "5", "6"]
    public = agenda.public_listing(now, 1, lambda payload: payload, Button("A"), speak, NOW)
    assert [button.url for button in public.buttons[0]] == ["p_3", "p_1", "p_2", "p_4"]


def test_the_list_reads_as_people_talk() -> None:
    now = AgendaNow(
        (
            ITEM,
            replace(ITEM, id=8, title="Trip", created_at=NOW - 45 * DAY, supporters={U: 1}),
            replace(ITEM, id=9, title="Garden", supporters={}),
        ),
        BIG,
        starts_at=NOW + 5 * DAY,
    )
    screen = agenda.listing(now, 1, 0, ENGLISH, NOW)
    assert listed(screen) == [
        "What we talk about on Monday 8 December, 13:00",
        "",
        "1. A quiet room · 9 voices from all three roles",
        "2. Trip · one voice · on the list since October",
        "3. Garden · no voice yet",
    ]


@pytest.mark.parametrize(
    ("supporters", "sizes"),
    [
        ({U: 4, F: 3, P: 1}, BIG),
        ({U: 4, F: 3, P: 2}, {U: 12, F: 6, P: 2}),
        ({U: 1, F: 1, P: 1}, BIG),
        ({U: 6, F: 6}, BIG),
    ],
)
def test_groups_are_never_named_where_that_tells_on_somebody(supporters, sizes) -> None:
    now = AgendaNow((replace(ITEM, supporters=supporters),), sizes)
    for screen in (
        agenda.listing(now, 1, 0, ENGLISH, NOW),
        agenda.public_listing(now, 1, link, Button("x", url="t.me"), ENGLISH, NOW),
    ):
        assert "group" not in str(screen.text)


def test_no_role_and_no_supporter_is_named_anywhere(speak: Speech) -> None:
    screen = agenda.proposal(replace(ITEM, author_name=None), 99, False, speak)
    words = str(screen.text).casefold()
    for name in ("anna", "user", "famil", "profession", "utent", "nutzer", "angehörig"):
        assert name not in words


def test_only_the_author_gets_the_author_s_buttons(speak: Speech) -> None:
    assert len(agenda.proposal(ITEM, 3, False, speak).buttons) == 4
    assert len(agenda.proposal(ITEM, 4, False, speak).buttons) == 4
    erased = replace(ITEM, author_id=None, author_name=None)
    assert len(agenda.proposal(erased, 0, False, speak).buttons) == 4


def test_an_edit_is_said_by_its_day() -> None:
    screen = agenda.proposal(replace(ITEM, edited_at=NOW), 4, False, ENGLISH)
    assert "Put forward by Anna. Edited on 3 December." in str(screen.text)


@pytest.mark.parametrize("status", ["withdrawn", "settled"])
def test_what_is_over_has_no_voices_to_give(speak: Speech, status: Any) -> None:
    screen = agenda.proposal(replace(ITEM, status=status), 3, True, speak)
    assert len(screen.buttons) == 1


def test_people_s_text_stays_text() -> None:
    evil = replace(ITEM, title="<a href='x'>&", reason="</b><i>", author_name="<u>")
    words = Words(str(agenda.proposal(evil, 4, True, ENGLISH).text))
    assert words.tags == ["b", "i"]
    assert "<a href='x'>&" in words.said and "<u>" in words.said
    now = AgendaNow((evil,), BIG)
    assert Words(str(agenda.listing(now, 1, 0, ENGLISH, NOW).text)).tags == ["b"]


def test_every_screen_fits(speak: Speech) -> None:
    items = tuple(replace(WORST, id=10**17 + n) for n in range(400))
    now = AgendaNow(items, BIG, NOW, fixed=tuple(item.id for item in items[:3]))
    take_part = Button(ASK_TO_JOIN, url="https://t.me/voci_bot?start=join_1")
    for screen in (
        *(agenda.listing(now, 10**17, page, speak, NOW) for page in (-1, 0, 79, 10**9)),
        agenda.listing(AgendaNow((), {}), 1, 0, speak, NOW),
        agenda.public_listing(now, 10**17, link, take_part, speak, NOW),
        agenda.public_listing(AgendaNow((), {}), 1, link, take_part, speak, NOW),
        agenda.proposal(WORST, 3, True, speak),
        agenda.gone(speak, 1),
    ):
        assert fits(screen)


def test_the_public_list_carries_links_only(speak: Speech) -> None:
    now = AgendaNow((replace(ITEM, supported=True),) * 7, BIG)
    take_part = Button(ASK_TO_JOIN, url="https://t.me/voci_bot?start=join_1")
    screen = agenda.public_listing(now, 1, link, take_part, speak, NOW)
    assert screen.public
    assert all(button.press is None and button.url for row in screen.buttons for button in row)
    mine = replace(ITEM, supported=False)
    other = agenda.public_listing(AgendaNow((mine,) * 7, BIG), 1, link, take_part, speak, NOW)
    assert screen == other, "the same whoever asks"
