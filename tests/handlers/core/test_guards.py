"""Who may: decided by what the database says now, and told kindly to everybody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from kit.phrases import FACILITATORS_ONLY, MEMBERS_ONLY, PRIVATE_ONLY

from handlers.core import guards
from handlers.core.context import Context
from handlers.core.press import Press
from handlers.core.screen import Screen
from handlers.core.screens import plain
from storage import members, people

from .conftest import GROUP, IN_GROUP, NOW, Scene, person, pressed, written

STRANGER = person(99, "it")
ALERT = True


@dataclass(frozen=True, slots=True)
class Knock(Press, tag="test-knock"):
    centre_id: int


class Inside:
    """Remembers who was let in."""

    def __init__(self) -> None:
        self.presses: list[Press] = []
        self.contexts: list[Context] = []

    async def command(self, context: Context) -> None:
        self.contexts.append(context)

    async def press(self, press: Press, context: Context) -> None:
        self.presses.append(press)
        self.contexts.append(context)


@pytest.fixture
def inside() -> Inside:
    return Inside()


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
    await members.leave(scene.tx, scene.anna.id)
    assert not await guards.enter(scene.context(pressed()), scene.centre.id)


@pytest.mark.parametrize("guard", [guards.members_only, guards.facilitators_only])
async def test_a_command_of_a_stranger_is_refused(
    scene: Scene, inside: Inside, guard: Callable[..., Any]
) -> None:
    context = scene.context(written(by=STRANGER))
    await guard(inside.command)(context)
    assert inside.contexts == []
    assert shown(scene) == [plain.not_a_member(context.speak, [scene.centre])]


async def test_a_command_of_a_member_is_answered(scene: Scene, inside: Inside) -> None:
    context = scene.context(written())
    await guards.members_only(inside.command)(context)
    assert inside.contexts == [context] and shown(scene) == []


@pytest.mark.parametrize(("chat", "public"), [(None, False), (IN_GROUP, True)])
async def test_a_command_for_facilitators(
    scene: Scene, inside: Inside, chat: Any, public: bool
) -> None:
    guarded = guards.facilitators_only(inside.command)
    update = written(**({"chat": chat} if chat else {}))
    context = scene.context(update)
    await guarded(context)
    assert inside.contexts == []
    assert shown(scene) == [plain.facilitators_only(context.speak, public=public)]
    await scene.facilitating()
    context = scene.context(update)
    await guarded(context)
    assert inside.contexts == [context] and len(shown(scene)) == 1


PRESSED = [
    guards.pressed_by_members,
    guards.pressed_in_private,
    guards.pressed_by_facilitators,
]


@pytest.mark.parametrize("guard", PRESSED)
async def test_a_press_is_answered(scene: Scene, inside: Inside, guard: Callable[..., Any]) -> None:
    await scene.facilitating()
    context, press = scene.context(pressed()), Knock(scene.centre.id)
    await guard(inside.press)(press, context)
    assert (inside.presses, inside.contexts) == ([press], [context])
    assert context.centre == scene.centre and told(scene) is None


@pytest.mark.parametrize("guard", PRESSED)
async def test_a_press_about_another_centre_is_refused(
    scene: Scene, inside: Inside, guard: Callable[..., Any]
) -> None:
    context = scene.context(pressed())
    await guard(inside.press)(Knock(scene.centre.id + 1), context)
    assert inside.presses == []
    assert told(scene) == (context.speak(MEMBERS_ONLY), ALERT)


async def test_a_private_press_in_a_group_is_made_up(scene: Scene, inside: Inside) -> None:
    context = scene.context(pressed(chat=IN_GROUP))
    await guards.pressed_in_private(inside.press)(Knock(scene.centre.id), context)
    assert inside.presses == []
    assert told(scene) == (context.speak(PRIVATE_ONLY), ALERT)


async def test_a_press_for_facilitators_tells_members_so(scene: Scene, inside: Inside) -> None:
    context = scene.context(pressed())
    await guards.pressed_by_facilitators(inside.press)(Knock(scene.centre.id), context)
    assert inside.presses == []
    assert told(scene) == (context.speak(FACILITATORS_ONLY), ALERT)


async def test_an_anonymous_admin_learns_how_to_take_part(scene: Scene) -> None:
    context = scene.context(written(chat=IN_GROUP, sender_chat=IN_GROUP))
    await guards.refuse(context)
    assert shown(scene) == [plain.anonymous_here(context.speak)]


async def test_a_stranger_in_a_group_hears_nothing(scene: Scene) -> None:
    await guards.refuse(scene.context(written(chat=IN_GROUP, by=STRANGER)))
    assert shown(scene) == [] and told(scene) is None
