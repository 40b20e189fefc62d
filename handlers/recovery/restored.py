"""After a restore, in its own transaction: the ledger is heard, and nothing is told twice.

The database that was lost went on after the backup, and what fell due by now was told by it. So
what only tells is recorded as skipped; what changes the centre's own affairs stays due, and the
first tick does it: an agenda is frozen, a round closes, a window of check-ins ends.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from assembly.immutable import immutable
from assembly.questionnaire import QUESTIONNAIRES
from handlers.assemblies import planning, reminders, sending
from handlers.assemblies.agreeing import standing
from handlers.assemblies.duties import search
from handlers.assemblies.tasks import quarter
from handlers.assemblies.tasks import reminders as task_reminders
from handlers.checkins import summaries
from handlers.core.posting import COALESCE, Posting
from handlers.core.screen import Screen
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from handlers.decisions import closing, closing_reminders
from handlers.decisions.screens import decisions as decision_screens
from handlers.proposals import merging
from handlers.recovery import outage
from handlers.recovery.screens import restored as screens
from storage import (
    assemblies,
    ballots,
    centres,
    checkins,
    decisions,
    drawn_once,
    minutes,
    outbox,
    pulses,
    retention,
    round_ends,
    schedules,
    series,
    tasks,
    windows,
)
from storage.centres import Centre
from storage.decisions import Decision
from storage.engine import catalogue
from storage.engine.database import Database
from storage.engine.errors import WrongStore
from storage.engine.transaction import Transaction
from storage.erasure import hearing
from storage.points import REWORDED
from storage.schedules import Schedule
from storage.secrets.keys import KeyStore
from storage.secrets.ledger import Entry, Ledger

# Every kind of schedule is in one of these; a test looks.
SKIPPED = frozenset(
    {
        *reminders.SCHEDULES.values(),
        *(planning.OPENING, planning.UNOPENED),
        closing_reminders.KIND,
        pulses.SCHEDULE,
        assemblies.SIGN,  # that a point's time is over helps at that moment only
        closing.CLOSING,  # there is nothing left to close
        outage.KIND,
    }
)
# These only tell too, and go on: how each passes over what was told meanwhile.
GO_ON = {tasks.REMINDERS: task_reminders.skip, quarter.KIND: quarter.skip}
ASKS = frozenset({checkins.SCHEDULE})  # tells, and goes on next week
CHANGES = frozenset(
    {
        *(sending.FREEZE, reminders.TODAY),
        *(planning.CLOSING, planning.UNCLOSED),  # late as it is, it is asked before it closes
        search.KIND,  # whoever is next is asked again, if they were
        standing.KIND,  # its time begins again
        REWORDED,
        minutes.PUBLISH,  # late rather than not at all
        merging.KIND,
        round_ends.CLOSE,
        *windows.SCHEDULES.values(),
        retention.SCHEDULE,
        series.SCHEDULE,
    }
)

BATCH = 100

VOID = "void"  # in the ledger: its ballots were given up by a restore


class WrongKeys(WrongStore):
    """The key store is not the one of this database, or an older copy of it."""

    def __init__(self, decision_ids: Sequence[int]) -> None:
        super().__init__(
            f"no key for the open decisions {', '.join(map(str, decision_ids))}; nothing was "
            "changed: put the key store of this database back, its latest copy if it is lost "
            "(docs/operators/stores.md says what else can be done)"
        )


@immutable
class Heard:
    """What the ledger says: decisions that were closed, by id, and the names of windows drawn."""

    decided: Mapping[str, Entry]
    drawn: Collection[str]


async def settle(tx: Transaction, heard: Heard, taken_at: int, now: int) -> int:
    """Everything that follows from a restore; how many decisions are void. UTC epoch seconds."""
    everywhere = {centre.id: centre for centre in await centres.every(tx)}
    for name in heard.drawn:
        await _told_already(tx, everywhere, name, now)
    for centre in everywhere.values():
        await _never_draw_again(tx, centre, heard.drawn, now)
    await _skip_missed(tx, now)
    for centre in everywhere.values():
        await search.plan_all(tx, centre, now)
    for centre in everywhere.values():
        speak = Speech.of(centre)
        await _post(tx, centre, f"restored:{now}:{centre.id}", screens.back(speak, taken_at), now)
    voided = await decisions.void_open(tx, now)
    for decision in voided:
        since = heard.decided.get(str(decision.id))
        await _tell_void(tx, everywhere[decision.centre_id], decision, since, now)
    return len(voided)


async def void_over(unit: UnitOfWork) -> int:
    """At start: makes void what is open here but was over already, as in an old copy.

    How many; the groups are told. Its key is gone, and the ledger knows why. Raises WrongKeys
    where a key is missing and the ledger knows nothing: then nothing is deleted, for the right
    key store opens the ballots.
    """
    tx = unit.tx
    found = await unreadable(tx, unit.services.keys)
    for decision, since in found:
        voided = await decisions.void(tx, decision, unit.now)
        await ballots.seal(tx, decision.id)
        centre = await centres.get(tx, decision.centre_id)
        await _tell_void(tx, centre, voided, since, unit.now)
    return len(found)


async def unreadable(tx: Transaction, keys: KeyStore) -> list[tuple[Decision, Entry]]:
    """What is open without a key, and why the ledger says that this is so.

    Raises WrongKeys where a key is missing and the ledger knows nothing.
    """
    ledger = Ledger(keys.database)
    found = await decisions.unreadable(tx, keys)
    over = [(each, await ledger.find(closing.CLOSED, str(each.id))) for each in found]
    if missing := [decision.id for decision, since in over if since is None]:
        raise WrongKeys(missing)
    return [(decision, since) for decision, since in over if since is not None]


async def number_on(database: Database, keys: KeyStore) -> None:
    """At start: new decisions get numbers above all that the key store knows.

    An old copy of the database would give some a second time, which buttons, published lists, keys
    and the ledger know as something else.
    """
    unheard = await hearing.unheard(database, keys.database)
    closed = (int(entry.subject) for entry in unheard if entry.kind == closing.CLOSED)
    highest = max(closed, default=0)
    highest = max(highest, await keys.highest_ballot_key())
    if highest:
        async with database.transaction() as tx:
            await catalogue.go_on_above(tx, database.engine, "decisions", highest)


async def give_up(keys: KeyStore, now: int) -> None:
    """After a restore: no ballot key opens anything any more, and the ledger says so."""
    ledger = Ledger(keys.database)
    for decision_id in await keys.ballot_keys():
        await ledger.append(closing.CLOSED, str(decision_id), VOID, now)
        await keys.destroy_ballot_key(decision_id)


async def _told_already(
    tx: Transaction, everywhere: Mapping[int, Centre], name: str, now: int
) -> None:
    """The group has read this summary: its key is used up, without a text."""
    centre = everywhere.get(drawn_once.centre_of(name))
    if centre is not None:
        to = centre.destination
        await outbox.spend(tx, summaries.key(name), to.chat_id, to.centre_id, now)


async def _never_draw_again(
    tx: Transaction, centre: Centre, drawn: Collection[str], now: int
) -> None:
    """A window that has ended, and that the ledger does not know, is skipped.

    It may have been drawn after the backup, and the key store be an older copy too. It counts as
    paid, for the same reason.
    """
    for questionnaire in QUESTIONNAIRES.values():
        current = await windows.latest(tx, centre.id, questionnaire)
        began = await windows.calendar(tx, centre.id, questionnaire)
        if current is None or began is None or current.status != "open" or now < current.ends_at:
            continue
        name = drawn_once.subject(centre.id, began, current.window.week, questionnaire)
        if name not in drawn:
            await windows.settle(tx, current.id, "skipped", current.window.tier.epsilon)


async def _skip_missed(tx: Transaction, now: int) -> None:
    last: Schedule | None = None
    while rows := await schedules.due(tx, now, BATCH, last):
        for row in rows:
            await _skip(tx, row, now)
        last = rows[-1]


async def _skip(tx: Transaction, row: Schedule, now: int) -> None:
    assert row.next_at is not None  # noqa: S101 - it is due
    if row.kind not in SKIPPED | ASKS | GO_ON.keys():
        return
    await schedules.claim(tx, row.id, row.next_at, now)
    await schedules.mark_skipped(tx, row.id, row.next_at)
    if row.kind in GO_ON:
        await GO_ON[row.kind](tx, row, now)
        return
    wish = await checkins.find_settings(tx, row.subject_id) if row.kind in ASKS else None
    if wish is not None and wish.active:
        await checkins.plan(tx, wish, row.zone, now)
    else:
        await schedules.remove(tx, row.kind, row.subject_id)


async def _tell_void(
    tx: Transaction, centre: Centre, decision: Decision, since: Entry | None, now: int
) -> None:
    """What the group has read of it since stays as it is; what is still open there is closed."""
    await closing.forget_plans(tx, decision.id)
    speak, key = Speech.of(centre), f"decision:{decision.id}:void"
    if since is None or since.data == VOID:
        ended = decision_screens.ended(decision, speak)
        posting, at_once = Posting(tx, now), now - COALESCE  # no more changes follow it
        await posting.repost_to_group(centre, closing.ref(decision), ended, not_before=at_once)
        await _post(tx, centre, key, screens.void(decision, speak), now)
    elif since.data == "closed":  # of one that was cancelled the group knows all there is
        await _post(tx, centre, key, screens.closed_since(decision, speak), now)


async def _post(tx: Transaction, centre: Centre, key: str, screen: Screen, now: int) -> None:
    at = centre.waits_until(now)
    await Posting(tx, now).post_to_group(centre, key, screen, not_before=at)
