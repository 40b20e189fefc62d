from __future__ import annotations

from kit.centre_rows import add_centre

from storage import gathered_posts, outbox
from storage.engine.database import Database
from storage.gathered_posts import Latest


async def test_the_latest_under_a_prefix_and_no_other(database: Database) -> None:
    async with database.transaction() as tx:
        await add_centre(tx)
        assert await gathered_posts.latest(tx, "requests:1:7:") == Latest(False, None)
        for number, key in enumerate(("requests:1:7:10", "requests:1:77:10", "requests:1:70")):
            await outbox.add(tx, key=key, chat_id=7 + number, payload="{}", now=10, centre_id=1)
        assert await gathered_posts.latest(tx, "requests:1:7:") == Latest(True, None)
        [first, *_] = await outbox.claim_due(tx, 10, 9)
        assert await gathered_posts.latest(tx, "requests:1:7:") == Latest(True, None)
        await outbox.settle(tx, first.id, "sent", 12)
        assert await gathered_posts.latest(tx, "requests:1:7:") == Latest(False, 12)
