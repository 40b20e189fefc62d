"""A restored database brings back what has ended since its backup: it ends again."""

from __future__ import annotations

from storage import (
    consents,
    duties,
    endings,
    facilitators,
    invitations,
    leaving,
    members,
    off_list,
    resting,
    series,
    taken_back,
    taken_out,
)
from storage.endings import Ended, Ending, of_member
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.erasure import hearing
from storage.members import Member
from storage.secrets.keys import KeyStore


async def end_again(database: Database, keys: KeyStore, now: int) -> int:
    """Ends what the ledger knows, and this database does not, to have ended; how much. At start.

    What is noted and not told yet is told first: it may be that something is wished again.
    """
    ended_here = await hearing.on_their_way(database)
    await endings.carry(database, keys)
    unheard = await hearing.unheard(database, keys.database)
    if not endings.among(each for each in unheard if each.subject not in ended_here):
        return 0
    ended = endings.among(unheard)
    return await database.run(lambda tx: end_marked(tx, keys, ended, now))


async def end_marked(tx: Transaction, keys: KeyStore, ended: Ended, now: int) -> int:
    """Ends it in the transaction of whoever calls; how much. Afterwards call Eraser.catch_up.

    What began after its last ending stays: somebody came back, agreed again, took the duty again.
    """
    count = 0
    for member in await members.everybody(tx):
        count += await _end(tx, keys, ended, member, now)
    for token_hash in await invitations.not_revoked(tx):
        if ended.at(keys, Ending.INVITATION, token_hash) >= 0:
            count += await invitations.revoke(tx, token_hash)
    for each in await series.everywhere(tx):
        if ended.at(keys, Ending.SERIES, each.subject) >= 0:
            count += await series.become(tx, each.id, each.status, "ended")
    count += await duties.end_again(tx, keys, ended, now)
    count += await off_list.end_again(tx, keys, ended)
    count += await taken_back.end_again(tx, keys, ended)
    return count + await taken_out.end_again(tx, keys, ended)


async def _end(tx: Transaction, keys: KeyStore, ended: Ended, member: Member, now: int) -> int:
    if member.status == "left":
        return 0
    subject = of_member(member)
    if member.joined_at <= ended.at(keys, Ending.MEMBERSHIP, subject):
        await leaving.leave(tx, keys, member, now)
        return 1
    count = 0
    # Nobody's rows are asked for but those of whom the ledger knows.
    if (at := ended.at(keys, Ending.CONSENT, subject)) >= 0:
        agreed_at = await consents.agreed_at(tx, member.id, "checkin")
        if agreed_at is not None and agreed_at <= at:
            await leaving.stop_checkins(tx, keys, member, now)
            count += 1
    if (at := ended.at(keys, Ending.DUTY, subject)) >= 0:
        since = await facilitators.since(tx, member.id)
        if since is not None and since <= at:
            count += await facilitators.end(tx, member.id)
    return count + await _rest(tx, keys, ended, member, now)


async def _rest(tx: Transaction, keys: KeyStore, ended: Ended, member: Member, now: int) -> int:
    """What a member wished for their things, and did not take back before the restore."""
    subject, count = of_member(member), 0
    objects = ended.stands(keys, Ending.COUNTING, Ending.OBJECTION, subject)
    if objects and await members.answers_count(tx, member.id):
        await resting.count_answers(tx, keys, member, False, now)
        count += 1
    rests = ended.stands(keys, Ending.USE, Ending.RESTRICTION, subject)
    if rests and member.joined_at <= ended.at(keys, Ending.USE, subject):
        await resting.restrict(tx, keys, member, now)
        count += 1
    return count
