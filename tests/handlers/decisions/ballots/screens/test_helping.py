from __future__ import annotations

from fractions import Fraction

import pytest
from kit.screen_checks import check
from markupsafe import Markup

from assembly.rule import DecisionMethod, Rule, Secrecy
from handlers.core.navigation import ShowDecisions
from handlers.core.screen import Screen
from handlers.core.speech import LANGUAGES, Speech
from handlers.decisions.ballots.helping_presses import CastFor, FillFor
from handlers.decisions.ballots.screens import helping, own_ballot
from handlers.decisions.ballots.screens.own_ballot import Paper
from handlers.decisions.screens import closing_reminders, history
from storage.audit import Action, Entry, History
from storage.decisions import Decision

NOW = 1_764_763_200  # Wednesday 3 December 2025, 13:00 in Rome
HUGE = 9_999_999_999
NAME = "Anna <b>& Co " * 3  # 39 characters
QUESTION = ("Shall we <i>really</i> & at once? " * 6)[:200]
OPTIONS = tuple(f"{number} a name for what could be done {number:>8}" for number in range(20))
REF, TOKEN = "0123456789abcdef", "A" * 22
LINK = f"https://t.me/a_bot_with_a_very_long_name_bot?start=help_{TOKEN}"


def decision(rule: Rule, closes_at: int | None = NOW + 600) -> Decision:
    return Decision(
        id=HUGE,
        centre_id=HUGE,
        assembly_id=None,
        item_id=None,
        question=QUESTION,
        rule=rule,
        electorate=9,
        status="open",
        opened_at=NOW,
        closes_at=closes_at,
        closed_at=None,
        result=None,
        outcome=None,
        reason=None,
    )


def paper(asked: Decision, speak: Speech) -> Screen:
    sheet = Paper(
        HUGE, HUGE, QUESTION, asked.rule, asked.closes_at, Markup("Counted."), helped=True
    )
    screen = own_ballot.paper(sheet, None, speak, NOW)
    return helping.on_behalf(screen, asked, NAME, REF, speak)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("secrecy", Secrecy)
@pytest.mark.parametrize("closes_at", [None, NOW + 600, NOW + 600_000])
def test_every_screen_fits(language: str, secrecy: Secrecy, closes_at: int | None) -> None:
    speak = Speech(language, "Europe/Rome")
    asked = decision(Rule(secrecy=secrecy), closes_at)
    entries = tuple(
        Entry(NOW, action, name, {"from": NOW, "to": NOW + 60, "reason": QUESTION})
        for action in Action
        for name in (NAME, None)
    )
    for screen in (
        helping.meaning(asked, speak, NOW),
        helping.link(asked, LINK, speak),
        helping.done_already(asked, speak, NOW),
        helping.asked(asked, NAME, TOKEN, speak),
        helping.entered(asked, NAME, speak, NOW),
        helping.told(asked, NAME, speak, NOW, choice="yes"),
        helping.told(asked, NAME, speak, NOW, choice="object"),
        helping.own(asked, speak),
        helping.enough(asked, speak),
        helping.ended(speak),
        helping.ended(speak, 1),
        closing_reminders.reminder([asked], speak, NOW),
        history.history(asked, History(entries, 3), speak),
        history.history(asked, History((), 0), speak),
    ):
        check(screen)


@pytest.mark.parametrize("method", DecisionMethod)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ballot_of_any_method_becomes_the_helpers(method: DecisionMethod, language: str) -> None:
    words = method in (DecisionMethod.MAJORITY, DecisionMethod.CONSENT, DecisionMethod.CONSENSUS)
    rule = Rule(method, () if words else OPTIONS, dots=5, threshold=Fraction(2, 3))
    screen = paper(decision(rule), Speech(language, "Europe/Rome"))
    check(screen)
    kinds = {type(button.press) for row in screen.buttons for button in row}
    assert kinds <= {FillFor, CastFor, ShowDecisions}
    assert ShowDecisions in kinds and CastFor in kinds
