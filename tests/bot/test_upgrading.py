"""Bringing a database up to date: a copy first, and no open question is cancelled unasked."""

from __future__ import annotations

import stat
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from kit.stage import DAY, HOUR, Stage
from upgrades.old_centre import OldCentre

from bot import backups, upgrading
from bot.checks import examine, migrate_both
from bot.one_process import alone_on
from bot.settings import AwayError, Settings, StoresError
from bot.stores import open_stores
from bot.upgrading import copies, keep_no_old_copies
from handlers.recovery import upgraded
from sandbox.chats import Group, Message
from storage.backups.backup_file import read
from storage.engine import schema
from storage.engine.opening import open_database

DUMP = Path(__file__).parents[1] / "upgrades" / "0010.json.gz"
OPEN = 2  # the question that is open in it, with ballots that no later version reads

pytestmark = pytest.mark.usefixtures("no_errors")


class Scene:
    """A centre of long ago, before this version has started on it."""

    def __init__(self, folder: Path, url: str) -> None:
        self.old = OldCentre.read(DUMP)
        self.folder = folder
        self.stage = Stage(folder, url)
        self.stage.clock.move(self.old.at - self.stage.clock.now())
        self.started = False

    async def put(self) -> None:
        await self.old.put(self.url, self.folder)

    @property
    def url(self) -> str:
        return self.stage.database_url.replace("sqlite:///", f"sqlite:///{self.folder}/")

    @property
    def settings(self) -> Settings:
        return self.stage.settings()

    async def start(self) -> Group:
        """Its first start with this version, in the group where it was; the question is there."""
        stage = self.stage
        for name, number in self.old.people.items():
            if number != stage.operator.id:
                stage.world.person(name, language_code="it", account_id=number)
        group = stage.operator.create_group("Centro Aurora", kind="supergroup")
        stage.operator.add(group, stage.bot)
        self.started = True
        await stage.open()
        await stage.tick()
        return group

    async def rows(self, sql: str) -> list[tuple[Any, ...]]:
        database = await open_database(self.url)
        try:
            async with database.reading() as tx:
                return [tuple(row[name] for name in row.keys()) for row in await tx.statement(sql)]  # noqa: SIM118
        finally:
            await database.close()

    async def untouched(self) -> bool:
        """As it was left: its version, its open question, its ballots."""
        [(version,)] = await self.rows("SELECT MAX(version) FROM schema_versions")
        cast = await self.rows(f"SELECT * FROM ballots WHERE decision_id = {OPEN}")
        open_ones = await self.rows("SELECT id FROM decisions WHERE status = 'open'")
        return (version, len(cast), open_ones) == (10, 23, [(OPEN,)])


@pytest.fixture
async def scene(tmp_path: Path, make_url: Callable[[], Awaitable[str]]) -> AsyncIterator[Scene]:
    scene = Scene(tmp_path, await make_url())
    await scene.put()
    try:
        yield scene
    finally:
        if scene.started:
            await scene.stage.close()


async def refused(scene: Scene) -> str:
    """The same sentence from every command, and nothing changed."""
    with pytest.raises(StoresError) as migrating:
        await migrate_both(scene.settings, scene.old.at)
    with pytest.raises(StoresError) as running:
        async with AsyncExitStack() as stack:
            await open_stores(stack, scene.settings, scene.old.at)
    found = await examine(scene.settings, scene.old.at)
    [said] = {*migrating.value.problems, *running.value.problems}
    assert said in [str(each) for each in found.problems]
    assert [each.code for each in found.problems if str(each) == said] == [4]
    assert await scene.untouched()
    assert copies(scene.settings) == {}
    return said


def about(messages: list[Message], *words: str) -> list[Message]:
    return [each for each in messages if all(word in each.words for word in words)]


async def test_what_is_open_is_not_cancelled_unasked(scene: Scene) -> None:
    said = await refused(scene)
    assert "has questions that are open: 1, until 2026-10-16 at 15:40 UTC" in said
    assert "voci migrate --cancel-open" in said


