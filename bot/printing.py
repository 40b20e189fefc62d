"""Printouts become PDF, beside everything else; typst is loaded only when something is printed.

What can't be printed comes as Markdown: nobody is left without the words.
"""

from __future__ import annotations

import asyncio
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.resources import files
from typing import Any, Final

from bot.extras import CHARTS
from handlers.core.printouts.markdown import markdown
from handlers.core.printouts.printout import Print, Printout

log = logging.getLogger(__name__)

PATIENCE = 8.0  # seconds; a screen is worth showing for ten
MOST_SIGNS = 500_000  # of all words together: some 300 pages
LARGEST = 20_000_000  # bytes; Telegram takes 50 million
KEPT = 10  # documents for which typst remembers what it did
STANDARD: Final = (
    "ua-1"  # a PDF that screen readers can read; typst refuses to make one that breaks it
)

_press = ThreadPoolExecutor(1, "printing")  # one at a time: two cores are soon busy


class Unprintable(Exception):
    """It is too long, or the PDF is too large."""


async def printed(wanted: Print, patience: float = PATIENCE) -> tuple[str, bytes]:
    """The file's name and what stands in it: a PDF, or Markdown where that can't be made in time.

    Raises nothing. `patience` in seconds.
    """
    if not CHARTS.installed:
        return _as_markdown(wanted)
    making = asyncio.get_running_loop().run_in_executor(_press, pdf, wanted.printout)
    try:
        return f"{wanted.name}.pdf", await asyncio.wait_for(making, patience)
    except Exception as error:  # its words may be somebody's: they stay out of the log
        log.warning("a printout became Markdown: %s", type(error).__name__)
        return _as_markdown(wanted)


def _as_markdown(wanted: Print) -> tuple[str, bytes]:
    return f"{wanted.name}.md", markdown(wanted.printout).encode()


def pdf(printout: Printout) -> bytes:
    """The document as PDF; takes a moment, so call it in a worker thread.

    Raises Unprintable where it is too long, and what typst raises.
    """
    import typst

    from bot.printable import printable

    data = json.dumps(printable(printout), ensure_ascii=False)
    if len(data) > MOST_SIGNS:
        raise Unprintable(len(data))
    compiler = typst.Compiler(template(), font_paths=fonts(), sys_inputs={"printout": data})
    try:
        made = compiler.compile(format="pdf", pdf_standards=[STANDARD])
    finally:
        _forget()
    if not isinstance(made, bytes) or len(made) > LARGEST:
        raise Unprintable("too large")
    return made


def _forget() -> None:
    """Let typst drop what it worked out for this document, which it keeps until ten more are made.

    That is 20 MB for long minutes, and people's words; no document of ours is like another.
    """
    import typst

    for _ in range(KEPT + 1):
        typst.Compiler(b" ", font_paths=fonts()).compile(format="pdf")


@cache
def template() -> bytes:
    """The one document that is ever compiled; only its data differs."""
    return files("bot").joinpath("printout.typ").read_bytes()


@cache
def fonts() -> Any:
    """The one font's folder, and no fonts of this machine: a printout looks alike everywhere."""
    import typst

    from bot.letters import font_folder

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(font_folder())],
    )
