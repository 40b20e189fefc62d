"""What was taken out of minutes does not come back into them with a restored database.

The ledger has marks (storage/endings.py): of a line or a photograph by its id, of a name by the
name itself, under the minutes in which it stood. Of a mark nothing can be read; a name is known
again where it stands. A restored draft is looked at too, and once more when it is published.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from assembly import taking_out as rule
from assembly.minutes import SALT, Minutes
from storage import endings, minutes
from storage.endings import Ended, Ending
from storage.engine.transaction import Row, Transaction
from storage.minutes import Kept
from storage.secrets.keys import KeyStore
from storage.secrets.ledger import Ledger

HEARD = 60  # seconds after which the ledger knows what was noted: a tick is half of it


async def note_name(tx: Transaction, keys: KeyStore, assembly_id: int, name: str, now: int) -> None:
    """Notes that this name was taken out of these minutes. Then call Eraser.catch_up."""
    subject = _subject(keys, assembly_id, name)
    await tx.run("add_ending", kind=Ending.NAME.value, subject=subject, at=now)


async def note_line(
    tx: Transaction, keys: KeyStore, assembly_id: int, note_id: int, now: int
) -> None:
    """Notes that this line or photograph was taken out. Then call Eraser.catch_up."""
    await endings.note(tx, keys, Ending.NOTE, f"{assembly_id}:{note_id}", now)


async def without(keys: KeyStore, assembly_id: int, told: Minutes) -> Minutes:
    """Minutes that are still a draft, without the names that the ledger knows."""
    ended = await endings.heard(Ledger(keys.database), [Ending.NAME])
    for name in _names(keys, ended, assembly_id, told):
        told = rule.unnamed(told, name)
    return told


async def end_again(tx: Transaction, keys: KeyStore, ended: Ended) -> int:
    """After a restore: how much of what was taken out since was there again, and is out again."""
    count = 0
    if ended.last[Ending.NOTE] or ended.last[Ending.NAME]:
        for row in await tx.rows("every_note"):
            count += await _note(tx, keys, ended, row)
    if ended.last[Ending.NAME]:
        for kept in await minutes.everywhere(tx):
            if not _is_out(keys, ended, kept):
                count += await _minutes(tx, keys, ended, kept)
    return count


def _is_out(keys: KeyStore, ended: Ended, kept: Kept) -> bool:
    """Whether these have a version for each name, or came out without it: to try every word of
    them takes a second.
    """
    of = f"{_of(keys, kept.assembly_id)}/"
    found = {at for subject, at in ended.last[Ending.NAME].items() if subject.startswith(of)}
    known = (kept.published_at or 0) - HEARD
    return {at for at in found if at > known} <= set(kept.minutes.changed_at)


async def _note(tx: Transaction, keys: KeyStore, ended: Ended, row: Row) -> int:
    note_id, assembly_id, words = row["id"], row["assembly_id"], row["words"]
    if ended.at(keys, Ending.NOTE, f"{assembly_id}:{note_id}") >= 0:
        await tx.run("drop_note", note_id=note_id)
        return 1
    left = _text(keys, ended, assembly_id, words)
    if left == words:
        return 0
    await tx.run("reword_note", note_id=note_id, words=left)
    return 1


async def _minutes(tx: Transaction, keys: KeyStore, ended: Ended, kept: Kept) -> int:
    count = 0
    for name in () if kept.is_draft else _names(keys, ended, kept.assembly_id, kept.minutes):
        at = ended.last[Ending.NAME][_subject(keys, kept.assembly_id, name)]
        told = rule.without(kept.minutes, name, at, secrets.token_hex(SALT))
        count += await minutes.change(tx, kept, told, None, at)
        kept = await minutes.find(tx, kept.centre_id, kept.assembly_id) or kept
    for each in await minutes.corrections(tx, kept.assembly_id):
        words = _text(keys, ended, kept.assembly_id, each.words)
        answer = _text(keys, ended, kept.assembly_id, each.answer)
        if (words, answer) != (each.words, each.answer):
            await minutes.reword_correction(tx, each.id, words, answer)
            count += 1
    return count


def _names(keys: KeyStore, ended: Ended, assembly_id: int, told: Minutes) -> list[str]:
    taken = _taken(keys, ended, assembly_id)
    return rule.names(told, taken) if taken is not None else []


def _text(keys: KeyStore, ended: Ended, assembly_id: int, text: str) -> str:
    taken = _taken(keys, ended, assembly_id)
    for name in list(rule.names_in(text, taken)) if taken is not None else ():
        text = rule.taken_out(text, name)
    return text


def _taken(keys: KeyStore, ended: Ended, assembly_id: int) -> Callable[[str], bool] | None:
    """What says of a name whether it was taken out of these minutes; None: none ever was."""
    known = ended.last[Ending.NAME]
    of = f"{_of(keys, assembly_id)}/"
    if not any(each.startswith(of) for each in known):
        return None
    return lambda name: _subject(keys, assembly_id, name) in known


def _subject(keys: KeyStore, assembly_id: int, name: str) -> str:
    named = endings.mark(keys, Ending.NAME, f"{assembly_id}:{name}")
    return f"{_of(keys, assembly_id)}/{named}"


def _of(keys: KeyStore, assembly_id: int) -> str:
    return endings.mark(keys, Ending.NAME, str(assembly_id))
