from __future__ import annotations

from fractions import Fraction

import pytest
from kit.screen_checks import check

from handlers.core.speech import LANGUAGES, Speech
from handlers.profile.screens import duty
from storage.centres import Centre

NOW = 1_764_763_200
CENTRE = Centre(7, -100, "Casa <Alba> & Co", "de", "Europe/Rome", None, None, Fraction(1, 3), NOW)


@pytest.mark.parametrize("language", LANGUAGES)
def test_giving_back_names_the_centre_and_the_day(language: str) -> None:
    speak = Speech(language, "Europe/Rome")
    asked = check(duty.ask_back(speak, CENTRE, NOW, NOW, last=True))
    assert "Casa <Alba> & Co" in asked and "2025" in asked
    shorter = check(duty.ask_back(speak, CENTRE, None, NOW, last=False))
    assert len(shorter.splitlines()) == len(asked.splitlines()) - 2
    assert "Casa <Alba> & Co" in check(duty.given_back(speak, CENTRE))
