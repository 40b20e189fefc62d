"""`voci check`, `run` and `migrate` with wrong settings: named, explained, and exit code 2."""

from __future__ import annotations

import asyncio
import os
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pytest
from kit.migrated_files import put_file
from typer.testing import CliRunner

from bot import logs
from bot.cli import app
from bot.clock import MovableClock
from bot.settings import EXAMPLES, Settings
from sandbox.bots import Bot
from sandbox.server import serve
from sandbox.world import World

TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwx"
VERBS = ("check", "run", "migrate")
NOW = 1_764_763_200


@dataclass
class Ended:
    code: int
    out: str
    err: str


@dataclass
class Shell:
    """Runs `voci` in an empty folder, against the sandbox."""

    folder: Path
    world: World
    bot: Bot
    settings: dict[str, str]

    async def voci(self, verb: str, **settings: str) -> Ended:
        """In a thread: the command has an event loop of its own."""
        given = {f"VOCI_{name}": value for name, value in {**self.settings, **settings}.items()}
        result = await asyncio.to_thread(CliRunner().invoke, app, [verb], env=given)
        assert isinstance(result.exception, SystemExit | None), result.exception
        return Ended(result.exit_code, result.stdout, result.stderr)

    async def start(self, verb: str) -> asyncio.subprocess.Process:
        """In a process of its own, for what goes on running."""
        given = {f"VOCI_{name}": value for name, value in self.settings.items()}
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", "from bot.cli import main; main()", verb),
            cwd=self.folder,
            env={**os.environ, **given},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    def put(self, name: str, content: bytes) -> None:
        """A file of its owner's alone in the data folder."""
        self.data.mkdir(mode=0o700, exist_ok=True)
        (self.data / name).write_bytes(content)
        (self.data / name).chmod(0o600)

    async def make_stores(self) -> None:
        """Both, as `voci migrate` makes them."""
        self.data.mkdir(mode=0o700)
        await put_file(self.data / "voci.db", "main")
        await put_file(self.data / "keys.db", "keys")

    @property
    def data(self) -> Path:
        return self.folder / "data"


async def ended(process: asyncio.subprocess.Process) -> Ended:
    async with asyncio.timeout(60):
        out, err = await process.communicate()
    assert process.returncode is not None
    return Ended(process.returncode, out.decode(), err.decode())


def refused(
    shell: Shell, result: Ended, name: str, *words: str, code: int = 2, example: bool | None = None
) -> None:
    """One sentence: the setting, what is wrong, an example; no traceback, no token."""
    assert result.code == code, result
    line = next(each for each in result.err.splitlines() if each.startswith(f"VOCI_{name}: "))
    assert (f"For example: VOCI_{name}={EXAMPLES[name.lower()]}" in line) is (
        code == 2 if example is None else example
    )
    for word in words:
        assert word in line
    assert "Traceback" not in result.err
    assert shell.bot.token not in result.err + result.out
    assert TOKEN not in result.err + result.out


@pytest.fixture
async def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Shell]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(logs, "configure", lambda style: None)  # pytest's own handlers stay
    for name in Settings.model_fields:
        monkeypatch.delenv(f"VOCI_{name.upper()}", raising=False)
    world = World(MovableClock(NOW))
    bot = world.bot()
    async with serve(world) as url:
        # It listens nowhere: other tests may run beside this one.
        settings = {"BOT_TOKEN": bot.token, "TELEGRAM_API_URL": url, "LISTEN": ""}
        yield Shell(tmp_path, world, bot, settings)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", None),
        ("BOT_TOKEN", ""),
        ("BOT_TOKEN", "hello"),
        ("TELEGRAM_API_URL", "telegram.org"),
        ("DATABASE_URL", "mysql://x"),
        ("KEYS_URL", ""),
        ("OPERATORS", "anna"),
        ("MODE", "pull"),
        ("LISTEN", "8080"),
        ("LOG_FORMAT", "xml"),
        ("TICK_SECONDS", "0"),
    ],
)
def test_a_wrong_setting_is_named(
    verb: str, name: str, value: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for field_name in Settings.model_fields:
        monkeypatch.delenv(f"VOCI_{field_name.upper()}", raising=False)
    result = CliRunner().invoke(app, [verb], env={"VOCI_BOT_TOKEN": TOKEN, f"VOCI_{name}": value})
    assert result.exit_code == 2
    [line] = result.stderr.splitlines()
    assert line.startswith(f"VOCI_{name}: ")
    assert f"For example: VOCI_{name}={EXAMPLES[name.lower()]}" in line
    assert TOKEN not in line
    assert list(tmp_path.iterdir()) == [], "nothing is made before the settings are right"


def test_help_says_what_a_command_ends_with_and_where_a_token_is_looked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("VOCI_")]:
        monkeypatch.delenv(name)
    told = " ".join(CliRunner().invoke(app, ["--help"]).output.split())
    assert "Exit codes: 0 all is well; 2 wrong settings or arguments; 3 away for now;" in told
    keys = CliRunner().invoke(app, ["keys"])
    assert "Change the master key" in keys.output
    wanting = CliRunner().invoke(app, ["check"])
    assert wanting.exit_code == 2
    assert "it is missing, in the environment and in a file .env in this folder" in wanting.output


