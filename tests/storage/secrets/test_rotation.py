"""A new master key while the bot runs, killed at each step; on both engines."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from storage.engine.database import Database
from storage.engine.errors import StorageError, WrongStore
from storage.secrets import master_key, pair, rotation
from storage.secrets.keys import KeyStore

MEMBERS = range(1, 8)


class House:
    """A key store in use, its master key in a file, and a bot that runs."""

    def __init__(self, database: Database, path: Path) -> None:
        self.database = database
        self.path = path

    async def live(self) -> None:
        master_key.load_or_create(self.path)
        self.first = self.path.read_bytes()
        self.bot = self.started()
        self.keys = {number: await self.bot.create_key(number) for number in MEMBERS}
        self.ballot_key = await self.bot.create_ballot_key(5)
        self.mark = self.bot.fingerprint(b"somebody")

    def started(self) -> KeyStore:
        return KeyStore(self.database, rotation.masters(self.path))

    async def is_whole(self, keys: KeyStore) -> None:
        await keys.check()
        assert await keys.keys(self.keys) == self.keys
        assert keys.fingerprint(b"somebody") == self.mark, "marks in the ledger stay the same"

    @property
    def files(self) -> list[str]:
        return sorted(each.name for each in self.path.parent.iterdir() if "master" in each.name)


@pytest.fixture
async def house(keys_database: Database, tmp_path: Path) -> House:
    house = House(keys_database, tmp_path / "master.key")
    await house.live()
    return house


async def test_everything_opens_with_the_new_one_alone(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "BATCH", 3)
    assert await rotation.rotate(house.database, house.path) == len(MEMBERS) + 1
    assert house.files == ["master.key"]
    assert house.path.read_bytes() != house.first
    assert house.path.stat().st_mode & 0o777 == 0o600
    await house.is_whole(house.bot)  # which has the old one in memory, and was not restarted
    await house.is_whole(house.started())
    assert await house.started().ballot_key(5) == house.ballot_key
    with pytest.raises(WrongStore):
        await KeyStore(house.database, house.first).check()


async def test_it_can_be_changed_again(house: House) -> None:
    for _ in range(2):
        before = house.path.read_bytes()
        await rotation.rotate(house.database, house.path)
        assert house.path.read_bytes() != before
        await house.is_whole(house.started())
    await house.is_whole(house.bot)


class Killed(BaseException):
    """Nothing of ours catches it."""


STEPS = [
    (pair, "change", 0),
    (rotation, "_wrap_anew", 0),
    (rotation, "_wrap_anew", 1),
    (rotation, "_take_place", 0),
    (os, "link", 1),  # the first makes the next key
    (Path, "replace", 0),
    (rotation, "_destroy", 0),
]


@pytest.mark.parametrize(("owner", "name", "after"), STEPS)
async def test_killed_at_any_step_it_goes_on(
    house: House, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, after: int
) -> None:
    whole, calls = getattr(owner, name), 0

    def die(*given: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls > after:
            raise Killed
        return whole(*given, **named)

    with monkeypatch.context() as patched:
        patched.setattr(owner, name, die)
        with pytest.raises(Killed):
            await rotation.rotate(house.database, house.path)
    assert rotation.under_way(house.path)
    await house.is_whole(house.bot)
    await house.is_whole(house.started())
    made = await house.bot.create_key(100)  # somebody joins in between
    house.keys[100] = made
    await rotation.rotate(house.database, house.path)
    assert not rotation.under_way(house.path)
    assert house.files == ["master.key"]
    await house.is_whole(house.bot)
    await house.is_whole(house.started())
    with pytest.raises(WrongStore):
        await KeyStore(house.database, house.first).key(100)


async def test_a_key_made_meanwhile_is_wrapped_by_the_new_one(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After its table was gone through: what the old one wraps then would be lost with it."""
    whole = rotation._wrap_anew

    async def join_after(*given: object) -> int:
        done = await whole(*given)  # type: ignore[arg-type]
        await house.bot.keys_of_all([200, 201])
        house.keys |= await house.bot.keys([200, 201])
        return done

    monkeypatch.setattr(rotation, "_wrap_anew", join_after)
    await rotation.rotate(house.database, house.path)
    await house.is_whole(house.started())


async def test_with_another_master_key_nothing_is_changed(house: House) -> None:
    house.path.write_bytes(b"x" * 32)
    with pytest.raises(WrongStore):
        await rotation.rotate(house.database, house.path)
    assert house.path.read_bytes() == b"x" * 32
    assert not rotation.under_way(house.path)
    house.path.write_bytes(house.first)
    await house.is_whole(house.started())


async def test_a_folder_that_cannot_be_written_to_is_told(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StorageError, match=r"master.key can't be changed: No space left"):
        await rotation.rotate(house.database, house.path)
    await house.is_whole(house.bot)


async def test_the_old_bytes_are_overwritten(house: House) -> None:
    other = house.path.with_name("master.second")
    other.hardlink_to(house.path)
    await rotation.rotate(house.database, house.path)
    assert len(other.read_bytes()) == 32
    assert other.read_bytes() != house.first
