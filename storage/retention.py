"""What a centre keeps for how long, and taking away what was kept long enough.

The rule is in assembly/retention.py; all moments are UTC epoch seconds.
"""

from __future__ import annotations

from collections.abc import Mapping

from assembly.immutable import immutable
from assembly.moving import OPEN_FOR
from assembly.questionnaire import QUESTIONNAIRES
from assembly.retention import Choice, Kept, days, gone_before
from storage import attendances, members, messages, minutes, takedowns
from storage.engine.transaction import Transaction
from storage.erasure import erasing
from storage.secrets.keys import KeyStore

SCHEDULE = "retention"  # the kind of a centre's daily schedule; its subject is the centre

MOST = 200  # rows of a kind in one transaction: nobody's press waits longer for them
LEAVERS = 3  # members in one transaction: each has something in many tables

# What goes by one query for each kind of row; whatever it names is taken away or out.
_QUERIES = (
    (Kept.NAMES, "forget_old_authors"),
    (Kept.NAMES, "forget_old_voices"),
    (Kept.NAMES, "drop_hidden_comments"),
    (Kept.NAMES, "forget_who_commented"),
    (Kept.NAMES, "forget_who_voted_by_name"),
    (Kept.AUDIT, "drop_old_audit"),
    (Kept.AUDIT, "drop_old_proposal_audit"),
    (Kept.AUDIT, "drop_old_agenda_changes"),
    (Kept.AUDIT, "drop_old_fact_changes"),
    (Kept.AUDIT, "forget_who_convened"),
    (Kept.AUDIT, "forget_who_took_down"),
    (Kept.AUDIT, "forget_who_merged"),
    (Kept.DRAFTS, "drop_old_drafts"),
    (Kept.MESSAGES, "drop_old_messages"),
)


@immutable
class Swept:
    """What one step took away, by kind; `more`: there may be some left."""

    counts: Mapping[Kept, int]
    more: bool


async def choices(tx: Transaction, centre_id: int) -> dict[Kept, Choice]:
    """What a centre chose; of everything else the default holds."""
    return {
        Kept(row["kept"]): Choice(row["days"], row["days_before"], row["holds_from"])
        for row in await tx.rows("periods_of", centre_id=centre_id)
    }


async def choose(tx: Transaction, centre_id: int, kept: Kept, choice: Choice) -> None:
    """Notes a centre's choice in place of the one before."""
    await tx.run(
        "set_period",
        centre_id=centre_id,
        kept=kept.value,
        days=choice.days,
        days_before=choice.before,
        holds_from=choice.holds_from,
    )


async def periods(tx: Transaction, centre_id: int, now: int) -> dict[Kept, int]:
    """For how many days each thing is kept at `now`."""
    chosen = await choices(tx, centre_id)
    return {kept: days(kept, chosen.get(kept), now) for kept in Kept}


async def keep_answers(tx: Transaction, member_id: int, own: int | None) -> None:
    """A member's own period for their answers, in days; None: as the centre keeps them."""
    await tx.run("keep_answers", member_id=member_id, days=own)


async def own_days(tx: Transaction, member_id: int) -> int | None:
    """What a member chose for their answers, in days; None: as the centre keeps them."""
    found = await tx.value("answers_kept", member_id=member_id)
    return None if found is None else int(found)


async def sweep(tx: Transaction, keys: KeyStore, centre_id: int, now: int) -> Swept:
    """Takes away some of what a centre has kept long enough; call again while there is more.

    Once it is committed, call Eraser.catch_up, and truncate the log.
    """
    kept = await periods(tx, centre_id, now)
    before = {each: gone_before(now, kept[each]) for each in Kept}
    await _lapsed(tx, centre_id, now)
    found = [
        (Kept.LEFT, await _leavers(tx, keys, centre_id, before[Kept.LEFT], now)),
        *[
            (Kept.ANSWERS, await _rounds(tx, centre_id, name, kept[Kept.ANSWERS], now))
            for name in QUESTIONNAIRES
        ],
        (Kept.INVITATIONS, await _invitations(tx, centre_id, before[Kept.INVITATIONS])),
        (Kept.REQUESTS, await _requests(tx, centre_id, before[Kept.REQUESTS])),
        (Kept.TASKS, await _takers(tx, centre_id, before[Kept.TASKS])),
        (Kept.MINUTES, await minutes.drop_old(tx, centre_id, before[Kept.MINUTES], MOST)),
        (Kept.NAMES, await _off_the_list(tx, centre_id, before[Kept.NAMES])),
    ]
    for each, query in _QUERIES:
        rows = await tx.rows(query, centre_id=centre_id, before=before[each], most=MOST)
        found.append((each, len({row["id"] for row in rows})))
    counts: dict[Kept, int] = {}
    for each, number in found:
        if number:
            counts[each] = counts.get(each, 0) + number
    most = {Kept.LEFT: LEAVERS}
    return Swept(counts, any(number == most.get(each, MOST) for each, number in found))


