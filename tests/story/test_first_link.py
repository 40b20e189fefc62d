"""The one link that makes somebody the first facilitator; and a role that nobody gives oneself."""

from __future__ import annotations

import pytest
from kit.phrases import USE_THE_SERVICE
from kit.stage import Stage

from assembly.roles import Role
from sandbox.chats import Group
from sandbox.people import Person
from storage import facilitators, invitations, members
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")

DAY = 24 * 3600


async def first_link(stage: Stage, centre: Centre) -> str:
    """The link as /setup posts it into the group, in place of the one before."""
    await stage.write(invitations.revoke_first, centre.id)
    token = await stage.write(invitations.add_first, centre.id, stage.now)
    return stage.voci.services.link(f"i_{token}")


async def up_to_the_name(stage: Stage, person: Person, link: str) -> None:
    """Everything but the last press."""
    await stage.open_link(person, link)
    await stage.press_each(person, 0, 0, 0, USE_THE_SERVICE, "Yes")
    assert "Which name" in stage.last(person).words


async def on_duty(stage: Stage, centre: Centre) -> list[str]:
    found = await stage.read(facilitators.contacts, centre.id, stage.now)
    return [each.name for each in found]


async def newcomers(stage: Stage, group: Group, *names: str) -> list[Person]:
    people = [stage.world.person(name) for name in names]
    for person in people:
        person.join(group)
    return people


async def test_of_two_who_open_it_the_first_to_finish_has_it(stage: Stage) -> None:
    centre, group = await stage.centre()
    link = await first_link(stage, centre)
    anna, bruno = await newcomers(stage, group, "Anna", "Bruno")
    await up_to_the_name(stage, anna, link)
    await up_to_the_name(stage, bruno, link)
    await stage.press_each(bruno, "Bruno")
    await stage.press_each(anna, "Anna")
    assert "used already" in stage.last(anna).words
    assert await on_duty(stage, centre) == ["Bruno"]
    assert await stage.read(members.find, centre.id, anna.id) is None


@pytest.mark.parametrize("turn", range(5))
async def test_at_the_same_moment_it_is_one_as_well(stage: Stage, turn: int) -> None:
    centre, group = await stage.centre()
    link = await first_link(stage, centre)
    people = await newcomers(stage, group, "Anna", "Bruno", "Carla", "Dario")
    for person in people:
        await up_to_the_name(stage, person, link)
    for person in people[turn % 4 :] + people[: turn % 4]:
        person.press(stage.last(person), person.first_name)
    await stage.settle()
    assert len(await on_duty(stage, centre)) == 1
    refused = [person for person in people if "used already" in stage.last(person).words]
    assert len(refused) == 3


async def test_members_who_open_it_at_once_share_one_duty(stage: Stage) -> None:
    centre, group = await stage.centre()
    people = [await stage.member(centre, group, name) for name in ("Anna", "Bruno")]
    link = await first_link(stage, centre)
    for person in people:
        await stage.open_link(person, link)
    for person in people:
        person.press(stage.last(person), 0)
    await stage.settle()
    assert len(await on_duty(stage, centre)) == 1


@pytest.mark.parametrize("half_way", [False, True])
async def test_it_expires_after_two_weeks(stage: Stage, half_way: bool) -> None:
    """Also for somebody who has opened it in time and finishes too late."""
    centre, group = await stage.centre()
    link = await first_link(stage, centre)
    [anna] = await newcomers(stage, group, "Anna")
    if half_way:
        await up_to_the_name(stage, anna, link)
    stage.clock.move(14 * DAY)
    if half_way:
        await stage.press_each(anna, "Anna")
    else:
        await stage.open_link(anna, link)
    assert "expired" in stage.last(anna).words
    assert await on_duty(stage, centre) == []


async def test_a_new_link_ends_the_way_that_began_with_the_old_one(stage: Stage) -> None:
    centre, group = await stage.centre()
    [anna] = await newcomers(stage, group, "Anna")
    await up_to_the_name(stage, anna, await first_link(stage, centre))
    await first_link(stage, centre)
    await stage.press_each(anna, "Anna")
    assert "taken back" in stage.last(anna).words
    assert await on_duty(stage, centre) == []


async def test_after_the_first_facilitator_the_link_opens_nothing(stage: Stage) -> None:
    centre, group = await stage.centre()
    link = await first_link(stage, centre)
    anna, bruno = await newcomers(stage, group, "Anna", "Bruno")
    await up_to_the_name(stage, anna, link)
    await stage.press_each(anna, "Anna")
    member = await stage.member(centre, group, "Carla")
    for person in (bruno, member):
        assert "used already" in (await stage.open_link(person, link)).words
    first = await stage.read(invitations.find, link.partition("=i_")[2])
    assert first is not None
    await stage.forge(member, stage.last(member), f"jD:{centre.id}:{first.ref}")
    assert await on_duty(stage, centre) == ["Anna"]


@pytest.mark.parametrize("role", ["professional", "family"])
async def test_nobody_gives_oneself_another_role_than_invited(stage: Stage, role: str) -> None:
    """A made-up press would go round the second facilitator who stands behind professionals."""
    centre, group = await stage.centre()
    [anna] = await newcomers(stage, group, "Anna")
    async with stage.voci.database.transaction() as tx:
        now = stage.now
        token = await invitations.add(tx, centre_id=centre.id, role=Role.USER, now=now)
    await stage.open_link(anna, stage.voci.services.link(f"i_{token}"))
    await stage.press_each(anna, 0, 0, 0)
    await stage.forge(anna, stage.last(anna), f"jR:{centre.id}:{role}")
    await stage.press_each(anna, "Yes", "Anna")
    member = await stage.read(members.find, centre.id, anna.id)
    assert member is not None and member.role is Role.USER
