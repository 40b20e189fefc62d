"""Agreeing anew, on a phone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from kit.longest_assembly import CENTRE
from kit.screen_checks import check, lines_on_a_phone

from assembly.centre_facts import Fact
from handlers.core.speech import LANGUAGES, Speech
from handlers.profile.screens import agreeing

FACTS = {Fact.RESPONSIBLE: "Cooperativa sociale Aurora", Fact.CONTACT: "privacy@aurora.example"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_neither_of_the_two_screens_is_long(language: str) -> None:
    speak = Speech(language, "Europe/Rome")
    centre = replace(CENTRE, name="Centro Aurora")
    pages = (
        agreeing.part(speak, centre, None),
        agreeing.part(speak, centre, FACTS[Fact.RESPONSIBLE]),
        agreeing.limits(speak, centre.id, FACTS, 2, "0" * 8),
    )
    for page in pages:
        check(page)
        assert lines_on_a_phone(page) <= 16


def test_another_body_is_named_at_once() -> None:
    speak = Speech("en", "Europe/Rome")
    told = [check(agreeing.part(speak, CENTRE, body)).split("\n\n")[0] for body in ("Coop", None)]
    assert "Responsible for your data is now: Coop." in told[0]
    assert "Responsible" not in told[1]
