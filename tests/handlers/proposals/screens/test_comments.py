"""Every screen of comments at its longest, in every language: Telegram takes it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from kit.screen_checks import check

from assembly.harm import Harm
from assembly.roles import Role
from handlers.core.screen import Screen
from handlers.core.speech import LANGUAGES, Speech
from handlers.proposals.screens import commenting, comments
from storage.centres import Centre
from storage.comments import Comment
from storage.proposal_audit import Deed, Entry
from storage.proposals import Proposal

BIG = 10**17
ITEM = Proposal(
    id=BIG,
    centre_id=BIG,
    author_id=3,
    author_name="<i>&" * 10,
    title="<b>&\u05d0" * 24,
    reason="😀" * 1000,
    named=True,
    status="open",
    created_at=1_764_763_200,
    edited_at=None,
    supporters={Role.USER: 4},
    supported=False,
)
COMMENT = Comment(
    id=BIG,
    proposal_id=BIG,
    centre_id=BIG,
    author_id=7,
    author_name="<i>&" * 10,
    text="😀" * 300,
    named=True,
    written_at=1_764_763_200,
    answer="<&😀" * 75,
    hidden=None,
    proposal_author_id=3,
    is_open=True,
)
CENTRE = Centre(BIG, -BIG, "<b>&" * 25, "de", "Europe/Rome", None, None, Fraction(1, 3), 0)


@pytest.fixture(params=sorted(LANGUAGES))
def speak(request: pytest.FixtureRequest) -> Speech:
    return Speech(request.param, "Europe/Rome")


def test_every_screen_fits(speak: Speech) -> None:
    hidden = replace(COMMENT, hidden=Harm.NAMES)
    many = [replace(COMMENT, id=BIG + each) for each in range(200)]
    entry = Entry(1_764_763_200, Deed.COMMENT_HIDDEN, "<i>&" * 10, Harm.HURTS)
    shown = replace(entry, deed=Deed.COMMENT_SHOWN, name=None, reason=None)
    found: list[Screen] = [
        *(comments.page(ITEM, many, page, 0, speak) for page in (-1, 0, 7, 10**9)),
        comments.page(ITEM, [], 0, 3, speak),
        *(
            comments.one(each, viewer, speak, facilitates=facilitates)
            for each in (COMMENT, hidden)
            for viewer in (3, 7, 9)
            for facilitates in (False, True)
        ),
        comments.why_hide(COMMENT, speak),
        comments.sure_to_take_back(COMMENT, speak),
        comments.deeds(ITEM, [entry, shown] * 10, speak),
        comments.deeds(ITEM, [], speak),
        commenting.ask(ITEM, 300, speak),
        commenting.ask_answer(ITEM, COMMENT, 300, speak),
        commenting.preview(ITEM, COMMENT.text, "0a1b2c3d", "<i>&" * 10, speak),
        commenting.preview_answer(ITEM, COMMENT, COMMENT.text, "0a1b2c3d", speak),
        commenting.waiting(ITEM, 12, CENTRE, speak),
        commenting.answered(ITEM, COMMENT, CENTRE, speak),
        commenting.hidden(hidden, CENTRE, speak),
        commenting.sure_to_report(COMMENT, speak),
        commenting.report(COMMENT, CENTRE, speak),
    ]
    for screen in found:
        check(screen)


def test_each_comment_is_on_its_page_and_found_there(speak: Speech) -> None:
    many = [replace(COMMENT, id=each, text=f"word{each}") for each in range(1, 24)]
    for comment in many:
        place = comments.place_of(many, comment.id, speak)
        assert comment.text in comments.page(ITEM, many, place, 0, speak).text
    assert comments.place_of(many, 99, speak) == comments.place_of(many, 23, speak)


def test_what_is_hidden_is_read_by_who_judges_and_who_wrote_it() -> None:
    hidden = replace(COMMENT, hidden=Harm.NAMES, text="About Dario")
    speak = Speech("en", "Europe/Rome")
    reads = {
        (viewer, facilitates): "Dario"
        in comments.one(hidden, viewer, speak, facilitates=facilitates).text
        for viewer in (3, 7, 9)
        for facilitates in (False, True)
    }
    assert [key for key, value in reads.items() if value] == [(7, False), (7, True), (9, True)]