async def test_a_question_without_an_hour_is_told_as_that(scene: Scene) -> None:
    database = await open_database(scene.url)
    async with database.transaction() as tx:
        await tx.statement("UPDATE decisions SET closes_at = NULL WHERE status = 'open'")
    await database.close()
    assert "open: 1, until somebody closes them, and" in await refused(scene)


async def test_whoever_says_so_ends_them_and_the_group_is_told_once(scene: Scene) -> None:
    done = await migrate_both(scene.settings, scene.old.at, cancel_open=True)
    assert done.cancelled == 1
    assert await scene.rows("SELECT * FROM ballots") == []
    edits = f"SELECT payload FROM outbox WHERE key = 'edit:decision:{OPEN}:group'"
    [(edit,)] = await scene.rows(edits)
    assert "Una stanza silenziosa?" in edit
    assert "cast:" not in edit
    group = await scene.start()
    for _ in range(2):
        told = about(scene.stage.said(group), "Una stanza silenziosa?", "Voci è stato aggiornato")
        assert len(told) == 1
        assert not told[0].buttons
        await scene.stage.restart()
        await scene.stage.move(HOUR)


async def test_what_dies_meanwhile_leaves_all_as_it_was(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(*_: object) -> int:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(upgraded, "tell_cancelled", dies)
        with pytest.raises(RuntimeError):
            await migrate_both(scene.settings, scene.old.at, cancel_open=True)
    assert await scene.untouched()
    done = await migrate_both(scene.settings, scene.old.at + 1, cancel_open=True)
    assert done.cancelled == 1


async def test_where_nothing_is_open_nobody_is_asked(scene: Scene) -> None:
    database = await open_database(scene.url)
    async with database.transaction() as tx:
        await tx.statement("UPDATE decisions SET status = 'void' WHERE status = 'open'")
    await database.close()
    done = await migrate_both(scene.settings, scene.old.at)
    assert (done.cancelled, done.copy is not None) == (0, True)
    again = await migrate_both(scene.settings, scene.old.at + 1, cancel_open=True)
    assert again == upgrading.Upgraded(0, None, 0)


async def test_a_copy_from_before_is_made_and_can_be_put_back(
    scene: Scene, tmp_path: Path, make_url: Callable[[], Awaitable[str]]
) -> None:
    done = await migrate_both(scene.settings, scene.old.at, cancel_open=True)
    assert done.copy == tmp_path / "voci-before-0011-20261016T153009Z.zip"
    assert stat.S_IMODE(done.copy.stat().st_mode) == 0o600
    with read(done.copy) as file:
        assert len(file.schema) == 10
        assert file.tables["members"].rows == 24
        assert "ballots" not in file.tables
    notes = (await examine(scene.settings, scene.old.at + 2 * DAY)).notes
    assert f"{done.copy.name}: a copy from before an upgrade, 2 days old, with names." in notes

    scene.stage.database_url = await make_url()
    restored = await backups.restore(scene.settings, done.copy, scene.old.at)
    assert restored.void == 1
    group = await scene.start()
    assert len(about(scene.stage.said(group), "Una stanza silenziosa?", "aggiornato")) == 1


async def test_while_a_bot_runs_on_it_nothing_is_changed(scene: Scene) -> None:
    if not scene.url.startswith("sqlite"):
        pytest.skip("processes on PostgreSQL are stopped by hand: docs/operators/upgrading.md")
    with (
        alone_on(Path(scene.url.removeprefix("sqlite:///"))),
        pytest.raises(AwayError, match="another process works on"),
    ):
        await migrate_both(scene.settings, scene.old.at, cancel_open=True)
    assert await scene.untouched()
    assert copies(scene.settings) == {}


async def test_where_no_copy_can_be_made_nothing_is_changed(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> Any:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(
            AwayError, match=r"VOCI_DATA_DIR: .*the disk is full.*Nothing was changed"
        ):
            await migrate_both(scene.settings, scene.old.at, cancel_open=True)
    assert await scene.untouched()
    assert copies(scene.settings) == {}


async def test_starts_that_fail_fill_no_disk(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy for each of them would: of one upgrade the latest stays, and nothing cut short."""

    async def dies(*_: object) -> int:
        raise RuntimeError("killed")

    (scene.folder / ".voci-before-0011-20261016T120000Z.zip.0a1b2c3d4e5f6071").write_text("names")
    another = scene.folder / "voci-before-0009-20261015T120000Z.zip"
    another.write_text("names")
    monkeypatch.setattr(upgraded, "tell_cancelled", dies)
    for seconds in range(3):
        with pytest.raises(RuntimeError):
            await migrate_both(scene.settings, scene.old.at + seconds, cancel_open=True)
    latest = scene.folder / "voci-before-0011-20261016T153011Z.zip"
    assert [*copies(scene.settings)] == [another, latest]


async def test_a_start_makes_a_copy_as_well_and_says_where(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    database = await open_database(scene.url)
    async with database.transaction() as tx:
        await tx.statement("UPDATE decisions SET status = 'void' WHERE status = 'open'")
    await database.close()
    caplog.set_level("INFO")
    await scene.start()
    [copy] = copies(scene.settings)
    assert f"migrations the database was copied: {copy}" in caplog.text
    assert await schema.pending(scene.stage.voci.database) == []


async def test_a_new_database_has_nothing_to_copy(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, bot_token="1:" + "a" * 30, data_dir=tmp_path / "data")
    done = await migrate_both(settings, 0)
    assert done.copy is None
    assert done.applied > 50
    assert copies(settings) == {}


class Over(Exception):
    """The end of time."""


class Passing:
    """Time that passes when somebody sleeps, up to its end; `watch` looks just before."""

    def __init__(self, begin: int, end: int, watch: Callable[[], object] = lambda: None) -> None:
        self._now, self._end, self._watch = float(begin), end, watch

    def now(self) -> float:
        return self._now

    def leap(self) -> float:
        return 0.0

    async def sleep(self, seconds: float) -> None:
        self._watch()
        self._now += seconds
        if self._now > self._end:
            raise Over


async def test_copies_go_after_seven_days_while_the_bot_runs(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, bot_token="1:" + "a" * 30, data_dir=tmp_path)
    old = tmp_path / "voci-before-0011-20261014T153009Z.zip"
    new = tmp_path / "voci-before-0058-20261020T153009Z.zip"
    others = [tmp_path / f"voci-before-{name}.zip" for name in ("lunch-x", "1-20269914T153009Z")]
    cut_short = tmp_path / ".voci-before-0011-20261014T153009Z.zip.0a1b2c3d4e5f6071"
    for path in (old, new, cut_short, *others):
        path.write_text("names")
    made = copies(settings)
    assert list(made) == [cut_short, old, new]

    seen: list[list[Path]] = []
    clock = Passing(
        made[old] + 7 * DAY, made[new] + 9 * DAY, lambda: seen.append([*copies(settings)])
    )
    with pytest.raises(Over):
        await keep_no_old_copies(settings, clock)
    assert seen[0] == [cut_short, old, new]
    assert seen[1] == [new]
    assert seen[-1] == []
    assert all(each.exists() for each in others)


async def test_a_copy_that_cannot_be_deleted_ends_nothing_and_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(_env_file=None, bot_token="1:" + "a" * 30, data_dir=tmp_path)
    (tmp_path / "voci-before-0011-20261014T153009Z.zip").mkdir()  # not even root unlinks a folder

    with pytest.raises(Over):
        await keep_no_old_copies(settings, Passing(2_000_000_000, 2_000_000_000))
    told = [each.getMessage() for each in caplog.records if each.levelname == "ERROR"]
    assert told == [
        "voci-before-0011-20261014T153009Z.zip is to be deleted and can't be: Is a directory"
    ]
    caplog.clear()  # nothing else was one
