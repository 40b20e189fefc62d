from __future__ import annotations

import pytest
from kit.screen_checks import check

from assembly.rule import Rule
from handlers.core.speech import LANGUAGES, Speech
from handlers.recovery.screens import restored
from storage.decisions import Decision

NOW = 1_764_763_200  # Wednesday 3 December 2025
HOSTILE = "<b>A & B</b>" * 15
VOID = Decision(
    id=10**17,
    centre_id=10**17,
    assembly_id=None,
    item_id=None,
    question=HOSTILE,
    rule=Rule(),
    electorate=41,
    status="void",
    opened_at=NOW,
    closes_at=None,
    closed_at=NOW,
    result=None,
    outcome=None,
    reason=None,
)


@pytest.fixture(params=LANGUAGES)
def speak(request: pytest.FixtureRequest) -> Speech:
    return Speech(request.param, "Europe/Rome")


def test_what_stands_in_the_group_is_public_and_short(speak: Speech) -> None:
    for screen in (
        restored.back(speak, NOW),
        restored.void(VOID, speak),
        restored.closed_since(VOID, speak),
    ):
        assert len(check(screen, public=True).splitlines()) == 3
        assert screen.buttons == ()


def test_the_question_and_the_moment_are_told(speak: Speech) -> None:
    assert HOSTILE in check(restored.void(VOID, speak), public=True)
    assert HOSTILE in check(restored.closed_since(VOID, speak), public=True)
    assert speak.moment(NOW) in check(restored.back(speak, NOW), public=True)


def test_only_an_outcome_that_was_posted_is_left_to_the_group() -> None:
    speak = Speech("en", "Europe/Rome")
    assert "does not count" in check(restored.void(VOID, speak), public=True)
    since = check(restored.closed_since(VOID, speak), public=True)
    assert "does not count" not in since and "whether it holds" in since
