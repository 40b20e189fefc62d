"""What all commands begin and end with: the settings, this second, a sentence and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

# What a command ends with, besides 0: 2 for wrong settings or arguments, 3 for what is away for now
# (network, database), 4 for stores that can't be used as they are, 1 for an error of our own.
BROKEN, WRONG = 1, 2


def now() -> int:
    """This second, UTC epoch."""
    from bot.clock import SystemClock

    return int(SystemClock().now())


def settings() -> Settings:
    """The settings; what is wrong with them is told."""
    from bot.settings import load

    with telling():
        return load()


@contextmanager
def telling() -> Iterator[None]:
    """Ends with a sentence, and the exit code of its kind, instead of a traceback."""
    from bot.settings import SettingsError, code_of
    from storage.engine.errors import StorageError

    try:
        yield
    except (SettingsError, StorageError) as error:
        stop(str(error), code_of(error))


def stop(message: str, code: int = WRONG) -> NoReturn:
    """Ends the process with a sentence on standard error."""
    typer.echo(message, err=True)
    sys.exit(code)
