"""A member's name in the words of others, where minutes are still made of them.

Published minutes and notes have marks in place of names (assembly/name_marks.py); what was agreed
on, what is to be done and the points themselves are kept as they were written. So with a member's
erasure their name goes there, or minutes that come out later would bring it back.
"""

from __future__ import annotations

from assembly.name_marks import without
from storage import members
from storage.engine.transaction import Transaction
from storage.members import Member

_TEXTS = {
    ("said_in_agreements", "reword_agreement"): ("wording",),
    ("said_in_tasks", "reword_task"): ("what", "group_words"),
    ("said_at_points", "reword_point"): ("title",),
    ("said_about_moving", "reword_moving"): ("reason",),
    ("said_in_proposals", "reword_proposal"): ("title", "reason"),
}


async def take_out(tx: Transaction, member: Member) -> None:
    """In their centre; while they still stand among its members."""
    named = await members.names(tx, member.centre_id)
    for (said, reword), columns in _TEXTS.items():
        for row in await tx.rows(said, centre_id=member.centre_id):
            was = {column: row[column] for column in columns}
            becomes = {
                column: None if text is None else without(text, member.id, named)
                for column, text in was.items()
            }
            if becomes != was:
                await tx.run(reword, id=row["id"], **becomes)
