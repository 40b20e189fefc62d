"""What ended after the backup does not come back with it: the ledger remembers, on both engines."""

from __future__ import annotations

import pytest
from kit.checkin_steps import DAY, WEDNESDAY, agreed, go_to
from kit.disaster import Disaster
from kit.stage import Stage

from assembly.roles import Role
from handlers.checkins.presses import Stop
from handlers.core.navigation import GiveBack
from sandbox.people import Person
from storage import consents, facilitators, invitations
from storage.centres import Centre
from storage.erasure.erasures import Eraser

pytestmark = pytest.mark.usefixtures("no_errors")


async def lived(stage: Stage) -> tuple[Centre, dict[str, Person], str]:
    """A centre in which everybody has something that can end, and an invitation."""
    centre, group = await stage.centre()
    people = {
        name: await stage.member(centre, group, name, role, facilitator=name != "Bruno")
        for name, role in (("Paula", "professional"), ("Anna", "user"), ("Bruno", "family"))
    }
    for person in (people["Anna"], people["Bruno"]):
        await agreed(stage, centre, person)
    token = await stage.write(
        invitations.add,
        centre_id=centre.id,
        role=Role.USER,
        now=stage.now,
        uses=5,
        created_by=await stage.member_id(centre, people["Paula"]),
    )
    return centre, people, token


async def all_ends(stage: Stage, centre: Centre, people: dict[str, Person]) -> None:
    """Anna stops check-ins and her duty, Bruno leaves, Paula takes the link back."""
    anna, bruno, paula = (people[name] for name in ("Anna", "Bruno", "Paula"))
    await stage.move(60)
    message = await stage.say(anna, "/me")
    await stage.forge(anna, message, Stop(centre.id, sure=True).encode())
    await stage.forge(anna, message, GiveBack(centre.id, stage.now).encode())
    await stage.say(bruno, "/me")
    await stage.press_each(bruno, "Leave the assembly", "Leave, and keep for a return")
    await stage.say(paula, "/invite")
    await stage.press_each(paula, "Open invitations", 0)


async def came_back(
    disaster: Disaster, centre: Centre, people: dict[str, Person], token: str
) -> set[str]:
    """What of all that is there again, in the database and for people."""
    stage, found = disaster.stage, set()
    anna_id = await stage.member_id(centre, people["Anna"])
    if await stage.read(consents.standing, anna_id, "checkin") is not None:
        found.add("consent")
    if await stage.read(facilitators.since, anna_id) is not None:
        found.add("duty")
    bruno = await stage.member_of(centre, people["Bruno"])
    if bruno is not None and bruno.status == "active":
        found.add("membership")
    carla = stage.world.person("Carla", language_code="en")
    said = await stage.open_link(carla, stage.voci.services.link(f"i_{token}"))
    if "Welcome" in said.words:
        found.add("invitation")
    before = {name: len(stage.said(people[name])) for name in ("Anna", "Bruno")}
    await go_to(stage, WEDNESDAY + 14 * DAY)
    found |= {f"{name} is asked" for name in before if len(stage.said(people[name])) > before[name]}
    return found


async def test_what_ended_since_the_backup_stays_ended(disaster: Disaster) -> None:
    stage = disaster.stage
    centre, people, token = await lived(stage)
    await disaster.back_up()
    await all_ends(stage, centre, people)
    assert await stage.rows("SELECT * FROM endings") == []
    done = await disaster.strike()
    assert done.ended == 4
    assert "and ended again: 4." in str(done)
    assert await came_back(disaster, centre, people, token) == set()
    paula_id = await stage.member_id(centre, people["Paula"])
    assert await stage.read(facilitators.since, paula_id) is not None, "hers goes on"


async def test_killed_before_the_ledger_is_told_the_next_start_tells_it(
    disaster: Disaster, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = disaster.stage
    centre, people, token = await lived(stage)
    await disaster.back_up()

    async def dies(_: Eraser) -> None:
        return

    with monkeypatch.context() as patch:
        patch.setattr(Eraser, "catch_up", dies)
        await all_ends(stage, centre, people)
    assert len(await stage.rows("SELECT * FROM endings")) == 5
    await stage.restart()
    assert await stage.rows("SELECT * FROM endings") == []
    await disaster.strike()
    assert await came_back(disaster, centre, people, token) == set()


async def test_who_began_again_before_the_backup_goes_on(disaster: Disaster) -> None:
    stage = disaster.stage
    centre, people, _ = await lived(stage)
    await all_ends(stage, centre, people)
    await stage.move(60)
    await agreed(stage, centre, people["Anna"])
    await stage.enrol(centre, people["Bruno"], "family", facilitator=False, language="en")
    await disaster.back_up()
    done = await disaster.strike()
    assert done.ended == 0
    anna_id = await stage.member_id(centre, people["Anna"])
    assert await stage.read(consents.standing, anna_id, "checkin") is not None
    bruno = await stage.member_of(centre, people["Bruno"])
    assert bruno is not None and bruno.status == "active"
