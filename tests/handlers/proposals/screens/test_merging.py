"""Every screen of putting together at its longest, in every language."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from kit.screen_checks import check

from assembly.merging import Answer, Side
from assembly.roles import Role
from handlers.core.speech import LANGUAGES, Speech
from handlers.proposals.screens import merging
from storage.centres import Centre
from storage.merges import Merge
from storage.proposals import Proposal

BIG = 10**17
NOW = 1_764_763_200
TITLE = "<b>&\u05d0" * 24
ITEM = Proposal(
    id=BIG,
    centre_id=BIG,
    author_id=3,
    author_name="<i>&" * 10,
    title=TITLE,
    reason="😀" * 1000,
    named=True,
    status="open",
    created_at=NOW,
    edited_at=None,
    supporters={Role.USER: 4},
    supported=False,
)
FOUND = Merge(BIG, BIG + 1, BIG, False, NOW, 7, TITLE, TITLE, 3, 4, Side(), Side(Answer.NO), True)
CENTRE = Centre(BIG, -BIG, "<b>&" * 25, "de", "Europe/Rome", None, None, Fraction(1, 3), 0)


@pytest.fixture(params=sorted(LANGUAGES))
def speak(request: pytest.FixtureRequest) -> Speech:
    return Speech(request.param, "Europe/Rome")


def test_every_screen_fits(speak: Speech) -> None:
    five = [replace(ITEM, id=BIG + each) for each in range(5)]
    for screen in (
        merging.choose(ITEM, five, speak),
        merging.choose(ITEM, [], speak),
        merging.sure(ITEM, five[1], speak),
        *(merging.asked(FOUND, CENTRE, speak, said) for said in (None, Answer.YES, Answer.NO)),
        merging.done(FOUND, CENTRE, speak),
        merging.apart(FOUND, CENTRE, speak),
        merging.leads(replace(ITEM, status="merged"), FOUND, speak),
    ):
        check(screen)


def test_what_the_other_one_said_is_on_no_screen(speak: Speech) -> None:
    """The question, and how it ends, are the same whatever either of them said."""
    for said in (None, Answer.YES, Answer.NO):
        other = replace(FOUND, kept=Side(said), merged=Side(said))
        for show in (merging.asked, merging.apart, merging.done):
            assert show(other, CENTRE, speak) == show(FOUND, CENTRE, speak)
