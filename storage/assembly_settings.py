"""How a centre wants its assemblies: when the agenda is sent, whether people are asked to come."""

from __future__ import annotations

from assembly.immutable import immutable
from storage.engine.transaction import Transaction


@immutable
class AssemblySettings:
    """What a centre chose.

    `agenda_days`: how many days before an assembly its agenda is sent; None: by the rhythm
    (assembly/sending.py). `asks_attendance`: whether people are asked if they come also where
    assemblies are close together.
    """

    agenda_days: int | None = None
    asks_attendance: bool = False


async def of(tx: Transaction, centre_id: int) -> AssemblySettings:
    """What holds in a centre."""
    row = await tx.row("assembly_settings_of", centre_id=centre_id)
    if row is None:
        return AssemblySettings()
    return AssemblySettings(row["agenda_days"], bool(row["asks_attendance"]))


async def send_agenda(tx: Transaction, centre_id: int, days: int | None) -> None:
    """So many days before from now on (1 to 14); None: by the rhythm."""
    await tx.run("set_agenda_days", centre_id=centre_id, agenda_days=days)


async def ask_attendance(tx: Transaction, centre_id: int, *, on: bool) -> None:
    """Whether people are asked if they come also where assemblies are close together."""
    await tx.run("set_asks_attendance", centre_id=centre_id, asks_attendance=int(on))
