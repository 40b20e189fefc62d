from __future__ import annotations

import pytest
from kit.screen_checks import check

from handlers.centre.screens import setup
from handlers.core.screens import plain
from handlers.core.speech import LANGUAGES, Speech
from handlers.membership.screens import arrival

NOW = 1_764_763_200  # Wednesday 3 December 2025, 12:00 UTC
HOSTILE = "<b>A & B</b>"


@pytest.fixture(params=LANGUAGES)
def speak(request: pytest.FixtureRequest) -> Speech:
    return Speech(request.param, "Europe/Rome")


def test_the_screens_may_stand_in_a_group(speak: Speech) -> None:
    check(setup.language(speak), public=True)
    check(setup.zone(speak, NOW), public=True)
    check(setup.name(speak, None), public=True)
    check(setup.name(speak, HOSTILE), public=True)
    assert HOSTILE in check(setup.ready(speak, HOSTILE, "https://t.me/x", NOW), public=True)
    assert HOSTILE in check(arrival.begun(speak, HOSTILE), public=True)
    assert HOSTILE in check(setup.already(speak, HOSTILE), public=True)
    check(setup.unknown_zone(speak), public=True)
    check(setup.unfit_name(speak, 40), public=True)
    check(plain.operators_only(speak), public=True)
    check(setup.in_the_group(speak))


def test_ones_own_language_comes_first(speak: Speech) -> None:
    labels = [row[0].label for row in setup.language(speak).buttons]
    assert labels[0] == LANGUAGES[speak.language]
    assert set(labels) == set(LANGUAGES.values())


@pytest.mark.parametrize(
    ("language", "yes", "others"),
    [
        ("it", "Sì, Roma", "Vienna · 13:00"),
        ("de", "Ja, Berlin", "Rom · 13:00"),
        ("en", "Yes, London", "New York · 07:00"),
    ],
)
def test_places_are_named_in_the_language_with_their_time(
    language: str, yes: str, others: str
) -> None:
    labels = [button.label for row in setup.zone(Speech(language), NOW).buttons for button in row]
    assert labels[0] == yes
    assert others in labels
