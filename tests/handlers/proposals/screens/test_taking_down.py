"""Every screen of taking down at its longest; its words stand only where they may."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from kit.screen_checks import check

from assembly.harm import Harm
from assembly.roles import Role
from assembly.wording import REASON, TITLE
from handlers.core.speech import LANGUAGES, Speech
from handlers.proposals.screens import taking_down
from storage.centres import Centre
from storage.proposals import Proposal
from storage.takedowns import Takedown

BIG = 10**17
NOW = 1_764_763_200
WORDS = "Dario <b>&" + "\u05d0" * 110
ITEM = Proposal(
    id=BIG,
    centre_id=BIG,
    author_id=3,
    author_name=None,
    title=WORDS,
    reason="😀" * 1000,
    named=False,
    status="open",
    created_at=NOW,
    edited_at=None,
    supporters={Role.USER: 4},
    supported=False,
)
FOUND = Takedown(BIG, Harm.NAMES, True, NOW, 7, Role.FAMILY, WORDS, "😀" * 1000, None)
CENTRE = Centre(BIG, -BIG, "<b>&" * 25, "de", "Europe/Rome", None, None, Fraction(1, 3), 0)


@pytest.fixture(params=sorted(LANGUAGES))
def speak(request: pytest.FixtureRequest) -> Speech:
    return Speech(request.param, "Europe/Rome")


def test_every_screen_fits(speak: Speech) -> None:
    for harm in Harm:
        found = replace(FOUND, harm=harm)
        for screen in (
            taking_down.why(ITEM, speak),
            taking_down.asked(ITEM, harm, CENTRE, speak),
            taking_down.down(ITEM, found, speak, author=True, desk=False),
            taking_down.down(ITEM, replace(found, appeal_id=BIG), speak, author=False, desk=True),
            taking_down.told_author(ITEM, found, CENTRE, speak),
            taking_down.told_voice(found, CENTRE, speak),
        ):
            check(screen)
        check(taking_down.told_group(found, lambda payload: f"t.me/{payload}", speak), public=True)
        assert TITLE[0] <= len(taking_down.appeal_title(speak)) <= TITLE[1]
        assert len(taking_down.appeal_words(found, speak)) <= REASON[1]


def test_its_words_are_for_its_author_and_the_desk(speak: Speech) -> None:
    item = replace(ITEM, title=taking_down.title_instead(speak).unescape(), reason=None)
    for author, desk in ((False, False), (True, False), (False, True)):
        screen = taking_down.down(item, FOUND, speak, author=author, desk=desk)
        assert ("Dario" in screen.text) is (author or desk)
    others = (
        taking_down.told_voice(FOUND, CENTRE, speak),
        taking_down.told_group(FOUND, lambda payload: payload, speak),
    )
    assert not any("Dario" in each.text for each in others)
