"""From a backup to a bot that runs: the ledger, the keys, the numbers of the summaries."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.checkin_windows import Noise, Windows, week
from kit.disaster import DAY, Disaster
from kit.running_bot import NOON

from bot.backups import back_up, restore
from bot.clock import MovableClock
from bot.settings import Settings
from handlers.core.press import Press, known_presses
from storage import drafts, members
from storage.drafts import Draft
from storage.erasure import erasing, erasures
from storage.secrets.ledger import Ledger

NAME = "Zephyrine"

pytestmark = pytest.mark.usefixtures("no_errors")


async def test_whoever_was_erased_since_stays_erased(disaster: Disaster, tmp_path: Path) -> None:
    stage = disaster.stage
    centre, group = await stage.centre()
    await stage.member(centre, group, "Anna")
    zephyrine = await stage.member(centre, group, NAME)
    her = await stage.member_of(centre, zephyrine)
    await stage.propose(centre, zephyrine, "X")
    await disaster.back_up()
    stage.clock.move(DAY)
    await stage.write(erasing.erase, stage.voci.keys, her, stage.now)
    await stage.voci.services.eraser.catch_up()
    await stage.voci.services.eraser.wiped()
    done = await disaster.strike()
    assert done.erased == 1
    assert await disaster.rows("SELECT name FROM members") == [("Anna",)]
    assert await disaster.rows("SELECT title, author_id, named FROM proposals") == [("X", None, 0)]
    assert await disaster.rows("SELECT * FROM erasures") == []
    entries = await Ledger(stage.voci.keys.database).entries(erasures.KIND)
    assert len(entries) == 1
    if stage.voci.database.engine == "sqlite":
        name = stage.database_url.removeprefix("sqlite:///")
        files = b"".join(path.read_bytes() for path in sorted(tmp_path.glob(f"{name}*")))  # noqa: ASYNC240
        assert b"Anna" in files
        assert NAME.encode() not in files


async def test_an_erasure_that_was_under_way_is_carried_to_its_end(disaster: Disaster) -> None:
    stage = disaster.stage
    centre, group = await stage.centre()
    zephyrine = await stage.member(centre, group, NAME)
    async with stage.voci.database.transaction() as tx:
        her = await members.find(tx, centre.id, zephyrine.id)
        assert her is not None
        await erasing.erase(tx, stage.voci.keys, her, NOON)
    await disaster.back_up()
    await disaster.strike()
    assert await disaster.rows("SELECT * FROM erasures") == []
    async with stage.voci.keys.database.reading() as tx:
        assert await tx.value("data_key", member_id=her.id) is None
    assert len(await Ledger(stage.voci.keys.database).entries(erasures.KIND)) == 1


async def test_nobody_gets_the_key_of_somebody_whom_the_backup_does_not_know(
    disaster: Disaster,
) -> None:
    stage = disaster.stage
    centre, group = await stage.centre()
    await stage.member(centre, group, "Anna")
    await disaster.back_up()
    far = NOON * 2
    key = await stage.voci.keys.create_key(far)  # whoever joined after the backup
    await disaster.strike()
    await stage.member(centre, group, "Bruno")
    [(newest,)] = await disaster.rows("SELECT MAX(id) AS id FROM members")
    assert newest == far + 1
    assert await stage.voci.keys.key(newest) != key


async def test_half_a_conversation_does_not_come_back(disaster: Disaster) -> None:
    stage = disaster.stage
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    await stage.write(drafts.save, Draft(anna.id, centre.id, "propose", "title", None, None, NOON))
    await disaster.back_up()
    await disaster.strike()
    assert await disaster.rows("SELECT * FROM drafts") == []
    assert await disaster.rows("SELECT * FROM updates WHERE bot_id <> 0") == []


def test_ids_as_large_as_a_moment_fit_into_every_button() -> None:
    import bot.app  # noqa: F401 - every feature's presses are known

    for kind in known_presses().values():
        assert len(longest(kind)) <= 64, kind.__name__


# Numbers that are no ids: minutes of a day, minutes that an assembly takes, weeks, changes so far.
SMALL = {"minutes": "1439", "length": "1440", "later": "52", "sequence": "9999"}


def longest(kind: type[Press]) -> str:
    from dataclasses import fields
    from enum import StrEnum
    from typing import get_type_hints

    def value(hint: type) -> str:
        if issubclass(hint, StrEnum):
            return max((each.value for each in hint), key=len)
        return {bool: "1", int: "1764763200", str: "x" * 16}[hint]

    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    return ":".join([kind.tag, *(SMALL.get(name) or value(hints[name]) for name in names)])


async def test_a_summary_is_neither_drawn_nor_posted_a_second_time(tmp_path: Path) -> None:
    bench = await Windows.open(tmp_path, MovableClock(NOON), Noise())
    (tmp_path / "master.key").write_bytes(b"m" * 32)
    (tmp_path / "master.key").chmod(0o600)
    settings = Settings(_env_file=None, bot_token="1:" + "a" * 30, data_dir=tmp_path)
    centre = await bench.centre()
    enrolled = await bench.members(centre, 12)
    await bench.go_to(week(0))
    await bench.answer(enrolled, week(1), week=3)
    await bench.go_to(week(3))
    await back_up(settings, tmp_path / "b.zip", int(bench.clock.now()))
    await bench.go_to(week(4) + 10 * 3600)
    assert len(await bench.texts()) == 1
    told, drawn = await bench.rows("SELECT * FROM releases"), len(bench.noise.scales)
    windows = await bench.calendar()
    await bench.close()
    (tmp_path / "voci.db").rename(tmp_path / "lost.db")
    await restore(settings, tmp_path / "b.zip", int(bench.clock.now()))
    bench.noise.left = [7, 7, 7]
    again = await Windows.open(tmp_path, bench.clock, bench.noise)
    await again.ticker.tick()
    released = await again.rows("SELECT * FROM releases")
    assert [(row["question"], row["c"], row["halves"]) for row in released] == [
        (row["question"], row["c"], row["halves"]) for row in told
    ]
    assert len(bench.noise.scales) == drawn
    assert await again.calendar() == windows
    payloads = await again.rows("SELECT key, payload FROM outbox ORDER BY id")
    assert [row["key"].split(":")[0] for row in payloads] == ["summary", "restored"]
    assert payloads[0]["payload"] is None
    await again.close()