def test_all_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    wrong = {"VOCI_BOT_TOKEN": "x", "VOCI_MODE": "pull", "VOCI_LISTEN": "here"}
    result = CliRunner().invoke(app, ["check"], env=wrong)
    named = [line.partition(":")[0] for line in result.stderr.splitlines()]
    assert sorted(named) == sorted(wrong)


async def test_everything_in_order(shell: Shell) -> None:
    """Also before the first start; and looking makes nothing."""
    fresh = await shell.voci("check")
    assert (fresh.code, fresh.err) == (0, "")
    assert fresh.out.splitlines() == [
        "VOCI_DATABASE_URL: not there yet; voci run makes it at its start.",
        "VOCI_KEYS_URL: not there yet; voci run makes it at its start.",
        "Everything is in order.",
    ]
    assert list(shell.folder.iterdir()) == []
    assert (await shell.voci("migrate")).code == 0
    before = sorted(shell.data.iterdir())
    result = await shell.voci("check")
    assert (result.code, result.out.strip(), result.err) == (0, "Everything is in order.", "")
    assert sorted(shell.data.iterdir()) == before, "no master key is made"


async def test_waiting_migrations_are_no_fault(shell: Shell) -> None:
    await shell.make_stores()
    base = sqlite3.connect(shell.data / "keys.db")
    with base:
        base.execute("DROP TABLE counterpart")
        base.execute("DELETE FROM schema_versions WHERE version = 2")
    base.close()
    result = await shell.voci("check")
    assert (result.code, result.err) == (0, "")
    assert "VOCI_KEYS_URL: voci run brings it up to date (1 migrations)." in result.out


