"""Which tables a backup holds, in which order they are put back, and what stays out of it.

A backup outlives what it was taken from. So whatever the bot deletes for good after a while must
not be in it, or must be in it without what makes it delicate. A test goes through the schema: a
new table belongs into one of these lists, or it fails.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

# In the order in which they go in: a table comes after those that it refers to.
KEPT = (
    "centres",
    "periods",
    "assembly_settings",
    "openings",
    "people",
    "members",
    "facilitators",
    "consents",
    "invitations",
    "join_requests",
    "proposals",
    "supports",
    "series",
    "comments",
    "proposal_audit",
    "takedowns",
    "merges",
    "assemblies",
    "agenda_items",
    "agenda_changes",
    "agreements",
    "notes",
    "minutes_settings",
    "minutes",
    "minutes_corrections",
    "minutes_changes",
    "assembly_duties",  # who said yes; not who was asked
    "duty_wishes",
    "duty_counts",
    "parity_reports",
    "attendances",
    "reminder_settings",
    "closing_reminders_off",
    "waiting_times",
    "keyed_marks",  # limits hold after a restore, too
    "decisions",
    "decision_options",
    "tasks",
    "task_takers",
    "published_ballots",
    "turnout_roll",
    "roll_call",
    "audit",
    "centre_facts",
    "fact_changes",
    "checkin_settings",
    "rounds",
    "answers",  # of closed rounds, sealed: readable as long as their member's key lives
    "calendars",
    "windows",
    "releases",
    "release_roles",
    "in_person_headcounts",
    "window_members",  # says no more than the consents and roles that are kept anyway
    "messages",
    "schedules",
    "occurrences",
    "pair",  # a restore refuses the key store of another database, and joins it to the right one
    "link_key",  # links in posts lead where they led
    "erasures",  # committed and not at their end: they are carried to it after a restore
)

# Of the key store all that it holds; its copies are good for 7 days.
KEY_TABLES = ("data_keys", "ballot_keys", "ledger", "counterpart", "master", "key_copies")

# What they were called before migration 17, and still are in databases and backups of 0.1.0.
FORMER_NAMES = {
    "in_person_headcounts": "hall_counts",
    "checkin_settings": "checkin_wishes",
    "reminder_settings": "reminder_wishes",
}

LEFT_OUT = {
    "round_states": "of two copies what differs would tell who answers; they start anew",
    "endings": "what they say has happened in the backup; the ledger is told by the original",
    "updates": "marks of 48 hours; Telegram delivers nothing again that was acknowledged",
    "drafts": "half a conversation: the next words typed would be taken for its answer",
    "setups": "half a conversation of the operator's; /setup begins it again",
    "centre_moves": "waits for 7 days at most; whoever wants it begins it again",
    "joinings": "nobody's member yet, and gone with 'not now'; the link begins it again",
    "outbox": "what waits has been sent when a backup is put back; keys live 14 days, no longer",
    "outbox_chats": "made from the outbox",
    "ballots": "who said what is deleted for good at closing; no copy may keep it",
    "helpings": "deleted for good at closing, as the ballots",
    "electors": "deleted for good at closing, as the ballots",
    "named_lists": "a request of a moment: it is asked again",
    "named_list_members": "a request of a moment: it is asked again",
    "presences": "who is at an assembly is deleted for good when it closes; they say it again",
    "in_person_entries": "the questions that they belong to are void after a restore",
    "in_person_ballots": "what the hall says is told only as part of an outcome",
    "remains": "of this file; what a restore makes is a new one",
    "retention_counts": "numbers that are told within a day",
    "lease": "of the processes that run at a moment",
    "paces": "of the last minute",
    "schema_versions": "in the manifest",
}

Columns = Mapping[str, Any]


def there(tables: Sequence[str], names: Collection[str]) -> list[str]:
    """Those of the tables that a database of any version has, in order, by their names in it."""
    found = (table if table in names else FORMER_NAMES.get(table, table) for table in tables)
    return [name for name in found if name in names]


def _schedule(row: Columns) -> Columns | None:
    """Only a round that was put off has one of 'checkin-again'; reminders are not repeated."""
    return None if row["kind"] in ("checkin-again", "checkin-remind") else row


def _message(row: Columns) -> Columns | None:
    """Rounds that were brought back to mind have a second message: neither is kept.

    Nor is it kept in whose chat stands whether they take a duty: that they were asked.
    """
    ref = row["ref"]
    return None if ref.startswith("round:") or ":duty:" in ref else row


def _duty(row: Columns) -> Columns | None:
    """Who was asked is forgotten when the assembly is over; a backup outlives it.

    Who wanted to be named may have taken that back since: after a restore nobody is.
    """
    return {**row, "named": 0} if row["status"] == "yes" else None


def _taker(row: Columns) -> Columns | None:
    """Who takes a task; not that they want to be named, which they may have taken back since."""
    return {**row, "shown": 0}


def _merge(row: Columns) -> Columns:
    """Two that are to be put together, not what their authors said to it."""
    return {**row, "kept_answer": None, "merged_answer": None}


_CHANGED: dict[str, Callable[[Columns], Columns | None]] = {
    "assembly_duties": _duty,
    "merges": _merge,
    "task_takers": _taker,
    "schedules": _schedule,
    "messages": _message,
}


def as_kept(table: str, row: Columns) -> Columns | None:
    """The row as it may stand in a backup; None where it may not."""
    change = _CHANGED.get(table)
    return change(row) if change else row
