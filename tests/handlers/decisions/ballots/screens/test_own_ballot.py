from __future__ import annotations

from dataclasses import replace

import pytest
from kit.phrases import (
    ABSTAINED,
    HOW_IS_COUNTED,
    I_ABSTAIN,
    I_CONSENT,
    I_OBJECT,
    SAID_YES,
    SHOW_TRACKER,
)
from kit.screen_checks import check
from markupsafe import Markup

from assembly import marking
from assembly.counting.table import RANKED, WORDS
from assembly.forms.dots import turn
from assembly.forms.form import Marks
from assembly.forms.scores import score
from assembly.rule import DecisionMethod, Rule, Secrecy
from handlers.core.screen import Screen
from handlers.core.speech import LANGUAGES, Speech
from handlers.decisions.ballots.presses import Fill, ShowTracker
from handlers.decisions.ballots.screens import marks, own_ballot
from handlers.decisions.ballots.screens.own_ballot import Paper
from handlers.decisions.methods.filling.any_options import OFF, ON
from handlers.decisions.methods.table import ANSWERS
from handlers.decisions.presses import Cast
from handlers.decisions.results.screens import ballot_words

M = DecisionMethod
NOW = 1_764_763_200  # Wednesday 3 December 2025, 13:00 in Rome
HUGE = 999_999_999
TOAST = 200  # characters, Telegram's own limit
ENGLISH = Speech("en", "Europe/Rome")
OPTIONS = ("Trip to the lake", "A quiet room", "Longer opening hours", "Choir")
LONG = tuple(
    f"{number} <b>& a rather long name for what could be done {number:>10}" for number in range(20)
)


def sheet(
    method: DecisionMethod,
    options: tuple[str, ...] = OPTIONS,
    given: str | None = None,
    secrecy: Secrecy = Secrecy.SECRET,
    reason: str = "",
) -> Paper:
    rule = Rule(method, () if method in WORDS else options, dots=5, secrecy=secrecy)
    counted = Markup("The option with the most support is chosen.")
    return Paper(1, 2, "What first?", rule, NOW + 1500, counted, given, reason)


def shown(paper: Paper, made: Marks | None = None, speak: Speech = ENGLISH) -> Screen:
    return own_ballot.paper(paper, made, speak, NOW)


def labels(screen: Screen) -> list[str]:
    return [button.label for row in screen.buttons for button in row]


def press(screen: Screen, label: str) -> object:
    return next(b.press for row in screen.buttons for b in row if b.label == label)


GIVING = ["Clear all", "Give my ballot"]
AROUND = [HOW_IS_COUNTED, "Back"]


@pytest.mark.parametrize(
    ("method", "made", "expected"),
    [
        (M.IRV, "", [*OPTIONS, I_ABSTAIN]),
        (M.IRV, "21", [OPTIONS[0], OPTIONS[3], "Undo", *GIVING]),
        (M.SCHULZE, "2103", ["Undo", *GIVING]),
        (M.APPROVAL, "", [*(f"☐ {each}" for each in OPTIONS), "None of them"]),
        (
            M.APPROVAL,
            "1",
            [f"☐ {OPTIONS[0]}", f"☑ {OPTIONS[1]}", f"☐ {OPTIONS[2]}", f"☐ {OPTIONS[3]}", *GIVING],
        ),
        (M.SCORE, "----", [*OPTIONS, I_ABSTAIN]),
        (
            M.SCORE,
            "50--",
            [f"5 · {OPTIONS[0]}", f"0 · {OPTIONS[1]}", *OPTIONS[2:], *GIVING],
        ),
        (M.SCORE, "50--2", ["0", "1", "2", "3", "4", "5", "No score", "As it was"]),
        (M.DOTS, "0000", [*OPTIONS, I_ABSTAIN]),
        (
            M.DOTS,
            "2000",
            [f"2 · {OPTIONS[0]}", *OPTIONS[1:], "Take a dot away", *GIVING],
        ),
        (M.DOTS, "2030", ["Take a dot away", *GIVING]),
        (
            M.DOTS,
            "2030-",
            [f"2 · {OPTIONS[0]}", f"3 · {OPTIONS[2]}", "Place dots", *GIVING],
        ),
    ],
)
def test_a_button_for_every_tap(method: DecisionMethod, made: str, expected: list[str]) -> None:
    paper = sheet(method)
    marks_made = marking.read(made, paper.rule)
    begun = marks_made != marking.blank(paper.rule)
    around = ["Back"] if begun else AROUND  # whoever is at it sees nothing else
    assert labels(shown(paper, marks_made)) == expected + around


