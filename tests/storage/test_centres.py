from __future__ import annotations

from fractions import Fraction

import pytest

from assembly.roles import Role
from storage import centres, members, messages, outbox
from storage.centres import Centre
from storage.engine.database import Database
from storage.engine.errors import Conflict
from storage.engine.transaction import Transaction


async def add(tx: Transaction, chat_id: int = -7) -> Centre:
    return await centres.add(
        tx, chat_id=chat_id, name="Centro Aurora", language="it", zone="Europe/Rome", now=100
    )


async def test_a_centre_is_found_by_id_and_by_group(database: Database) -> None:
    async with database.transaction() as tx:
        centre = await add(tx)
        assert centre == Centre(
            centre.id, -7, "Centro Aurora", "it", "Europe/Rome", None, None, Fraction(1, 3), 100
        )
        assert await centres.get(tx, centre.id) == centre
        assert await centres.by_chat(tx, -7) == centre
        assert await centres.by_chat(tx, -8) is None
        assert await centres.every(tx) == [centre]
        with pytest.raises(LookupError):
            await centres.get(tx, centre.id + 1)


async def test_a_group_has_one_centre(database: Database) -> None:
    async with database.transaction() as tx:
        await add(tx)
        with pytest.raises(Conflict):
            await add(tx)


async def test_name_language_and_zone_can_be_changed(database: Database) -> None:
    async with database.transaction() as tx:
        centre, other = await add(tx), await add(tx, -8)
        await centres.rename(tx, centre.id, "Casa Àncora")
        await centres.set_language(tx, centre.id, "de")
        await centres.set_zone(tx, centre.id, "Europe/Lisbon")
        changed = await centres.get(tx, centre.id)
        assert (changed.name, changed.language) == ("Casa Àncora", "de")
        assert changed.zone == "Europe/Lisbon"
        assert await centres.get(tx, other.id) == other
        assert await centres.called(tx, "CASA ÀNCORA") == [changed]
        assert await centres.called(tx, "Casa") == []


async def test_the_help_page_carries_when_it_was_verified(database: Database) -> None:
    async with database.transaction() as tx:
        centre = await add(tx)
        await centres.set_contact(tx, centre.id, "Call 112", 500)
        changed = await centres.get(tx, centre.id)
        assert (changed.contact, changed.contact_verified_at) == ("Call 112", 500)
        await centres.set_contact(tx, centre.id, None, 600)
        changed = await centres.get(tx, centre.id)
        assert (changed.contact, changed.contact_verified_at) == (None, None)


async def test_a_person_s_centres(database: Database) -> None:
    async with database.transaction() as tx:
        here, there = await add(tx, -7), await add(tx, -8)
        for centre in (here, there):
            member = await members.add(
                tx, centre_id=centre.id, telegram_id=1, role=Role.USER, name="Anna", now=1
            )
        assert await centres.of_person(tx, 1) == [here, there]
        await members.leave(tx, member.id, 99)
        assert await centres.of_person(tx, 1) == [here]
        assert await centres.of_person(tx, 2) == []


async def test_a_centre_posts_in_the_topic_that_was_said_last(database: Database) -> None:
    async with database.transaction() as tx:
        await add(tx)
        assert await centres.topic_of(tx, -7) is None
        assert await centres.post_in(tx, -7, 40)
        assert await centres.topic_of(tx, -7) == 40
        assert not await centres.post_in(tx, -8, 40)
        assert await centres.topic_of(tx, -8) is None
        await centres.move(tx, -7, -1007)
        assert await centres.topic_of(tx, -1007) is None


async def test_a_group_that_becomes_a_supergroup_is_followed(database: Database) -> None:
    async with database.transaction() as tx:
        centre = await add(tx)
        await messages.remember(tx, "setup:1", -7, 40)
        await outbox.add(tx, key="reminder", chat_id=-7, payload="x", now=1)
        assert await centres.move(tx, -7, -1007)
        assert not await centres.move(tx, -7, -1007)
        assert await centres.by_chat(tx, -1007) is not None
        assert (await centres.get(tx, centre.id)).chat_id == -1007
        assert await messages.find(tx, "setup:1") is None
        assert [row.chat_id for row in await outbox.claim_due(tx, 1, 10)] == [-1007]
