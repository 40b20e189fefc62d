from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from kit.phrases import PUT_TO_EVERYBODY, TAKE_PART
from kit.screen_checks import check

from assembly.counting import lot
from assembly.counting.table import WORDS
from assembly.deadlines import Span
from assembly.fitting import instead, misfits
from assembly.roles import Role
from assembly.rule import DecisionMethod, Electorate, Parity, Quorum, Rule, Secrecy
from assembly.suggestion import OptionsError
from handlers.core.screen import Button, Screen
from handlers.core.speech import LANGUAGES, Speech
from handlers.decisions.presses import CloseAfter
from handlers.decisions.putting.screens import questions as screens
from handlers.decisions.putting.screens.closings import Closings
from handlers.decisions.putting.screens.questions import Hindrance
from handlers.decisions.results.screens import terms, versions
from handlers.decisions.screens import decisions as shown
from storage.decisions import Decision, Lot

NOW = 1_764_763_200  # Wednesday 3 December 2025
BIG = 10**17
OPTIONS = tuple("<i>&" * 14 + f"{n:02}" for n in range(20))
SEED = bytes(32)
SIGN = "0a1b2c3d"  # of the draft, in the button that puts it
CLOSINGS = Closings(Span.WEEK, {span: NOW + 3600 * n for n, span in enumerate(Span, 1)})
PREVIEW = "This is how the group will see it:"


def decision(rule: Rule, **changed: object) -> Decision:
    usual = Decision(
        id=BIG,
        centre_id=BIG,
        assembly_id=None,
        item_id=None,
        question="<b>&" * 50,
        rule=rule,
        electorate=41,
        status="open",
        opened_at=NOW,
        closes_at=NOW + 86_400,
        closed_at=None,
        result=None,
        outcome=None,
        reason=None,
        version=12,
        previous_id=BIG - 1,
        lot=Lot(lot.commitment(SEED), lot.order(SEED, len(rule.options)), None),
    )
    return replace(usual, **changed)  # type: ignore[arg-type]


def worst(method: DecisionMethod) -> Rule:
    return Rule(
        method,
        () if method in WORDS else OPTIONS,
        dots=19,
        threshold=Fraction(3, 5),
        quorum=Quorum(Fraction(2, 3), each_role=True),
        electorate=Electorate.NAMED,
        secrecy=Secrecy.OPEN,
    )


def labels(screen: Screen) -> list[str]:
    return [button.label for row in screen.buttons for button in row]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", DecisionMethod)
