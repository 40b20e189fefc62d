"""The command line, one function a verb.

Each verb imports what it needs when it is called: counting a file asks for no settings.
"""

from __future__ import annotations

import asyncio
import gc
import importlib.metadata
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli_ends import BROKEN, now, settings, stop, telling
from bot.cli_keys import keys

app = typer.Typer(
    help="Voci, a Telegram bot for assemblies.",
    epilog="Exit codes: 0 all is well; 2 wrong settings or arguments; 3 away for now; "
    "4 a store or the master key can't be used; 1 an error in Voci.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.add_typer(keys, name="keys")


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"voci {importlib.metadata.version('voci')}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Which one.")
    ] = False,
) -> None:
    """Voci, a Telegram bot for assemblies."""


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
        stop(str(error))


@app.command()
def run() -> None:
    """Run the bot."""
    gc.disable()  # what is loaded stays: looking for garbage in it is a tenth of the start
    from bot import logs
    from bot.runner import Broken, run_bot

    gc.freeze()
    gc.enable()
    given = settings()
    logs.configure(given.log_format)
    with telling():
        try:
            asyncio.run(run_bot(given))
        except Broken as error:
            stop(str(error), BROKEN)
        except KeyboardInterrupt:
            return


@app.command()
def status() -> None:
    """Say how the running bot is, as /ready and /metrics do."""
    from bot.status import ask

    with telling():
        for sentence in ask(settings()):
            typer.echo(sentence)


@app.command()
def check(
    live: Annotated[
        bool, typer.Option("--live", help="Ask Telegram about each group, the webhook, the clock.")
    ] = False,
) -> None:
    """Say what would keep voci run from starting. Nothing is made or changed."""
    from bot.checks import examine
    from bot.clock import SystemClock

    with telling():
        found = asyncio.run(examine(settings(), SystemClock().now(), live=live))
    for note in found.notes:
        typer.echo(note)
    if found.problems:
        stop("\n".join(map(str, found.problems)), found.code)
    typer.echo("Everything is in order.")


@app.command()
def migrate(
    cancel_open: Annotated[
        bool,
        typer.Option("--cancel-open", help="End open questions that can't be taken along."),
    ] = False,
) -> None:
    """Bring both databases up to date, after a copy of the main one."""
    from bot.checks import migrate_both

    with telling():
        done = asyncio.run(migrate_both(settings(), now(), cancel_open=cancel_open))
    if done.copy is not None:
        typer.echo(
            f"The main database as it was: {done.copy}. It holds names: delete it once all is "
            "well; voci run does so after 7 days."
        )
    typer.echo(f"Migrations applied: {done.applied}.")
    if done.cancelled:
        typer.echo(f"Questions cancelled: {done.cancelled}. voci run tells their groups.")


@app.command()
def tally(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", readable=False, help="Ballots in the BLT format; - for standard input."
        ),
    ],
    method: Annotated[
        str,
        typer.Option(
            help="plurality, irv, schulze, ranked-pairs, borda, stv-scottish, stv-meek, approval"
        ),
    ],
    seats: Annotated[
        int | None, typer.Option(help="How many to elect, instead of what FILE says.")
    ] = None,
    lot: Annotated[
        str | None, typer.Option(metavar="SEED", help="Settle ties by a question's lot.")
    ] = None,
    written: Annotated[
        str | None, typer.Option("--format", help="text, json, html, or csv for spreadsheets")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
) -> None:
    """Count the ballots of a BLT file."""
    from bot.tally import CannotTally, report
    from bot.tally_words import clean

    if as_json and written not in (None, "json"):
        stop(f"--json and --format {clean(written or '')} can't both be had.")
    try:
        told = report(file, method, seats, lot, "json" if as_json else written or "text")
    except CannotTally as error:
        stop(str(error))
    for note in told.notes:
        typer.echo(note, err=True)
    typer.echo(told.text, nl=not told.text.endswith("\n"))


@app.command()
def verify(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", readable=False, help="The list of a closed decision.")
    ],
    tracker: Annotated[
        str | None, typer.Option(help="Show the ballot with this tracker, too.")
    ] = None,
    roll: Annotated[
        str | None,
        typer.Option(metavar="NUMBER:SALT", help="Look for this member on the roll, too."),
    ] = None,
) -> None:
    """Check the list that was published of a closed secret decision."""
    from bot import verify as verifier

    text, code = verifier.verify(file, tracker, roll)
    typer.echo(text)
    sys.exit(code)


@app.command()
def backup(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", readable=False, help="A file that is not there yet.")
    ],
) -> None:
    """Write the main database to a file, while the bot runs."""
    from bot.backups import back_up

    with telling():
        rows = asyncio.run(back_up(settings(), file, now()))
    typer.echo(f"{file.name}: {rows} rows. It holds names: keep it encrypted, and not for long.")


@app.command()
def restore(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", readable=False, help="What voci backup wrote.")
    ],
) -> None:
    """Put a backup into an empty main database, while the bot is stopped."""
    from bot.backups import restore as put_back

    with telling():
        typer.echo(asyncio.run(put_back(settings(), file, now())))


@app.command()
def move(
    url: Annotated[
        str, typer.Argument(metavar="DATABASE_URL", help="sqlite:///FILE or postgresql://…")
    ],
) -> None:
    """Copy the main database into an empty one of either engine, while the bot is stopped."""
    from bot.moves import move as copy_over

    with telling():
        typer.echo(asyncio.run(copy_over(settings(), "main", url, now())))
