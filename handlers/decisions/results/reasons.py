"""The reasons that were given with ballots, once everybody may read them."""

from __future__ import annotations

from assembly.counting.table import REASONED, form
from handlers.decisions.results.screens.figures import Reasons
from storage import published
from storage.decisions import Decision
from storage.engine.transaction import Transaction


async def reasons(tx: Transaction, decision: Decision) -> Reasons:
    """Words and reasons of a decision that is over, as published: without names here.

    Nothing while it is open, and nothing of a decision whose ballots are not published.
    """
    if decision.status != "closed" or not form(decision.rule).reasoned:
        return ()
    said = [ballot for _, ballot in await published.ballots(tx, decision.id)]
    said = said or [each.ballot for each in await published.roll_call(tx, decision.id)]
    return [(ballot.choice, ballot.reason) for ballot in said if ballot.choice in REASONED]
