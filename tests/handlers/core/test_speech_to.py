"""Whoever is written to is spoken to in their own language."""

from __future__ import annotations

import pytest
from kit.stage import Stage

from handlers.core.speech_to import speech_to
from storage import people

pytestmark = pytest.mark.usefixtures("no_errors")


async def test_their_language_or_else_that_of_the_centre(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    await stage.write(people.set_language, anna.id, "de")
    assert (await stage.read(speech_to, centre, anna.id)).language == "de"
    assert (await stage.read(speech_to, centre, 1)).language == centre.language
