"""Every screen of agreeing at its longest, in every language; the group's are public."""

from __future__ import annotations

from dataclasses import replace

import pytest
from kit.screen_checks import check
from markupsafe import Markup

from assembly.agreement import Standing
from assembly.endings import Ending
from handlers.assemblies.agreeing.screens import agreeing
from handlers.core.screen import Screen, lines
from handlers.core.screens.room import length
from handlers.core.speech import LANGUAGES, Speech
from storage.agreements import Agreement
from storage.points import AgendaItem

BIG = 10**17
NOW = 1_764_763_200
ITEM = AgendaItem(BIG, BIG, BIG, 60, BIG, "<b>&\u05d0" * 24, None, "open", "open")
WORDS = "😀" * 300
FOUND = Agreement(BIG, BIG, BIG, BIG, ITEM.title, WORDS, NOW, NOW + 600, Standing.PUT)


@pytest.fixture(params=sorted(LANGUAGES))
def speak(request: pytest.FixtureRequest) -> Speech:
    return Speech(request.param, "Europe/Rome")


def test_every_screen_fits(speak: Speech) -> None:
    for screen in (
        agreeing.ask(ITEM, speak),
        agreeing.preview(ITEM, WORDS, "0a1b2c3d", speak),
        agreeing.with_reading(Screen(Markup("card")), [FOUND, FOUND], speak),
        agreeing.with_reading(Screen(lines("-" * 1_200)), [FOUND] * 60, speak),
    ):
        check(screen)
    for standing in Standing:
        post = agreeing.post(replace(FOUND, standing=standing), speak)
        check(post, public=True)
        assert len(post.buttons) == (standing is Standing.PUT), "it dies with what it belongs to"


@pytest.mark.parametrize(
    ("standing", "ending", "count"),
    [
        (None, None, 1),
        (Standing.TURNED_BACK, None, 1),
        (Standing.PUT, None, 1),
        (Standing.STANDS, Ending.AGREED, 0),
        (None, Ending.TALKED, 0),
    ],
)
def test_one_way_at_a_time(standing: Standing | None, ending: Ending | None, count: int) -> None:
    found = None if standing is None else replace(FOUND, standing=standing)
    speak = Speech("en", "Europe/Rome")
    assert len(agreeing.buttons(replace(ITEM, ending=ending), found, speak)) == count


def test_what_is_said_to_who_pressed_never_depends_on_who_it_is(speak: Speech) -> None:
    for standing in Standing:
        for closed in (False, True):
            said = agreeing.told(standing, closed=closed, speak=speak)
            assert 0 < len(said) <= 200, "Telegram's limit for an alert"


def test_before_closing_only_what_is_still_read_is_named(speak: Speech) -> None:
    settled = [replace(FOUND, standing=each) for each in Standing if each is not Standing.PUT]
    assert agreeing.still_read(settled, NOW, speak) is None
    assert agreeing.line(None, speak) is None
    for each in (*settled, FOUND):
        assert WORDS in str(agreeing.line(each, speak))
    assert WORDS in str(agreeing.still_read([*settled, FOUND], NOW + 599, speak))


def test_in_a_great_hurry_as_many_are_shown_as_fit_and_each_has_its_button() -> None:
    speak = Speech("en", "Europe/Rome")
    found = [replace(FOUND, id=number, wording=f"We buy seed {number}.") for number in range(60)]
    card = agreeing.with_reading(Screen(Markup("card")), found, speak)
    assert len(card.buttons) == 60 and "more" in card.text
    before = agreeing.still_read(found, NOW, speak)
    assert before is not None and length(before) < 2_000 and "more" in before
