from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest
from kit.screen_checks import check
from markupsafe import Markup

from assembly.endings import Course, Ending
from assembly.rule import Rule
from handlers.assemblies.meeting.screens import script
from handlers.core.screen import Screen
from handlers.core.speech import LANGUAGES, Speech
from storage.decisions import Decision
from storage.points import AgendaItem, Kind

ENGLISH = Speech("en", "Europe/Rome")
ITEM = AgendaItem(1, 12, 7, 1, 3, "A quiet room", None, "open", "open")
OPEN = Decision(
    id=5,
    centre_id=7,
    assembly_id=12,
    item_id=1,
    question="Shall we?",
    rule=Rule(),
    electorate=9,
    status="open",
    opened_at=0,
    closes_at=None,
    closed_at=None,
    result=None,
    outcome=None,
    reason=None,
)
CLOSED = replace(OPEN, status="closed", result="carried")


NEW = Course()


def said(put: tuple[Decision, ...] = (), course: Course = NEW, **item: Any) -> str:
    return str(script.at_point(replace(ITEM, **item), course, put, ENGLISH))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_and_every_ending_has_its_sentence(language: str) -> None:
    speak = Speech(language, "Europe/Rome")
    begun = [script.at_point(replace(ITEM, kind=kind), NEW, (), speak) for kind in get_args(Kind)]
    ended = [script.at_point(replace(ITEM, ending=ending), NEW, (), speak) for ending in Ending]
    sentences = [*begun, *ended, script.at_the_end(speak)]
    assert len(set(sentences)) == len(sentences)
    for each in sentences:
        assert len(each) <= 140, "one look is enough"
        check(script.beside(Screen(Markup("A quiet room")), each))


def test_while_it_is_being_decided_nothing_else_matters() -> None:
    assert "wait until all who want to have answered" in said((OPEN,))
    assert "wait until" in said((CLOSED, OPEN), ending=Ending.TALKED)


def test_it_follows_the_point() -> None:
    assert "who would like to begin" in said()
    assert "what came of it" in said((CLOSED,), Course(put=True, decided=True))
    assert "presses it unseen" in said(course=Course(agreeing=True))
    assert "who would like to begin" in said((replace(CLOSED, result=None, status="cancelled"),))
    assert "it is off the list" in said(proposal_status="settled"), (
        "whoever took it off, or put it together"
    )
    assert "what you take from it" in said((CLOSED,), ending=Ending.TALKED)


def test_it_stands_below_in_its_own_letters() -> None:
    shown = script.beside(Screen(Markup("A quiet room")), script.at_the_end(ENGLISH))
    assert str(shown.text).startswith("A quiet room\n\n<i>Now: ")
