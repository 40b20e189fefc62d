"""People who ask to join without an invitation, and what a facilitator answered."""

from __future__ import annotations

from typing import Literal

from assembly.immutable import immutable
from assembly.roles import Role
from storage.engine.transaction import Row, Transaction

Answer = Literal["accepted", "declined"]


@immutable
class JoinRequest:
    """Somebody asks to join; times are UTC epoch seconds.

    The three about the answer are None until there is one. `welcomed_by`: the member who said yes
    while another facilitator has to say so too.
    """

    id: int
    centre_id: int
    telegram_id: int
    role: Role
    name: str
    asked_at: int
    answered_at: int | None
    answer: Answer | None
    answered_by: int | None
    welcomed_by: int | None


async def ask(
    tx: Transaction, *, centre_id: int, telegram_id: int, role: Role, name: str, now: int
) -> int | None:
    """Asks; the request's id, or None if this person has an open one in this centre."""
    request_id = await tx.value(
        "ask_to_join",
        centre_id=centre_id,
        telegram_id=telegram_id,
        role=Role(role).value,
        name=name,
        asked_at=now,
    )
    return None if request_id is None else int(request_id)


async def find(tx: Transaction, centre_id: int, request_id: int) -> JoinRequest | None:
    """The request, if it is of this centre, or None."""
    row = await tx.row("join_request", id=request_id, centre_id=centre_id)
    return _request(row) if row else None


async def latest(tx: Transaction, centre_id: int, telegram_id: int) -> JoinRequest | None:
    """The last request of this person to this centre, answered or not, or None."""
    row = await tx.row("latest_join_request", centre_id=centre_id, telegram_id=telegram_id)
    return _request(row) if row else None


async def open_ones(tx: Transaction, centre_id: int) -> list[JoinRequest]:
    """What nobody has answered in this centre, the first asked first."""
    return [_request(row) for row in await tx.rows("open_join_requests", centre_id=centre_id)]


async def any_of(tx: Transaction, telegram_id: int) -> bool:
    """Whether this person has asked anywhere, answered or not."""
    return bool(await tx.value("any_join_request", telegram_id=telegram_id))


async def of_person(tx: Transaction, telegram_id: int) -> list[JoinRequest]:
    """All that this person asked, in whichever centre, the first first."""
    rows = await tx.rows("join_requests_of", telegram_id=telegram_id)
    return [_request(row) for row in rows]


async def use(tx: Transaction, centre_id: int, request_id: int) -> bool:
    """Takes an accepted request away as the person comes in; False if there is none any more."""
    return bool(await tx.run("use_join_request", id=request_id, centre_id=centre_id))


async def welcome(tx: Transaction, centre_id: int, request_id: int, member_id: int) -> bool:
    """The first of two facilitators says yes; False if somebody did before, or it is answered."""
    return bool(
        await tx.run(
            "welcome_join_request", id=request_id, centre_id=centre_id, member_id=member_id
        )
    )


async def answer(
    tx: Transaction,
    centre_id: int,
    request_id: int,
    given: Answer,
    *,
    answered_by: int,
    now: int,
) -> bool:
    """Answers a request of this centre; False if it was answered before, or is not there."""
    return bool(
        await tx.run(
            "answer_join_request",
            id=request_id,
            centre_id=centre_id,
            answer=given,
            answered_at=now,
            answered_by=answered_by,
        )
    )


def _request(row: Row) -> JoinRequest:
    return JoinRequest(
        id=row["id"],
        centre_id=row["centre_id"],
        telegram_id=row["telegram_id"],
        role=Role(row["role"]),
        name=row["name"],
        asked_at=row["asked_at"],
        answered_at=row["answered_at"],
        answer=row["answer"],
        answered_by=row["answered_by"],
        welcomed_by=row["welcomed_by"],
    )
