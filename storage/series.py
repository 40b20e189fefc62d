"""Series: the rules by which a centre's assemblies recur, and how they are kept.

Every change is a conditional UPDATE that names the `sequence` it was made from, so that of two
facilitators who press at once one acts and the other learns that it is done. Moments are UTC epoch
seconds; a local start is by the centre's clocks.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

from assembly import series as rules
from assembly.immutable import immutable
from assembly.series import Pause, Rhythm
from storage.engine.transaction import Row, Transaction
from storage.secrets.keys import KeyStore
from storage.secrets.ledger import Ledger

Status = Literal["running", "paused", "ended"]

SCHEDULE = "series"  # the kind of its schedule; its subject is the series
CONVENED = "assembly convened"  # in the ledger: a day of a series, as a mark


@immutable
class Series:
    """One series. `start`: the naive local time of its first occurrence; `sequence`: how often it
    was changed; `unopened_in_a_row`: how many of its latest assemblies nobody opened.
    """

    id: int
    centre_id: int
    rhythm: Rhythm
    start: datetime
    place: str | None
    length_minutes: int
    pauses: tuple[Pause, ...]
    status: Status
    unopened_in_a_row: int
    sequence: int
    created_at: int

    @property
    def subject(self) -> str:
        """What it is to the ledger; a restore does not change it, and no later one is called so."""
        return f"{self.id}:{self.centre_id}:{self.created_at}"


@immutable
class Wish:
    """What a facilitator wants of a series, whether there is one already or not."""

    rhythm: Rhythm
    start: datetime
    place: str | None
    length_minutes: int


async def add(tx: Transaction, centre_id: int, wish: Wish, now: int) -> Series | None:
    """Stores a new series; None where the centre has the same already."""
    series_id = await tx.value("add_series", centre_id=centre_id, now=now, **_columns(wish))
    return None if series_id is None else await by_id(tx, series_id)


async def by_id(tx: Transaction, series_id: int) -> Series | None:
    """A series of any centre: for schedules, never for what a person asked for."""
    row = await tx.row("series_by_id", series_id=series_id)
    return _series(row) if row else None


async def find(tx: Transaction, centre_id: int, series_id: int) -> Series | None:
    """A series of this centre, ended or not; None for any other."""
    found = await by_id(tx, series_id)
    return found if found is not None and found.centre_id == centre_id else None


async def of_centre(tx: Transaction, centre_id: int) -> list[Series]:
    """The series of a centre that have not ended, the first one first."""
    return [_series(row) for row in await tx.rows("series_of_centre", centre_id=centre_id)]


async def everywhere(tx: Transaction) -> list[Series]:
    """The series of all centres that have not ended."""
    return [_series(row) for row in await tx.rows("all_series")]


async def change(tx: Transaction, series: Series, wish: Wish) -> bool:
    """Lets it be so from now on; False where somebody has changed or ended it since."""
    columns = _columns(wish)
    return bool(
        await tx.run("change_series", series_id=series.id, sequence=series.sequence, **columns)
    )


async def pause_for(tx: Transaction, series: Series, pauses: Iterable[Pause]) -> bool:
    """These are its pauses; False where somebody has changed or ended it since."""
    return bool(
        await tx.run(
            "pause_series_for",
            series_id=series.id,
            sequence=series.sequence,
            pauses=rules.written(pauses),
        )
    )


async def become(tx: Transaction, series_id: int, before: Status, after: Status) -> bool:
    """Pauses it, lets it run again, or ends it; False where it is not `before` any more."""
    return bool(await tx.run("set_series_status", series_id=series_id, before=before, after=after))


async def moved_on(tx: Transaction, series_id: int) -> None:
    """Its moments are others, though its rule is the same: the centre's clocks were changed."""
    await tx.run("series_moved_on", series_id=series_id)


async def count_unopened(tx: Transaction, series_id: int) -> int:
    """One more that nobody opened; how many in a row that makes, 0 for one that does not run."""
    return int(await tx.value("count_unopened", series_id=series_id) or 0)


async def count_anew(tx: Transaction, series_id: int) -> None:
    """Somebody opened one, or wants it to go on."""
    await tx.run("count_anew", series_id=series_id)


async def note_convened(
    tx: Transaction, keys: KeyStore, series: Series, day: date, now: int
) -> None:
    """Notes that the ledger is to be told: after a restore this day is not announced again.

    Carried by storage/endings.py, as everything that a restore must not repeat.
    """
    await tx.run("add_ending", kind=CONVENED, subject=_mark(keys, series, day), at=now)


async def was_convened(keys: KeyStore, series: Series, day: date) -> bool:
    """Whether the ledger knows that this day was convened, whatever the database says."""
    return await Ledger(keys.database).find(CONVENED, _mark(keys, series, day)) is not None


def _mark(keys: KeyStore, series: Series, day: date) -> str:
    return keys.fingerprint(f"{CONVENED}:{series.subject}:{day}".encode())


def _columns(wish: Wish) -> dict[str, str | int | None]:
    return {
        "rule": rules.rule(wish.rhythm),
        "start_local": wish.start.isoformat(timespec="minutes"),
        "place": wish.place,
        "length_minutes": wish.length_minutes,
    }


def _series(row: Row) -> Series:
    return Series(
        id=row["id"],
        centre_id=row["centre_id"],
        rhythm=rules.rhythm(row["rule"]),
        start=datetime.fromisoformat(row["start_local"]),
        place=row["place"],
        length_minutes=row["length_minutes"],
        pauses=rules.read(row["pauses"]),
        status=row["status"],
        unopened_in_a_row=row["unopened_in_a_row"],
        sequence=row["sequence"],
        created_at=row["created_at"],
    )