async def test_what_is_not_installed_is_named_and_no_fault(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    for library in ("opendp", "matplotlib"):
        monkeypatch.setitem(sys.modules, library, None)
    result = await shell.voci("check")
    assert (result.code, result.err) == (0, "")
    assert [line.partition(" is not")[0] for line in result.out.splitlines()[:2]] == [
        "The extra charts",
        "The extra summaries",
    ]


async def test_a_name_that_is_no_setting_is_named(shell: Shell) -> None:
    (shell.folder / ".env").write_text("VOCI_WEBHOK_URL=x\nOTHER=y\n")
    (shell.folder / ".env").chmod(0o600)
    result = await shell.voci("check", OPERATOR="7")
    assert result.code == 0
    assert result.out.splitlines()[:2] == [
        "VOCI_OPERATOR is no setting, and left out; VOCI_OPERATORS was meant, perhaps.",
        "VOCI_WEBHOK_URL is no setting, and left out; VOCI_WEBHOOK_URL was meant, perhaps.",
    ]


@pytest.mark.parametrize("verb", ["check", "run"])
async def test_it_is_named_also_where_what_was_meant_is_missing(shell: Shell, verb: str) -> None:
    del shell.settings["BOT_TOKEN"]
    result = await shell.voci(verb, BOT_TOKN="7:x")
    assert result.code == 2
    assert [line.partition(":")[0] for line in result.err.splitlines()] == [
        "VOCI_BOT_TOKEN",
        "VOCI_BOT_TOKN is no setting, and left out; VOCI_BOT_TOKEN was meant, perhaps.",
    ]


async def test_what_an_error_of_ours_keeps_from_leaving_is_told(shell: Shell) -> None:
    await shell.make_stores()
    base = sqlite3.connect(shell.data / "voci.db")
    with base:
        base.execute(
            "INSERT INTO outbox (key, chat_id, payload, not_before, repeatable, status, created_at,"
            " faults, fault) VALUES ('k', 7, 'private words', 0, 0, 'waiting', 0, 3, 'TypeError')"
        )
    base.close()
    result = await shell.voci("check")
    assert result.code == 1
    [line] = result.err.splitlines()
    assert line.startswith("1 message can't be sent: an error in Voci (TypeError).")
    assert "private words" not in result.err + result.out


@pytest.mark.parametrize("verb", ["check", "run"])
async def test_a_token_that_telegram_does_not_know(shell: Shell, verb: str) -> None:
    await shell.make_stores()
    result = await shell.voci(verb, BOT_TOKEN=TOKEN)
    refused(shell, result, "BOT_TOKEN", "Telegram does not know this token")


async def test_a_token_that_is_taken_back_while_running(shell: Shell) -> None:
    process = await shell.start("run")
    await shell.world.until(lambda: shell.bot.updates.is_polled, 60)
    del shell.world.bots[shell.bot.token]
    shell.bot.updates.release_poll()
    refused(shell, await ended(process), "BOT_TOKEN", "Telegram does not know this token")


async def both_refuse(shell: Shell, name: str, *words: str, code: int = 2) -> None:
    """`voci check` says what `voci run` ends with, and has made nothing."""
    there = sorted(shell.folder.rglob("*"))
    checked = await shell.voci("check")
    assert sorted(shell.folder.rglob("*")) == there
    ran = await ended(await shell.start("run"))
    said = [
        next(line for line in each.err.splitlines() if line.startswith(f"VOCI_{name}: "))
        for each in (checked, ran)
    ]
    assert said[0] == said[1]
    assert (checked.code, ran.code) == (code, code)
    assert all(word in said[0] for word in words)
    for each in (checked, ran):
        assert "Traceback" not in each.err and "ExceptionGroup" not in each.err


async def test_a_port_that_is_taken(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        shell.settings |= {"LISTEN": f"127.0.0.1:{other.getsockname()[1]}"}
        await both_refuse(shell, "LISTEN", "Address already in use")


@pytest.mark.parametrize(
    ("settings", "name", "words"),
    [
        ({"LISTEN": "192.0.2.1:8080"}, "LISTEN", "Cannot assign requested address"),
        ({"MASTER_KEY_FILE": "/nowhere/master.key"}, "MASTER_KEY_FILE", "there is no folder"),
        ({"KEYS_URL": "sqlite:///voci.db"}, "KEYS_URL", "these are two databases"),
        ({"DATABASE_URL": "sqlite:///"}, "DATABASE_URL", "Is a directory"),
    ],
)
async def test_what_run_refuses_check_refuses(
    shell: Shell, settings: dict[str, str], name: str, words: str
) -> None:
    await shell.make_stores()
    shell.settings |= settings
    await both_refuse(shell, name, words)


async def test_a_lock_that_is_open_to_others(shell: Shell) -> None:
    await shell.make_stores()
    shell.put("voci.db.lock", b"")
    (shell.data / "voci.db.lock").chmod(0o644)
    await both_refuse(shell, "DATABASE_URL", "voci.db.lock is open to others: chmod 600 ")


async def test_check_beside_a_bot_that_runs_finds_nothing_wrong(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        shell.settings["LISTEN"] = f"127.0.0.1:{free.getsockname()[1]}"
    process = await shell.start("run")
    await shell.world.until(lambda: shell.bot.updates.is_polled, 60)
    result = await shell.voci("check")
    process.terminate()
    assert (await ended(process)).code == 0
    assert (result.code, result.err) == (0, "")
    assert result.out.endswith("Everything is in order.\n")


async def test_telegram_out_of_reach(shell: Shell) -> None:
    result = await shell.voci("check", TELEGRAM_API_URL="http://127.0.0.1:1")
    refused(
        shell,
        result,
        "TELEGRAM_API_URL",
        "Telegram can't be reached: the connection is refused",
        code=3,
    )


@pytest.mark.parametrize("verb", VERBS)
async def test_a_data_folder_that_cannot_be_made(shell: Shell, verb: str) -> None:
    (shell.folder / "file").write_text("no folder")
    result = await shell.voci(verb, DATA_DIR=str(shell.folder / "file" / "data"))
    refused(shell, result, "DATA_DIR", "Not a directory")


@pytest.mark.parametrize("verb", ["check", "run"])
@pytest.mark.parametrize(
    ("mode", "content", "words", "code"),
    [
        (0o644, b"k" * 32, "chmod 600", 2),
        (0o600, b"k" * 31, "wrong size", 4),
        (0o600, b"", "wrong size", 4),
    ],
)
async def test_a_master_key_that_cannot_be_used(
    shell: Shell, verb: str, mode: int, content: bytes, words: str, code: int
) -> None:
    await shell.make_stores()
    key = shell.data / "master.key"
    key.write_bytes(content)
    key.chmod(mode)
    result = await shell.voci(verb)
    refused(shell, result, "MASTER_KEY_FILE", words, code=code, example=False)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(("file", "name"), [("voci.db", "DATABASE_URL"), ("keys.db", "KEYS_URL")])
async def test_a_database_newer_than_the_program(
    shell: Shell, verb: str, file: str, name: str
) -> None:
    await shell.make_stores()
    base = sqlite3.connect(shell.data / file)
    with base:
        base.execute("INSERT INTO schema_versions VALUES (9999, '9999_future', 'x', 0)")
    base.close()
    result = await shell.voci(verb)
    refused(shell, result, name, "newer than this program", "9999_future", code=4)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("DATABASE_URL", "sqlite:///nowhere/voci.db"),
        ("KEYS_URL", "sqlite:///nowhere/keys.db"),
    ],
)
async def test_a_database_that_cannot_be_opened(
    shell: Shell, verb: str, name: str, url: str
) -> None:
    refused(shell, await shell.voci(verb, **{name: url}), name)


@pytest.mark.parametrize("verb", ["check", "migrate"])
async def test_a_server_that_does_not_answer(shell: Shell, verb: str) -> None:
    result = await shell.voci(verb, DATABASE_URL="postgresql://voci@127.0.0.1:1/voci")
    refused(shell, result, "DATABASE_URL", "can't be reached", code=3)


@pytest.mark.parametrize("verb", VERBS)
async def test_a_file_that_is_no_database(shell: Shell, verb: str) -> None:
    shell.put("voci.db", b"no database at all, but long enough to be read\n" * 50)
    refused(shell, await shell.voci(verb), "DATABASE_URL", "no database at all", code=4)


@pytest.mark.parametrize("verb", ["check", "run"])
@pytest.mark.parametrize("mode", [0o040, 0o004, 0o020])
@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("", "DATA_DIR"),
        ("voci.db", "DATABASE_URL"),
        ("keys.db", "KEYS_URL"),
        ("master.key", "MASTER_KEY_FILE"),
    ],
)
async def test_what_is_open_to_others(
    shell: Shell, verb: str, mode: int, what: str, name: str
) -> None:
    await shell.make_stores()
    shell.put("master.key", b"k" * 32)
    path = shell.data / what
    path.chmod(path.stat().st_mode | mode)
    closed = "700" if path == shell.data else "600"
    said = f"{path.name} is open to others: chmod {closed} "
    refused(shell, await shell.voci(verb), name, said, example=False)