def test_a_tap_carries_what_it_leads_to() -> None:
    screen = shown(sheet(M.IRV), Marks("21"))
    assert press(screen, OPTIONS[3]) == Fill(1, 2, "213")
    assert press(screen, "Undo") == Fill(1, 2, "2")
    assert press(screen, "Clear all") == Fill(1, 2, "")
    assert press(screen, "Give my ballot") == Cast(1, 2, "21")
    scored = shown(sheet(M.SCORE), Marks("5---", picked=1))
    assert press(scored, "3") == Fill(1, 2, "53--")
    assert press(scored, "No score") == press(scored, "As it was") == Fill(1, 2, "5---")


@pytest.mark.parametrize(
    ("method", "words"),
    [
        (M.MAJORITY, ["Yes", "No", I_ABSTAIN]),
        (M.CONSENT, [I_CONSENT, I_OBJECT]),
        (M.CONSENSUS, ["I agree", I_ABSTAIN, "I stand aside", "I block it"]),
    ],
)
def test_an_answer_of_one_word_is_one_press(method: DecisionMethod, words: list[str]) -> None:
    screen = shown(sheet(method))
    assert labels(screen) == words + AROUND
    said = check(screen)
    for word in words if method is not M.MAJORITY else []:
        assert f"{word}: " in said
    cast = [press(screen, word) for word in words]
    assert cast == [Cast(1, 2, word) for word in WORDS[method]]


def test_what_is_marked_is_not_given() -> None:
    words = check(shown(sheet(M.IRV), Marks("20")))
    assert "1. Longer opening hours\n2. Trip to the lake" in words
    assert "Not given yet: press [Give my ballot]." in words
    again = check(shown(sheet(M.IRV, given="20"), Marks("201")))
    assert "Your order: 1. Longer opening hours, 2. Trip to the lake." in again
    assert "Not given yet" in again
    emptied = check(shown(sheet(M.IRV, given="20"), Marks("")))
    assert "Not given yet: press [I abstain]." in emptied


def test_a_long_order_that_is_given_stands_in_short_beside_another() -> None:
    options = tuple(f"Option {n}" for n in range(1, 8))
    changed = Marks("1")
    told = shown(sheet(M.IRV, options, given="2013456"), changed).text
    assert "Marked now" in told and "Your order is recorded: “Option 3” first." in told
    assert "Option 7" not in told
    short = shown(sheet(M.IRV, options, given="20134"), changed).text
    assert "Your order: 1. Option 3, 2. Option 1" in short


def test_what_was_given_is_shown_and_nothing_asks_to_give_it_again() -> None:
    screen = shown(sheet(M.IRV, given="20"))
    words = check(screen)
    assert "Your ballot, as it counts now\n1. Longer opening hours" in words
    assert "Not given yet" not in words and "Give my ballot" not in labels(screen)
    assert press(screen, SHOW_TRACKER) == ShowTracker(1, 2)
    assert ABSTAINED in check(shown(sheet(M.SCORE, given="----")))
    assert "You agreed with none of them." in check(shown(sheet(M.APPROVAL, given="")))
    blocked = check(shown(sheet(M.CONSENSUS, given="block", reason="It <b>harms</b> us.")))
    assert blocked.endswith("You blocked it.\nIt <b>harms</b> us.")


@pytest.mark.parametrize("secrecy", [Secrecy.SEALED, Secrecy.OPEN])
def test_only_secret_ballots_have_a_tracker(secrecy: Secrecy) -> None:
    screen = shown(sheet(M.MAJORITY, given="yes", secrecy=secrecy))
    assert SHOW_TRACKER not in labels(screen)


@pytest.mark.parametrize(
    ("secrecy", "told"),
    [
        (Secrecy.SECRET, "Secret: nobody here sees what you say."),
        (Secrecy.SEALED, "only the outcome is told"),
        (Secrecy.OPEN, "By name: your name stands beside your ballot when it closes."),
    ],
)
@pytest.mark.parametrize("method", list(M))
def test_every_ballot_says_who_will_see_it(
    method: DecisionMethod, secrecy: Secrecy, told: str
) -> None:
    words = check(shown(sheet(method, secrecy=secrecy)))
    assert told in words
    assert ("Secret:" in words) is (secrecy is Secrecy.SECRET)


