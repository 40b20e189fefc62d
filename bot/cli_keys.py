"""`voci keys …`, one function a verb."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.cli_ends import now, settings, telling

keys = typer.Typer(
    help="The key store: what it holds, its copies, its master key.", no_args_is_help=True
)

FileOut = Annotated[
    Path, typer.Argument(metavar="FILE", readable=False, help="A file that is not there yet.")
]
FileIn = Annotated[
    Path, typer.Argument(metavar="FILE", readable=False, help="What voci keys backup wrote.")
]
Url = Annotated[str, typer.Argument(metavar="URL", help="sqlite:///FILE or postgresql://…")]


@keys.command()
def status() -> None:
    """Say how many keys there are, how old, and whether the stores belong together."""
    from bot import key_store

    with telling():
        typer.echo(asyncio.run(key_store.status(settings(), now())))


@keys.command()
def rotate() -> None:
    """Change the master key, while the bot runs; called again, go on where it was cut short."""
    from bot import key_store

    with telling():
        typer.echo(asyncio.run(key_store.rotate(settings())))


@keys.command()
def backup(file: FileOut) -> None:
    """Write the key store to a file that is usable for 7 days, while the bot runs."""
    from bot import key_store

    with telling():
        typer.echo(asyncio.run(key_store.back_up(settings(), file, now())))


@keys.command()
def restore(file: FileIn) -> None:
    """Put what voci keys backup wrote into an empty key store, while the bot is stopped."""
    from bot import key_store

    with telling():
        typer.echo(asyncio.run(key_store.restore(settings(), file, now())))


@keys.command()
def move(url: Url) -> None:
    """Copy the key store into an empty database of either engine, while the bot is stopped."""
    from bot.moves import move as copy_over

    with telling():
        typer.echo(asyncio.run(copy_over(settings(), "keys", url, now())))
