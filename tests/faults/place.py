"""Where a life takes place: a centre with seven members, a list, and two open questions."""

from __future__ import annotations

import asyncio
from pathlib import Path

from kit.centre_rows import put_question
from kit.stage import MINUTE, open_stage

from assembly.rule import Rule, Secrecy
from handlers.core.unit_of_work import UnitOfWork
from handlers.decisions import closing
from sandbox.bots import Bot
from sandbox.chats import Group
from sandbox.people import Person
from sandbox.world import World
from storage import decisions

CAST = {
    "Fiona": "professional",
    "Gino": "user",
    "Anna": "user",
    "Bruno": "user",
    "Carla": "family",
    "Dario": "family",
    "Elena": "professional",
}
FACILITATORS = ("Fiona", "Gino")
QUESTIONS = (
    ("Shall we open on Saturdays?", Secrecy.SECRET, 12 * MINUTE),
    ("Shall we buy a piano?", Secrecy.OPEN, 25 * MINUTE),
)


def build(folder: Path) -> None:
    """The data of the centre, for lives to begin with."""
    asyncio.run(_build(folder))


async def _build(folder: Path) -> None:
    async with open_stage(folder) as stage:
        centre, group = await stage.centre()
        people = {
            name: await stage.member(centre, group, name, role, facilitator=name in FACILITATORS)
            for name, role in CAST.items()
        }
        for title in ("A quiet room", "Longer opening hours", "A trip in spring"):
            await stage.propose(centre, people["Anna"], title, people["Bruno"])
        # Told to nobody here: in each life the group reads them anew.
        now, voci = stage.now, stage.voci
        for question, secrecy, span in QUESTIONS:
            async with voci.database.transaction() as tx:
                decision_id = await put_question(
                    tx,
                    voci.keys,
                    Rule(secrecy=secrecy),
                    centre_id=centre.id,
                    question=question,
                    closes_at=now + span,
                    now=now,
                    seed=bytes(32),
                )
                decision = await decisions.get(tx, centre.id, decision_id)
                assert decision is not None
                await closing.announce(UnitOfWork(tx, now, voci.services), centre, decision)


def gather(world: World) -> tuple[Bot, Group, list[Person]]:
    """The same people and their group in another world, by the same ids."""
    bot = world.bot()
    operator = world.person("Olga", language_code="en")
    group = operator.create_group("Centro Aurora", kind="supergroup")
    operator.add(group, bot)
    people = []
    for name in CAST:
        person = world.person(name, language_code="en")
        person.join(group)
        person.start(bot)
        people.append(person)
    bot.updates.drop_all()
    return bot, group, people
