"""An outcome on paper says what the account says, with its picture, in every language."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from kit.outcomes import CASES, Case
from kit.printed import check

from assembly.outcome import Outcome
from assembly.rule import Rule, Secrecy
from bot.printing import pdf
from handlers.core.navigation import HowCounted
from handlers.core.printouts.printout import Code, Drawn
from handlers.core.speech import LANGUAGES, Speech
from handlers.decisions.results.presses import PrintOutcome
from handlers.decisions.results.screens import printouts, report
from storage.centres import Centre
from storage.decisions import Decision, Lot

ENGLISH = Speech("en", "Europe/Rome")
CENTRE = Centre(7, -7, "Centro Aurora", "it", "Europe/Rome", None, None, Fraction(1, 3), 0)
QUESTION = "Which <rooms> & when?"
AT = 1_764_600_000  # 1 December 2025


def link(payload: str) -> str:
    return f"https://t.me/voci_bot?start={payload}"


def over(rule: Rule, outcome: Outcome | None, **more: Any) -> Decision:
    drawn = Lot("ef" * 32, tuple(range(len(rule.options))), None if outcome is None else "ab" * 32)
    fields: dict[str, Any] = {
        "winners": outcome.winners if outcome else (),
        "result": outcome.result if outcome else "carried",
        "head": "cd" * 32,
        "seal": "0123456789abcdef" * 4,
        **more,
    }
    return Decision(
        1, 7, None, None, QUESTION, rule, 40, status="closed", opened_at=0, closes_at=None,
        closed_at=AT, outcome=outcome, reason=None, lot=drawn, **fields,
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_every_outcome_prints_with_its_picture(case: Case, language: str) -> None:
    speak = Speech(language, "Europe/Rome")
    decision = over(*case)
    wanted = printouts.outcome(decision, (), CENTRE, speak, link)
    assert wanted.name == "voci-decision-1"
    drawn = [block for block in wanted.printout.blocks if isinstance(block, Drawn)]
    assert len(drawn) == (report.as_picture(decision, (), speak) is not None)
    assert isinstance(wanted.printout.blocks[-1], Code)
    found = check(pdf(wanted.printout), language)
    assert QUESTION in found.words
    assert found.reader.metadata is not None and found.reader.metadata.title == QUESTION
    assert "2025" in found.words and "Centro Aurora" in found.words
    assert speak("<b>How it was counted</b>").striptags() in [name for _, name in found.headings]
    assert "start=join_7" in found.words


def test_it_says_all_that_the_pages_say() -> None:
    decision = over(*CASES["carried"])
    given = [("no", "Too <early> & cold"), ("no", "I sleep")]
    found = check(pdf(printouts.outcome(decision, given, CENTRE, ENGLISH, link).printout), "en")
    counted, terms = report.everything(decision, given, ENGLISH)
    for part in (*counted, *terms):
        for line in part.striptags().split("\n"):
            assert "".join(line.split()) in "".join(found.words.split())


def test_of_few_ballots_paper_tells_no_more_than_the_screen() -> None:
    rule = Rule(secrecy=Secrecy.SECRET)
    wanted = printouts.outcome(over(rule, None, head=None, seal=None), (), CENTRE, ENGLISH, link)
    found = check(pdf(wanted.printout), "en")
    assert not any(isinstance(block, Drawn) for block in wanted.printout.blocks)
    assert "no figures are told" in found.words


@pytest.mark.parametrize(
    ("reader", "own", "labels"),
    [
        ("it", False, ["Indietro"]),
        ("de", False, ["Auf Deutsch", "Zurück"]),
        ("de", True, ["Auf Italienisch", "Zurück"]),
    ],
)
def test_the_other_language_is_a_press_away(reader: str, own: bool, labels: list[str]) -> None:
    wall, speak = Speech("it"), Speech(reader)
    press = PrintOutcome(7, 1, own)
    wanted = printouts.outcome(over(*CASES["carried"]), (), CENTRE, speak if own else wall, link)
    screen = printouts.screen(press, wanted, wall, speak)
    assert [button.label for (button,) in screen.buttons] == labels
    assert screen.buttons[-1][0].press == HowCounted(7, 1)
    if len(labels) > 1:
        assert screen.buttons[0][0].press == PrintOutcome(7, 1, not own)
