"""The group's summaries: what is posted of a release, and the page that explains it."""

from __future__ import annotations

from assembly.windows import TOLD_WITHIN
from handlers.checkins.screens import summary as screens
from handlers.checkins.screens.summary import LINK, Said
from handlers.core.context import Context
from handlers.core.guards import enter
from handlers.core.screen import Button, Screen
from handlers.core.screens.parts import take_part
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import facilitators, releases
from storage.centres import Centre
from storage.drawn_once import Drawn
from storage.windows import CheckinWindow

AGAIN_WITHIN = 24 * 3600  # seconds after a draw in which its post may still be missing
LOOKING_BACK, LOOKING_BACK_AT_ALL = 8, 4  # windows of one question; of each where all are told


async def post_summary(
    unit: UnitOfWork, centre: Centre, ended: CheckinWindow, name: str, found: Drawn
) -> bool:
    """Post what was drawn for a window; False where that was long ago.

    Long ago: the main database was restored, and the group has read it. A second copy would be
    worse than a missing one.
    """
    if unit.now >= found.at + AGAIN_WITHIN:
        return False
    most = LOOKING_BACK if len(found.releases) == 1 else LOOKING_BACK_AT_ALL
    said = [
        Said(
            question,
            release.by_role,
            await releases.told(unit.tx, centre.id, question, most, ended.questionnaire),
        )
        for question, release in found.releases.items()
    ]
    speak = Speech.of(centre)
    return await _post(
        unit, centre, ended, name, screens.summary(speak, _period(ended), said, ended.questionnaire)
    )


async def post_spent(unit: UnitOfWork, centre: Centre, ended: CheckinWindow, name: str) -> bool:
    """Say that nothing more is told in this year."""
    speak = Speech.of(centre)
    return await _post(
        unit, centre, ended, name, screens.spent(speak, _period(ended), ended.questionnaire)
    )


async def post_undrawn(unit: UnitOfWork, centre: Centre, ended: CheckinWindow, name: str) -> bool:
    """Say to the group, and in private to its facilitators, that and why nothing was drawn."""
    for person in await facilitators.contacts(unit.tx, centre.id, unit.now):
        speak = Speech.of(centre, person.language)
        period = _period(ended)
        await unit.post(
            f"undrawn:{name}:{person.telegram_id}",
            person.telegram_id,
            screens.why_undrawn(speak, centre.name, period, ended.questionnaire),
            centre_id=centre.id,
            not_before=centre.waits_until(unit.now),
        )
    speak = Speech.of(centre)
    return await _post(
        unit, centre, ended, name, screens.undrawn(speak, _period(ended), ended.questionnaire)
    )


async def _post(
    unit: UnitOfWork, centre: Centre, ended: CheckinWindow, name: str, screen: Screen
) -> bool:
    speak = Speech.of(centre)
    how = Button(speak("How this works").unescape(), url=unit.services.link(LINK))
    return await unit.post_to_group(
        centre,
        key(name),
        screen.with_row(how).with_row(take_part(speak, unit.services.link, centre)),
        not_before=centre.waits_until(unit.now),
        expires_at=ended.ends_at + TOLD_WITHIN,
    )


def key(name: str) -> str:
    """Under this key a window is told about, once."""
    return f"summary:{name}"


def _period(ended: CheckinWindow) -> tuple[int, int]:
    return ended.starts_at, ended.ends_at


async def explain(_: str, context: Context) -> None:
    """The link under each summary, for everybody who reads it."""
    centre_id = context.centre.id if await enter(context) else None
    context.show(screens.how_it_works(context.speak, centre_id))
