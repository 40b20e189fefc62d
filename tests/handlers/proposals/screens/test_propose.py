from __future__ import annotations

import pytest
from kit.screen_checks import Words

from assembly.roles import Role
from handlers.core.screen import Screen, keyboard
from handlers.core.screens import plain
from handlers.core.speech import LANGUAGES, Speech
from handlers.proposals.screens import own_proposal, propose
from storage.proposals import Proposal

TITLE = "<b>&\u05d0" * 24  # 120 characters
REASON = "😀" * 1000
NAME = "<i>&" * 10
ITEM = Proposal(
    id=10**17,
    centre_id=10**17,
    author_id=3,
    author_name=NAME,
    title=TITLE,
    reason=REASON,
    named=True,
    status="open",
    created_at=1_764_763_200,
    edited_at=None,
    supporters={Role.USER: 4},
    supported=False,
)
CENTRE = 10**17


@pytest.fixture(params=sorted(LANGUAGES))
def speak(request: pytest.FixtureRequest) -> Speech:
    return Speech(request.param, "Europe/Rome")


def screens(speak: Speech) -> list[Screen]:
    words = (CENTRE, TITLE, REASON)
    return [
        propose.ask_title(CENTRE, speak),
        propose.ask_title(CENTRE, speak).on_top(plain.too_little(5, speak)),
        propose.ask_title(CENTRE, speak).on_top(plain.too_little(1, speak)),
        propose.alike(CENTRE, TITLE, [ITEM] * 3, speak),
        propose.one_similar(ITEM, True, speak),
        propose.ask_reason(CENTRE, TITLE, speak).on_top(propose.press_please(speak)),
        propose.too_long(CENTRE, 12_000, 1_000, speak),
        propose.shorten(CENTRE, REASON, speak),
        propose.resume(CENTRE, TITLE, speak),
        propose.resume(CENTRE, None, speak),
        propose.left(*words, speak),
        propose.left(CENTRE, None, None, speak),
        propose.nothing_begun(CENTRE, speak),
        propose.enough_for_now(CENTRE, 10, speak),
        own_proposal.preview(*words, NAME, speak),
        own_proposal.preview_of_change(*words, NAME, speak),
        own_proposal.choose_part(*words, speak),
        own_proposal.new_title(CENTRE, TITLE, speak),
        own_proposal.new_reason(CENTRE, REASON, speak),
        own_proposal.new_reason(CENTRE, None, speak),
        own_proposal.sent(ITEM, None, False, speak),
        own_proposal.sent(ITEM, 1_764_763_200, False, speak),
        own_proposal.sent(ITEM, None, True, speak),
        own_proposal.unchanged(CENTRE, 10**17, speak),
        own_proposal.take_back(ITEM, speak),
        own_proposal.taken_back(ITEM, speak),
    ]


def test_every_screen_fits_and_leads_on(speak: Speech) -> None:
    for screen in screens(speak):
        words = Words(str(screen.text))
        assert 0 < words.length <= 4096
        assert set(words.tags) <= {"b", "i"}, "people's text stays text"
        buttons = [button for row in keyboard(screen) for button in row]
        assert buttons, "every screen has a way on or back"
        for button in buttons:
            assert 0 < len(button["text"]) <= 100
            assert len(button["callback_data"].encode()) <= 64
            assert "&lt;" not in button["text"] and "&amp;" not in button["text"]


def test_the_words_are_those_of_their_author(speak: Speech) -> None:
    said = Words(str(own_proposal.preview(CENTRE, TITLE, REASON, NAME, speak).text)).said
    assert said.startswith(f"{TITLE}\n{REASON}\n\n")
    assert Words(str(propose.one_similar(ITEM, False, speak).text)).said.count(NAME) == 1


def test_what_is_lost_is_said_before_taking_back() -> None:
    english = Speech("en")
    assert "the 4 voices for it are forgotten" in str(own_proposal.take_back(ITEM, english).text)


def test_nothing_of_a_proposal_may_stand_in_a_group(speak: Speech) -> None:
    assert not any(screen.public for screen in screens(speak))
