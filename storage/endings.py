"""What has ended and must not come back with a restored database: the ledger is told.

A consent that was taken back, a membership, a duty, an invitation, a series of assemblies; the use
of somebody's things, and the counting of their answers, which can end and be wished again; the yes
to a duty of one assembly, and what was taken out of its minutes (storage/taken_out.py). Order
across the two stores (docs/architecture.md, "Two stores"): the ending is committed with a row here,
then the ledger is told, then the row goes. A crash anywhere in between leaves the row, and all is
done again: at the next start and at every tick.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

from assembly.immutable import immutable
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.members import Member
from storage.secrets import pair
from storage.secrets.keys import KeyStore
from storage.secrets.ledger import Entry, Ledger


class Ending(Enum):
    """What can end; its value is the kind of the ledger's entries, so it never changes."""

    CONSENT = "consent withdrawn"  # to check-ins
    MEMBERSHIP = "member left"
    DUTY = "duty ended"
    INVITATION = "invitation revoked"
    SERIES = "series ended"
    USE = "use restricted"  # of somebody's things
    RESTRICTION = "restriction lifted"
    COUNTING = "summaries objected to"  # of somebody's answers
    OBJECTION = "objection taken back"
    LEADING = "assembly duty passed on"  # a yes to chair it or to take notes; a no, and silence
    NOTE = "note taken out"  # a line or a photograph of minutes
    NAME = "name taken out"  # of published minutes
    OFF_LIST = "proposal off the list"  # taken back by its author, or down (storage/off_list.py)
    ON_LIST = "proposal put back"
    NAMELESS = "proposal without its name"  # its author took it off (storage/taken_back.py)
    NAMED = "proposal with its name again"
    COMMENT = "comment off"  # either of the next two, in ledgers from before these
    COMMENT_DELETED = "comment taken back"  # by whoever wrote it
    COMMENT_HIDDEN = "comment hidden"  # by facilitators; its mark says why
    COMMENT_BACK = "comment shown again"


_KINDS = frozenset(ending.value for ending in Ending)


def mark(keys: KeyStore, ending: Ending, subject: str) -> str:
    """Names what has ended; without the master key it tells nothing, and it differs by kind."""
    return keys.fingerprint(f"{ending.value}:{subject}".encode())


def of_member(member: Member) -> str:
    """The subject that a member is; what a restore does not change."""
    return f"{member.id}:{member.centre_id}:{member.telegram_id}"


async def note(tx: Transaction, keys: KeyStore, ending: Ending, subject: str, now: int) -> None:
    """Notes, in the transaction of the ending, that the ledger is to be told.

    Once it is committed, call Eraser.catch_up. With its moment, as it can begin and end again.
    """
    named = f"{mark(keys, ending, subject)}:{now}"
    await tx.run("add_ending", kind=ending.value, subject=named, at=now)


async def carry(database: Database, keys: KeyStore) -> None:
    """Tells the ledger what is noted. Raises StorageError; then it stays noted."""
    async with database.reading() as tx:
        left = await tx.rows("pending_endings")
    if not left:
        return
    ledger = Ledger(keys.database)
    for row in left:
        await ledger.append(row["kind"], row["subject"], "", row["at"])
    heard = await pair.highest_heard(keys.database)

    async def done(tx: Transaction) -> None:
        await pair.hear(tx, heard)
        for row in left:
            await tx.run("remove_ending", kind=row["kind"], subject=row["subject"])

    await database.run(done)


@immutable
class Ended:
    """What the ledger knows: by kind and mark, when it ended last (UTC epoch seconds)."""

    last: Mapping[Ending, Mapping[str, int]]

    def __bool__(self) -> bool:
        return any(self.last.values())

    def at(self, keys: KeyStore, ending: Ending, subject: str) -> int:
        """When this ended last; -1 where it never did."""
        known = self.last[ending]
        return known.get(mark(keys, ending, subject), -1) if known else -1

    def stands(self, keys: KeyStore, ending: Ending, undone: Ending, subject: str) -> bool:
        """Whether this ended, and was not undone after that."""
        at = self.at(keys, ending, subject)
        return at >= 0 and at >= self.at(keys, undone, subject)


async def heard(ledger: Ledger, of: Iterable[Ending] = Ending) -> Ended:
    """Reads from the ledger what has ended, of all kinds or of some."""
    return among([entry for ending in of for entry in await ledger.entries(ending.value)])


def among(entries: Iterable[Entry]) -> Ended:
    """What has ended by these entries of the ledger; others among them are passed over."""
    last: dict[Ending, dict[str, int]] = {ending: {} for ending in Ending}
    for entry in entries:
        if entry.kind in _KINDS:
            known, name = last[Ending(entry.kind)], entry.subject.partition(":")[0]
            known[name] = max(entry.at, known.get(name, -1))
    return Ended(last)