@pytest.mark.parametrize("verb", [*VERBS, "backup x.zip"])
async def test_settings_that_others_can_read(shell: Shell, verb: str) -> None:
    (shell.folder / ".env").write_text(f"VOCI_BOT_TOKEN={TOKEN}\n")
    (shell.folder / ".env").chmod(0o640)
    result = await asyncio.to_thread(CliRunner().invoke, app, verb.split())
    assert result.exit_code == 2
    assert result.stderr == (
        ".env is open to others: chmod 600 .env. If others could read it, get a new token\n"
    )


async def test_check_ends_with_what_does_not_pass_by_itself(shell: Shell) -> None:
    """Each kind is named; the network's is the least of them."""
    shell.put("voci.db", b"no database at all, but long enough to be read\n" * 50)
    result = await shell.voci("check", TELEGRAM_API_URL="http://127.0.0.1:1")
    assert result.code == 4
    assert [line.partition(":")[0] for line in result.err.splitlines()] == [
        "VOCI_DATABASE_URL",
        "VOCI_TELEGRAM_API_URL",
    ]


@pytest.mark.parametrize("arguments", [[], ["fly"], ["run", "--fast"], ["demo", "--port", "0"]])
def test_other_arguments_are_explained(arguments: list[str]) -> None:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert "Usage" in result.output + result.stderr


def test_which_version_it_is_needs_no_settings() -> None:
    result = CliRunner().invoke(app, ["--version"])
    assert (result.exit_code, result.output) == (0, f"voci {version('voci')}\n")
