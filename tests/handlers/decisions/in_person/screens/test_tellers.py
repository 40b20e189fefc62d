"""Every screen of the hall's count fits into a message, in each language, at its longest."""

from __future__ import annotations

import pytest
from kit.screen_checks import check

from assembly import in_person as rules
from assembly import marking
from assembly.collected import INVALID
from assembly.counting.table import WORDS
from assembly.forms.form import Marks
from assembly.in_person import Headcounts, Place, State
from assembly.outcome import InPersonBallots
from assembly.roles import Role
from assembly.rule import MOST_OPTIONS, DecisionMethod, Parity, Rule
from handlers.core.screen import Screen
from handlers.core.speech import LANGUAGES, Speech
from handlers.decisions.in_person.screens import checking, headcount
from handlers.decisions.in_person.screens import papers as hall_papers
from handlers.decisions.in_person.screens import tellers as screens
from handlers.decisions.in_person.screens.figures import too_many
from storage.assemblies import Assembly
from storage.decisions import Decision
from storage.in_person import Entry

FAR = 9_999_999_999  # an id as large as any will be in a hundred years
IN_HALL: Headcounts = dict.fromkeys(Role, 500)
OPTIONS = tuple(
    f"{number}: <b>& a label as long as it can be</b>".ljust(80, "x")
    for number in range(MOST_OPTIONS)
)
ASSEMBLY = Assembly(FAR, FAR, 0, None, "open", 0, 0, 0, None, 1)

pytestmark = pytest.mark.parametrize("language", LANGUAGES)


def decision(rule: Rule) -> Decision:
    return Decision(
        *(FAR, FAR, FAR, None, "<Shall> we?".ljust(200, "?"), rule, 9, "open", 0, None, None),
        *(None, None, None),
    )


def entry(*ballots: InPersonBallots, name: str | None = "<" * 40) -> Entry:
    return Entry(State.COUNTING, 1, Role.USER, 2, FAR, FAR, name, name, ballots, None)


def papers(rule: Rule) -> tuple[InPersonBallots, ...]:
    """More different papers than are shown, by role, each as long as a choice can be."""
    full = "5" * MOST_OPTIONS
    choices = [full[:number] + "-" * (MOST_OPTIONS - number) for number in range(MOST_OPTIONS)]
    assert all(rules.is_choice(Place(each, Role.PROFESSIONAL), rule) for each in choices)
    return tuple(InPersonBallots(each, 9, role) for role in Role for each in (*choices, INVALID))


@pytest.mark.parametrize("method", WORDS)
def test_counting_words(language: str, method: DecisionMethod) -> None:
    speak = Speech(language)
    asked = decision(Rule(method, parity=Parity.EACH_ROLE))
    for place in rules.places(asked.rule, IN_HALL):
        words = check(screens.ask(asked, place, 500, speak, too_many(3, speak)))
        assert "500" in words
    said = tuple(
        InPersonBallots(each.choice, 100, each.role) for each in rules.places(asked.rule, IN_HALL)
    )
    for screen in everywhere(asked, entry(*said), speak):
        check(screen)


def test_counting_papers(language: str) -> None:
    speak = Speech(language)
    rule = Rule(DecisionMethod.SCORE, OPTIONS, parity=Parity.EQUAL_WEIGHTS)
    asked, said = decision(rule), papers(rule)
    for screen in everywhere(asked, entry(*said), speak):
        check(screen)
    picked = marking.tap(marking.blank(rule), MOST_OPTIONS - 1, rule)
    for marks in (marking.blank(rule), picked, Marks("5" * MOST_OPTIONS)):
        check(hall_papers.fill(asked, Place(INVALID, Role.PROFESSIONAL), marks, said, speak))


def everywhere(asked: Decision, entered: Entry, speak: Speech) -> list[Screen]:
    return [
        screens.counting(asked, entered, IN_HALL, speak),
        screens.handed(asked, speak),
        checking.to_check(asked, entered, IN_HALL, speak),
        checking.with_others(asked, entered, speak),
        checking.confirmed(asked, entered, speak),
    ]


def test_everything_around(language: str) -> None:
    speak, asked = Speech(language), decision(Rule())
    for screen in (
        screens.nobody_else(asked, speak),
        screens.nobody_there(asked, speak),
        screens.nobody_takes_part(asked, speak),
        screens.begin(asked, 3, speak),
        checking.offered(asked, speak),
        checking.told_confirmed(asked, speak),
        checking.told_thrown_away(asked, "<" * 40, speak),
        checking.with_others(asked, entry(name=None), speak),
        headcount.ask(ASSEMBLY, Role.PROFESSIONAL, speak, 9, headcount.no_number(speak)),
        headcount.overview(ASSEMBLY, IN_HALL, speak),
        headcount.overview(ASSEMBLY, {None: 1}, speak),
        headcount.refused(ASSEMBLY, speak),
        headcount.refused(ASSEMBLY, speak, 9),
    ):
        check(screen)
    assert len(headcount.fewer_than_ballots(speak)) <= 200  # as long as an alert can be
