"""The pulse: after an assembly, now and then, everybody is asked about the assembly itself.

It is a round of its own questionnaire, and comes in the place of that week's check-in.
"""

from __future__ import annotations

import logging
from zoneinfo import ZoneInfo

from assembly.checkin import goes_out_at, same_week
from assembly.questionnaire import PULSE, WEEKLY
from handlers.checkins.rounds import begin, go_out
from handlers.core.registration import App, falls_due
from handlers.core.unit_of_work import UnitOfWork
from storage import checkins, pulses, rounds, schedules
from storage.schedules import Schedule

log = logging.getLogger(__name__)


async def send(row: Schedule, unit: UnitOfWork) -> bool:
    """Its moment has come, for all who agreed to be asked; late only while it still helps.

    Whom this week's check-in reached before the assembly was convened is asked nothing more.
    """
    await schedules.remove(unit.tx, row.kind, row.subject_id)
    at = goes_out_at(row.next_at or unit.now, unit.now, ZoneInfo(row.zone))
    if at is None:
        return False
    recipients = await checkins.recipients(unit.tx, row.subject_id, unit.now)
    keys = await unit.services.keys.keys({each.member_id for each in recipients})
    if without := len(recipients) - len(keys):
        log.error(
            "centre %d: the pulse of %d members without a key is skipped", row.subject_id, without
        )
    asked = await rounds.last_sent(unit.tx, row.subject_id, WEEKLY)
    for recipient in recipients:
        weekly = asked.get(recipient.member_id)
        if weekly is not None and same_week(weekly, at, ZoneInfo(recipient.zone)):
            continue
        current = await begin(
            unit.tx,
            keys.get(recipient.member_id),
            recipient.member_id,
            at,
            recipient.zone,
            remind=True,
            questionnaire=PULSE,
        )
        if current is not None:
            await go_out(recipient, current, unit)
    return True


def register(_: App) -> None:
    falls_due(pulses.SCHEDULE, send)
