"""A number that is typed never gets into what somebody was writing."""

from __future__ import annotations

import pytest

from handlers.core import guards, typed_number
from handlers.core.context import Context
from handlers.core.typed_number import BALLOTS, PEOPLE
from storage import drafts
from storage.drafts import Draft

from .conftest import ANNA, NOW, Scene, written


@pytest.fixture
async def context(scene: Scene) -> Context:
    context = scene.context(written())
    assert await guards.enter(context)
    return context


def draft(scene: Scene, kind: str) -> Draft:
    return Draft(ANNA, scene.centre.id, kind, "3:user", None, None, NOW)


@pytest.mark.parametrize("before", [None, PEOPLE, BALLOTS])
async def test_the_next_text_is_the_number(
    scene: Scene, context: Context, before: str | None
) -> None:
    if before:
        await drafts.save(scene.tx, draft(scene, before))
    assert await typed_number.ask(PEOPLE, "3:user", context) is True
    assert await drafts.find(scene.tx, ANNA) == draft(scene, PEOPLE)


async def test_what_else_is_being_written_goes_on(scene: Scene, context: Context) -> None:
    proposal = draft(scene, "proposal")
    await drafts.save(scene.tx, proposal)
    assert await typed_number.ask(BALLOTS, "3:user", context) is False
    await typed_number.stop(context)
    assert await drafts.find(scene.tx, ANNA) == proposal
    assert await typed_number.ask(BALLOTS, "3:user", context, instead=True) is True
    assert await drafts.find(scene.tx, ANNA) == draft(scene, BALLOTS)


async def test_it_stops(scene: Scene, context: Context) -> None:
    await typed_number.stop(context)
    await drafts.save(scene.tx, draft(scene, PEOPLE))
    await typed_number.stop(context)
    assert await drafts.find(scene.tx, ANNA) is None
