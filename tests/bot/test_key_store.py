"""`voci keys …` on a bot that lives, and `voci move`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from kit.stage import Stage
from typer.testing import CliRunner

from bot import key_store, moves
from bot.checks import examine
from bot.cli import app
from bot.clock import MovableClock
from bot.lease import Lease
from bot.settings import AwayError, Settings, SettingsError, StoresError
from storage.backups.backup_file import BackupError
from storage.engine.database import Subject
from storage.engine.opening import open_database
from storage.erasure import erasing
from storage.secrets import pair

DAY = 86_400
pytestmark = pytest.mark.usefixtures("no_errors")


class Scene:
    """A centre with Anna and Bruno in it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.settings: Settings = stage.voci.settings
        self.folder = stage.folder

    async def live(self) -> None:
        self.centre, self.group = await self.stage.centre()
        self.people = {
            name: await self.stage.member(self.centre, self.group, name)
            for name in ("Anna", "Bruno")
        }

    async def key_of(self, name: str) -> bytes:
        member_id = await self.stage.member_id(self.centre, self.people[name])
        return await self.stage.voci.keys.key(member_id)

    def lose_keys(self) -> None:
        for path in self.folder.glob("keys.db*"):
            path.unlink()

    async def problems(self) -> list[str]:
        return [str(each) for each in (await examine(self.settings, 0)).problems]


@pytest.fixture
async def scene(stage: Stage) -> Scene:
    scene = Scene(stage)
    await scene.live()
    return scene


async def test_status_has_counts_and_ages_and_no_secret(scene: Scene) -> None:
    now = scene.stage.now
    said = await key_store.status(scene.settings, now)
    lines = said.splitlines()
    assert lines[0] == (
        "keys.db: keys of members: 2, of open questions: 0; entries in the ledger: 0."
    )
    assert lines[1] == "It belongs to voci.db, and neither is older than the other."
    assert lines[3] == "There is no copy of it that is usable: voci keys backup FILE."
    await key_store.back_up(scene.settings, scene.folder / "k.zip", now)
    said = await key_store.status(scene.settings, now)
    assert "Last copied on 2025-12-03, 12:00 UTC; usable until 2025-12-10, 12:00 UTC." in said
    master = (scene.folder / "master.key").read_bytes()
    assert master.hex() not in said and scene.stage.bot.token not in said


async def test_status_of_stores_that_do_not_fit(scene: Scene) -> None:
    await scene.stage.stop_bot()
    (scene.folder / "voci.db").rename(scene.folder / "away.db")
    with pytest.raises(StoresError, match=r"voci.db is missing or new"):
        await key_store.status(scene.settings, scene.stage.now)
    scene.lose_keys()
    with pytest.raises(SettingsError, match="VOCI_KEYS_URL: there is nothing yet"):
        await key_store.status(scene.settings, scene.stage.now)


async def test_a_new_master_key_while_the_bot_runs(scene: Scene) -> None:
    before = {name: await scene.key_of(name) for name in scene.people}
    await key_store.back_up(scene.settings, scene.folder / "k.zip", scene.stage.now)
    old = (scene.folder / "master.key").read_bytes()
    said = await key_store.rotate(scene.settings)
    assert said.startswith("master.key is new; keys wrapped anew: 2.")
    told = await key_store.status(scene.settings, scene.stage.now)
    assert "There is no copy of it that is usable" in told, "nothing opens that copy any more"
    assert {name: await scene.key_of(name) for name in scene.people} == before
    carla = await scene.stage.member(scene.centre, scene.group, "Carla")
    scene.people["Carla"] = carla
    after = {name: await scene.key_of(name) for name in scene.people}
    await scene.stage.restart()
    assert {name: await scene.key_of(name) for name in scene.people} == after
    assert await scene.problems() == []
    await scene.stage.stop_bot()
    (scene.folder / "master.key").write_bytes(old)
    [problem] = await scene.problems()
    assert problem.startswith("VOCI_MASTER_KEY_FILE: the master key doesn't fit")


