"""Outcomes of every method from nearer: pages, pictures, roll calls, files, in every language."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from kit.outcomes import CASES, FIVE, Case
from kit.screen_checks import check, read

from assembly.ballot import Ballot
from assembly.endings import Ending, Parting
from assembly.outcome import Outcome
from assembly.rule import DecisionMethod, Rule, Secrecy
from handlers.assemblies.meeting.screens import summary
from handlers.assemblies.meeting.screens.summary import Summary
from handlers.assemblies.tasks.screens import authors
from handlers.assemblies.tasks.screens.authors import News
from handlers.core.screen import Button, File, Screen
from handlers.core.speech import LANGUAGES, Speech
from handlers.decisions.results.presses import Form
from handlers.decisions.results.screens import ballot_files, outcomes, report, roll_call
from handlers.decisions.screens import decisions
from storage.assemblies import Assembly
from storage.authors import Author, Place
from storage.centres import Centre
from storage.decisions import Decision, Lot
from storage.published import Receipt, Said

ENGLISH = Speech("en", "Europe/Rome")
QUESTION = "Which <rooms> & when?"
LONGEST = "W" * 180 + "&" * 20
NOTHING = Parting()
READ = Button("Who said what", url="https://t.me/voci_bot?start=decide_1")
SEAL = "0123456789abcdef" * 4


def over(rule: Rule, outcome: Outcome | None, **more: Any) -> Decision:
    seed = None if outcome is None else "ab" * 32
    fields: dict[str, Any] = {
        "winners": outcome.winners if outcome else (),
        "status": "closed",
        "result": outcome.result if outcome else "carried",
        "head": "cd" * 32,
        "seal": SEAL,
        "lot": Lot("ef" * 32, tuple(range(len(rule.options))), seed),
        **more,
    }
    return Decision(
        1, 7, None, None, fields.pop("question", QUESTION), rule, 40, opened_at=0, closes_at=None,
        closed_at=100, outcome=outcome, reason=None, **fields,
    )  # fmt: skip


def labels(screen: Screen) -> list[str]:
    return [button.label for row in screen.buttons for button in row]


def turned(decision: Decision, speak: Speech, given: Any = ()) -> list[str]:
    """All pages of how it was counted, found by their buttons."""
    words = []
    for page in range(50):
        screen = report.how_counted(decision, given, page, speak)
        words.append(check(screen))
        if len(screen.buttons) < 3 or str(speak("Next page")) not in labels(screen):
            return words
    raise AssertionError("the pages have no end")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_every_outcome_is_told_in_private_and_in_the_group(case: Case, language: str) -> None:
    speak, (rule, outcome) = Speech(language, "Europe/Rome"), case
    decision = over(rule, outcome, question=LONGEST)
    pages = turned(decision, speak)
    assert sum(SEAL in page for page in pages) == 1
    assert sum("ef" * 32 in page for page in pages) == bool(rule.options)
    assert LONGEST in check(decisions.past(decision, speak))
    post = check(decisions.outcome(decision, speak, READ), public=True)
    assert "0123 4567 89ab cdef 0123" in post and SEAL not in post
    picture = report.as_picture(decision, (), speak)
    shown = str(speak("As a picture")) in labels(decisions.past(decision, speak))
    assert shown == (picture is not None)
    if picture is not None:
        assert check(picture.on_top(speak("<i>{centre}</i>", centre="C" * 128)))
    short = outcomes.short(decision, speak)
    assert "\n" not in short and LONGEST in short.unescape()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_account_is_turned_page_by_page(language: str) -> None:
    speak, (rule, outcome) = Speech(language, "Europe/Rome"), CASES["blocked by two"]
    given = [("block", "&" * 500), *[("aside", "x" * 500)] * 20]
    pages = turned(over(rule, outcome), speak, given)
    assert len(pages) > 2 and SEAL in pages[-1]
    first, second = (report.how_counted(over(rule, outcome), given, at, speak) for at in (0, 1))
    assert labels(first)[0] == str(speak("Next page"))
    assert labels(second)[:2] == [str(speak("Page before")), str(speak("Next page"))]


def test_what_is_kept_of_few_is_told_with_why_there_is_no_list() -> None:
    rule = Rule(secrecy=Secrecy.SEALED)
    decision = over(rule, None, head=None, seal=None)
    [words] = turned(decision, ENGLISH)
    assert "Carried." in words and "There is no list of its ballots" in words
    assert labels(report.how_counted(decision, (), 0, ENGLISH)) == ["To print (PDF)", "Back"]
    assert report.as_picture(decision, (), ENGLISH) is None
    assert report.sealed(decision, ENGLISH) is None


@pytest.mark.parametrize("status", ["void", "cancelled"])
def test_what_was_not_counted_has_neither_picture_nor_list(status: str) -> None:
    decision = over(Rule(secrecy=Secrecy.OPEN), None, status=status, result=None)
    assert report.ways(decision, ENGLISH) == ()
    assert not report.is_published(decision)


# -- the roll call ----------------------------------------------------------------------------

OPEN = Secrecy.OPEN
BY_WORD = Rule(DecisionMethod.CONSENSUS, secrecy=OPEN)


def called(decision: Decision, *said: Said) -> str:
    return check(roll_call.screen(decision, said, 0, ENGLISH))


def test_a_roll_call_is_sorted_by_what_was_said_then_by_name() -> None:
    said = [
        Said("Zoe", Ballot("agree")),
        Said(None, Ballot("block", "It is\ntoo <loud>")),
        Said("Ada", Ballot("block")),
        Said("Bea", Ballot("agree")),
    ]
    decision = over(BY_WORD, CASES["blocked by two"][1], question="Shall we?")
    assert called(decision, *said) == (
        "Shall we?\nWho said what\n\nBea: agreed\nZoe: agreed\nAda: blocked it\n"
        "a member: blocked it (It is too <loud>)"
    )


@pytest.mark.parametrize(
    ("method", "choice", "told"),
    [
        (DecisionMethod.IRV, "20", "1. Carlo, 2. Anna"),
        (DecisionMethod.APPROVAL, "02", "Anna, Carlo"),
        (DecisionMethod.SCORE, "5--0-", "Anna: 5, Dora: 0"),
        (DecisionMethod.DOTS, "30010", "Anna: 3, Dora: 1"),
        (DecisionMethod.IRV, "", "none of the options"),
        (DecisionMethod.SCORE, "-----", "none of the options"),
    ],
)
def test_ballots_of_options_by_name(method: DecisionMethod, choice: str, told: str) -> None:
    decision = over(Rule(method, FIVE, dots=4, secrecy=OPEN), None, result="no_result")
    assert f"Zoe: {told}" in called(decision, Said("Zoe", Ballot(choice)))


def test_the_hall_has_no_names() -> None:
    rule, outcome = CASES["hall"]
    words = called(over(replace(rule, secrecy=OPEN), outcome), Said("Zoe", Ballot("yes")))
    assert words.endswith("3 ballots from the room have no names.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_roll_call_is_split_and_a_very_long_one_is_read_in_private(language: str) -> None:
    speak, decision = Speech(language, "Europe/Rome"), over(BY_WORD, CASES["blocked"][1])
    people = [Said(f"Member {number:04} & more", Ballot("agree")) for number in range(180)]
    posts = roll_call.posts(decision, people, READ, speak)
    assert len(posts) in (2, 3)
    told = "\n".join(check(post, public=True) for post in posts)
    assert all(one.name in told for one in people if one.name)
    [post] = roll_call.posts(decision, people * 5, READ, speak)
    assert check(post, public=True) and post.buttons == ((READ,),)
    assert "Member" not in post.text
    seen = [check(roll_call.screen(decision, people, page, speak)) for page in (0, 1, 2, 98, 99)]
    assert "0179" in seen[-1] and seen[-1] == seen[-2] and seen[0] != seen[1]
    assert roll_call.posts(decision, [], READ, speak) == ()


# -- files ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_files_say_what_they_are(case: Case, language: str) -> None:
    speak, (rule, outcome) = Speech(language, "Europe/Rome"), case
    decision = over(rule, outcome, question=LONGEST)
    check(ballot_files.choose(decision, speak))
    for form in ballot_files.forms(decision):
        screen = ballot_files.file(decision, form, "text", speak)
        check(screen.on_top(speak("<i>{centre}</i>", centre="C" * 128)))
        assert isinstance(screen.file, File) and screen.file.name.startswith("voci-decision-1-")
    receipt = Receipt("ab" * 32, 17, "cd" * 32)
    assert f"17:{'cd' * 32}" in check(ballot_files.on_roll(decision, receipt, speak))


def test_a_blt_says_that_the_lot_decided() -> None:
    rule, outcome = CASES["approval by lot"]
    words = check(ballot_files.file(over(rule, outcome), Form.BLT, "", ENGLISH))
    assert "a lot decided a tie" in words
    rule, outcome = CASES["approval"]
    words = check(ballot_files.file(over(rule, outcome), Form.BLT, "", ENGLISH))
    assert "a lot decided" not in words


def test_an_open_decision_has_no_list() -> None:
    decision = over(replace(BY_WORD), None, head=None, seal=None)
    assert ballot_files.forms(decision) == (Form.CSV,)
    assert "name" in check(ballot_files.choose(decision, ENGLISH))


# -- after the assembly -----------------------------------------------------------------------

ASSEMBLY = Assembly(1, 7, 0, None, "closed", 0, 0, 0, 100, 1)
CENTRE = Centre(7, -100, "Aurora", "en", "Europe/Rome", None, None, Fraction(1, 3), 0)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_summary_and_note_tell_every_outcome_in_one_line(case: Case, language: str) -> None:
    speak, (rule, outcome) = Speech(language, "Europe/Rome"), case
    decision = over(rule, outcome, question=LONGEST)
    post = summary.summary_post(
        Summary(ASSEMBLY, NOTHING, [decision] * 9, [], 0, None), speak, READ
    )
    told = check(post, public=True).split("\n")
    came = read(Screen(outcomes.result(decision, speak)))
    assert "\n" not in came
    assert told[1:9] == [f"{LONGEST} {came}"] * 8 and len(told) == 10
    note = check(
        authors.news(
            News(
                Author(1, "A room", 5, 55, language),
                Place(1, 1, 1, 0, Ending.TALKED),
                decision,
                None,
                (),
            ),
            CENTRE,
            speak,
        )
    )
    assert note.splitlines()[-1] == came


@pytest.mark.parametrize("sign", ["W", "🧘"])
def test_a_summary_of_many_long_names_fits(sign: str) -> None:
    rule = Rule(DecisionMethod.STV_MEEK, tuple(f"{n:02}" + sign * 58 for n in range(20)), seats=19)
    few = {"head": None, "seal": None, "result": "chosen", "winners": tuple(range(19))}
    decision = over(rule, None, question=sign * 200, **few)
    eight = Summary(ASSEMBLY, NOTHING, [decision] * 8, [], 0, None)
    words = check(summary.summary_post(eight, ENGLISH, READ), public=True)
    shown = words.count("Elected: ")
    assert shown >= 4 and (f"{8 - shown} more: /decide" in words) == (shown < 8)
