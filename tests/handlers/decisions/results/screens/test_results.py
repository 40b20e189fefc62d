"""Every outcome in words: right, in three languages, within Telegram's limits, and no more told
than may be."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.outcomes import CASES, FIVE, Case, counted
from kit.screen_checks import check
from kit.written_polls import of_votes, votes
from markupsafe import Markup

from assembly import marking
from assembly.ballot import DIGITS
from assembly.counting.table import METHODS, WORDS, form
from assembly.deciding import decide
from assembly.outcome import Why, shows_figures
from assembly.roles import Role
from assembly.rule import DecisionMethod, Parity, Rule
from handlers.core.screen import Screen
from handlers.core.screens.room import length
from handlers.core.speech import LANGUAGES, Speech
from handlers.decisions.results.screens.results import CAPTION, MESSAGE, account, headline, post
from handlers.decisions.results.screens.words import Bare, figures

ENGLISH = Speech("en")
REASONS = (("object", "Too loud <b>&\nlate"), ("object", ""), ("aside", "Hm."), ("block", "No!"))
HEADLINES = {
    "carried": "Carried.",
    "missed": "Not carried.",
    "tie": "Not carried: as many said no as yes.",
    "few decided": "Carried.",
    "few": "Carried.",
    "few, tied": "Not carried.",
    "few objected": "Not carried.",
    "few, chosen": "Chosen: The blue room.",
    "too few": "Not decided: too few took part.",
    "too few of one": "Not decided: too few took part in one of the roles.",
    "too few to choose": "Not decided: too few took part.",
    "only abstained": "No result: nobody said anything that counts.",
    "only blank": "No result: nobody said anything that counts.",
    "only zeros": "No result: no option got points from enough people.",
    "each role": "Carried: every role agreed, too.",
    "not each role": "Not carried: not every role agreed.",
    "each role, lost": "Not carried.",
    "consent": "Carried: nobody objected.",
    "one objection": "Not carried: there is one objection.",
    "objections": "Not carried: there are 2 objections.",
    "consensus": "Carried: nobody blocked it.",
    "too little": "Not carried: too few agreed.",
    "blocked": "Not carried: one person blocked it.",
    "blocked by two": "Not carried: 2 people blocked it.",
    "approval": "Chosen: The blue room.",
    "approval for two": "Chosen: The blue room and Fish & chips <b>.",
    "tie, nothing": "A tie that nothing decides: The blue room and Fish & chips <b>.",
    "runoff": "Chosen: Bruno.",
    "scottish": "Elected: Bruno and Carlo.",
    "meek": "Elected: Bruno and Anna.",
}
LOT = "A lot, drawn beforehand, decided."
FEW = "Fewer than 5 took part by phone: no figures are told, and none are kept."
POSTS = {
    "carried": ["12 yes, 7 no, 3 abstained. 22 of 41 took part; 14 were needed."],
    "few decided": [
        "1 yes, 0 no, 13 abstained. 14 of 14 took part.",
        "Few decided: 1 person took a side, 13 abstained.",
    ],
    "tie": ["7 yes, 7 no, 3 abstained. 17 of 17 took part."],
    "absolute": [
        "10 yes, 2 no. 12 of 20 took part.",
        "Needed: more than half of all who could take part (20), that is 11. Said yes: 10.",
    ],
    "of all who spoke": [
        "10 yes, 2 no, 9 abstained. 21 of 21 took part.",
        "Needed: more than half of yes, no and abstentions (21), that is 11. Said yes: 10.",
    ],
    "of all ballots": [
        "10 yes, 2 no. 12 of 12 took part.",
        "Needed: three quarters of all ballots (12), that is 9. Said yes: 10.",
    ],
    "present": [
        "8 yes, 2 no. 10 of 15 took part; 6 were needed. 12 were there.",
        "Needed: more than half of all who were there (12), that is 7. Said yes: 8.",
    ],
    "hall": [
        "17 yes, 9 no, 3 abstained, 1 invalid paper. 30 of 42 took part. "
        "3 of these 30 ballots were given by hand in the room.",
        "Needed: two thirds of yes and no (26), that is 18. Said yes: 17.",
    ],
    "few": [FEW],
    "few, chosen": [FEW],
    "few by phone": [FEW],
    "few, open": ["3 yes, 0 no. 3 of 3 took part."],
    "too few": ["8 yes, 0 no. 8 of 28 took part; 19 were needed."],
    "too few of one": [
        "21 yes, 0 no. 21 of 31 took part; 16 were needed. Not in every role did enough take part."
    ],
    "only blank": ["8 of 8 took part."],
    "not each role": [
        "20 yes, 9 no. 29 of 29 took part.",
        "Needed: more than half of yes and no (29), that is 15. Said yes: 20.",
        "The same was needed in every role, but not reached in every one.",
        "Users of the service: 12 yes, 3 no.",
        "Family members: 6 yes, 0 no.",
        "Professionals: 2 yes, 6 no.",
    ],
    "each role, hidden": [
        "20 yes, 4 no. 24 of 24 took part; 12 were needed. In every role enough took part.",
        "Needed: more than half of yes and no (24), that is 13. Said yes: 20.",
        "The same was needed in every role, and reached in every one.",
        "No figures by role: in at least one, too few took part to hide among.",
    ],
    "equal weights": [
        "20 yes, 9 no. 29 of 29 took part.",
        "Each role weighs the same, however many of it took part. Needed: two thirds. "
        "Reached: 41/60 (about 68.3%).",
        "Users of the service: 12 yes, 3 no.",
        "Family members: 6 yes, 0 no.",
        "Professionals: 2 yes, 6 no.",
    ],
    "equal weights, hidden": [
        "20 yes, 4 no. 24 of 24 took part.",
        "Each role weighs the same, however many of it took part. Needed: more than half.",
        "No figures by role: in at least one, too few took part to hide among.",
    ],
    "objections": ["8 consented, 2 objected. 10 of 10 took part."],
    "too little": [
        "8 agreed, 4 stood aside. 12 of 12 took part.",
        "Needed: at least three quarters of those who agreed, stood aside or blocked it (12), that "
        "is 9. Agreed: 8.",
    ],
    "approval": [
        "16 of 16 took part.",
        "✓ The blue room: 11 of 15",
        "• Fish & chips <b>: 8 of 15",
        "• Yoga 🧘: 7 of 15",
    ],
    "approval, weighed, hidden": [
        "17 of 17 took part.",
        "Each role weighs the same, however many of it took part.",
        "No figures by role, and no order: too few of one role to hide among.",
        "✓ The blue room: 11 marks",
        "• Fish & chips <b>: 6 marks",
        "• Yoga 🧘: 2 marks",
        f"The blue room and Fish & chips <b> were level. {LOT}",
    ],
    "score": [
        "8 of 8 took part.",
        "✓ The blue room: about 4.14 on average (29 points from 7 people)",
        "• Fish & chips <b>: about 1.88 on average (15 points from 8 people)",
        "• Yoga 🧘: no points given",
    ],
    "one dot": [
        "6 of 6 took part.",
        "✓ The blue room: 5 dots",
        "• Fish & chips <b>: 1 dot",
        "• Yoga 🧘: 0 dots",
    ],
    "too few to fill": [
        "6 of 6 took part.",
        "One of 2 places is filled: there was nobody else to choose.",
        "✓ The blue room: 18 dots",
        "• Fish & chips <b>: 0 dots",
        "• Yoga 🧘: 0 dots",
    ],
    "runoff": [
        "23 of 23 took part.",
        "In round 4 Bruno has 15 of 22, more than half.",
        f"In round 2, Bruno and Emil were level. {LOT}",
    ],
    "runoff at once": [
        "11 of 11 took part.",
        "In the first round The blue room has 9 of 11, more than half.",
    ],
    "schulze": ["23 of 23 took part.", "Against each of the others, more people put Bruno first."],
    "schulze, circle": [
        "12 of 12 took part.",
        "None is ahead of each of the others. Fish & chips <b> has the strongest chains of "
        "majorities.",
    ],
    "schulze, level": [
        "8 of 8 took part.",
        "None is ahead of each of the others.",
        f"The blue room and Fish & chips <b> were level. {LOT}",
    ],
    "ranked pairs, circle": [
        "12 of 12 took part.",
        "None is ahead of each of the others. Fish & chips <b> comes first if the largest "
        "majorities are kept first.",
    ],
    "scottish": [
        "23 of 23 took part.",
        "The quota: 8.",
        "✓ Bruno: 9 in round 3",
        "✓ Carlo: 7 in round 4, with nobody else left",
        f"In round 2, Bruno and Emil were level. {LOT}",
    ],
    "meek": [
        "23 of 23 took part.",
        "The quota: about 7.05.",
        "✓ Bruno: 9 in round 3",
        "✓ Anna: about 7.06 in round 4",
        f"In round 2, Bruno and Emil were level. {LOT}",
    ],
    "all elected": [
        "7 of 7 took part.",
        "There were no more options than places.",
        "2 of 3 places are filled: there was nobody else to choose.",
        "✓ Anna: 4 in round 1",
        "✓ Bruno: 3 in round 1",
    ],
}
TIES = {
    "tie, lot": f"The blue room and Fish & chips <b> were level. {LOT}",
    "tie, lot in a round": f"In round 2, The blue room and Fish & chips <b> were level. {LOT}",
    "tie, earlier round": "In round 3, The blue room and Fish & chips <b> were level. "
    "Round 1 decided, where they were not.",
    "tie, nothing": "The blue room and Fish & chips <b> were level. Nothing decides between them.",
}
ENGLISH_WORDS = re.compile(
    r"\b(the|of|and|were|is|needed|said|took|each|every|than|nobody|round|points|order|people|"
    r"carried|chosen|elected|about|ahead|behind|with|marks?|dots|average|papers?)\b",
    re.IGNORECASE,
)
FIELD_NAMES = ("dot voting", "ranked pairs", "instant runoff")


def words(text: Markup) -> str:
    """What is read, checked as every screen is."""
    return check(Screen(text))


def whole(case: Case, language: str = "en") -> str:
    rule, outcome = case
    return "\n\n".join(words(page) for page in account(rule, outcome, Speech(language), REASONS))


def test_every_reason_of_the_rules_is_told_of() -> None:
    assert {outcome.why for _, outcome in CASES.values()} == set(Why)


@pytest.mark.parametrize("name", HEADLINES)
def test_the_headline_says_what_came_of_it(name: str) -> None:
    rule, outcome = CASES[name]
    assert words(headline(rule, outcome, ENGLISH)) == HEADLINES[name]


@pytest.mark.parametrize("name", POSTS)
def test_the_post_says_why(name: str) -> None:
    rule, outcome = CASES[name]
    assert words(post(rule, outcome, ENGLISH)).split("\n")[1:] == POSTS[name]


@pytest.mark.parametrize("name", TIES)
def test_a_tie_says_what_decided_it(name: str) -> None:
    rule, outcome = CASES[name]
    assert TIES[name] in words(post(rule, outcome, ENGLISH)).split("\n")
    assert TIES[name] in whole((rule, outcome)).split("\n")


def test_a_tie_that_makes_no_difference_is_in_the_account_only() -> None:
    case = CASES["tie, either way"]
    assert "level" not in words(post(*case, ENGLISH))
    assert "In round 2, The blue room and Fish & chips <b> were level. It made no difference." in (
        whole(case)
    )


@pytest.mark.parametrize("language", ["it", "de"])
@pytest.mark.parametrize("name", CASES)
def test_no_english_is_left(name: str, language: str) -> None:
    rule, outcome = CASES[name]
    rule = replace(rule, options=tuple("ABCDE"[: len(rule.options)]))
    speak = Speech(language)
    given = tuple((word, "x") for word in ("object", "aside", "block")) * 3
    told = "\n".join((*account(rule, outcome, speak, given), post(rule, outcome, speak, given)))
    for name_ in FIELD_NAMES:
        told = re.sub(name_, "", told, flags=re.IGNORECASE)
    assert ENGLISH_WORDS.findall(told) == []
    assert ENGLISH_WORDS.search(post(rule, outcome, ENGLISH) + account(rule, outcome, ENGLISH)[0])


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Bruno: 8 (−1)\nCarlo: 7\nAnna: 6.55555 (+0.55555)\nNo longer counting: 1.44445"),
        ("it", "Bruno: 8 (−1)\nCarlo: 7\nAnna: 6,55555 (+0,55555)\nNon contano più: 1,44445"),
        ("de", "Bruno: 8 (−1)\nCarlo: 7\nAnna: 6,55555 (+0,55555)\nZählt nicht mehr: 1,44445"),
    ],
)
def test_decimals_are_exact_and_written_as_people_read_them(language: str, line: str) -> None:
    assert line in whole(CASES["scottish"], language)


def test_the_account_of_a_runoff_has_every_round() -> None:
    told = whole(CASES["runoff"])
    assert (
        "Round 2\nCarlo: 7 (+3)\nAnna: 6\nBruno: 5\nEmil: 5\n✗ Out: Emil\n\n"
        "Round 3\nBruno: 9 (+4)\nCarlo: 7\nAnna: 6\nNo longer counting: 1 (+1)\n✗ Out: Anna\n\n"
        "Round 4\nBruno: 15 (+6)\nCarlo: 7\nNo longer counting: 1\n✓ Elected: Bruno\n\n"
    ) in told
    assert "The order:\n1. Bruno\n2. Carlo\n3. Anna\n4. Emil\n5. Dora\n\n" in told
    assert told.endswith("Bruno 65.5, Carlo 52.5, Anna 49.5, Dora 40.5, Emil 22.")


def test_a_quota_that_moves_stands_beside_its_round() -> None:
    assert "Round 4, quota 7.049839965\n" in whole(CASES["meek"])
    assert "Round 4\n" in whole(CASES["scottish"])
    assert "→ What Bruno has above the quota moves on." in whole(CASES["scottish"])


def test_the_account_of_pairs_has_each_pair_once() -> None:
    told = whole(CASES["schulze, circle"])
    assert "Fish & chips <b>\nahead of Yoga 🧘, 9 to 3\nbehind The blue room, 5 to 7\n" in told
    assert "level with Fish & chips <b>, 4 to 4" in whole(CASES["schulze, level"])


def test_two_that_share_a_place_are_followed_by_the_next_but_one() -> None:
    told = whole(counted(DecisionMethod.SCHULZE, "6 0", options=FIVE[:4]))
    assert "The order:\n1. Anna\n2. Bruno, Carlo and Dora\n\n" in told


@pytest.mark.parametrize("name", [n for n, came in CASES.items() if not figures(*came)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_with_few_ballots_no_figure_is_told(name: str, language: str) -> None:
    rule, outcome = CASES[name]
    speak = Speech(language)
    told = words(post(rule, outcome, speak, REASONS))
    assert re.findall(r"\d+", told) == ["5"]
    assert "Too loud" not in told + whole((rule, outcome), language)
    assert len(told.split("\n")) == 2
    everything = whole((rule, outcome), language)
    assert set(re.findall(r"\d+", everything)) <= {"0", "5"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["few", "few, tied", "few, chosen", "few objected"])
def test_what_is_kept_of_few_ballots_is_enough_to_tell_it(name: str, language: str) -> None:
    rule, outcome = CASES[name]
    speak, kept = Speech(language), Bare(outcome.result, outcome.winners)
    assert headline(rule, kept, speak) == headline(rule, outcome, speak)
    assert post(rule, kept, speak, REASONS) == post(rule, outcome, speak, REASONS)
    assert account(rule, kept, speak, REASONS) == account(rule, outcome, speak, REASONS)


def test_reasons_are_told_under_their_word() -> None:
    rule, outcome = CASES["objections"]
    told = words(post(rule, outcome, ENGLISH, REASONS[:2]))
    assert told.endswith("\nObjections:\n• Too loud <b>& late\n• one without a reason")
    silent = [REASONS[0], *[("object", "")] * 5]
    told = words(post(rule, outcome, ENGLISH, silent))
    assert told.endswith("\nObjections:\n• Too loud <b>& late\n• 5 without a reason")
    rule, outcome = CASES["blocked"]
    told = whole((rule, outcome))
    assert "Objections:\n• Too loud <b>&\nlate\n• one without a reason" in told
    assert "Why it was blocked:\n• No!\nWhy some stand aside:\n• Hm." in told


@pytest.mark.parametrize("count", [1, 7, 40])
@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_that_are_too_many_are_counted(count: int, language: str) -> None:
    rule, outcome = CASES["objections"]
    given = tuple(("object", f"{number} " + "Oh! 🙈 " * 140) for number in range(count))
    told = post(rule, outcome, Speech(language), given)
    assert length(told) <= CAPTION
    shown = words(told).count("\n• ")
    assert (str(count - shown) in words(told)) or count - shown <= 1
    pages = account(rule, outcome, Speech(language), given)
    assert sum(words(page).count("• ") for page in pages) == count


LONG = tuple(f"{number:02d} " + "🧘& <b>" * 8 + "x" for number in range(20))


def longest(method: DecisionMethod, seats: int) -> Case:
    rule = Rule(method, LONG, seats=seats, dots=9)
    if marking.blank(rule).choice:
        choices = {"0" * n + "3" + "0" * (19 - n): n + 1 for n in range(20)}
    elif METHODS[method].ranked:
        choices = {DIGITS[n:] + DIGITS[:n]: n + 1 for n in range(20)}
    else:
        several = form(rule).valid(DIGITS[:2], rule)
        choices = {DIGITS[0 if several else n : n + 1]: n + 1 for n in range(20)}
    return rule, decide(rule, of_votes(rule, {Role.USER: choices}, drawn=tuple(range(20))))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", [m for m in DecisionMethod if m not in WORDS])
def test_twenty_long_names_fit(method: DecisionMethod, language: str) -> None:
    for seats in (1, 19) if METHODS[method].several else (1,):
        rule, outcome = longest(method, seats)
        speak = Speech(language)
        for room in (CAPTION, 700):
            assert length(post(rule, outcome, speak, room=room)) <= room
        pages = account(rule, outcome, speak)
        assert all(length(page) <= MESSAGE for page in pages)
        read = "\n\n".join(words(page) for page in pages)
        assert all(name in read for name in LONG)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_every_outcome_fits_and_breaks_out_of_nothing(name: str, language: str) -> None:
    rule, outcome = CASES[name]
    speak = Speech(language)
    assert length(post(rule, outcome, speak, REASONS)) <= 700
    assert words(post(rule, outcome, speak)).startswith(words(headline(rule, outcome, speak)))
    (page,) = account(rule, outcome, speak, REASONS)
    assert length(page) <= MESSAGE
    assert words(page)


@pytest.mark.parametrize("method", WORDS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_people_say_it_can_be_told(method: DecisionMethod, data: st.DataObject) -> None:
    parities = [Parity.NONE]
    if method is not DecisionMethod.CONSENT:
        parities = list(Parity)
    rule = Rule(method, parity=data.draw(st.sampled_from(parities)))
    said = data.draw(votes(st.sampled_from(WORDS[method])))
    outcome = decide(rule, of_votes(rule, said))
    for language in LANGUAGES:
        told = words(post(rule, outcome, Speech(language)))
        assert (re.search(r"\d", told.replace("5", "")) is None) or shows_figures(outcome)
        assert whole((rule, outcome), language)
