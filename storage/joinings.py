"""People on their way in: what they have answered between the link and the last question.

A row here is nobody's membership. It goes with "not now", with joining, and with time
(storage/erasure/erasing.py).
"""

from __future__ import annotations

from assembly.immutable import immutable
from assembly.roles import Role
from storage.engine.transaction import Row, Transaction


@immutable
class Joining:
    """How far somebody has come; times are UTC epoch seconds, None is still to be answered.

    It stands on an invitation (`token_hash`) or on a request that was accepted (`request_id`).
    """

    centre_id: int
    centre_name: str
    centre_language: str
    centre_zone: str
    token_hash: str | None
    request_id: int | None
    facilitator: bool
    language: str
    role: Role | None
    consented_at: int | None
    checkin: bool | None
    checkin_at: int | None
    updated_at: int = 0
    guardian_code: str | None = None
    guardian_seen_at: int | None = None

    @property
    def waits_for_guardian(self) -> bool:
        """Whether nobody has seen the paper yet of somebody who is too young to agree alone."""
        return self.guardian_code is not None and self.guardian_seen_at is None

    @property
    def complete(self) -> bool:
        """Whether everything is answered but the name."""
        return None not in (self.role, self.consented_at, self.checkin)


async def find(tx: Transaction, telegram_id: int, centre_id: int) -> Joining | None:
    """How far this person has come on the way into this centre, or None."""
    row = await tx.row("joining_of", telegram_id=telegram_id, centre_id=centre_id)
    return _joining(row) if row else None


async def latest(tx: Transaction, telegram_id: int) -> int | None:
    """The centre this person was joining last, or None."""
    centre_id = await tx.value("latest_joining", telegram_id=telegram_id)
    return None if centre_id is None else int(centre_id)


async def begin(
    tx: Transaction,
    telegram_id: int,
    centre_id: int,
    *,
    language: str,
    role: Role | None,
    at: int,
    token_hash: str | None = None,
    request_id: int | None = None,
) -> None:
    """Starts, or starts again with nothing answered; the language that was chosen stays.

    Either `token_hash` or `request_id`; Conflict otherwise. `role` None: the person is asked.
    """
    await tx.run(
        "begin_joining",
        telegram_id=telegram_id,
        centre_id=centre_id,
        token_hash=token_hash,
        request_id=request_id,
        language=language,
        role=None if role is None else role.value,
        at=at,
    )


async def speak(tx: Transaction, telegram_id: int, centre_id: int, language: str, at: int) -> None:
    """Goes on in another language (en, it, de), from `at` on (UTC epoch seconds)."""
    await tx.run(
        "speak_while_joining",
        telegram_id=telegram_id,
        centre_id=centre_id,
        language=language,
        at=at,
    )


async def consent(tx: Transaction, telegram_id: int, centre_id: int, at: int) -> None:
    """Notes when the person consented to taking part; the first time counts."""
    await tx.run("consent_to_take_part", telegram_id=telegram_id, centre_id=centre_id, at=at)


async def note_young(tx: Transaction, telegram_id: int, centre_id: int, code: str, at: int) -> bool:
    """Notes that a guardian's word is needed, with the code on the paper; the first one stays.

    False where somebody else's paper has that code: try another one.
    """
    if await tx.value("guardian_code_is_taken", centre_id=centre_id, code=code) is not None:
        return False
    await tx.run("note_young", telegram_id=telegram_id, centre_id=centre_id, code=code, at=at)
    return True


async def see_paper(tx: Transaction, centre_id: int, code: str, now: int) -> int | None:
    """Notes that a facilitator has the paper with this code; whose it is, None for nobody's."""
    telegram_id = await tx.value("see_guardian_paper", centre_id=centre_id, code=code, at=now)
    return None if telegram_id is None else int(telegram_id)


async def choose_role(
    tx: Transaction, telegram_id: int, centre_id: int, role: Role, at: int
) -> None:
    """Notes the role; nothing before the person has consented, or where the entry names one."""
    await tx.run(
        "choose_joining_role",
        telegram_id=telegram_id,
        centre_id=centre_id,
        role=role.value,
        at=at,
    )


async def answer_checkin(
    tx: Transaction, telegram_id: int, centre_id: int, yes: bool, at: int
) -> None:
    """Notes whether the person wants check-ins; nothing before they have consented."""
    await tx.run(
        "answer_joining_checkin",
        telegram_id=telegram_id,
        centre_id=centre_id,
        checkin=int(yes),
        at=at,
    )


async def end(tx: Transaction, telegram_id: int, centre_id: int) -> bool:
    """Forgets the way in; False where there was none."""
    return bool(await tx.run("end_joining", telegram_id=telegram_id, centre_id=centre_id))


def _joining(row: Row) -> Joining:
    checkin = row["checkin"]
    return Joining(
        centre_id=row["centre_id"],
        centre_name=row["centre_name"],
        centre_language=row["centre_language"],
        centre_zone=row["centre_zone"],
        token_hash=row["token_hash"],
        request_id=row["request_id"],
        facilitator=bool(row["facilitator"]),
        language=row["language"],
        role=None if row["role"] is None else Role(row["role"]),
        consented_at=row["consented_at"],
        checkin=None if checkin is None else bool(checkin),
        checkin_at=row["checkin_at"],
        updated_at=row["updated_at"],
        guardian_code=row["guardian_code"],
        guardian_seen_at=row["guardian_seen_at"],
    )
