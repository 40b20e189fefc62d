"""The agenda on paper: numbered points with their why, short or long, in every language."""

from __future__ import annotations

from fractions import Fraction

import pytest
from kit.printed import check

from bot.printing import pdf
from handlers.assemblies.presses import PrintPoints, ShowPoints
from handlers.assemblies.screens import printouts
from handlers.assemblies.screens.printouts import MOST, Point
from handlers.core.speech import LANGUAGES, Speech
from storage.assemblies import Assembly
from storage.centres import Centre

CENTRE = Centre(7, -7, "Centro Aurora", "it", "Europe/Rome", None, None, Fraction(1, 3), 0)
AT = 1_764_774_000  # 3 December 2025, 16:00 in Rome
ASSEMBLY = Assembly(9, 7, AT, "Via Roma 12\nfirst floor", "convened", 0, 1, None, None, None)
UNFIXED = Assembly(9, 7, AT, None, "convened", 0, None, None, None, None)
ENGLISH = Speech("en", "Europe/Rome")


def link(payload: str) -> str:
    return f"https://t.me/voci_bot?start={payload}"


def test_points_are_headings_in_their_order_with_why_and_minutes() -> None:
    points = (
        Point("Longer opening hours", "On Saturdays many have nowhere to go.", 10),
        Point("A quiet room", waits_since=AT - 7 * 86_400),
        Point("Hurts somebody", "much", withdrawn=True),
    )
    late = (Point("Trip", "To the sea."),)
    wanted = printouts.agenda(ASSEMBLY, points, late, CENTRE, ENGLISH, link)
    found = check(pdf(wanted.printout), "en")
    assert wanted.name == "voci-agenda-2025-12-03"
    assert found.headings == [
        ("H1", "1. Longer opening hours"),
        ("H1", "2. A quiet room"),
        ("H1", "3. taken back"),
        ("H1", "Came later"),
        ("H2", "Trip"),
    ]
    assert (
        "Centro Aurora What we talk about on Wednesday 3 December, 16:00 "
        "3 December 2025, 16:00 Via Roma 12 first floor 1. Longer opening hours "
        "On Saturdays many have nowhere to go. 10 minutes. 2. A quiet room "
        "It has waited since the assembly on 26 November."
    ) in found.words
    assert "Hurts" not in found.words and "much" not in found.words
    assert "start=join_7" in found.words
    assert (
        "Came later The assembly decides whether to take it today. Trip To the sea." in found.words
    )
    assert "can still change" not in found.words


@pytest.mark.parametrize("language", LANGUAGES)
def test_sixty_long_points_go_over_pages(language: str) -> None:
    speak = Speech(language, "Europe/Rome")
    points = tuple(
        Point(f"{number} " + "W" * 110, "Perché & <b> " * 20, 120) for number in range(60)
    )
    found = check(
        pdf(printouts.agenda(ASSEMBLY, points, (), CENTRE, speak, link).printout), language
    )
    assert len(found.headings) == 60
    assert len(found.pages) > 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_agenda_asks_what_to_talk_about(language: str) -> None:
    speak = Speech(language, "Europe/Rome")
    found = check(pdf(printouts.agenda(UNFIXED, (), (), CENTRE, speak, link).printout), language)
    asked = speak("Nothing is on the list yet. What should we talk about?").unescape()
    assert asked in found.words
    assert len(found.pages) == 1


def test_until_it_is_fixed_it_says_so_and_a_thousand_proposals_are_not_printed() -> None:
    points = tuple(Point(f"Point {number}") for number in range(1_000))
    found = check(pdf(printouts.agenda(UNFIXED, points, (), CENTRE, ENGLISH, link).printout), "en")
    assert "The order can still change" in found.words
    assert len(found.headings) == MOST
    assert "and 800 more" in found.words


def test_the_way_back_and_the_other_language() -> None:
    wanted = printouts.agenda(ASSEMBLY, (), (), CENTRE, Speech("it", "Europe/Rome"), link)
    press = PrintPoints(7, 9, False)
    screen = printouts.screen(press, ASSEMBLY, wanted, Speech("it"), ENGLISH)
    assert wanted.printout.title.startswith("Di che cosa")
    assert "What we talk about" in screen.text and "Di che cosa" not in screen.text
    assert [(button.label, button.press) for (button,) in screen.buttons] == [
        ("In English", PrintPoints(7, 9, True)),
        ("Back", ShowPoints(7, 9)),
    ]
