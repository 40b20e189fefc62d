"""The messages about an assembly in the group: posted, brought up to date, left without buttons.

Where assemblies are dense (assembly/rhythm.py) there is one, which is edited through its life.
Where they are not, each new one takes the buttons of those before it.
"""

from __future__ import annotations

from dataclasses import replace

from handlers.assemblies import beginning, cards
from handlers.assemblies.presses import Post
from handlers.assemblies.screens import assembly as screens
from handlers.assemblies.screens.assembly import Overview
from handlers.core.posting import COALESCE
from handlers.core.screen import Screen
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import (
    assembly_settings,
    attendances,
    duties,
    messages,
    outbox_changes,
    points,
    proposals,
    rhythm,
)
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.engine.transaction import Transaction

_COMING = 1 << 62  # beyond every message's id: what is on its way will stand below
LATER = 60  # seconds: twenty messages and edits a minute is what Telegram takes of a group


async def overview(tx: Transaction, assembly: Assembly) -> Overview:
    """The assembly with its points: as they were fixed, or as they stand now."""
    reasons: tuple[str | None, ...]
    waits: tuple[int | None, ...] = ()
    if assembly.frozen_at is not None:
        items = await points.items(tx, assembly.id)
        why = await proposals.reasons_on(tx, assembly.id)
        titles = tuple(item.title for item in items)
        reasons = tuple(why.get(item.id) for item in items)
        waits = tuple(item.waits_since for item in items)
    else:
        found = (await proposals.agenda(tx, assembly.centre_id)).items
        titles = tuple(proposal.title for proposal in found)
        reasons = tuple(proposal.reason for proposal in found)
    dense = await rhythm.is_dense(tx, assembly.id)
    asks = not dense or (await assembly_settings.of(tx, assembly.centre_id)).asks_attendance
    coming = await attendances.coming(tx, assembly.id)
    asked = (await duties.of_assembly(tx, assembly.id)).asked
    held = tuple(each for each in asked if each.status == "yes")
    return Overview(assembly, titles, coming, reasons, waits, dense=dense, asks=asks, leads=held)


async def freeze(tx: Transaction, assembly: Assembly, now: int) -> bool:
    """Fix the agenda: the open proposals by weight at this moment, but each on one agenda only."""
    taken = await points.taken(tx, assembly.centre_id, assembly.id, now)
    found = await proposals.agenda(tx, assembly.centre_id)
    proposed = [(each.id, each.title) for each in found.items if each.id not in taken]
    openings = await beginning.points(tx, assembly.centre_id, now)
    return await points.freeze(tx, assembly.id, proposed, now, openings)


async def post(
    unit: UnitOfWork,
    centre: Centre,
    assembly: Assembly,
    kind: Post,
    key: str,
    *,
    not_before: int | None = None,
    expires_at: int | None = None,
) -> None:
    """Post to the group; the post before it loses its buttons, as those before that one have."""
    before = await latest(unit.tx, assembly)
    seen = await overview(unit.tx, assembly)
    posted = await unit.post_to_group(
        centre,
        f"centre:{centre.id}:assembly:{assembly.id}:{key}",
        _screen(kind, seen, unit, centre),
        ref=ref(assembly, kind),
        not_before=not_before,
        expires_at=expires_at,
    )
    if posted and before not in (None, kind) and kind is not Post.CARD:
        await refresh(unit, centre, assembly, before)


async def post_again(unit: UnitOfWork, centre: Centre, assembly: Assembly, turn: str = "") -> None:
    """Post its card to the group's new chat; where nothing of it arrived it is on its way there.

    `turn` tells one coming to a chat from another.
    """
    places = [await messages.find(unit.tx, ref(assembly, kind)) for kind in Post]
    if any(places):
        await post(unit, centre, assembly, Post.CARD, f"card:{centre.destination.chat_id}{turn}")


