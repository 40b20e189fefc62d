"""A secret question is put: the facilitators hear how many have joined lately, and not who."""

from __future__ import annotations

from assembly.electorate import LATELY, founding
from assembly.rule import Secrecy
from handlers.core.colleagues import tell_others
from handlers.core.context import Context
from handlers.decisions.putting.screens import newcomers as screens
from storage import newcomers
from storage.decisions import Decision


async def tell(decision: Decision, context: Context) -> None:
    """Whoever did not invite them can ask who they are; nobody is told where nobody has joined.

    In a centre's first month everybody has, and what comes with each question is not read.
    """
    centre = context.centre
    if decision.rule.secrecy is Secrecy.OPEN or founding(centre.created_at, context.now):
        return
    heads = await newcomers.joined_since(context.tx, centre.id, context.now - LATELY)
    if heads:
        await tell_others(
            context,
            f"secret:{decision.id}",
            lambda speak, who: screens.told(speak, centre, decision, heads, who),
            lasting="it leads to the question, and then to its outcome",
        )
