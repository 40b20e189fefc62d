"""Who could take part in a question if it was put now: by its rule, and by how long they are here.

What is shown before it is put and what is frozen when it is are the same.
"""

from __future__ import annotations

from collections.abc import Collection

from assembly.electorate import joined_by
from assembly.immutable import immutable
from assembly.rule import Electorate, Rule, roles_of
from storage import centres, members, newcomers
from storage.engine.transaction import Transaction
from storage.members import Member


@immutable
class Candidates:
    """Those who could take part, and how many could not because they have just joined.

    `joined_until`: by when one must have joined (UTC epoch seconds), None where that is not asked;
    `days`: how many days before now that is.
    """

    members: tuple[Member, ...]
    left_out: int
    joined_until: int | None
    days: int


async def candidates(
    tx: Transaction, centre_id: int, rule: Rule, named: Collection[int], now: int
) -> Candidates:
    """At `now` (UTC epoch seconds). `named`: the ids that a rule by name or presence goes by.

    Whoever is no active member of the centre is none. Raises LookupError for no such centre.
    """
    active = await members.active(tx, centre_id)
    if rule.electorate in (Electorate.NAMED, Electorate.PRESENT):
        entitled = [each for each in active if each.id in named]
    else:
        roles = roles_of(rule.electorate)
        entitled = [each for each in active if each.role in roles]
    founded_at = (await centres.get(tx, centre_id)).created_at
    days = (await newcomers.waiting(tx, centre_id)).at(founded_at, now)
    latest = joined_by((each.joined_at for each in entitled), rule, days, now)
    standing = tuple(each for each in entitled if latest is None or each.joined_at <= latest)
    return Candidates(standing, len(entitled) - len(standing), latest, days)