@pytest.mark.parametrize("method", sorted(RANKED))
def test_of_long_rankings_it_is_said_once_that_they_are_recognised(method: DecisionMethod) -> None:
    warning = "an unusual one can be recognised"
    twelve = sheet(method, LONG[:12])
    assert warning in check(shown(twelve))
    assert warning not in check(shown(twelve, Marks("3")))
    assert warning not in check(shown(replace(twelve, given="3"), Marks("")))
    assert warning not in check(shown(sheet(method, LONG[:12], secrecy=Secrecy.OPEN)))
    assert warning not in check(shown(sheet(method)))
    assert "rank last together" in check(shown(twelve))


def test_while_it_is_filled_in_the_rule_makes_room() -> None:
    rule = "The option with the most support is chosen."
    assert rule in check(shown(sheet(M.IRV)))
    assert rule not in check(shown(sheet(M.IRV), Marks("20")))
    assert rule in check(shown(sheet(M.IRV, given="20")))
    assert "Secret:" in check(shown(sheet(M.IRV), Marks("20")))


def test_the_tracker_is_not_where_the_ballot_was_given_a_moment_ago() -> None:
    before = shown(sheet(M.IRV), Marks("20")).buttons
    after = shown(sheet(M.IRV, given="20")).buttons
    place = next(n for n, row in enumerate(before) if row[0].label == "Give my ballot")
    assert SHOW_TRACKER not in [button.label for button in after[place]]


def test_long_options_stand_in_full_beside_a_letter() -> None:
    screen = shown(sheet(M.IRV, LONG[:12]), Marks("02"))
    words = check(screen)
    assert f"B  {LONG[1]}" in words and f"A  {LONG[0]}" not in words
    assert labels(screen)[0].startswith("B  1 <b>&")
    approved = shown(sheet(M.APPROVAL, LONG[:12]), Marks("02"))
    assert f"A  {LONG[0]}" in check(approved) and "Marked now\nA, C\n" in check(approved)
    assert all(len(label) <= marks.LABEL for label in labels(approved))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 12, 20])
@pytest.mark.parametrize("method", list(M))
def test_the_fullest_ballots_fit(method: DecisionMethod, count: int, language: str) -> None:
    speak = Speech(language, "Europe/Rome")
    paper = replace(
        sheet(method, LONG[:count]), centre_id=HUGE, decision_id=HUGE, question="W" * 199 + "?"
    )
    rule = paper.rule
    made = marking.blank(rule)
    check(shown(paper, made, speak))
    for number in reversed(range(len(rule.options))):
        made = marking.tap(made, number, rule)
        check(shown(paper, made, speak))
        made = score(made, 4)
    paper = replace(paper, given=WORDS[method][-1] if method in WORDS else made.choice)
    check(shown(paper, marking.blank(rule), speak))
    check(shown(paper, marking.undo(made, rule), speak))
    check(shown(paper, turn(made), speak))
    for seen in (rule, replace(rule, secrecy=Secrecy.OPEN)):
        told = ballot_words.recorded(seen, paper.given, NOW + 90_000, speak, NOW)
        assert 0 < len(told) <= TOAST


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("secrecy", [Secrecy.SECRET, Secrecy.OPEN])
@pytest.mark.parametrize("word", ["object", "aside", "block"])
def test_a_reason_is_asked_for(word: str, secrecy: Secrecy, language: str) -> None:
    speak = Speech(language, "Europe/Rome")
    method = M.CONSENT if word == "object" else M.CONSENSUS
    paper = replace(sheet(method, given=word, secrecy=secrecy), centre_id=HUGE, decision_id=HUGE)
    screen = own_ballot.ask_reason(paper, speak).on_top(own_ballot.misfit(812, 500, speak))
    words = check(screen)
    assert "500" in words and str(speak(ANSWERS[word].said)) in words
    assert "without words" in labels(screen)[0] or language != "en"
    kept = own_ballot.ask_reason(replace(paper, reason="It harms."), speak)
    assert "It harms." in check(kept) and labels(kept)[0] != labels(screen)[0]
    assert check(own_ballot.ask_reason(paper, speak)) in words
    assert "<" * 500 in check(own_ballot.reason_taken(replace(paper, reason="<" * 500), speak))
    long = check(shown(replace(paper, reason="<" * 500), speak=speak))
    assert "<" * 500 in long


