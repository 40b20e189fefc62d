"""Who may: declared where something is registered, decided by what the database says now."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from kit.phrases import FACILITATORS_ONLY, MEMBERS_ONLY, OLDER_MESSAGE, PRIVATE_ONLY

from assembly.duties import LAST, Duty
from handlers.core.context import Context, Unguarded
from handlers.core.may import May, hindrance, names_centre
from handlers.core.screens import home, plain
from storage import assemblies, duties, invitations, joinings, members, points, sessions
from storage.assemblies import Assembly

from .conftest import IN_GROUP, Scene, person, pressed, written

STRANGER = person(99, "it")
ALERT = True
IN_PRIVATE_ONLY = (
    May.ANYBODY_IN_PRIVATE,
    May.JOINING,
    May.THEMSELVES,
    May.MEMBERS_IN_PRIVATE,
    May.FACILITATORS,
    May.CHAIRS,
    May.RECORDERS,
)
LEADING = (May.CHAIRS, May.RECORDERS)


async def refused(scene: Scene, may: May, update: Any, centre_id: int | None) -> bool:
    """Whether somebody is told that they may not."""
    context = scene.context(update)
    refusal = await hindrance(may, context, centre_id)
    if refusal is not None:
        await refusal(context)
    return refusal is not None


def told(scene: Scene) -> tuple[str, bool] | None:
    toast = scene.unit.toast
    return None if toast is None else (str(toast.text), toast.alert)


@pytest.mark.parametrize("may", [may for may in May if may is not May.OPERATORS])
async def test_whoever_may_everything_is_let_in(scene: Scene, may: May) -> None:
    await scene.facilitating()
    if may is May.JOINING:
        await begin(scene)
    assert not await refused(scene, may, pressed(), scene.centre.id)
    assert (told(scene), scene.unit.shows) == (None, [])


@pytest.mark.parametrize("may", [may for may in May if names_centre(may)])
async def test_a_member_is_a_stranger_elsewhere(scene: Scene, may: May) -> None:
    await scene.facilitating()
    assert await refused(scene, may, pressed(), scene.centre.id + 1)


@pytest.mark.parametrize("may", IN_PRIVATE_ONLY)
async def test_a_private_button_in_a_group_is_made_up(scene: Scene, may: May) -> None:
    await scene.facilitating()
    await begin(scene)
    assert await refused(scene, may, pressed(chat=IN_GROUP), scene.centre.id)
    assert told(scene) is not None and scene.unit.shows == []


@pytest.mark.parametrize(
    ("may", "words"),
    [
        (May.MEMBERS, MEMBERS_ONLY),
        (May.MEMBERS_IN_PRIVATE, MEMBERS_ONLY),
        (May.FACILITATORS, MEMBERS_ONLY),
        (May.JOINING, OLDER_MESSAGE),
    ],
)
async def test_a_stranger_who_presses_is_told(scene: Scene, may: May, words: str) -> None:
    context = scene.context(pressed(by=STRANGER))
    assert await refused(scene, may, pressed(by=STRANGER), scene.centre.id)
    assert told(scene) == (context.speak(words), ALERT)


async def test_in_the_group_it_is_said_where_it_belongs(scene: Scene) -> None:
    update = pressed(chat=IN_GROUP)
    speak = scene.context(pressed()).speak
    assert await refused(scene, May.MEMBERS_IN_PRIVATE, update, scene.centre.id)
    assert told(scene) == (speak(PRIVATE_ONLY), ALERT)


async def test_a_press_for_facilitators_tells_members_so(scene: Scene) -> None:
    assert await refused(scene, May.FACILITATORS, pressed(), scene.centre.id)
    assert told(scene) == (scene.context(pressed()).speak(FACILITATORS_ONLY), ALERT)


@pytest.mark.parametrize(("chat", "public"), [(None, False), (IN_GROUP, True)])
async def test_a_command_for_facilitators(scene: Scene, chat: Any, public: bool) -> None:
    update = written(**({"chat": chat} if chat else {}))
    context = scene.context(update)
    refusal = await hindrance(May.FACILITATORS, context, None)
    assert refusal is not None
    await refusal(context)
    [shown] = scene.unit.shows
    assert shown.screen == plain.facilitators_only(context.speak, public=public)
    await scene.facilitating()
    assert not await refused(scene, May.FACILITATORS, update, None)


@pytest.mark.parametrize("may", [May.MEMBERS, May.FACILITATORS])
async def test_a_command_of_a_stranger_is_refused(scene: Scene, may: May) -> None:
    update = written(by=STRANGER)
    assert await refused(scene, may, update, None)
    speak = scene.context(update).speak
    assert [show.screen for show in scene.unit.shows] == [plain.not_a_member(speak, [scene.centre])]


async def test_whoever_left_may_what_is_their_own(scene: Scene) -> None:
    await members.leave(scene.tx, scene.anna.id, 99)
    context = scene.context(pressed())
    assert await hindrance(May.THEMSELVES, context, scene.centre.id) is None
    assert context.member.id == scene.anna.id
    assert not context.facilitates
    assert await refused(scene, May.MEMBERS, pressed(), scene.centre.id)


async def test_nothing_is_held_of_a_stranger(scene: Scene) -> None:
    update = pressed(by=STRANGER)
    assert await refused(scene, May.THEMSELVES, update, scene.centre.id)
    [shown] = scene.unit.shows
    assert shown.screen == plain.nothing_held(scene.context(update).speak)


async def begin(scene: Scene, telegram_id: int | None = None) -> None:
    token = await invitations.add(
        scene.tx, centre_id=scene.centre.id, role=None, now=scene.unit.now, uses=1
    )
    invitation = await invitations.find(scene.tx, token)
    assert invitation is not None
    await joinings.begin(
        scene.tx,
        telegram_id or scene.anna.telegram_id,
        scene.centre.id,
        language="de",
        role=None,
        at=scene.unit.now,
        token_hash=invitation.token_hash,
    )


async def test_whoever_is_on_the_way_in_goes_on_in_their_language(scene: Scene) -> None:
    await begin(scene, STRANGER["id"])
    context = scene.context(pressed(by=STRANGER))
    assert await hindrance(May.JOINING, context, scene.centre.id) is None
    assert context.joining.centre_id == scene.centre.id
    assert context.speak.language == "de"


async def test_a_member_who_presses_an_old_button_of_the_way_in_is_at_home(scene: Scene) -> None:
    assert await refused(scene, May.JOINING, pressed(), scene.centre.id)
    assert len(scene.unit.shows) == 1 and told(scene) is None


async def test_a_name_typed_on_no_way_in_is_lost(scene: Scene) -> None:
    update = written(by=STRANGER)
    assert await refused(scene, May.JOINING, update, scene.centre.id)
    [shown] = scene.unit.shows
    assert shown.screen == home.broken_link(scene.context(update).speak)


@pytest.mark.parametrize("update", [pressed(chat=IN_GROUP), written(chat=IN_GROUP)])
async def test_the_operator_need_be_no_member(scene: Scene, update: Any) -> None:
    assert await refused(scene, May.OPERATORS, update, None)
    services = scene.unit.services
    scene.unit.services = replace(services, operators=frozenset({scene.anna.telegram_id}))
    assert not await refused(scene, May.OPERATORS, update, None)
    assert await refused(scene, May.OPERATORS, pressed(), None)


async def due_assembly(scene: Scene) -> Assembly:
    return await assemblies.convene(
        scene.tx,
        centre_id=scene.centre.id,
        starts_at=scene.unit.now + LAST,
        place=None,
        convened_by=scene.anna.id,
        now=scene.unit.now,
    )


@pytest.mark.parametrize(
    ("duty", "may", "before", "after"),
    [
        (Duty.CHAIR, May.CHAIRS, True, False),
        (Duty.CHAIR, May.RECORDERS, True, False),
        (Duty.RECORDER, May.CHAIRS, False, False),
        (Duty.RECORDER, May.RECORDERS, True, True),
    ],
)
async def test_whoever_leads_an_assembly_may_for_as_long_as_it_lasts(
    scene: Scene, duty: Duty, may: May, before: bool, after: bool
) -> None:
    tx, centre_id, now = scene.tx, scene.centre.id, scene.unit.now
    assembly, other = await due_assembly(scene), await due_assembly(scene)
    await duties.take(tx, assembly.id, duty, scene.anna.id, now)

    async def let_in(about: int | None) -> bool:
        return await hindrance(may, scene.context(pressed()), centre_id, about) is None

    assert [await let_in(each) for each in (assembly.id, None, other.id)] == [before, False, False]
    await points.freeze(tx, assembly.id, (), now)
    assert await sessions.begin(tx, centre_id, assembly.id, now)
    assert [await let_in(each) for each in (assembly.id, None, other.id)] == [before, before, False]
    assert await hindrance(may, scene.context(pressed(chat=IN_GROUP)), centre_id, assembly.id)
    await sessions.close(tx, centre_id, assembly.id, now)
    await duties.close(tx, assembly, scene.centre.clock, now)
    assert [await let_in(each) for each in (assembly.id, None, other.id)] == [after, False, False]


@pytest.mark.parametrize("may", LEADING)
async def test_who_has_no_duty_is_told_whose_it_is(scene: Scene, may: May) -> None:
    assembly = await due_assembly(scene)
    context = scene.context(pressed())
    refusal = await hindrance(may, context, scene.centre.id, assembly.id)
    assert refusal is not None
    await refusal(context)
    found = told(scene)
    assert found is not None and found[1], "closed by hand"


async def test_before_anybody_has_looked_nobody_acts(scene: Scene) -> None:
    context: Context = scene.context(pressed())
    assert await hindrance(May.ANYBODY, context, scene.centre.id) is None
    for ask in ("member", "centre", "facilitates", "joining"):
        with pytest.raises(Unguarded):
            getattr(context, ask)