async def refresh(
    unit: UnitOfWork,
    centre: Centre,
    assembly: Assembly,
    *kinds: Post,
    not_before: int | None = None,
) -> None:
    """Bring posts in the group up to date: those of these kinds, or all that are there.

    The latest has buttons until the assembly is open, and so has the answer to /assembly while it
    takes place. Once it is over nothing has, in private neither.
    """
    seen = await overview(unit.tx, assembly)
    newest = None if assembly.status == "open" else await latest(unit.tx, assembly)
    for kind in kinds or Post:
        if await stands(unit.tx, ref(assembly, kind)):
            screen = _screen(kind, seen, unit, centre)
            if kind not in (newest, Post.CARD):
                screen = replace(screen, buttons=())
            await unit.repost_to_group(centre, ref(assembly, kind), screen, not_before=not_before)
    if not assembly.takes_place(unit.now):
        await cards.end(unit, centre, seen)


async def show_coming(
    unit: UnitOfWork, centre: Centre, assembly: Assembly, pressed: Post | None = None
) -> None:
    """Who is coming has changed: at once where it was `pressed`, or in the newest post that people
    look at; a little later where else the group can press, so that one number stands in both."""
    found = [(await messages.find(unit.tx, ref(assembly, kind)), kind) for kind in Post]
    places = [(place.message_id, kind) for place, kind in found if place is not None]
    first = pressed or (max(places)[1] if places else None)
    if first is not None:
        await refresh(unit, centre, assembly, first)
    pressable = (await latest(unit.tx, assembly), Post.CARD)
    others = [kind for kind in pressable if kind not in (first, None)]
    if others:
        await refresh(unit, centre, assembly, *others, not_before=unit.now + LATER)


async def show_order(unit: UnitOfWork, centre: Centre, assembly: Assembly) -> None:
    """Its points stand in another order, or it is at another one: what tells them follows."""
    kinds = (Post.CARD,) if assembly.status == "open" else tuple(Post)
    await refresh(unit, centre, assembly, *kinds)


async def latest(tx: Transaction, assembly: Assembly) -> Post | None:
    """Which of its posts came last, or will; the answer to /assembly is nobody's news."""
    found = []
    for kind in Post:
        if kind is Post.CARD:
            continue
        name = ref(assembly, kind)
        place = await messages.find(tx, name)
        if await outbox_changes.on_its_way(tx, name):
            found.append((_COMING, kind))
        elif place is not None:
            found.append((place.message_id, kind))
    return max(found)[1] if found else None


async def becomes_open(
    unit: UnitOfWork, centre: Centre, assembly: Assembly, screen: Screen
) -> None:
    """The group sees that it is open: in the one post, or in a new one where there are many."""
    newest = await latest(unit.tx, assembly)
    place = await messages.find(unit.tx, ref(assembly, newest)) if newest else None
    if newest and place and await rhythm.is_dense(unit.tx, assembly.id):
        await messages.forget(unit.tx, ref(assembly, newest))
        await messages.remember(unit.tx, opened(assembly), place.chat_id, place.message_id)
        at_once = unit.now - COALESCE  # people sit together and wait for it
        await unit.repost_to_group(centre, opened(assembly), screen, not_before=at_once)
    else:
        await unit.post_to_group(
            centre,
            f"centre:{centre.id}:assembly:{assembly.id}:opened",
            screen,
            ref=opened(assembly),
        )
    await refresh(unit, centre, assembly)
    await cards.refresh(unit, centre, await overview(unit.tx, assembly))


async def stands(tx: Transaction, name: str) -> bool:
    """Whether the group has the post of this name, or will have it."""
    return await messages.find(tx, name) is not None or await outbox_changes.on_its_way(tx, name)


def ref(assembly: Assembly, kind: Post) -> str:
    """The name under which a post's place is remembered."""
    return f"assembly:{assembly.id}:{kind.value}"


def refs(assembly: Assembly) -> list[str]:
    """The names of all that the group may have about it."""
    return [*(ref(assembly, kind) for kind in Post), opened(assembly)]


def opened(assembly: Assembly) -> str:
    """Under this name the group's message is remembered that it is open."""
    return f"assembly:{assembly.id}:opened"


def _screen(kind: Post, seen: Overview, unit: UnitOfWork, centre: Centre) -> Screen:
    return screens.post(kind, seen, unit.now, Speech.of(centre), unit.services.link)
