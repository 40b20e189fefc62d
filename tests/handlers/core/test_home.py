"""Home says what is next in the centre that somebody stands in."""

from __future__ import annotations

from kit.centre_rows import put_question

from handlers.core import guards
from handlers.core.home import show_home
from handlers.core.screen import Screen
from handlers.core.screens import home
from handlers.core.speech import Speech
from handlers.core.unit_of_work import Show
from storage import assemblies
from storage.secrets.keys import KeyStore

from .conftest import ANNA, NOW, Scene, written


async def shown(scene: Scene) -> Show:
    context = scene.context(written())
    assert await guards.enter(context)
    await show_home(context)
    return scene.unit.shows.pop()


def expected(scene: Scene, **more: object) -> Screen:
    speak = Speech("de", "Europe/Rome")
    return home.home(speak, scene.centre, **{"facilitates": False, **more})  # type: ignore[arg-type]


async def test_where_nothing_is_planned(scene: Scene) -> None:
    show = await shown(scene)
    assert (show.chat_id, show.screen) == (ANNA, expected(scene))


async def test_the_next_assembly_the_open_questions_and_the_duty(
    scene: Scene, keys: KeyStore
) -> None:
    await scene.facilitating()
    convened = [
        await assemblies.convene(
            scene.tx,
            centre_id=scene.centre.id,
            starts_at=starts_at,
            place=None,
            convened_by=scene.anna.id,
            now=NOW,
        )
        for starts_at in (NOW + 7200, NOW + 3600)
    ]
    for _ in range(2):
        await put_question(scene.tx, keys, centre_id=scene.centre.id, now=NOW)
    show = await shown(scene)
    assert show.screen == expected(scene, facilitates=True, following=convened[1], deciding=2)