async def test_a_change_that_was_cut_short_is_told_and_goes_on(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    from storage.secrets import rotation

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(rotation, "_take_place", die)
        with pytest.raises(KeyboardInterrupt):
            await key_store.rotate(scene.settings)
    await scene.stage.restart()
    assert "voci keys rotate goes on" in await key_store.status(scene.settings, scene.stage.now)
    await key_store.rotate(scene.settings)
    assert "goes on" not in await key_store.status(scene.settings, scene.stage.now)
    await scene.stage.restart()


async def test_a_copy_brings_back_what_was_there(scene: Scene) -> None:
    before = await scene.key_of("Anna")
    file = scene.folder / "k.zip"
    said = await key_store.back_up(scene.settings, file, scene.stage.now)
    assert "usable until 2025-12-10, 12:00 UTC; delete it then. The master key is not in it" in said
    assert file.stat().st_mode & 0o777 == 0o600
    assert (scene.folder / "master.key").read_bytes() not in file.read_bytes()
    await scene.stage.stop_bot()
    scene.lose_keys()
    assert (await scene.problems())[0].startswith("VOCI_KEYS_URL: keys.db is missing or new")
    said = await key_store.restore(scene.settings, file, scene.stage.now + 7 * DAY)
    assert said.endswith("Both stores fit: voci check, then voci run.")
    assert await scene.problems() == []
    await scene.stage.start_bot()
    assert await scene.key_of("Anna") == before


async def test_whoever_was_erased_since_is_not_brought_back(scene: Scene) -> None:
    stage = scene.stage
    bruno = await stage.member_of(scene.centre, scene.people["Bruno"])
    assert bruno is not None
    file = scene.folder / "k.zip"
    await key_store.back_up(scene.settings, file, stage.now)
    await stage.write(erasing.erase, stage.voci.keys, bruno, stage.now)
    await stage.voci.services.eraser.catch_up()
    await stage.voci.services.eraser.wiped()
    await stage.stop_bot()
    scene.lose_keys()
    said = await key_store.restore(scene.settings, file, stage.now)
    assert "Keys of members who are gone since, and destroyed again: 1." in said
    assert "VOCI_KEYS_URL: keys.db is older than voci.db" in said


async def test_after_7_days_a_copy_is_refused_and_deleted(scene: Scene) -> None:
    old, other = scene.folder / "old.zip", scene.folder / "other.zip"
    await key_store.back_up(scene.settings, old, scene.stage.now)
    other.write_bytes(b"no copy at all")
    late = scene.stage.now + 7 * DAY + 1
    with pytest.raises(BackupError, match=r"old.zip is of 2025-12-03.* Delete it"):
        await key_store.restore(scene.settings, old, late)
    said = await key_store.back_up(scene.settings, scene.folder / "new.zip", late)
    assert said.endswith("\nDeleted, being older than 7 days: old.zip.")
    assert not old.exists() and other.exists()


async def test_the_copy_of_a_store_that_does_not_fit_deletes_no_older_one(scene: Scene) -> None:
    """The older one may be the one that is wanted back."""
    now, folder = scene.stage.now, scene.folder / "copies"
    folder.mkdir()
    await key_store.back_up(scene.settings, folder / "old.zip", now - 8 * DAY)
    await scene.stage.stop_bot()
    (scene.folder / "voci.db").rename(scene.folder / "away.db")
    with pytest.raises(StoresError, match=r"(?s)missing or new.*no older copy was deleted"):
        await key_store.back_up(scene.settings, folder / "new.zip", now)
    assert {each.name for each in folder.iterdir()} == {"old.zip", "new.zip"}


async def test_what_cannot_be_put_back_changes_nothing(scene: Scene) -> None:
    file = scene.folder / "k.zip"
    now = scene.stage.now
    await key_store.back_up(scene.settings, file, now)
    await scene.stage.stop_bot()
    with pytest.raises(BackupError, match=r"not empty, and k\.zip only goes into an empty one"):
        await key_store.restore(scene.settings, file, now)
    scene.lose_keys()
    master = (scene.folder / "master.key").read_bytes()
    (scene.folder / "master.key").write_bytes(b"x" * 32)
    with pytest.raises(StoresError, match="master key doesn't fit"):
        await key_store.restore(scene.settings, file, now)
    (scene.folder / "master.key").unlink()
    with pytest.raises(SettingsError, match=r"VOCI_MASTER_KEY_FILE: .*No such file"):
        await key_store.restore(scene.settings, file, now)
    assert not (scene.folder / "keys.db").exists()
    (scene.folder / "master.key").write_bytes(master)
    (scene.folder / "master.key").chmod(0o600)
    await key_store.restore(scene.settings, file, now)


async def test_each_backup_has_its_own_way_back(scene: Scene) -> None:
    from bot.backups import back_up, restore

    main, keys = scene.folder / "main.zip", scene.folder / "keys.zip"
    await back_up(scene.settings, main, scene.stage.now)
    await key_store.back_up(scene.settings, keys, scene.stage.now)
    await scene.stage.stop_bot()
    with pytest.raises(BackupError, match=r"a backup of the key store: voci keys restore keys.zip"):
        await restore(scene.settings, keys, scene.stage.now)
    with pytest.raises(BackupError, match=r"a backup of the main database: voci restore main.zip"):
        await key_store.restore(scene.settings, main, scene.stage.now)


@pytest.mark.parametrize("subject", ["keys", "main"])
async def test_a_store_moves_to_postgresql_and_back(
    scene: Scene, postgres_url: Callable[..., Awaitable[str]], subject: Subject
) -> None:
    field = "keys_url" if subject == "keys" else "database_url"
    before = await scene.key_of("Anna")
    await scene.stage.stop_bot()
    for url in (await postgres_url(), "sqlite:///moved.db"):
        said = await moves.move(scene.settings, subject, url, scene.stage.now)
        assert "the same in both by number and SHA-256" in said
        assert f"Set VOCI_{field.upper()} to the new address" in said
        scene.settings = scene.settings.model_copy(update={field: url})
        assert await scene.problems() == []
    assert (scene.folder / "keys.db").exists() and (scene.folder / "voci.db").exists()
    scene.stage.change(**{field: "sqlite:///moved.db"})
    await scene.stage.start_bot()
    assert await scene.key_of("Anna") == before
    names = await scene.stage.rows("SELECT name FROM members ORDER BY id")
    assert [row["name"] for row in names] == ["Anna", "Bruno"]
    assert (await pair.key_state(scene.stage.voci.keys.database)).used


@pytest.mark.parametrize("subject", ["keys", "main"])
async def test_while_the_bot_runs_nothing_is_moved(scene: Scene, subject: Subject) -> None:
    """What it writes meanwhile would be in the old one only."""
    to = "sqlite:///moved.db"
    with pytest.raises(AwayError, match=r"another process works on voci\.db"):
        await moves.move(scene.settings, subject, to, scene.stage.now)
    assert not (scene.folder / "moved.db").exists()
    await scene.stage.stop_bot()
    assert "the same in both" in await moves.move(scene.settings, subject, to, scene.stage.now)


async def test_nor_with_the_main_database_on_a_server(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = scene.settings.model_copy(update={"database_url": "postgresql://x@nowhere/voci"})
    monkeypatch.setattr("bot.moves.is_alive", lambda _: True)
    with pytest.raises(AwayError, match=r"The bot runs, and answers at .*: stop it first"):
        await moves.move(settings, "keys", "sqlite:///moved.db", scene.stage.now)
    assert not (scene.folder / "moved.db").exists()


@pytest.mark.parametrize("subject", ["keys", "main"])
async def test_nor_while_one_runs_that_can_not_be_asked(
    scene: Scene, postgres_url: Callable[[str], Awaitable[str]], subject: Subject
) -> None:
    """On another machine, or where it listens at nothing: the database knows of it."""
    url = await postgres_url("main")
    settings = scene.settings.model_copy(update={"database_url": url, "listen": ""})
    database = await open_database(url)
    elsewhere = Lease(database, "webhook", MovableClock(scene.stage.now))
    await elsewhere.look()
    with pytest.raises(AwayError, match=r"a process works on the PostgreSQL database .*: stop all"):
        await moves.move(settings, subject, "sqlite:///moved.db", scene.stage.now)
    assert not (scene.folder / "moved.db").exists()
    await elsewhere.give_up()
    await database.close()
    said = await moves.move(settings, subject, "sqlite:///moved.db", scene.stage.now)
    assert "the same in both" in said


async def test_a_store_does_not_move_onto_itself(scene: Scene) -> None:
    with pytest.raises(BackupError, match=r"keys.db is where it lies already"):
        await moves.move(scene.settings, "keys", "sqlite:///keys.db", scene.stage.now)


def test_the_commands_as_they_are_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VOCI_BOT_TOKEN", "1:" + "a" * 30)

    def voci(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, words)
        return done.exit_code, done.output

    code, said = voci("keys", "status")
    assert (code, said.partition(": voci run")[0]) == (2, "VOCI_KEYS_URL: there is nothing yet")
    assert voci("migrate")[0] == 0
    assert voci("keys", "backup", "k.zip")[1].startswith("k.zip: 1 rows, usable until 20")
    assert voci("keys", "status")[0] == 0
    assert voci("keys", "move", "sqlite:///other.db")[0] == 0
    assert voci("move", "sqlite:///main.db")[0] == 0
    code, said = voci("keys", "restore", "k.zip")
    assert (code, said.startswith("VOCI_MASTER_KEY_FILE: the master key master.key can't be")) == (
        2,
        True,
    )
    assert voci("keys", "fly")[0] == 2
