"""What members have of an assembly in private: a card, edited in place until it is over."""

from __future__ import annotations

from assembly.duties import Duty
from handlers.assemblies.screens import assembly as screens
from handlers.assemblies.screens.assembly import Mine, Overview
from handlers.core.screen import Screen
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import attendances, facilitators, messages, presences
from storage.assemblies import Assembly
from storage.attendances import Reminded
from storage.centres import Centre
from storage.messages import CARD


def ref(assembly: Assembly, member_id: int) -> str:
    """The name of the newest message in private in which a member sees the assembly."""
    return f"{_prefix(assembly)}{member_id}"


async def remind(
    unit: UnitOfWork,
    centre: Centre,
    seen: Overview,
    key: str,
    expires_at: int,
    *,
    not_before: int | None = None,
) -> None:
    """A new message to everybody who wishes to be reminded here too."""
    for person in await attendances.reminded(unit.tx, centre.id, seen.assembly.id):
        speak = Speech.of(centre, person.language)
        await unit.post(
            f"{key}:member:{person.member_id}",
            person.telegram_id,
            screens.card(seen, Mine(person.answer, wishes=True), unit.now, speak),
            centre_id=centre.id,
            ref=ref(seen.assembly, person.member_id),
            not_before=not_before,
            expires_at=expires_at,
        )


async def refresh(unit: UnitOfWork, centre: Centre, seen: Overview) -> None:
    """What the reminders have become: today, open. An edit makes no sound."""
    there = {each.ref for each in await messages.under(unit.tx, _prefix(seen.assembly), centre.id)}
    here = frozenset(await presences.members_present(unit.tx, seen.assembly.id))
    contacts = await facilitators.contacts(unit.tx, centre.id, unit.now)
    facilitate = frozenset(each.telegram_id for each in contacts)
    for person in await attendances.reminded(unit.tx, centre.id, seen.assembly.id):
        name = ref(seen.assembly, person.member_id)
        if name in there:
            facilitates = person.telegram_id in facilitate
            mine = _mine(seen, person, here=person.member_id in here, facilitates=facilitates)
            speak = Speech.of(centre, person.language)
            screen = screens.card(seen, mine, unit.now, speak)
            await unit.repost(name, person.telegram_id, screen, centre_id=centre.id)


async def end(unit: UnitOfWork, centre: Centre, seen: Overview) -> None:
    """It is over: each card says so and has no buttons any more."""
    prefix = _prefix(seen.assembly)
    for card in await messages.under(unit.tx, prefix, centre.id):
        if not card.ref.removeprefix(prefix).isdecimal():
            continue  # a question to one person keeps its words
        ended = card.ref.removeprefix(CARD)
        await messages.forget(unit.tx, card.ref)
        await messages.remember(unit.tx, ended, card.chat_id, card.message_id)
        words = screens.headline(seen.assembly, unit.now, Speech.of(centre, card.language))
        await unit.repost(ended, card.chat_id, Screen(words), centre_id=centre.id)
    await unit.retire_cards(prefix)


def _mine(seen: Overview, person: Reminded, *, here: bool, facilitates: bool) -> Mine:
    has = {each.duty for each in seen.leads if each.member_id == person.member_id}
    leads = (Duty.CHAIR in has or facilitates) and seen.assembly.status == "open"
    return Mine(person.answer, wishes=True, here=here, leads=leads, records=Duty.RECORDER in has)


def _prefix(assembly: Assembly) -> str:
    return f"{CARD}assembly:{assembly.id}:"
