"""The loss of the main database on a stage, and the way back from a backup."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from kit.stage import Stage

from assembly.rule import Quorum, Rule
from bot.backups import Restored, back_up, restore
from storage.centres import Centre

DAY = 86_400


@dataclass
class Disaster:
    """A stage, a backup of it, and the loss of its main database."""

    stage: Stage
    make_url: Callable[[], Awaitable[str]]
    file: Path

    async def back_up(self) -> None:
        await back_up(self.stage.voci.settings, self.file, self.stage.now)

    async def strike(self) -> Restored:
        """The main database is lost; the backup goes into an empty one, and the bot starts."""
        await self.stage.stop_bot()
        self.stage.database_url = await self.make_url()
        changed = {"database_url": self.stage.database_url}
        settings = self.stage.voci.settings.model_copy(update=changed)
        done = await restore(settings, self.file, self.stage.now)
        await self.stage.start_bot()
        await self.stage.tick()
        return done

    async def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row[name] for name in row.keys()) for row in await self.stage.rows(sql)]  # noqa: SIM118


def texts(disaster: Disaster, where: Any) -> list[str]:
    return [message.text or "" for message in disaster.stage.said(where)]


async def put(disaster: Disaster, centre: Centre, question: str) -> int:
    """A question in the group, without the talk that putting it is."""
    rule = Rule(quorum=Quorum(Fraction(0)))
    return (await disaster.stage.put(centre, DAY, rule, question)).id
