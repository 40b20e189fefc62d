"""What screens say, as blocks of a printout: their headings and lists become real ones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from markupsafe import Markup

from assembly.immutable import immutable
from handlers.core.names import unmarked
from handlers.core.printouts.printout import Block, Heading, Listing, Words

DOT = "• "
_TAG = re.compile("(<[^<>]*>)")  # what people wrote has none: it is escaped
_ALL_BOLD = re.compile("<b>(?:(?!</?b>).)*</b>")


@immutable
class Run:
    """Letters that look alike."""

    text: str
    bold: bool = False


def runs(words: Markup) -> tuple[Run, ...]:
    """The words as people read them, piece by piece, bold or not; without the marks of names."""
    found: list[Run] = []
    bold = False
    for piece in _TAG.split(unmarked(str(words))):
        if piece in ("<b>", "</b>"):
            bold = piece == "<b>"
        elif piece and not piece.startswith("<"):
            text = Markup(piece).unescape()  # noqa: S704 - on its way out of HTML
            if found and found[-1].bold is bold:
                text = found.pop().text + text
            found.append(Run(text, bold))
    return tuple(found)


def plain(words: Markup) -> str:
    """The words alone."""
    return "".join(run.text for run in runs(words))


def blocks(parts: Iterable[Markup], level: int = 1) -> tuple[Block, ...]:
    """A screen's paragraphs: a bold first line is a heading, lines with a dot are a list.

    The first heading stands at this level, the others under it.
    """
    found: list[Block] = []
    for part in parts:
        for paragraph in str(part).split("\n\n"):
            under = any(isinstance(block, Heading) for block in found)
            found += _paragraph(paragraph, level + under)
    return tuple(found)


def _paragraph(paragraph: str, level: int) -> list[Block]:
    first, *rest = paragraph.split("\n")
    if _ALL_BOLD.fullmatch(first):
        title = Markup(first[len("<b>") : -len("</b>")])  # noqa: S704 - a part of Markup
        return [Heading(title, level), *_lines(rest)]
    return _lines([first, *rest])


def _lines(lines: list[str]) -> list[Block]:
    found: list[Block] = []
    for listed, some in groupby(filter(None, lines), lambda line: line.startswith(DOT)):
        if listed:
            found.append(Listing(tuple(Markup(line[len(DOT) :]) for line in some)))  # noqa: S704
        else:
            found.append(Words(Markup("\n".join(some))))  # noqa: S704
    return found
