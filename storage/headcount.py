"""How many people in the room don't vote by phone, as the chair asks for it."""

from __future__ import annotations

from assembly.roles import Role
from storage.engine.transaction import Transaction

ANY = "any"  # in the place of a role where none is asked for


async def people(tx: Transaction, assembly_id: int) -> dict[Role | None, int]:
    """The numbers said, under None for all: see assembly.in_person.settled; {}: none yet."""
    rows = await tx.rows("hall_people", assembly_id=assembly_id)
    return {role_of(row["role"]): row["people"] for row in rows}


async def say_people(
    tx: Transaction, centre_id: int, assembly_id: int, role: Role | None, number: int
) -> bool:
    """Stores how many there are, of this role or in all; False unless the assembly is open.

    A number of all takes the place of those by role; these of it as soon as each is known.
    """
    said = await tx.run(
        "say_hall_people",
        centre_id=centre_id,
        assembly_id=assembly_id,
        role=text_of(role),
        people=number,
    )
    if said:
        whole = "drop_hall_people_by_role" if role is None else "drop_hall_people_of_all"
        await tx.run(whole, assembly_id=assembly_id)
    return bool(said)


def role_of(text: str) -> Role | None:
    """The role that a column names; None for all."""
    return None if text == ANY else Role(text)


def text_of(role: Role | None) -> str:
    """The same, the other way round."""
    return ANY if role is None else role.value
