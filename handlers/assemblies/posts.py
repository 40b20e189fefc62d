"""The messages about an assembly: posted to the group, brought up to date, sent to who wishes."""

from __future__ import annotations

from assembly import reminders
from handlers.assemblies.presses import Post
from handlers.assemblies.screens import assembly as screens
from handlers.assemblies.screens.assembly import Mine, Overview
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import assemblies, attendances, messages, outbox, proposals
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.engine.transaction import Transaction
from storage.messages import CARD


async def overview(tx: Transaction, assembly: Assembly) -> Overview:
    """The assembly with its points: as they were fixed, or as they stand now."""
    if assembly.frozen_at is not None:
        titles = tuple(item.title for item in await assemblies.items(tx, assembly.id))
    else:
        found = await proposals.agenda(tx, assembly.centre_id)
        titles = tuple(proposal.title for proposal in found.items)
    return Overview(assembly, titles, await attendances.coming(tx, assembly.id))


async def freeze(tx: Transaction, assembly: Assembly, now: int) -> bool:
    """Fix the agenda: the open proposals by weight at this moment, but each on one agenda only."""
    taken = await assemblies.taken(tx, assembly.centre_id, assembly.id, now)
    found = await proposals.agenda(tx, assembly.centre_id)
    points = [(each.id, each.title) for each in found.items if each.id not in taken]
    return await assemblies.freeze(tx, assembly.id, points, now)


async def post(unit: UnitOfWork, centre: Centre, assembly: Assembly, kind: Post, key: str) -> None:
    """Post to the group; whoever answers there is counted in the post itself."""
    seen = await overview(unit.tx, assembly)
    await unit.post_to_group(
        centre,
        f"centre:{centre.id}:assembly:{assembly.id}:{key}",
        screens.post(kind, seen, unit.now, Speech.of(centre), unit.services.link),
        ref=ref(assembly, kind),
    )


async def post_again(unit: UnitOfWork, centre: Centre, assembly: Assembly, turn: str = "") -> None:
    """Post its card to the group's new chat; where nothing of it arrived it is on its way there.

    `turn` tells one coming to a chat from another.
    """
    places = [await messages.find(unit.tx, ref(assembly, kind)) for kind in Post]
    if any(places):
        await post(unit, centre, assembly, Post.CARD, f"card:{centre.destination.chat_id}{turn}")


async def remind(
    unit: UnitOfWork, centre: Centre, assembly: Assembly, kind: reminders.Kind
) -> None:
    """Remind the group, and privately those who wish it, each once for this starting time."""
    tx, now = unit.tx, unit.now
    speak = Speech.of(centre)
    key = f"centre:{centre.id}:assembly:{assembly.id}:{assembly.starts_at}:reminder:{kind}"
    until = reminders.expires_at(kind, now, assembly.starts_at, centre.clock)
    seen = await overview(tx, assembly)
    await unit.post_to_group(
        centre,
        f"{key}:chat",
        screens.post(Post(kind), seen, now, speak, unit.services.link),
        ref=ref(assembly, Post(kind)),
        expires_at=until,
    )
    for person in await attendances.reminded(tx, centre.id, assembly.id):
        speak = Speech.of(centre, person.language)
        await unit.post(
            f"{key}:member:{person.member_id}",
            person.telegram_id,
            screens.card(seen, Mine(person.answer, wishes=True), now, speak),
            centre_id=centre.id,
            ref=card_ref(assembly, person.member_id),
            expires_at=until,
        )


async def refresh(unit: UnitOfWork, centre: Centre, assembly: Assembly, *kinds: Post) -> None:
    """Bring posts in the group up to date: those of these kinds, or all that are there.

    Once the assembly is over, what people have of it in private loses its buttons too.
    """
    seen = await overview(unit.tx, assembly)
    for kind in kinds or Post:
        if await stands(unit.tx, ref(assembly, kind)):
            screen = screens.post(kind, seen, unit.now, Speech.of(centre), unit.services.link)
            await unit.repost_to_group(centre, ref(assembly, kind), screen)
    if not assembly.takes_place(unit.now):
        await unit.retire_cards(f"{CARD}assembly:{assembly.id}:")


async def refresh_newest(unit: UnitOfWork, centre: Centre, assembly: Assembly) -> None:
    """Bring the newest post in the group up to date: the one that people look at."""
    found = [(await messages.find(unit.tx, ref(assembly, kind)), kind) for kind in Post]
    places = [(place.message_id, kind) for place, kind in found if place is not None]
    if places:
        await refresh(unit, centre, assembly, max(places)[1])


async def stands(tx: Transaction, name: str) -> bool:
    """Whether the group has the post of this name, or will have it."""
    return await messages.find(tx, name) is not None or await outbox.on_its_way(tx, name)


def card_ref(assembly: Assembly, member_id: int) -> str:
    """The name of the newest message in private in which a member sees the assembly."""
    return f"{CARD}assembly:{assembly.id}:{member_id}"


def ref(assembly: Assembly, kind: Post) -> str:
    """The name under which a post's place is remembered."""
    return f"assembly:{assembly.id}:{kind.value}"


def refs(assembly: Assembly) -> list[str]:
    """The names of all that the group may have about it."""
    return [*(ref(assembly, kind) for kind in Post), opened(assembly)]


def opened(assembly: Assembly) -> str:
    """Under this name the group's message is remembered that it is open."""
    return f"assembly:{assembly.id}:opened"
