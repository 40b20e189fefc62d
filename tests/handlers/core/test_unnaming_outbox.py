"""A name goes out of what waits, in that centre and in whatever was not sent yet."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from handlers.core.names import marked
from handlers.core.screen import Screen, load
from handlers.core.unnaming import unname
from storage import outbox_changes
from storage.engine.transaction import Transaction

from .conftest import ANNA, NOW, Scene

BEN = 12


@pytest.fixture
def reworded(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Which rows were written anew."""
    rows: list[int] = []
    reword = outbox_changes.reword

    async def noted(tx: Transaction, row_id: int, payload: str) -> None:
        rows.append(row_id)
        await reword(tx, row_id, payload)

    monkeypatch.setattr(outbox_changes, "reword", noted)
    return rows


async def test_what_waits_names_them_no_more(scene: Scene, reworded: list[int]) -> None:
    text = Markup("{} and {} ask.").format(marked(ANNA, "Anna"), marked(BEN, "Ben"))
    other = await scene.another_centre()
    await scene.unit.post("here", 21, Screen(text), centre_id=scene.centre.id)
    await scene.unit.post("there", 22, Screen(text), centre_id=other.id)
    plain = Screen(Markup("Grüße."))
    await scene.unit.post("of nobody", 23, plain, centre_id=scene.centre.id)
    await unname(scene.unit, scene.centre.id, ANNA, "A <member>")
    rows = {row.key: row for row in await scene.due(NOW)}
    assert {key: load(row.payload).text for key, row in rows.items()} == {
        "here": "A &lt;member&gt; and Ben ask.",
        "there": "Anna and Ben ask.",
        "of nobody": "Grüße.",
    }
    assert reworded == [rows["here"].id], "what names nobody is left alone"
