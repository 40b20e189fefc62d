"""Links into the private chat: whoever opens one goes to the feature that made it."""

from __future__ import annotations

import re

from handlers.core import registration
from handlers.core.context import Context
from handlers.core.guards import enter
from handlers.core.home import speak_as_known
from handlers.core.screens.home import broken_link

_NUMBERED = re.compile(r"\d{1,18}(_\d{1,18})*", re.ASCII)


async def follow_link(context: Context) -> None:
    """Open what stands behind /start: ids are sealed, everything else is as its feature made it.

    Links of before were numbered, so that whoever tried the numbers counted centres and questions.
    They lead members where they led, and nobody else anywhere, whether there is such a one or not.
    """
    prefix, _, rest = context.argument.partition("_")
    talk = registration.links.get(prefix)
    ids = context.services.links.open(prefix, rest)
    if ids is not None:
        rest = "_".join(map(str, ids))
    elif talk is not None and _NUMBERED.fullmatch(rest) and not await _is_theirs(context):
        talk = None
    if talk is None:
        await speak_as_known(context)
        context.show(broken_link(context.speak))
    else:
        await talk(rest, context)


async def _is_theirs(context: Context) -> bool:
    prefix, _, rest = context.argument.partition("_")
    centre_id = await registration.link_centres[prefix](rest, context)
    return centre_id is not None and await enter(context, centre_id) is not None
