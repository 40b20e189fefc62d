from __future__ import annotations

from dataclasses import replace

import pytest
from kit.outcomes import CASES
from kit.screen_checks import check

from assembly.rule import DecisionMethod, Rule
from handlers.core.navigation import SeeDecision
from handlers.core.press import Press
from handlers.core.speech import LANGUAGES, Speech
from handlers.decisions.presses import TurnDecisions
from handlers.decisions.screens.decisions_list import PAGE, overview
from storage.ballots import Mine
from storage.decisions import Decision, Lot

NOW = 1764763200
SIGNS = "0123456789abcdefghij"
OPTIONS = tuple(f"{sign}{'𝕎' * 59}" for sign in SIGNS)
OPEN = Decision(
    1, 7, None, None, "𝕎" * 200, Rule(DecisionMethod.IRV, OPTIONS), 40, opened_at=NOW,
    closes_at=NOW + 600000, closed_at=None, outcome=None, reason=None, winners=(), status="open",
    result=None, head=None, seal=None, lot=Lot("ef" * 32, (), None), version=12,
)  # fmt: skip


def presses(number: int, page: int, speak: Speech) -> list[Press | None]:
    """The buttons' presses on a page of so many open questions; the longest there can be."""
    rule, outcome = CASES["blocked by two"]
    elected = replace(OPEN, id=900, status="closed", result="chosen", winners=tuple(range(20)))
    closed = replace(elected, rule=rule, result=outcome.result, outcome=outcome, winners=())
    open_ones = [replace(OPEN, id=1 + at) for at in range(number)]
    mine: dict[int, Mine | None] = {each.id: Mine(SIGNS, "", False) for each in open_ones}
    recent = [elected] * 4 + [closed]
    screen = overview(7, open_ones, mine, recent, page, speak, NOW)
    check(screen.on_top(speak("<i>{centre}</i>", centre="C" * 128)))
    return [button.press for row in screen.buttons for button in row]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [0, 1, PAGE, PAGE + 1, 40])
def test_every_open_question_is_found_however_many_and_long(number: int, language: str) -> None:
    speak, found, page = Speech(language, "Europe/Rome"), list[int](), 0
    while True:
        shown = presses(number, page, speak)
        found += [each.decision_id for each in shown if isinstance(each, SeeDecision)]
        if TurnDecisions(7, page + 1) not in shown:
            break
        page += 1
        assert TurnDecisions(7, page - 1) in presses(number, page, speak)
    assert found == [*range(1, number + 1), *[900] * 5]
    assert (page > 0) == (number > 1)
    assert presses(number, page + 9, speak) == presses(number, page, speak)


def test_versions_of_a_question_can_be_told_apart() -> None:
    speak = Speech("en", "Europe/Rome")
    first = replace(OPEN, question="Shall we open on Saturdays from 9 to 13, and cook?", version=1)
    second = replace(first, id=2, version=2)
    screen = overview(7, [first, second], {}, [], 0, speak, NOW)
    assert [row[0].label for row in screen.buttons[:2]] == [
        "Shall we open on Saturdays from 9 to…",
        "Shall we open on Saturdays… (Version 2)",
    ]
    assert "and cook? (Version 2)" in screen.text
