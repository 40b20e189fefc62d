from __future__ import annotations

from storage import assembly_settings, centres
from storage.assembly_settings import AssemblySettings
from storage.engine.database import Database


async def test_a_centre_has_what_it_chose_and_another_what_holds_anyway(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        here, there = [
            await centres.add(
                tx, chat_id=chat, name="Aurora", language="en", zone="Europe/Rome", now=1
            )
            for chat in (-100, -200)
        ]
        assert await assembly_settings.of(tx, here.id) == AssemblySettings(None, False)
        await assembly_settings.send_agenda(tx, here.id, 3)
        assert await assembly_settings.of(tx, here.id) == AssemblySettings(3, False)
        await assembly_settings.ask_attendance(tx, here.id, on=True)
        assert await assembly_settings.of(tx, here.id) == AssemblySettings(3, True)
        await assembly_settings.send_agenda(tx, here.id, None)
        await assembly_settings.ask_attendance(tx, here.id, on=False)
        assert await assembly_settings.of(tx, here.id) == AssemblySettings(None, False)
        await assembly_settings.ask_attendance(tx, there.id, on=True)
        assert await assembly_settings.of(tx, there.id) == AssemblySettings(None, True)
