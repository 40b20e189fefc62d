"""What is held about a member in one centre, as it lies here: for their own copy of it.

Sealed content (answers, what is half-written) is not among it: whoever has the key opens that.
"""

from __future__ import annotations

from typing import Any

from assembly.immutable import immutable
from assembly.name_marks import blanked
from storage.engine.transaction import Transaction
from storage.members import Member

# In the order in which they are read, by the name they have in the copy: query and parameters.
SECTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "person": ("held_person", ("telegram_id",)),
    "membership": ("held_membership", ("member_id",)),
    "facilitator": ("held_duty", ("member_id",)),
    "consents": ("held_consents", ("member_id",)),
    "proposals": ("held_proposals", ("member_id",)),
    "voices_given": ("held_supports", ("member_id",)),
    "comments": ("held_comments", ("member_id",)),
    "comments_answered": ("held_comment_answers", ("member_id",)),
    "asked_to_put_together": ("held_merges", ("member_id",)),
    "suggested_to_put_together": ("held_suggested_merges", ("member_id",)),
    "proposals_taken_down": ("held_takedowns", ("member_id",)),
    "done_with_proposals": ("held_proposal_audit", ("member_id",)),
    "open_decisions": ("held_decisions", ("member_id",)),
    "lists_picked": ("held_lists", ("member_id",)),
    "lists_confirmed": ("held_confirmed_lists", ("member_id",)),
    "picked_for_lists": ("held_places_on_lists", ("member_id",)),
    "said_openly": ("held_roll_calls", ("member_id",)),
    "done_with_decisions": ("held_audit", ("member_id",)),
    "coming_to_assemblies": ("held_attendances", ("member_id",)),
    "here_at_assemblies": ("held_presences", ("member_id",)),
    "tasks_taken": ("held_tasks", ("member_id",)),
    "duties_at_assemblies": ("held_duties", ("member_id",)),
    "duties_you_would_like": ("held_duty_wishes", ("member_id",)),
    "assembly_reminders": ("held_reminder_settings", ("member_id",)),
    "no_reminders_before_closing": ("held_closing_reminders_off", ("member_id",)),
    "assemblies_convened": ("held_assemblies", ("member_id",)),
    "assemblies_cancelled": ("held_cancelled_assemblies", ("member_id",)),
    "order_of_points_changed": ("held_agenda_changes", ("member_id",)),
    "noted_at_assemblies": ("held_notes", ("member_id",)),
    "corrections_of_minutes": ("held_corrections", ("member_id",)),
    "names_taken_out": ("held_minutes_changes", ("member_id",)),
    "hall_counts_made": ("held_hall_counts", ("member_id",)),
    "check_in_time": ("held_checkin_settings", ("member_id",)),
    "check_ins": ("held_rounds", ("member_id",)),
    "counted_in_summary": ("held_windows", ("member_id",)),
    "invitations_made": ("held_invitations", ("member_id",)),
    "invitations_confirmed": ("held_confirmations", ("member_id",)),
    "moves_of_the_centre": ("held_centre_moves", ("member_id",)),
    "asked_to_join": ("held_requests", ("telegram_id", "centre_id")),
    "who_is_responsible_changed": ("held_fact_changes", ("member_id",)),
    "requests_answered": ("held_answered_requests", ("member_id",)),
    "on_the_way_in": ("held_joinings", ("telegram_id", "centre_id")),
    "messages_from_voci": ("held_outbox", ("telegram_id", "centre_id")),
    "messages_that_can_change": ("held_messages", ("telegram_id",)),
}

# Of somebody on the way in, in whichever centre: the same, with the centre's name beside it.
STRANGERS: dict[str, str] = {
    "person": "held_person",
    "asked_to_join": "held_requests_anywhere",
    "on_the_way_in": "held_joinings_anywhere",
    "messages_from_voci": "held_outbox_anywhere",
    "messages_that_can_change": "held_messages",
}

Section = list[dict[str, Any]]


@immutable
class Numbers:
    """How much a member has put forward and supported."""

    proposals: int
    voices: int


async def gather(tx: Transaction, member: Member) -> dict[str, Section]:
    """Every section with its rows; moments are UTC epoch seconds in columns that end in `_at`."""
    known = {
        "member_id": member.id,
        "telegram_id": member.telegram_id,
        "centre_id": member.centre_id,
    }
    found: dict[str, Section] = {}
    for name, (query, parameters) in SECTIONS.items():
        rows = await tx.rows(query, **{each: known[each] for each in parameters})
        found[name] = [{column: _told(row[column]) for column in row.keys()} for row in rows]  # noqa: SIM118
    return found


def _told(value: Any) -> Any:
    """As it is, without the names of others that are marked in a text."""
    return blanked(value) if isinstance(value, str) else value


async def gather_stranger(tx: Transaction, telegram_id: int) -> dict[str, Section]:
    """The sections of somebody who asked to join, or began to, as those of a member."""
    found: dict[str, Section] = {}
    for name, query in STRANGERS.items():
        rows = await tx.rows(query, telegram_id=telegram_id)
        found[name] = [{column: row[column] for column in row.keys()} for row in rows]  # noqa: SIM118
    return found


async def numbers(tx: Transaction, member_id: int) -> Numbers:
    """How many proposals and voices are a member's own."""
    row = await tx.row("held_numbers", member_id=member_id)
    assert row is not None  # noqa: S101 - it counts, and so always answers
    return Numbers(row["proposals"], row["voices"])