def test_a_reason_is_read_without_the_name_unless_all_is_open() -> None:
    secret = check(own_ballot.ask_reason(sheet(M.CONSENT, given="object"), ENGLISH))
    assert "without your name; otherwise nobody" in secret and "may be recognised" in secret
    named = sheet(M.CONSENT, given="object", secrecy=Secrecy.OPEN)
    assert "with your name" in check(own_ballot.ask_reason(named, ENGLISH))


def test_no_reason_is_asked_for_where_nobody_would_read_it() -> None:
    given = sheet(M.CONSENT, given="object", secrecy=Secrecy.SEALED)
    for paper in (given, replace(given, given=None)):
        words = check(shown(paper))
        assert "Nobody would read a reason" in words and "your reason next" not in words
        assert "Write why" not in labels(shown(paper))
    assert "Write why" in labels(shown(sheet(M.CONSENT, given="object")))
    assert "Write why" not in labels(shown(sheet(M.CONSENT, given="object", reason="It harms.")))


def test_a_helper_reads_nothing_that_is_untrue_of_them() -> None:
    words = check(shown(replace(sheet(M.CONSENSUS), helped=True)))
    assert "nobody here sees" not in words and "your reason next" not in words
    assert "One block stops it." in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_alerts_fit(language: str) -> None:
    told = own_ballot.tracker("7K2M4-XW9RQ", Speech(language, "Europe/Rome"))
    assert "7K2M4-XW9RQ" in told and len(told) <= TOAST


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (1, "Open until 13:00, one minute left."),
        (119, "Open until 13:01, one minute left."),
        (1500, "Open until 13:25, 25 minutes left."),
        (5999, "Open until 14:39, 99 minutes left."),
        (6000, "Open until 14:40, one hour left."),
        (7200, "Open until 15:00, 2 hours left."),
        (86_400, "Open until Thursday 4 December, 13:00, 24 hours left."),
        (172_800, "Open until Friday 5 December, 13:00, 2 days left."),
        (0, "Time is up. It is being counted."),
        (None, "Open until it is closed."),
    ],
)
def test_the_time_left_in_words(seconds: int | None, told: str) -> None:
    closes_at = None if seconds is None else NOW + seconds
    assert str(ballot_words.until(closes_at, ENGLISH, NOW)) == told


@pytest.mark.parametrize(
    ("method", "choice", "told"),
    [
        (M.MAJORITY, "yes", SAID_YES),
        (M.CONSENSUS, "aside", "You stand aside."),
        (M.IRV, "20", "Your order is recorded: “Longer opening hours” first."),
        (M.IRV, "", ABSTAINED),
        (M.APPROVAL, "03", "Recorded: 2 options marked."),
        (M.APPROVAL, "", "You agreed with none of them."),
        (M.SCORE, "--0-", "Recorded: one option scored."),
        (M.DOTS, "0302", "Recorded: 5 dots."),
    ],
)
def test_the_toast_says_what_was_recorded(method: DecisionMethod, choice: str, told: str) -> None:
    rule = sheet(method).rule
    toast = ballot_words.recorded(rule, choice, NOW + 600, ENGLISH, NOW)
    assert toast == f"{told} You can change it until 13:10."
    for_ever = ballot_words.recorded(rule, choice, None, ENGLISH, NOW)
    assert for_ever == f"{told} You can change it until it is closed."


def test_the_toast_of_an_open_question_says_who_will_read_it() -> None:
    rule = replace(sheet(M.APPROVAL).rule, secrecy=Secrecy.OPEN)
    assert ballot_words.recorded(rule, "03", NOW + 600, ENGLISH, NOW) == (
        "Recorded: 2 options marked. You can change it until 13:10. By name: all will read it."
    )


def test_the_answer_that_was_given_is_marked() -> None:
    paper = sheet(M.MAJORITY, given="no")
    assert labels(shown(paper))[:3] == ["Yes", "✓ No", "I abstain"]
    assert labels(shown(replace(paper, given=None)))[:3] == ["Yes", "No", "I abstain"]
    assert labels(shown(replace(paper, helped=True)))[:3] == ["Yes", "No", "I abstain"]


def test_who_takes_no_part_sees_the_question_and_why() -> None:
    why = Markup("You joined later.")
    screen = own_ballot.closed_to(sheet(M.IRV), why, ENGLISH, NOW)
    assert labels(screen) == AROUND
    assert check(screen).endswith("You joined later.")


def test_every_mark_is_a_shape_before_the_words() -> None:
    assert ON != OFF and len(marks.LETTERS) == 20
