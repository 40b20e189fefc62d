"""Letting somebody in: everything that is written when a person becomes a member."""

from __future__ import annotations

from storage import centres, checkins, consents, drafts, joinings, members, people
from storage.consents import VERSIONS
from storage.engine.transaction import Transaction
from storage.joinings import Joining
from storage.members import Member
from storage.secrets.keys import KeyStore


async def admit(
    tx: Transaction, keys: KeyStore, joining: Joining, telegram_id: int, name: str, now: int
) -> Member:
    """Makes a member of somebody who has answered everything on the way in, which ends with it.

    `name` is the one that the assembly sees, `now` UTC epoch seconds. What they consented to counts
    from the moment they said so; the centre becomes the one that their private chat is about. Who
    may come in is checked by the caller, who also gives the duty. Raises ValueError where something
    is still to be answered, and Conflict for somebody who is a member already.
    """
    role, consented_at = joining.role, joining.consented_at
    if (
        role is None
        or consented_at is None
        or joining.checkin is None
        or joining.waits_for_guardian
    ):
        raise ValueError("something is still to be answered")
    centre_id = joining.centre_id
    await people.meet(tx, telegram_id, joining.language, now)
    member = await members.add(
        tx, centre_id=centre_id, telegram_id=telegram_id, role=role, name=name, now=now
    )
    await tx.run("note_guardian", member_id=member.id, seen_at=joining.guardian_seen_at)
    await consents.grant(tx, member.id, "part", VERSIONS["part"], consented_at)
    if joining.checkin:
        asked_at = joining.checkin_at or consented_at
        await consents.grant(tx, member.id, "checkin", VERSIONS["checkin"], asked_at)
        centre = await centres.get(tx, centre_id)
        await checkins.enrol(tx, member.id, centre.zone, now)
    else:
        # Whoever comes back may have consented in an earlier time.
        await consents.withdraw(tx, member.id, "checkin", now)
    await people.set_language(tx, telegram_id, joining.language)
    await people.set_current_centre(tx, telegram_id, centre_id)
    await joinings.end(tx, telegram_id, centre_id)
    draft = await drafts.find(tx, telegram_id)
    if draft is not None and draft.centre_id == centre_id:  # what is about another centre stays
        await drafts.remove(tx, telegram_id)
    await keys.create_key(member.id)  # before the commit: never without a key
    return member
