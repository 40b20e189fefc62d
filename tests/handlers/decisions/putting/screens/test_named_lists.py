from __future__ import annotations

import pytest
from kit.screen_checks import check

from assembly.named_list import Answer, Standing
from assembly.roles import Role
from handlers.core.names import marked
from handlers.core.speech import LANGUAGES, Speech
from handlers.decisions.putting.presses import AskAboutList
from handlers.decisions.putting.screens import named_lists as screens
from storage.centres import Centre
from storage.members import Member
from storage.named_lists import NamedList

CENTRE = Centre(7, -100, "<b>Aurora</b>", "it", "Europe/Rome", None, None, 0, 0)  # type: ignore[arg-type]
ASKER = marked(1, "Fiona")
MANY = NamedList(
    *(3, 1, 0, Answer.WAITING, None),
    tuple(
        Member(number, 7, number, Role.USER, f"{number:02}<i>" + "x" * 35, "active", 0)
        for number in range(90)
    ),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_is_on_a_page_that_fits(language: str) -> None:
    speak, told = Speech(language), ""
    for page in (-1, 0, 1, 2, 99):
        told += check(screens.request(speak, CENTRE, ASKER, MANY, page))
    assert all(each.name in told for each in MANY.members)


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_it_stands_is_said_each_time_otherwise(language: str) -> None:
    speak = Speech(language)
    told = {standing: screens.where_it_stands(7, standing, speak) for standing in Standing}
    assert len({text for text, _ in told.values()}) == len(Standing)
    offered = {
        standing
        for standing, (_, buttons) in told.items()
        if any(isinstance(each.press, AskAboutList) for each in buttons)
    }
    assert offered == {Standing.NOT_ASKED}
    ends = {check(screens.settled(speak, CENTRE, ASKER, answer)) for answer in Answer}
    ends |= {check(screens.answered(speak, CENTRE, yes=yes)) for yes in (True, False)}
    assert len(ends) == 5
