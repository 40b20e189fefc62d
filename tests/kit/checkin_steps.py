"""What tests of check-ins do again and again on the stage."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from kit.stage import Stage

from assembly.questionnaire import WEEKLY
from assembly.recurrence import resolve
from sandbox.chats import Group
from sandbox.people import Person
from storage import checkins, consents, own_answers, round_states, rounds
from storage.centres import Centre
from storage.round_states import RoundState
from storage.rounds import Round

HOUR, DAY = 3600, 86_400
OPEN = 2 * DAY + HOUR
"""How long a round takes answers: an hour longer than is told."""
ROME = ZoneInfo("Europe/Rome")


def at(text: str, zone: ZoneInfo = ROME) -> int:
    return resolve(datetime.fromisoformat(text), zone)


OF_ALL = f"of {len(WEEKLY.questions)}"
"""After the number of a question, on its screen."""

WEDNESDAY = at("2025-12-03 17:00")


async def go_to(stage: Stage, moment: int) -> None:
    await stage.move(moment - stage.clock.now())


async def wants(
    stage: Stage, centre: Centre, group: Group, name: str = "Anna", language: str = "en"
) -> Person:
    """A member who has agreed to be asked on Wednesdays at five."""
    person = await stage.member(centre, group, name, language=language)
    await agreed(stage, centre, person)
    return person


async def agreed(stage: Stage, centre: Centre, person: Person) -> None:
    """The member has said yes to check-ins."""
    member_id = await stage.member_id(centre, person)
    async with stage.voci.database.transaction() as tx:
        now = stage.now
        await consents.grant(tx, member_id, "checkin", consents.VERSIONS["checkin"], now)
        await checkins.enrol(tx, member_id, centre.zone, now)


async def current(stage: Stage, centre: Centre, person: Person) -> Round:
    member_id = await stage.member_id(centre, person)
    found = await stage.read(rounds.last, member_id)
    assert found is not None
    return found


async def state(stage: Stage, centre: Centre, person: Person) -> RoundState:
    """How the person's last round stands, read with their key."""
    found = await current(stage, centre, person)
    key = await stage.voci.keys.key(found.member_id)
    standing = await stage.read(round_states.find, key, found)
    assert standing is not None
    return standing


async def given(stage: Stage, centre: Centre, person: Person) -> dict[str, int]:
    """What the person has answered in the last round, read with their key."""
    found = await current(stage, centre, person)
    key = await stage.voci.keys.key(found.member_id)
    return await stage.read(own_answers.given, key, found)
