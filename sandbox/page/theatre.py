"""What the page is given by whoever opens it: a world, its people, and a hand on the clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sandbox.bots import Bot
from sandbox.chats import Group
from sandbox.people import Person
from sandbox.world import World

# What somebody is in the cast; the page has words for each in every language.
PARTS = ("operator", "facilitator", "user", "family", "professional", "newcomer")


class Pace(Protocol):
    """The hand on the clock; times are UTC epoch seconds."""

    async def next_due(self) -> int | None:
        """The moment at which something falls due next, or None."""
        ...

    async def go_to_next(self) -> None:
        """Move the clock to the next moment at which the bot has something to say."""
        ...

    async def move(self, seconds: int) -> None:
        """Let so much time pass, with everything that falls due on the way."""
        ...


class Standstill:
    """A clock that nobody moves."""

    async def next_due(self) -> int | None:
        return None

    async def go_to_next(self) -> None:
        return

    async def move(self, seconds: int) -> None:
        return


async def unknown_language(chat_id: int) -> str | None:
    """For a bot that tells nobody which language it speaks."""
    return None


@dataclass(slots=True)
class Theatre:
    """One bot, one group, and the people one can be."""

    world: World
    bot: Bot
    zone: str = "UTC"  # the IANA zone in which the page shows the time
    pace: Pace = field(default_factory=Standstill)
    language_in: Callable[[int], Awaitable[str | None]] = unknown_language  # the bot's, by chat
    group: Group | None = None
    parts: dict[int, str] = field(default_factory=dict)  # by person, in the order of the list

    def enter(self, person: Person, part: str) -> None:
        """Put somebody on the list of people one can be; raises ValueError for no such part."""
        if part not in PARTS:
            raise ValueError(f"no such part: {part}")
        self.parts[person.id] = part
        self.world.changed()

    def people(self) -> Mapping[int, Person]:
        """Everybody on the list, by id, in its order."""
        found = ((person_id, self.world.users.get(person_id)) for person_id in self.parts)
        return {person_id: user for person_id, user in found if isinstance(user, Person)}

    def current_group(self) -> Group | None:
        """The group, or the supergroup that it has become."""
        group = self.group
        while group is not None and group.migrated_to is not None:
            group = self.world.groups[group.migrated_to]
        return group
