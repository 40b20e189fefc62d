from __future__ import annotations

from dataclasses import replace

import pytest
from kit.screen_checks import check

from assembly.roles import Role
from handlers.core.pictures import QrCode
from handlers.core.speech import LANGUAGES, Speech
from handlers.membership.screens import invitations as invite
from handlers.membership.screens.invitations import Guest
from storage.invitations import Invitation

NOW = 1_764_763_200
BIG = 10**17
HOSTILE = "<b>A & B</b>"
LINK = "https://t.me/voci_bot?start=i_AAAAAAAAAAAAAAAAAAAA-_"
INVITATION = Invitation(
    token_hash="0" * 64,
    centre_id=BIG,
    role=Role.FAMILY,
    facilitator=False,
    uses_left=5,
    expires_at=NOW + 14 * 86400,
    created_by=1,
    confirmed_by=None,
    created_at=NOW,
    revoked=False,
    needs_confirmation=False,
)


@pytest.fixture(params=LANGUAGES)
def speak(request: pytest.FixtureRequest) -> Speech:
    return Speech(request.param, "Europe/Rome")


def test_the_questions(speak: Speech) -> None:
    check(invite.whom(speak, BIG))
    for guest in Guest:
        screen = invite.how_many(speak, BIG, guest)
        check(screen)
        assert len(screen.buttons[0]) == (1 if guest is Guest.FACILITATOR else 3)
    check(invite.in_private(speak, LINK), public=True)


@pytest.mark.parametrize("uses", [1, 5])
@pytest.mark.parametrize("waits", [False, True])
@pytest.mark.parametrize("guest", Guest)
def test_the_link_as_words_and_picture(speak: Speech, guest: Guest, waits: bool, uses: int) -> None:
    invitation = replace(
        INVITATION,
        role=guest.role,
        facilitator=guest is Guest.FACILITATOR,
        needs_confirmation=waits,
        uses_left=uses,
    )
    screen = invite.link(speak, invitation, LINK)
    assert LINK in check(screen)
    assert screen.picture == QrCode(LINK)
    assert speak(invite.FOR[guest]) in screen.text


def test_what_the_second_facilitator_reads(speak: Speech) -> None:
    waiting = replace(INVITATION, role=Role.PROFESSIONAL, needs_confirmation=True)
    words = check(invite.confirmation(speak, HOSTILE, waiting, HOSTILE))
    assert words.count(HOSTILE) == 2
    yes = check(invite.settled(speak, HOSTILE, replace(waiting, confirmed_by=2)))
    no = check(invite.settled(speak, HOSTILE, replace(waiting, revoked=True)))
    assert yes != no


def test_the_list_shows_the_newest_without_links(speak: Speech) -> None:
    known = [replace(INVITATION, token_hash=f"{n:064x}", uses_left=n + 1) for n in range(20)]
    waiting = replace(INVITATION, needs_confirmation=True)
    screen = invite.open_ones(speak, BIG, [waiting, *known], NOW)
    words = check(screen)
    assert speak("not confirmed yet") in words.splitlines()[2]
    assert f"{invite.SHOWN}." in words and f"{invite.SHOWN + 1}." not in words
    assert "start=" not in words
    check(invite.open_ones(speak, BIG, [], NOW))
