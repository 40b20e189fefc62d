"""Who acts: found in what the database says now."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.core import guards
from handlers.core.screen import Screen
from handlers.core.screens import plain
from handlers.core.speech import Speech
from storage import members, people

from .conftest import GROUP, IN_GROUP, NOW, Scene, person, pressed, written

STRANGER = person(99, "it")
ALERT = True


def shown(scene: Scene) -> list[Screen]:
    return [show.screen for show in scene.unit.shows]


def told(scene: Scene) -> tuple[str, bool] | None:
    toast = scene.unit.toast
    return None if toast is None else (str(toast.text), toast.alert)


@pytest.mark.parametrize(
    ("update", "language"),
    [(written(), "de"), (written(chat=IN_GROUP), "it"), (pressed(chat=IN_GROUP), "de")],
    ids=["in private", "in the group", "by a button in the group"],
)
async def test_a_member_enters_their_centre(scene: Scene, update: Any, language: str) -> None:
    """A group's own talk is in the group's language; an answer to a press in the person's."""
    context = scene.context(update)
    assert await guards.enter(context) is not None
    assert (context.member, context.centre) == (scene.anna, scene.centre)
    assert not context.facilitates
    assert (context.speak.language, context.speak.zone.key) == (language, "Europe/Rome")


async def test_the_duty_and_the_other_centres_are_looked_up(scene: Scene) -> None:
    await scene.another_centre()
    await scene.facilitating()
    context = scene.context(written())
    presser = await guards.enter(context)
    assert presser is not None and presser.centres == 2
    assert context.facilitates


async def test_a_duty_that_has_ended_is_none(scene: Scene) -> None:
    await scene.facilitating(until=NOW)
    context = scene.context(written())
    assert await guards.enter(context)
    assert not context.facilitates


async def test_the_current_centre_is_meant_unless_another_is_named(scene: Scene) -> None:
    other = await scene.another_centre()
    context = scene.context(written())
    assert await guards.enter(context) and context.centre == scene.centre
    assert await guards.enter(context, other.id) and context.centre == other
    await people.set_current_centre(scene.tx, scene.anna.telegram_id, other.id)
    assert await guards.enter(context) and context.centre == other


async def test_a_button_works_in_its_own_group_only(scene: Scene) -> None:
    other = await scene.another_centre()
    assert not await guards.enter(scene.context(pressed(chat=IN_GROUP)), other.id)
    assert await guards.enter(scene.context(pressed()), other.id)


@pytest.mark.parametrize(
    "update",
    [
        written(by=STRANGER),
        written(chat={**IN_GROUP, "id": GROUP - 5}),
        written(chat=IN_GROUP, by=STRANGER),
        written(chat=IN_GROUP, sender_chat=IN_GROUP),
        written(by=person(is_bot=True)),
    ],
    ids=["stranger", "another group", "stranger in the group", "anonymous", "bot"],
)
async def test_nobody_else_enters(scene: Scene, update: Any) -> None:
    assert await guards.enter(scene.context(update)) is None


async def test_whoever_left_is_out(scene: Scene) -> None:
    await members.leave(scene.tx, scene.anna.id, 99)
    assert not await guards.enter(scene.context(pressed()), scene.centre.id)


async def test_an_anonymous_admin_learns_how_to_take_part(scene: Scene) -> None:
    context = scene.context(written(chat=IN_GROUP, sender_chat=IN_GROUP))
    await guards.refuse(context)
    assert shown(scene) == [plain.anonymous_here(Speech.of(scene.centre))], (
        "in the group’s language"
    )


async def test_a_stranger_in_a_group_hears_nothing(scene: Scene) -> None:
    await guards.refuse(scene.context(written(chat=IN_GROUP, by=STRANGER)))
    assert shown(scene) == [] and told(scene) is None
