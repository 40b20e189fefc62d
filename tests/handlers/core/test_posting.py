"""Posts to a centre's group: where they go is asked in one place, and only what all may read."""

from __future__ import annotations

import ast
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from kit.migrated_files import put_file
from markupsafe import Markup

from handlers.core.navigation import Home
from handlers.core.posting import COALESCE, Posting
from handlers.core.screen import Button, Screen, load_bare
from storage import centres, messages, outbox
from storage.engine.database import Database
from storage.engine.opening import open_database
from storage.engine.transaction import Transaction
from storage.messages import Place

ROOT = Path(__file__).parents[3]
NOW = 1_760_000_000
PUBLIC, PRIVATE = Screen(Markup("to all"), public=True), Screen(Markup("to one"))


def reads(attribute: str) -> Iterator[tuple[str, str]]:
    """Where a centre is asked for this attribute: the module, and what stands before the dot."""
    for package in ("bot", "handlers", "storage"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute) and node.attr == attribute:
                    owner = ast.unparse(node.value)
                    if owner.rpartition(".")[2] == "centre":
                        yield str(path.relative_to(ROOT)), owner


def test_no_feature_asks_a_centre_for_its_chat() -> None:
    # The guard looks whether a press comes from the centre's own group: nothing goes there.
    assert list(reads("chat_id")) == [("handlers/core/guards.py", "presser.centre")]


def test_where_posts_go_is_asked_where_they_are_written() -> None:
    keys = {  # posted once for each place: its name is part of the key
        "bot/live_checks.py",  # whether Voci is there and may write, asked and never posted
        "handlers/assemblies/posts.py",
        "handlers/centre/moving_in.py",  # whether something is just leaving for the old group
        "handlers/centre/topics.py",  # in which topic they go is chosen there
        "handlers/core/notices.py",  # whether Voci may write there just now
        "handlers/decisions/closing.py",
        "handlers/recovery/restored.py",
        "storage/centre_moves.py",  # what waits leaves one group for another
    }
    assert {module for module, _ in reads("destination")} == {"handlers/core/posting.py", *keys}


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    await put_file(tmp_path / "main.db", "main")
    database = await open_database(f"sqlite:///{tmp_path}/main.db", "main")
    yield database
    await database.close()


@pytest.fixture
async def centre(database: Database) -> centres.Centre:
    async with database.transaction() as tx:
        return await centres.add(
            tx, chat_id=-100_7, name="The house", language="it", zone="Europe/Rome", now=NOW
        )


async def test_a_post_goes_to_the_group(database: Database, centre: centres.Centre) -> None:
    async with database.transaction() as tx:
        posting = Posting(tx, NOW)
        assert await posting.post_to_group(centre, "told", PUBLIC, ref="r", not_before=NOW + 5)
        assert not await posting.post_to_group(centre, "told", PUBLIC)
        assert await outbox.claim_due(tx, NOW + 4, 9) == []
        (row,) = await outbox.claim_due(tx, NOW + 5, 9)
    assert (row.chat_id, row.centre_id, row.ref) == (-100_7, centre.id, "r")
    assert not row.repeatable


WITH_PRESS = Screen(Markup("to all"), ((Button("Yes", Home(1)),),), public=True)
WITH_LINK = Screen(Markup("to all"), ((Button("Go", url="https://t.me/voci_bot"),),), public=True)


async def test_a_post_with_buttons_says_how_they_end(
    database: Database, centre: centres.Centre
) -> None:
    async with database.transaction() as tx:
        posting = Posting(tx, NOW)
        neither: dict[str, Any] = {}
        for more in (neither, {"ref": "r", "lasting": "it is both"}):
            with pytest.raises(ValueError, match="buttons have an end"):
                await posting.post_to_group(centre, "told", WITH_PRESS, **more)
            with pytest.raises(ValueError, match="buttons have an end"):
                await posting.post("told", 7, WITH_PRESS, **more)
        assert await posting.post_to_group(centre, "a", WITH_PRESS, ref="r")
        assert await posting.post("b", 7, WITH_PRESS, lasting="home is always there")
        assert await posting.post("c", 7, WITH_LINK), "a link opens what is there then"


async def bare(tx: Transaction) -> list[tuple[int, int | None]]:
    """Which messages are to lose their buttons."""
    return [(row.chat_id, load_bare(row.payload)) for row in await outbox.claim_due(tx, NOW, 9)]


async def test_a_newer_message_takes_the_buttons_of_the_one_it_supersedes(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        posting = Posting(tx, NOW)
        for place in (Place(-7, 1), Place(-7, 1), Place(-8, 2), Place(-8, 3)):
            await posting.remember("r", place)
        assert await messages.find(tx, "r") == Place(-8, 3)
        assert await bare(tx) == [(-8, 2)], "not itself, and not in a chat that was left"


async def test_what_has_another_name_keeps_its_buttons(database: Database) -> None:
    async with database.transaction() as tx:
        posting = Posting(tx, NOW)
        await posting.remember("r", Place(-7, 1))
        await posting.remember("away:r", Place(-7, 1))
        await posting.remember("r", Place(-7, 2))
        assert await bare(tx) == []


async def test_cards_are_retired_by_the_beginning_of_their_names(database: Database) -> None:
    async with database.transaction() as tx:
        posting = Posting(tx, NOW)
        for number, ref in enumerate(("card:a:1:7", "card:a:1:8", "card:a:12:7", "a:1"), 1):
            await posting.remember(ref, Place(-number, number))
        await posting.retire_cards("card:a:1:")
        assert await bare(tx) == [(-1, 1), (-2, 2)]
        assert await messages.find(tx, "card:a:1:7") is None
        assert await messages.find(tx, "card:a:12:7") is not None


async def test_a_message_that_has_become_another_screen_has_no_other_name(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        posting = Posting(tx, NOW)
        for ref in ("news:1:7", "card:a:1:7", "now"):
            await posting.remember(ref, Place(-7, 1))
        await posting.remember("beside", Place(-7, 2))
        assert await messages.forget_names_at(tx, Place(-7, 1), but="now")
        for ref, there in (("news:1:7", 0), ("card:a:1:7", 0), ("now", 1), ("beside", 1)):
            assert (await messages.find(tx, ref) is not None) == bool(there), ref
        assert await messages.forget_names_at(tx, Place(-7, 1))
        assert not await messages.forget_names_at(tx, Place(-7, 1))


async def test_an_edit_waits_a_little_for_the_next(
    database: Database, centre: centres.Centre
) -> None:
    async with database.transaction() as tx:
        await Posting(tx, NOW).repost_to_group(centre, "r", PUBLIC)
        assert await outbox.claim_due(tx, NOW + COALESCE - 1, 9) == []
        (row,) = await outbox.claim_due(tx, NOW + COALESCE, 9)
    assert (row.key, row.chat_id, row.centre_id) == ("edit:r", -100_7, centre.id)
    assert row.repeatable


async def test_what_is_one_persons_never_stands_in_a_group(
    database: Database, centre: centres.Centre
) -> None:
    async with database.transaction() as tx:
        posting = Posting(tx, NOW)
        with pytest.raises(ValueError, match="only public"):
            await posting.post_to_group(centre, "told", PRIVATE)
        with pytest.raises(ValueError, match="only public"):
            await posting.repost_to_group(centre, "r", PRIVATE)
        with pytest.raises(ValueError, match="a person's own chat"):
            await posting.post("told", -100_7, PUBLIC)
        with pytest.raises(ValueError, match="a person's own chat"):
            await posting.repost("r", -100_7, PUBLIC)
        assert await outbox.claim_due(tx, NOW + 99, 9) == []
