"""An assembly that is over and has left minutes, without the talk that holding it is."""

from __future__ import annotations

from dataclasses import dataclass

from kit.stage import Stage

from assembly.attendance_bands import Attendance
from assembly.minutes import Minutes, Point
from sandbox.chats import Group
from sandbox.people import Person
from storage import minutes, sessions
from storage.centres import Centre
from storage.minutes import Kept


@dataclass
class Minuted:
    """Fiona facilitates, Anna is a member of the same centre."""

    stage: Stage
    centre: Centre
    group: Group
    fiona: Person
    anna: Person

    @classmethod
    async def gather(cls, stage: Stage, language: str = "en") -> Minuted:
        centre, group = await stage.centre(language=language)
        fiona = await stage.member(
            centre, group, "Fiona", "professional", facilitator=True, language=language
        )
        anna = await stage.member(centre, group, "Anna", language=language)
        return cls(stage, centre, group, fiona, anna)

    async def leave(self, *points: Point) -> Kept:
        """Published minutes with these points."""
        stage, now = self.stage, self.stage.now
        found = await stage.convene(self.centre, self.fiona, begun=True)
        assert await stage.write(sessions.close, self.centre.id, found.id, now, {})
        told = Minutes(
            *(self.centre.name, self.centre.language, self.centre.zone, now, now + 60, None),
            attendance=Attendance("0-4"),
            points=points,
            salt="00",
        )
        assert await stage.write(minutes.draft, self.centre.id, found.id, told)
        assert await stage.write(minutes.publish, found.id, told, now)
        stage.clock.move(7 * 86_400)
        return await self.kept(found.id)

    async def kept(self, assembly_id: int) -> Kept:
        found = await self.stage.read(minutes.find, self.centre.id, assembly_id)
        assert found is not None
        return found
