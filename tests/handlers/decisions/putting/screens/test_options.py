from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser

import pytest

from assembly.choosing import Topic, offered, topics
from assembly.counting.table import WORDS
from assembly.fitting import Misfit, instead, misfits
from assembly.roles import Role
from assembly.rule import DecisionMethod, Electorate, Parity, Quorum, Rule, Secrecy
from assembly.suggestion import OptionsError
from handlers.core.screen import Screen, keyboard
from handlers.core.speech import LANGUAGES, Speech
from handlers.decisions.putting.presses import PickName, ShowNames
from handlers.decisions.putting.screens import options as screens
from handlers.decisions.putting.screens import words
from handlers.decisions.results.screens.rules import counted
from storage.members import Member

TEXT, LABEL, DATA, ROWS = 4096, 64, 64, 100
BIG = 10**17
QUESTION = "<b>&" * 50
OPTIONS = tuple("<i>&" * 14 + f"{n:02}" for n in range(20))
COMMITMENT = "0" * 64
RULES = [
    Rule(
        method,
        () if method in WORDS else OPTIONS,
        threshold=Fraction(3, 5),
        quorum=Quorum(Fraction(2, 3), each_role=True),
        electorate=Electorate.NAMED,
    )
    for method in DecisionMethod
]


class Tags(HTMLParser):
    """Every tag that is opened is closed, and none comes from what people wrote."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert tag in ("b", "i", "code")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def fits(screen: Screen) -> None:
    tags = Tags()
    tags.feed(str(screen.text))
    assert tags.open == [] and "<i>&" not in screen.text
    assert 0 < len(screen.text) <= TEXT and "{" not in screen.text
    rows = keyboard(screen)
    assert sum(map(len, rows)) <= ROWS
    for button in (button for row in rows for button in row):
        assert 0 < len(button["text"]) <= LABEL
        assert len(button["callback_data"].encode()) <= DATA
        assert "{" not in button["text"] and "&lt;" not in button["text"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.method))
def test_everything_fits_into_a_message(rule: Rule, language: str) -> None:
    speak = Speech(language)
    fits(screens.more(BIG, QUESTION, rule, 41, COMMITMENT, speak))
    fits(screens.ask_options(BIG, rule, speak))
    for topic in topics(rule):
        if topic is Topic.OPTIONS:
            continue
        for present in (True, False):
            fits(screens.choices(BIG, rule, topic, 41, speak, present=present))
        fits(screens.not_understood(BIG, topic, speak))
        for wish in offered(rule, topic, present=True):
            label = words.choice(topic, wish, speak)
            assert label and (language == "en" or label != wish or wish.isdigit())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_misfit_has_its_sentence(language: str) -> None:
    speak = Speech(language)
    assert len({words.misfit(each, speak) for each in Misfit}) == len(Misfit)
    rule = Rule(parity=Parity.EACH_ROLE)
    people = {Role.USER: 3}
    screen = screens.does_not_fit(
        BIG,
        misfits(rule, people),
        Topic.PARITY,
        Parity.EACH_ROLE,
        instead(rule, people),
        3,
        speak,
    )
    fits(screen)
    nearest = Rule(secrecy=Secrecy.SEALED)
    assert counted(nearest, 3, speak) in screen.text
    assert len(screen.buttons) == 2
    nothing = screens.does_not_fit(
        1, (Misfit.TOO_FEW_OPTIONS,), Topic.METHOD, "irv", None, 3, speak
    )
    assert len(nothing.buttons) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_misfit_options_are_named(language: str) -> None:
    speak = Speech(language)
    errors = [
        OptionsError("few", 0),
        OptionsError("few", 1),
        OptionsError("many", 21),
        OptionsError("double", 3, "<b>Blue"),
        OptionsError("long", 3, "<b>&" * 100),
        OptionsError("empty", 3),
        OptionsError("places", 3),
    ]
    said = [screens.options_misfit(BIG, error, speak) for error in errors]
    for screen in said:
        fits(screen)
    assert len({screen.text for screen in said}) == len(errors)
    assert "&lt;b&gt;Blue" in said[3].text


def test_what_is_chosen_has_a_tick() -> None:
    speak = Speech("en")
    rule = Rule(threshold=Fraction(2, 3))
    screen = screens.choices(1, rule, Topic.THRESHOLD, 41, speak, present=False)
    labels = [button.label for row in screen.buttons for button in row]
    assert [each for each in labels if "✓" in each] == ["✓ Two thirds"]


def test_names_come_in_pages() -> None:
    speak = Speech("en")
    members = [member(n) for n in range(1, 20)]
    first = screens.names(1, members, (2,), 0, speak)
    labels = [row[0].label for row in first.buttons]
    assert labels[:2] == ["N1", "✓ N2"] and labels[8:] == ["Further names", "Back"]
    assert first.buttons[0][0].press == PickName(1, 1, True, 0)
    assert first.buttons[1][0].press == PickName(1, 2, False, 0)
    assert "One is chosen." in first.text
    last = screens.names(1, members, (), 99, speak)
    assert [row[0].label for row in last.buttons] == ["N17", "N18", "N19", "Earlier ones", "Back"]
    assert last.buttons[3][0].press == ShowNames(1, 1)
    assert len(screens.names(1, [], (), 0, speak).buttons) == 1


def test_a_long_name_is_no_markup_on_a_button() -> None:
    long = replace(member(BIG), name="<b>&" * 10)
    screen = screens.names(BIG, [long], (), 0, Speech("de"))
    fits(screen)
    assert screen.buttons[0][0].label == "<b>&" * 10


def member(number: int) -> Member:
    return Member(number, 1, number, Role.USER, f"N{number}", "active", 0)
