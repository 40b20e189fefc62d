from __future__ import annotations

import pytest
from kit.screen_checks import check
from markupsafe import Markup

from assembly.rule import Electorate, Rule
from handlers.core.navigation import ShowDecisions
from handlers.core.screen import Button, Screen
from handlers.core.speech import LANGUAGES, Speech
from handlers.decisions.presses import SeeNamed
from handlers.decisions.screens import named as screens
from storage.decisions import Decision

LONG = [f"{number:02}" + "x" * 38 for number in range(90)]
DECISION = Decision(
    *(7, 3, None, None, "Shall we? " * 20, Rule(electorate=Electorate.NAMED), 5, "open"),
    *(0, 9, None, None, None, None),
)
BALLOT = Screen(Markup("Shall we?"), ((Button("Back", ShowDecisions(7)),),))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_fit_page_by_page(language: str) -> None:
    speak, told = Speech(language), ""
    for page in (-1, 0, 1, 2, 99):
        told += check(screens.named(DECISION, LONG, page, speak))
    assert all(name in told for name in LONG)
    check(screens.named(DECISION, [], 0, speak))


def test_few_stand_below_the_question_and_many_behind_a_button() -> None:
    speak = Speech("en")
    few = screens.with_names(BALLOT, DECISION, ["Bruno", "Änne", "Anna"], speak)
    assert (
        check(few) == "Shall we?\n\nAsked by name: Anna, Änne, Bruno"
        and few.buttons == BALLOT.buttons
    )
    many = screens.with_names(BALLOT, DECISION, LONG, speak)
    assert check(many) == "Shall we?"
    assert many.buttons[0][0].press == SeeNamed(DECISION.centre_id, DECISION.id, 0)
    assert many.buttons[-1] == BALLOT.buttons[-1]
    assert screens.with_names(BALLOT, DECISION, [], speak) is BALLOT
