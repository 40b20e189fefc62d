"""A printout as plain data: what stands on it, in which order; `bot/printing.py` makes the PDF.

Words are Markup, as on screens: what people wrote is escaped when it is filled in. Of its tags
only bold is printed: slanted letters are harder to read.
"""

from __future__ import annotations

from markupsafe import Markup

from assembly.immutable import immutable
from handlers.core.pictures import Counted
from handlers.core.speech import Speech


@immutable
class Heading:
    """A heading under the title (level 1) or under another heading (level 2)."""

    words: Markup
    level: int = 1


@immutable
class Words:
    """A paragraph; its lines stay lines. `apart`: it belongs to no heading, as at the end."""

    words: Markup
    apart: bool = False


@immutable
class Listing:
    """Things one under the other, each with a dot before it."""

    items: tuple[Markup, ...]


@immutable
class Drawn:
    """A picture, drawn anew for paper; what it shows stands in words beside it."""

    picture: Counted


@immutable
class Code:
    """A link to be scanned, and what it is for; the link stands beneath in letters."""

    link: str
    words: Markup


Block = Heading | Words | Listing | Drawn | Code


@immutable
class Printout:
    """One document: A4, upright. `page` has `{n}` and `{all}` in it; `language` is its words'.

    `as_text` is said to whoever gets it as Markdown.
    """

    title: str
    centre: str
    language: str
    page: str
    blocks: tuple[Block, ...]
    as_text: str = ""


@immutable
class Print:
    """A printout to download: made when it is asked for, and stored nowhere.

    `name` is the file's, without what says of which kind it is.
    """

    name: str
    printout: Printout


def printout(title: str, blocks: tuple[Block, ...], centre: str, speak: Speech) -> Printout:
    """A document of the centre that is called so, in the language that is spoken."""
    page = speak("Page {n} of {all}").unescape()
    as_text = speak("As text this time: a PDF can’t be made here.").unescape()
    return Printout(title, centre, speak.language, page, blocks, as_text)
