"""A member's name in the words of others, where minutes are still made of them.

Published minutes and notes have marks in place of names (assembly/name_marks.py); what was agreed
on, what is to be done, what is on the list and the points themselves are kept as they were written.
So with a member's erasure their name goes there, or minutes that come out later would bring it
back. A question stays as it is, since its words are in the chain of its list, and so does a place:
there the minutes alone leave the name out (storage/taken_out.py).
"""

from __future__ import annotations

from assembly.name_marks import ways_to_write, without
from assembly.taking_out import taken_out
from storage import centres, members, schedules
from storage.engine.transaction import Transaction
from storage.members import Member
from storage.points import REWORDED
from storage.secrets.keys import KeyStore
from storage.taken_out import note_name

_TEXTS = {
    ("said_in_agreements", "reword_agreement"): ("wording",),
    ("said_in_tasks", "reword_task"): ("what", "group_words"),
    ("said_at_points", "reword_point"): ("title",),
    ("said_about_moving", "reword_moving"): ("reason",),
    ("said_in_proposals", "reword_proposal"): ("title", "reason"),
}


async def take_out(tx: Transaction, keys: KeyStore, member: Member, now: int) -> None:
    """In their centre; while they still stand among its members. `now`: UTC epoch seconds.

    Once it is committed, call Eraser.catch_up.
    """
    named = await members.names(tx, member.centre_id)
    reworded = set[int]()
    for (said, reword), columns in _TEXTS.items():
        for row in await tx.rows(said, centre_id=member.centre_id):
            was = {column: row[column] for column in columns}
            becomes = {
                column: None if text is None else without(text, member.id, named)
                for column, text in was.items()
            }
            if becomes != was:
                await tx.run(reword, id=row["id"], **becomes)
                if said == "said_at_points":
                    reworded.add(row["assembly_id"])
    centre = await centres.get(tx, member.centre_id)
    for assembly_id in sorted(reworded):
        await schedules.set(tx, REWORDED, assembly_id, now, centre.zone)
    for row in await tx.rows("said_for_minutes", centre_id=member.centre_id):
        for name in ways_to_write(member.name):
            if taken_out(row["words"], name) != row["words"]:
                await note_name(tx, keys, row["assembly_id"], name, now)
