"""The minutes of assemblies: drafted at closing, corrected, published and frozen.

What the texts hold is in assembly/minutes.py. Moments are UTC epoch seconds.
"""

from __future__ import annotations

from typing import Literal

from assembly.correcting import USUAL
from assembly.immutable import immutable
from assembly.minutes import Minutes, fingerprint, frozen_text, read
from storage.engine.transaction import Row, Transaction

PUBLISH = "minutes-publish"  # the kind of the schedule by which a draft is published

MOST_CORRECTIONS = 3  # of one member to one assembly's minutes


@immutable
class Kept:
    """Minutes as they lie here: `hash` and `published_at` are None while they are a draft."""

    assembly_id: int
    centre_id: int
    words: str
    hash: str | None
    published_at: int | None

    @property
    def is_draft(self) -> bool:
        """Whether they can still be corrected."""
        return self.published_at is None

    @property
    def minutes(self) -> Minutes:
        """What they say, with marks in place of names; a draft's points are in its notes."""
        return read(self.words)


@immutable
class Correction:
    """What a member found to be otherwise, and what became of it."""

    id: int
    assembly_id: int
    member_id: int
    words: str
    status: Literal["open", "taken", "answered"]
    answer: str


@immutable
class Change:
    """A name that was taken out; `by` is None once that facilitator takes part no more."""

    version: int
    at: int
    by: str | None


async def draft(tx: Transaction, centre_id: int, assembly_id: int, minutes: Minutes) -> bool:
    """Keeps what a draft begins with; False where there is one already."""
    words = frozen_text(minutes)
    return bool(
        await tx.run("draft_minutes", assembly_id=assembly_id, centre_id=centre_id, words=words)
    )


async def find(tx: Transaction, centre_id: int, assembly_id: int) -> Kept | None:
    """The minutes of an assembly of this centre; None for any other, and where there are none."""
    row = await tx.row("minutes_of", centre_id=centre_id, assembly_id=assembly_id)
    return _kept(row) if row else None


async def publish(tx: Transaction, assembly_id: int, minutes: Minutes, now: int) -> bool:
    """Freezes them, with their points; who wrote which line is forgotten. False if it was done."""
    words = frozen_text(minutes)
    done = await tx.run(
        "publish_minutes", assembly_id=assembly_id, words=words, hash=fingerprint(words), now=now
    )
    if done:
        await tx.run("drop_notes_in_words", assembly_id=assembly_id)
        await tx.run("drop_taken_corrections", assembly_id=assembly_id)
    return bool(done)


async def change(
    tx: Transaction, kept: Kept, minutes: Minutes, member_id: int | None, now: int
) -> bool:
    """Puts another version in the place of published ones; False where somebody was quicker.

    `member_id`: None where after a restore nobody knows any more who did it. Nothing of the version
    before is kept but that there was one, when, and who changed it.
    """
    words = frozen_text(minutes)
    done = await tx.run(
        "change_minutes",
        assembly_id=kept.assembly_id,
        hash_before=kept.hash,
        words=words,
        hash=fingerprint(words),
    )
    if done:
        await tx.run(
            "note_minutes_change",
            assembly_id=kept.assembly_id,
            version=minutes.version,
            at=now,
            member_id=member_id,
        )
    return bool(done)


async def changes(tx: Transaction, assembly_id: int) -> list[Change]:
    """When names were taken out, and by whom, in order."""
    rows = await tx.rows("minutes_changes_of", assembly_id=assembly_id)
    return [Change(row["version"], row["at"], row["name"]) for row in rows]


async def page(tx: Transaction, centre_id: int, skip: int, most: int) -> list[Kept]:
    """Up to `most` behind the first `skip`, the newest assembly first."""
    rows = await tx.rows("minutes_page", centre_id=centre_id, skip=skip, most=most)
    return [_kept(row) for row in rows]


async def everywhere(tx: Transaction) -> list[Kept]:
    """Those of all centres: for what a restore brings back, never for what a person asked for."""
    return [_kept(row) for row in await tx.rows("every_minutes")]


async def newest(tx: Transaction, centre_id: int) -> int | None:
    """The id of the latest assembly that is over and has left minutes; None where none has."""
    found: int | None = await tx.value("newest_minutes", centre_id=centre_id)
    return found


async def count(tx: Transaction, centre_id: int) -> int:
    """How many minutes a centre has."""
    return int(await tx.value("count_minutes", centre_id=centre_id))


async def correct(tx: Transaction, assembly_id: int, member_id: int, words: str) -> int | None:
    """Keeps what a member found to be otherwise; None once they are published, or for too many."""
    found: int | None = await tx.value(
        "add_correction",
        assembly_id=assembly_id,
        member_id=member_id,
        words=words,
        most=MOST_CORRECTIONS,
    )
    return found


async def corrections(tx: Transaction, assembly_id: int) -> list[Correction]:
    """All to these minutes, in the order in which they came."""
    rows = await tx.rows("corrections_of", assembly_id=assembly_id)
    return [_correction(row) for row in rows]


async def correction(tx: Transaction, centre_id: int, correction_id: int) -> Correction | None:
    """One to minutes of this centre; None for any other."""
    row = await tx.row("correction_of_centre", centre_id=centre_id, correction_id=correction_id)
    return _correction(row) if row else None


async def take_over(tx: Transaction, correction_id: int) -> bool:
    """Notes that the minutes say so by now; False where it is settled, or too late."""
    return bool(
        await tx.run("settle_correction", correction_id=correction_id, status="taken", answer="")
    )


async def answer(tx: Transaction, correction_id: int, words: str) -> bool:
    """Answers one that is not taken over; False where it is settled, or too late."""
    return bool(
        await tx.run(
            "settle_correction", correction_id=correction_id, status="answered", answer=words
        )
    )


async def reword_correction(tx: Transaction, correction_id: int, words: str, answer: str) -> None:
    """The same without a name that is taken out of the minutes in which it stands."""
    await tx.run("reword_correction", correction_id=correction_id, words=words, answer=answer)


async def take_back(tx: Transaction, correction_id: int, member_id: int) -> bool:
    """Takes one's own back, while nobody has dealt with it."""
    ids = {"correction_id": correction_id, "member_id": member_id}
    return bool(await tx.run("take_correction_back", **ids))


async def correction_hours(tx: Transaction, centre_id: int) -> int:
    """For how many hours after closing a centre's minutes can be corrected."""
    found = await tx.value("correction_hours_of", centre_id=centre_id)
    return USUAL if found is None else int(found)


async def choose_hours(tx: Transaction, centre_id: int, hours: int) -> None:
    """Another number of hours, one of assembly.correcting.HOURS."""
    await tx.run("set_correction_hours", centre_id=centre_id, hours=hours)


async def drop_old(tx: Transaction, centre_id: int, before: int, most: int) -> int:
    """Deletes up to `most` that were published before a moment, with their photographs; how many.

    With them go the corrections, and what was noted about changes.
    """
    rows = await tx.rows("drop_old_minutes", centre_id=centre_id, before=before, most=most)
    for row in rows:
        await tx.run("drop_notes_of", assembly_id=row["assembly_id"])
    return len(rows)


def _kept(row: Row) -> Kept:
    return Kept(
        assembly_id=row["assembly_id"],
        centre_id=row["centre_id"],
        words=row["words"],
        hash=row["hash"],
        published_at=row["published_at"],
    )


def _correction(row: Row) -> Correction:
    return Correction(
        id=row["id"],
        assembly_id=row["assembly_id"],
        member_id=row["member_id"],
        words=row["words"],
        status=row["status"],
        answer=row["answer"],
    )
