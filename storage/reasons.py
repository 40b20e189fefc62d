"""Why somebody objects, stands aside or blocks: typed after the press, kept in the sealed ballot.

That a reason is awaited stands inside the ballot too: a row beside it would tell who objects. One
is awaited at a time: that of the question which the person looks at, so that no words go elsewhere.
"""

from __future__ import annotations

from dataclasses import replace

from assembly.immutable import immutable
from assembly.rule import DecisionMethod
from storage import sealed_ballots
from storage.engine.transaction import Transaction
from storage.sealed_ballots import WITH_REASONS, Content
from storage.secrets.keys import KeyDestroyed, KeyStore

PATIENCE = 600  # seconds: what is typed later is meant for something else
PUT_OFF = 1  # in the place of a moment: asked for again once the question is looked at again


@immutable
class Awaited:
    """The ballot whose reason a person's next words are; asked for `since` (UTC epoch seconds)."""

    centre_id: int
    decision_id: int
    member_id: int
    choice: str
    since: int


@immutable
class _Paper:
    """A ballot with room for a reason, in a question that is open."""

    centre_id: int
    decision_id: int
    method: DecisionMethod
    key: bytes
    content: Content

    def waits(self, now: int) -> bool:
        since = self.content.awaits_since
        return since > PUT_OFF and now - since <= PATIENCE

    async def put(self, tx: Transaction, *, since: int, reason: str) -> None:
        """Stores it with another moment, another reason."""
        changed = replace(self.content, reason=reason, awaits_since=since)
        await sealed_ballots.put(tx, self.key, self.decision_id, changed, self.method)


async def awaiting_reason(
    tx: Transaction, keys: KeyStore, telegram_id: int, now: int
) -> Awaited | None:
    """The ballot that waits for a reason, for ten minutes; the last one where several do."""
    waiting = [
        Awaited(
            each.centre_id,
            each.decision_id,
            each.content.member_id,
            each.content.choice,
            each.content.awaits_since,
        )
        for each in await _papers(tx, keys, telegram_id, now)
        if each.waits(now)
    ]
    return max(waiting, key=lambda each: each.since, default=None)


async def look_at(
    tx: Transaction, keys: KeyStore, *, telegram_id: int, decision_id: int, now: int
) -> bool:
    """A person looks at a question: whether its reason is asked for, and from now on awaited.

    Whatever else was awaited is put off until its own question is looked at.
    """
    asked = False
    for each in await _papers(tx, keys, telegram_id, now):
        content = each.content
        if each.decision_id == decision_id:
            asked = each.waits(now) or content.awaits_since == PUT_OFF
            if asked and content.awaits_since != now:
                await each.put(tx, since=now, reason=content.reason)
        elif each.waits(now):
            await each.put(tx, since=PUT_OFF, reason=content.reason)
    return asked


async def give_reason(
    tx: Transaction, keys: KeyStore, *, telegram_id: int, decision_id: int, reason: str, now: int
) -> bool:
    """Adds what was typed to the ballot that waits for it; False where it does not any more.

    Of "" nothing is added: the objection counts without words. Raises ValueError for more than
    500 characters.
    """
    for each in await _papers(tx, keys, telegram_id, now):
        if each.decision_id == decision_id and each.waits(now):
            await each.put(tx, since=0, reason=reason or each.content.reason)
            return True
    return False


async def take_out(
    tx: Transaction, keys: KeyStore, *, telegram_id: int, decision_id: int, now: int
) -> bool:
    """The ballot stays, without a reason; False where there was none to take out."""
    for each in await _papers(tx, keys, telegram_id, now):
        if each.decision_id == decision_id and each.content.reason:
            await each.put(tx, since=0, reason="")
            return True
    return False


async def _papers(tx: Transaction, keys: KeyStore, telegram_id: int, now: int) -> list[_Paper]:
    """What a person has said in questions with reasons that are still open."""
    found: list[_Paper] = []
    for row in await tx.rows("open_to_person", telegram_id=telegram_id, now=now):
        decision_id, method = row["decision_id"], DecisionMethod(row["method"])
        if method not in WITH_REASONS:
            continue
        try:
            key = await keys.ballot_key(decision_id)
        except KeyDestroyed:
            continue  # what is typed now is meant for something else: the others go on
        content = await sealed_ballots.find(tx, key, decision_id, row["member_id"])
        if content is not None:
            found.append(_Paper(row["centre_id"], decision_id, method, key, content))
    return found
