"""What is noted at the points of an assembly: lines, and photographs of the flip chart.

Members stand in the words as marks (assembly/name_marks.py). Each change is a conditional
statement, so that of two who write at once nobody loses a line, or writes over one unseen.
"""

from __future__ import annotations

from assembly.immutable import immutable
from storage.engine.transaction import Row, Transaction


@immutable
class Note:
    """A line of the point `item_id` (None: after the last one), or a photograph with its words.

    `file_id` is Telegram's. `author_id` None: whoever wrote it is erased. `changed` counts how
    often it was.
    """

    id: int
    item_id: int | None
    words: str
    file_id: str | None
    author_id: int | None
    changed: int

    @property
    def is_photo(self) -> bool:
        """Whether it is a photograph."""
        return self.file_id is not None


async def add(
    tx: Transaction,
    *,
    centre_id: int,
    assembly_id: int,
    author_id: int,
    words: str,
    file_id: str | None = None,
) -> Note | None:
    """Notes a line, or a photograph, at the point that is open now; None unless one can be."""
    row = await tx.row(
        "add_note_here",
        centre_id=centre_id,
        assembly_id=assembly_id,
        author_id=author_id,
        kind=_kind(file_id),
        words=words,
        file_id=file_id,
    )
    return _note(row) if row else None


async def add_at(
    tx: Transaction,
    *,
    centre_id: int,
    assembly_id: int,
    item_id: int | None,
    author_id: int,
    words: str,
    file_id: str | None = None,
) -> Note | None:
    """The same afterwards, at any point of minutes that are a draft; None where they are none."""
    row = await tx.row(
        "add_note_at",
        centre_id=centre_id,
        assembly_id=assembly_id,
        item_id=item_id or 0,
        author_id=author_id,
        kind=_kind(file_id),
        words=words,
        file_id=file_id,
    )
    return _note(row) if row else None


async def of_assembly(tx: Transaction, assembly_id: int) -> list[Note]:
    """All of an assembly's, in the order in which they were written."""
    return [_note(row) for row in await tx.rows("notes_of_assembly", assembly_id=assembly_id)]


async def count_at(tx: Transaction, assembly_id: int, item_id: int) -> int:
    """How many lines and photographs there are at a point."""
    found = await tx.value("count_notes_at", assembly_id=assembly_id, item_id=item_id)
    return int(found)


async def find(tx: Transaction, centre_id: int, note_id: int) -> tuple[int, Note] | None:
    """A note of this centre with its assembly's id; None for any other."""
    row = await tx.row("note_of_centre", centre_id=centre_id, note_id=note_id)
    return (row["assembly_id"], _note(row)) if row else None


async def change(tx: Transaction, centre_id: int, note: Note, words: str) -> bool:
    """Gives a line other words; False where somebody has changed it since, or it is too late."""
    return bool(
        await tx.run(
            "change_note",
            centre_id=centre_id,
            note_id=note.id,
            changed=note.changed,
            words=words,
        )
    )


async def take_out(tx: Transaction, centre_id: int, note_id: int, changed: int) -> bool:
    """Takes a line or a photograph out; False where it was changed since, or it is too late."""
    return bool(
        await tx.run("take_note_out", centre_id=centre_id, note_id=note_id, changed=changed)
    )


def _kind(file_id: str | None) -> str:
    return "note" if file_id is None else "photo"


def _note(row: Row) -> Note:
    return Note(
        id=row["id"],
        item_id=row["item_id"],
        words=row["words"],
        file_id=row["file_id"],
        author_id=row["author_id"],
        changed=row["changed"],
    )
