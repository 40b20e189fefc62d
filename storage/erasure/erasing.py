"""What erasing deletes: everything about one member, in the transaction of whoever calls.

What stays has nobody in it: published releases, closed decisions, the texts of proposals that were
on the list and of comments that all could read, the frozen size of an electorate. What others say
of them in minutes to come: storage/erasure/said_of_members.py. What must wait for the commit is in
storage/erasure/erasures.py.
"""

from __future__ import annotations

from collections.abc import Mapping

from assembly.invitation import ask_again_at
from assembly.retention import PERIODS, Kept
from storage import (
    ballots,
    helpings,
    join_requests,
    joinings,
    marks,
    members,
    messages,
    outbox_changes,
    people,
    presences,
    windows,
)
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.erasure import erasures, hearing, said_of_members
from storage.members import Member
from storage.secrets.keys import KeyStore

DAY = 86_400  # seconds
GIVEN_UP = 14 * DAY  # a way in that nobody goes on with: as long as an invitation is good
ANSWERED = 14 * DAY  # a question that was answered: so long a welcome is good, and a no counts
UNANSWERED = (
    PERIODS[Kept.REQUESTS].most * DAY
)  # at the longest; each centre's own period is shorter


async def erase(tx: Transaction, keys: KeyStore, member: Member, now: int) -> None:
    """Deletes everything about a member of one centre; in other centres the person stays.

    Of an open decision the ballot goes and the electorate keeps its frozen size. A proposal that
    was taken back, or down, goes with its text, and so does a comment that is hidden; the others
    lose their author, and open proposals still count for whoever comes back, by a mark. The person
    is forgotten where no other centre knows them. Afterwards, once committed, call
    Eraser.catch_up.
    """
    ids = {"telegram_id": member.telegram_id, "centre_id": member.centre_id}
    await tx.run("erase_occurrences", member_id=member.id)
    await tx.run("erase_schedules", member_id=member.id)
    await tx.run("erase_withdrawn_proposals", member_id=member.id)
    await tx.run("erase_taken_down", member_id=member.id)
    await tx.run("erase_waiting_takedowns", member_id=member.id)
    for _ in range(int(await tx.value("open_proposals_by", member_id=member.id))):
        await marks.add(tx, keys, marks.Kind.PROPOSED, member.centre_id, member.telegram_id, now)
    await tx.run("erase_authorship", member_id=member.id)
    await tx.run("erase_hidden_comments", member_id=member.id)
    await tx.run("erase_comments_authorship", member_id=member.id)
    await tx.run("erase_said_reasons", member_id=member.id)
    await tx.run("erase_cancelling_reasons", member_id=member.id)
    await tx.run("erase_assembly_reasons", member_id=member.id)
    await tx.run("erase_order_reasons", member_id=member.id)
    await tx.run("erase_noted_reasons", member_id=member.id)
    await tx.run("erase_waiting_facts", member_id=member.id)
    await tx.run("erase_photographs", member_id=member.id)
    await said_of_members.take_out(tx, keys, member, now)
    await ballots.forget(tx, keys, member.id)
    await presences.forget(tx, member.id)
    await helpings.forget(tx, keys, member.id)
    await windows.forget(tx, member.id)
    await joinings.end(tx, member.telegram_id, member.centre_id)
    await tx.run("erase_join_requests", **ids)
    await tx.run("erase_draft", **ids)
    # What facilitators were to read of their role.
    for beginning in (f"role:{member.id}:", f"edit:role:{member.id}:"):
        await outbox_changes.drop_unsent(tx, beginning)
    await messages.take_cards(tx, f"role:{member.id}:")
    await outbox_changes.drop_of_member(tx, member.telegram_id, member.centre_id)
    await tx.run("erase_messages", member_id=member.id, **ids)
    await people.leave_centre(tx, member.telegram_id, member.centre_id)
    await members.remove(tx, member.id)
    await forget_if_stranger(tx, member.telegram_id)
    await erasures.begin(tx, keys, member, now)