async def _lapsed(tx: Transaction, centre_id: int, now: int) -> None:
    """What has an end of its own, whatever the centre chose."""
    await attendances.forget_over(tx, centre_id, now)
    before = now - takedowns.ASKED_FOR
    await tx.run("drop_unanswered_takedowns", centre_id=centre_id, before=before)
    await tx.run("drop_lapsed_move", centre_id=centre_id, before=now - OPEN_FOR)
    await tx.run("drop_old_setups", before=now - erasing.GIVEN_UP)


async def _leavers(tx: Transaction, keys: KeyStore, centre_id: int, before: int, now: int) -> int:
    """Everything about whoever has left and did not come back."""
    await tx.run("note_leaving", centre_id=centre_id, now=now)
    rows = await tx.rows("left_before", centre_id=centre_id, before=before, most=LEAVERS)
    for row in rows:
        member = await members.get(tx, row["id"])
        if member is not None:
            await erasing.erase(tx, keys, member, now)
    return len(rows)


async def _rounds(tx: Transaction, centre_id: int, name: str, kept: int, now: int) -> int:
    which = {"centre_id": centre_id, "questionnaire": name}
    rows = await tx.rows("drop_old_rounds", **which, days=kept, now=now, most=MOST)
    for row in rows:
        for ref in (f"round:{row['id']}", f"round:{row['id']}:again"):
            await messages.forget(tx, ref)
    return len(rows)


async def _takers(tx: Transaction, centre_id: int, before: int) -> int:
    """Who did a task; how many tasks nobody is named beside any more."""
    rows = await tx.rows("drop_old_takers", centre_id=centre_id, before=before, most=MOST)
    return len({row["task_id"] for row in rows})


async def _off_the_list(tx: Transaction, centre_id: int, before: int) -> int:
    """What its author took back or facilitators took down, with the words."""
    rows = await tx.rows("drop_off_the_list", centre_id=centre_id, before=before, most=MOST)
    for row in rows:
        await messages.take_cards(tx, f"news:{row['id']}:")
    return len(rows)


async def _invitations(tx: Transaction, centre_id: int, before: int) -> int:
    rows = await tx.rows("drop_old_invitations", centre_id=centre_id, before=before, most=MOST)
    for row in rows:
        await messages.take_cards(tx, f"invitation:{row['token_hash'][:16]}:")
    return len(rows)


async def _requests(tx: Transaction, centre_id: int, before: int) -> int:
    rows = await tx.rows("drop_unanswered_requests", centre_id=centre_id, before=before, most=MOST)
    for row in rows:
        await messages.take_cards(tx, f"request:{row['id']}:")
        await erasing.forget_if_stranger(tx, row["telegram_id"])
    return len(rows)


async def count(tx: Transaction, centre_id: int, counts: Mapping[Kept, int]) -> None:
    """Adds to what is told to whoever runs the bot once everything is done: numbers only."""
    for kept, things in counts.items():
        await tx.run("count_retention", centre_id=centre_id, kept=kept.value, things=things)


async def take_counts(tx: Transaction, centre_id: int) -> dict[Kept, int]:
    """What was taken away since this was asked last."""
    rows = await tx.rows("retention_counts", centre_id=centre_id)
    await tx.run("clear_retention_counts", centre_id=centre_id)
    return {Kept(row["kept"]): int(row["things"]) for row in rows}