def test_everything_fits_into_a_message(method: DecisionMethod, language: str) -> None:
    speak = Speech(language, "Europe/Rome")
    put = decision(worst(method))
    check(screens.preview(put, CLOSINGS, SIGN, speak, NOW))
    check(screens.preview(put, CLOSINGS, SIGN, speak, NOW, Hindrance()))
    check(screens.ask_changed(put, speak))
    check(shown.how_counted(put, put.electorate + 7, speak))
    check(shown.posted(put, speak, NOW, Button(TAKE_PART, url="https://t.me/v")), public=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_does_not_fit_says_what_does(language: str) -> None:
    speak = Speech(language, "Europe/Rome")
    rule, people = Rule(parity=Parity.EACH_ROLE), {Role.USER: 2, Role.FAMILY: 2}
    hindrance = Hindrance(misfits(rule, people), instead(rule, people))
    four = decision(rule, electorate=4)
    screen = screens.preview(four, CLOSINGS, SIGN, speak, NOW, hindrance)
    check(screen)
    assert str(speak("Do that instead")) in labels(screen)
    assert str(speak(PUT_TO_EVERYBODY)) not in labels(screen)
    hopeless = replace(hindrance, nearest=None)
    without = screens.preview(four, CLOSINGS, SIGN, speak, NOW, hopeless)
    assert str(speak("Do that instead")) not in labels(without)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_to_ask(language: str) -> None:
    speak = Speech(language)
    said = set()
    for electorate in (Electorate.NAMED, Electorate.PRESENT):
        nobody = decision(Rule(electorate=electorate), electorate=0)
        screen = screens.preview(nobody, CLOSINGS, SIGN, speak, NOW, Hindrance())
        assert str(speak(PUT_TO_EVERYBODY)) not in labels(screen)
        said.add(check(screen))
    assert len(said) == 2


def test_a_preview_in_words() -> None:
    speak = Speech("en", "Europe/Rome")
    rule = Rule(DecisionMethod.IRV, ("Blue", "Green"), quorum=Quorum(Fraction(1, 3)))
    put = decision(rule, question="Which colour?", version=1, previous_id=None)
    assert check(screens.preview(put, CLOSINGS, SIGN, speak, NOW)) == (
        "This is how the group will see it:\n\nWhich colour?\n1. Blue\n2. Green\nEverybody"
        " puts the options in order, and the weakest drops out round by round until "
        "one has more than half. It counts if at least 14 of 41 take part.\nOpen "
        "until Thursday 4 December, 13:00. Nobody here sees how you vote.\n\nOnce it is"
        " posted, neither the question nor who can take part changes."
    )


def test_who_can_take_part_is_said_where_it_is_not_everybody() -> None:
    speak = Speech("en")
    users = terms.terms(decision(Rule(electorate=Electorate.USER)), speak("Open."), speak)
    assert "The 41 users can take part." in users
    everybody = terms.terms(decision(Rule()), speak("Open."), speak)
    assert not any(line and "can take part" in line for line in everybody)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lot_is_told_before_and_after(language: str) -> None:
    speak = Speech(language)
    rule = Rule(DecisionMethod.APPROVAL, ("Blue", "Green", "Red"))
    put = decision(rule)
    before = terms.lot(put, speak)
    assert before is not None and put.lot.commitment in before and SEED.hex() not in before
    order = (f"{place}. {rule.options[n]}" for place, n in enumerate(lot.order(SEED, 3), 1))
    assert "\n".join(order) in before
    after = terms.lot(replace(put, lot=replace(put.lot, seed=SEED.hex())), speak)
    assert after is not None and SEED.hex() in after and put.lot.commitment in after
    assert terms.lot(decision(Rule()), speak) is None


def test_versions_lead_back_and_on() -> None:
    speak = Speech("en")
    consent = Rule(DecisionMethod.CONSENT)
    over = decision(consent, status="closed", result="not_carried")
    screen = shown.past(over, speak)
    assert labels(versions.with_versions(screen, over, speak, facilitates=True))[-3:] == [
        "What was said before",
        "Put it again, changed",
        "Back",
    ]
    assert "Put it again, changed" not in labels(
        versions.with_versions(screen, over, speak, facilitates=False)
    )
    first = replace(over, version=1, previous_id=None, result="carried")
    assert versions.with_versions(screen, first, speak, facilitates=True) == screen
    assert versions.version(first, speak) is None
    assert versions.version(over, speak) == "Version 12"


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_asked_for_anew(language: str) -> None:
    speak = Speech(language)
    named = check(screens.ask_changed(decision(worst(DecisionMethod.CONSENT)), speak))
    everybody = check(screens.ask_changed(decision(Rule(DecisionMethod.CONSENT)), speak))
    assert named != everybody
    check(screens.ask(BIG, speak))
    check(screens.options_misfit(BIG, OptionsError("long", 3, "<b>&" * 50), speak))


def test_every_other_closing_is_a_button() -> None:
    speak = Speech("en", "Europe/Rome")
    screen = screens.preview(decision(Rule()), CLOSINGS, SIGN, speak, NOW)
    others = [
        (button.press.span, len(row))
        for row in screen.buttons
        for button in row
        if isinstance(button.press, CloseAfter)
    ]
    assert [span for span, _ in others] == [span for span in Span if span is not Span.WEEK]
    assert all(width <= 2 for _, width in others)
