"""What is half-written opens for its writer, in its centre and conversation, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.core import guards
from handlers.core.context import Context
from handlers.core.sealed_draft import SealedDraft
from storage import drafts
from storage.drafts import Draft
from storage.secrets.keys import KeyDestroyed, KeyStore

from .conftest import ANNA, NOW, Scene, written

LETTER = SealedDraft("letter", b"letter of %d")
NOTE = SealedDraft("note", b"note of %d")
CONTENT = {"title": "Grüße", "pages": [1, 2]}


@pytest.fixture
async def context(scene: Scene, keys: KeyStore) -> Context:
    await keys.create_key(scene.anna.id)
    context = scene.context(written())
    assert await guards.enter(context)
    return context


async def saved(scene: Scene) -> Draft:
    found = await drafts.find(scene.tx, ANNA)
    assert found is not None
    return found


async def test_it_is_kept_and_found(scene: Scene, context: Context) -> None:
    assert await LETTER.find(context) is None
    await LETTER.keep(CONTENT, context, "title")
    assert await LETTER.find(context) == ("title", CONTENT)
    row = await saved(scene)
    assert replace(row, content=None) == Draft(
        ANNA, scene.centre.id, "letter", "title", None, None, NOW
    )
    assert row.content is not None and b"pages" not in row.content
    await LETTER.keep({}, context)
    assert await LETTER.find(context) == ("", {})


async def test_another_conversation_is_neither_read_nor_forgotten(
    scene: Scene, context: Context
) -> None:
    await LETTER.keep(CONTENT, context)
    assert await NOTE.find(context) is None
    await NOTE.forget(context)
    assert await LETTER.find(context) == ("", CONTENT)
    await LETTER.forget(context)
    await LETTER.forget(context)
    assert await drafts.find(scene.tx, ANNA) is None


@pytest.mark.parametrize("field", ["centre", "place", "kind", "content", "nothing"])
async def test_copied_elsewhere_it_is_unreadable(
    scene: Scene, context: Context, field: str
) -> None:
    await LETTER.keep(CONTENT, context)
    row = await saved(scene)
    changed = {
        "centre": replace(row, centre_id=scene.centre.id + 1),
        "place": row,
        "kind": replace(row, kind="note"),
        "content": replace(row, content=b"x" * 40),
        "nothing": replace(row, content=None),
    }[field]
    reader = SealedDraft("letter", b"elsewhere %d") if field == "place" else LETTER
    assert await reader.read(row, context) == (None if field == "place" else CONTENT)
    assert await reader.read(changed, context) is None


async def test_without_its_key_it_is_gone(scene: Scene, context: Context, keys: KeyStore) -> None:
    await LETTER.keep(CONTENT, context)
    await keys.destroy(scene.anna.id)
    assert await LETTER.find(context) is None
    with pytest.raises(KeyDestroyed):
        await LETTER.keep(CONTENT, context)
