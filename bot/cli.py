"""The command line: `voci demo`, `run`, `check`, `migrate`."""

from __future__ import annotations

import asyncio
import sys
from typing import NoReturn

import typer

from bot.settings import Settings, SettingsError, load
from storage.errors import StorageError

app = typer.Typer(
    help="Voci, a Telegram bot for assemblies.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

WRONG = 2  # the exit code for wrong settings or arguments


def main() -> None:
    """The `voci` command."""
    app()


@app.command()
def demo(
    port: int = typer.Option(8765, min=1, max=65535, help="The page's port on this computer."),
) -> None:
    """Try Voci in the browser, with a Telegram that lives on this computer."""
    from bot.demo import PortTaken, run_demo

    try:
        asyncio.run(run_demo(port))
    except PortTaken as error:
        _stop(str(error))


@app.command()
def run() -> None:
    """Run the bot."""
    from bot import logs
    from bot.runner import run_bot

    settings = _settings()
    logs.configure(settings.log_format)
    try:
        asyncio.run(run_bot(settings))
    except (SettingsError, StorageError) as error:
        _stop(str(error))
    except KeyboardInterrupt:
        return


@app.command()
def check() -> None:
    """Say what is wrong with the settings, the token, the database, the rights."""
    from bot.checks import examine

    problems = asyncio.run(examine(_settings()))
    if problems:
        _stop("\n".join(problems))
    typer.echo("Everything is in order.")


@app.command()
def migrate() -> None:
    """Bring both databases up to date."""
    from bot.checks import migrate_both

    try:
        applied = asyncio.run(migrate_both(_settings()))
    except StorageError as error:
        _stop(str(error))
    typer.echo(f"Migrations applied: {applied}.")


def _settings() -> Settings:
    try:
        return load()
    except SettingsError as error:
        _stop(str(error))


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    sys.exit(WRONG)
