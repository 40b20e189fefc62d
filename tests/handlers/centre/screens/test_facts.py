from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from kit.screen_checks import check, lines_on_a_phone

from assembly.centre_facts import Fact, longest
from assembly.roles import Role
from handlers.centre.screens import facts as screens
from handlers.core.speech import LANGUAGES, Speech
from storage.centre_facts import Settled, Waiting
from storage.centres import Centre

BIG = 10**17  # as long as an id can become
HOSTILE = "<b>&x@"
CENTRE = Centre(BIG, -1, HOSTILE, "it", "Europe/Rome", None, None, Fraction(1, 3), 0)
FACTS = {
    fact: {Fact.BASIS: "members", Fact.AGE: "16"}.get(fact, (HOSTILE * 40)[: longest(fact)])
    for fact in Fact
}
WAITING = [
    Waiting(BIG + number, fact, words, 1, 0, HOSTILE, Role.USER)
    for number, (fact, words) in enumerate(FACTS.items())
]


@pytest.fixture(params=LANGUAGES)
def speak(request: pytest.FixtureRequest) -> Speech:
    return Speech(request.param, "Europe/Rome")


def test_the_desk_fits_with_everything_on_it(speak: Speech) -> None:
    note = screens.holds_alone(speak)
    check(screens.desk(speak, CENTRE, FACTS, WAITING, WAITING, note))
    check(screens.desk(speak, CENTRE, {}, [], []))
    waits = screens.desk(speak, CENTRE, {}, WAITING, [])
    check(waits)
    assert not any("cfS" in str(button.press) for row in waits.buttons for button in row)


ORDINARY = {
    Fact.RESPONSIBLE: "Azienda sanitaria Giuliano Isontina",
    Fact.ADDRESS: "Via Sai 1, 34128 Trieste",
    Fact.CONTACT: "privacy@asugi.example",
}


def test_the_desk_is_short(speak: Speech) -> None:
    centre = replace(CENTRE, name="Centro Aurora")
    one = [Waiting(1, fact, words, 1, 0, "Chiara", Role.USER) for fact, words in ORDINARY.items()]
    desks = (
        screens.desk(speak, centre, {}, [], []),
        screens.desk(speak, centre, ORDINARY, [], []),
        screens.desk(speak, centre, ORDINARY, one, one),
    )
    assert [lines_on_a_phone(desk) <= 12 for desk in desks] == [True] * 3


def test_who_confirms_reads_what_waits_and_by_whom_once() -> None:
    chiara = [
        Waiting(1, fact, words, 1, 0, "Chiara", Role.USER) for fact, words in ORDINARY.items()
    ]
    gone = Waiting(9, Fact.OFFICER, None, 2, 0, "Ingrid", Role.USER)
    words = check(screens.desk(Speech("en"), CENTRE, FACTS, [*chiara, gone], [*chiara, gone]))
    assert words.count("By Chiara:") == 1
    assert "By Ingrid:\nData protection officer: taken away\nIs it right?" in words
    assert "Computer" not in words and "Press what" not in words


def test_what_is_confirmed_are_facts_and_no_numbers() -> None:
    def yes(language: str) -> str:
        return screens.desk(Speech(language), CENTRE, {}, WAITING, WAITING).buttons[0][0].label

    assert [yes(each) for each in LANGUAGES] == ["That is right", "È giusto", "Das stimmt"]


@pytest.mark.parametrize("fact", Fact)
@pytest.mark.parametrize("walk", [True, False])
def test_every_question_can_be_left(speak: Speech, fact: Fact, walk: bool) -> None:
    words = check(screens.ask(speak, BIG, fact, FACTS[fact], walk=walk))
    check(screens.ask(speak, BIG, fact, None, walk=walk))
    assert len(words.splitlines()) <= 5


def test_the_rest_fits(speak: Speech) -> None:
    check(screens.unfit(speak, BIG, 200))
    check(screens.asked(speak, CENTRE))
    said = {check(screens.answered(speak, CENTRE, holds=holds)) for holds in (True, False)}
    assert len(said) == 2
    check(screens.history(speak, BIG, []))
    many = [Settled(fact, 0, HOSTILE, None, alone) for fact in Fact for alone in (True, False)]
    assert HOSTILE in check(screens.history(speak, BIG, many))