async def erase_again(database: Database, keys: KeyStore, now: int) -> int:
    """Erases whom a restored database has brought back; how many. Call at start.

    Those are the members whose mark came into the ledger since this database was last written to,
    unless they joined after it was made: a restore frees ids, and they are given out again.
    """
    erased_here = await hearing.on_their_way(database)
    erased = {
        entry.subject: entry.at
        for entry in await hearing.unheard(database, keys.database)
        if entry.kind == erasures.KIND and entry.subject not in erased_here
    }
    if not erased:
        return 0
    return await database.run(lambda tx: erase_marked(tx, keys, erased, now))


async def erase_marked(tx: Transaction, keys: KeyStore, erased: Mapping[str, int], now: int) -> int:
    """Erases those whose mark is among the given, with the moment at which it was made."""
    back = [
        row["id"]
        for row in await tx.rows("members_by_ids")  # of each as much as the mark is made from
        if row["joined_at"]
        <= erased.get(erasures.mark_of(keys, row["id"], row["centre_id"], row["telegram_id"]), -1)
    ]
    for member_id in back:
        member = await members.get(tx, member_id)
        if member is not None:
            await erase(tx, keys, member, now)
    return len(back)


async def erase_stranger(tx: Transaction, keys: KeyStore, telegram_id: int, now: int) -> list[int]:
    """Deletes what is held about somebody who is in no centre, and what waits to be sent of it.

    A member stays a member: of them nothing is deleted but what has not led into a centre. That
    they were refused still counts, by a mark (storage/marks.py), for as long as it would have at
    `now` (UTC epoch seconds). Returns the centres that were asked and have not answered yet.
    """
    asked = await join_requests.of_person(tx, telegram_id)
    for each in asked:
        for beginning in (f"request:{each.id}:", f"edit:request:{each.id}:"):
            await outbox_changes.drop_unsent(tx, beginning)
        if each.answer == "declined" and now < ask_again_at(each.answered_at or 0):
            at = each.answered_at or 0
            await marks.add(tx, keys, marks.Kind.REFUSED, each.centre_id, telegram_id, at)
    for query in ("remove_joinings", "remove_join_requests", "erase_strangers_draft"):
        await tx.run(query, telegram_id=telegram_id)
    await tx.run("erase_strangers_outbox", telegram_id=telegram_id)
    await forget_if_stranger(tx, telegram_id)
    return sorted({each.centre_id for each in asked if each.answered_at is None})


async def turn_back(tx: Transaction, telegram_id: int, centre_id: int) -> None:
    """Deletes what somebody left on the way into one centre: their question, their answers."""
    await joinings.end(tx, telegram_id, centre_id)
    await tx.run("erase_join_requests", telegram_id=telegram_id, centre_id=centre_id)
    await forget_if_stranger(tx, telegram_id)


async def prune_strangers(tx: Transaction, now: int) -> int:
    """Deletes questions and ways in that lead nowhere any more at `now`; of how many people.

    Who is in no centre, and on no other way into one, is forgotten with them.
    """
    requests = await tx.rows(
        "prune_join_requests", answered_before=now - ANSWERED, asked_before=now - UNANSWERED
    )
    gave_up = await tx.rows("prune_joinings", before=now - GIVEN_UP)
    people_gone = {row["telegram_id"] for row in (*requests, *gave_up)}
    for telegram_id in sorted(people_gone):
        await forget_if_stranger(tx, telegram_id)
    return len(people_gone)


async def forget_if_stranger(tx: Transaction, telegram_id: int) -> bool:
    """Forgets a person whom no centre knows, with their chat; False where one does."""
    await tx.run("erase_stranger", telegram_id=telegram_id)
    gone = await tx.row("person", telegram_id=telegram_id) is None
    if gone:
        await tx.run("remove_draft", telegram_id=telegram_id)
        await tx.run("remove_outbox_of_chat", chat_id=telegram_id)
        await tx.run("forget_messages_of_chat", chat_id=telegram_id)
        await tx.run("erase_turn_of_chat", telegram_id=telegram_id)
    else:
        await tx.run("turn_of_chat", chat_id=telegram_id)
    return gone
