"""Tasks that lie there already, and a centre whose people take them."""

from __future__ import annotations

from dataclasses import dataclass

from kit.stage import Stage

from sandbox.chats import Group, Message
from sandbox.people import Person
from storage import tasks
from storage.centres import Centre
from storage.tasks import Task

BENCH = "Ask the town for a bench"


@dataclass
class Tasked:
    """A centre with Paula, who facilitates, and three members of three roles."""

    stage: Stage
    centre: Centre
    group: Group
    paula: Person
    anna: Person
    bruno: Person
    carla: Person

    async def task(self, what: str = BENCH, *, ahead: int | None = None, item_id: int = 0) -> int:
        """A task that nobody has taken, due in so many seconds, or by the next assembly."""
        return await self.stage.write(
            tasks.add,
            centre_id=self.centre.id,
            what=what,
            due_at=None if ahead is None else self.stage.now + ahead,
            now=self.stage.now,
            item_id=item_id or None,
        )

    async def open(self, person: Person, task_id: int) -> Message:
        """The task's own screen, from the list."""
        listed = await self.stage.say(person, "/tasks")
        await self.stage.forge(person, listed, f"tk:{self.centre.id}:{task_id}")
        return self.stage.last(person)

    async def take(self, person: Person, task_id: int, *then: str) -> Message:
        """Take it from its own screen, and on from there."""
        found = await self.open(person, task_id)
        button = next(each for each in found.labels if each in ("I’ll take it", "I’ll join in"))
        return await self.stage.press_each(person, button, *then)

    async def seen(self, task_id: int) -> Task:
        found = await self.stage.read(tasks.get, self.centre.id, task_id, self.stage.now)
        assert found is not None
        return found


async def tasked(stage: Stage) -> Tasked:
    centre, group = await stage.centre()
    paula = await stage.member(centre, group, "Paula", "professional", facilitator=True)
    anna = await stage.member(centre, group, "Anna")
    bruno = await stage.member(centre, group, "Bruno", "family")
    carla = await stage.member(centre, group, "Carla")
    return Tasked(stage, centre, group, paula, anna, bruno, carla)
