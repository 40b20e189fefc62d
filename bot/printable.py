"""A printout as `printout.typ` takes it: lists, words and numbers, and nothing that could be code.

Every word is one that the font can write, and none is so long that it could not be broken.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any, assert_never

from markupsafe import Markup

from bot.letters import LEFT_TO_RIGHT, drawable
from handlers.core.emoji_names import in_words
from handlers.core.pictures import Bar, Bars, Counted, PairwiseTable, Rounds, Standing
from handlers.core.printouts.printout import (
    Block,
    Code,
    Drawn,
    Heading,
    Listing,
    Printout,
    Words,
)
from handlers.core.printouts.words import plain, runs

Data = dict[str, Any]
LONGEST, PIECE = 40, 10  # signs: longer words are broken into such pieces where a line is full
UNDIVIDED = 24  # signs: what is no word of letters, which typst divides, is broken from here on
BREAK = "\u200b"  # nothing to see: the line may end here
NAMELESS = "–"  # where nothing of a title has a letter anywhere
TABLE, SIGN, CELL = 320, 8, 14  # points: beside the names; of a sign at most; around it


def printable(printout: Printout) -> Data:
    """The whole document; see `printout.typ` for what each of it becomes."""
    language = printout.language
    return {
        "title": _letters(printout.title, language) or NAMELESS,
        "name": printout.title,
        "divided": _is_divided(printout.title),
        "centre": _letters(printout.centre, language) or NAMELESS,
        "language": language,
        "page": printout.page,
        "blocks": [one for block in printout.blocks for one in _block(block, language)],
    }


def _block(block: Block, language: str) -> list[Data]:
    match block:
        case Heading(words, level):
            named = _runs(words, language)
            if not any(run["text"].strip() for run in named):
                named = [{"text": NAMELESS, "bold": False}]
            divided = _is_divided(plain(words))
            return [{"kind": "heading", "level": level, "divided": divided, "words": named}]
        case Words(words):
            return [{"kind": "words", "words": _runs(words, language)}]
        case Listing(items):
            return [{"kind": "listing", "items": [_runs(item, language) for item in items]}]
        case Drawn(picture):
            return _drawn(picture, language)
        case Code(link, words):
            code = {"kind": "code", "picture": _qr(link), "link": link}
            return [{**code, "words": _runs(words, language)}]
        case _:
            assert_never(block)


def _runs(words: Markup, language: str) -> list[Data]:
    return [{"text": _lines(run.text, language), "bold": run.bold} for run in runs(words)]


def _lines(text: str, language: str) -> str:
    """Words and lines, with the spaces at either end, at which a bold word may begin."""
    if not text.strip():
        return "\n" * text.count("\n") or " "
    lines = [_letters(line, language) for line in text.split("\n")]
    before = " " if text[:1].isspace() and lines[0] else ""
    after = " " if text[-1:].isspace() and lines[-1] else ""
    return before + "\n".join(lines) + after


def _letters(text: str, language: str) -> str:
    spelt = drawable(in_words(text, language).replace("\ufe0f", "").replace("\ufe0e", ""))
    return " ".join(_breakable(word) for word in spelt.split())


def _is_divided(heading: str) -> bool:
    """Whether a word of a heading may be longer than its line."""
    return any(len(word) > UNDIVIDED for word in heading.split())


def _breakable(word: str) -> str:
    if len(word) <= (LONGEST if word.isalpha() else UNDIVIDED):
        return word
    return BREAK.join(word[at : at + PIECE] for at in range(0, len(word), PIECE))


def _drawn(picture: Counted, language: str) -> list[Data]:
    match picture:
        case Bars():
            most = max([picture.full, *(max(bar.value, bar.enough or 0) for bar in picture.bars)])
            bars = [_bar(bar, most or 1, language) for bar in picture.bars]
            return [{"kind": "bars", "bars": bars, **_named(picture, language)}]
        case Rounds():
            return _rounds(picture, language)
        case PairwiseTable():
            return _pairs(picture, language)
        case _:
            assert_never(picture)


def _bar(bar: Bar, most: float, language: str) -> Data:
    return {
        "label": _letters(bar.label, language),
        "text": bar.text,
        "chosen": bar.chosen,
        "share": bar.value / most,
        "enough": None if bar.enough is None else bar.enough / most,
    }


def _rounds(picture: Rounds, language: str) -> list[Data]:
    found = [one for _, standings in picture.rows for one in standings if one is not None]
    most = max([*(one.value for one in found), *(one.quota or 0 for one in found), 1])
    rows = [(name, [_standing(one, most) for one in standings]) for name, standings in picture.rows]
    heads = [str(number + 1) for number in range(len(picture.rows[0][1]))]
    return _tables(picture, heads, rows, language)


def _standing(one: Standing | None, most: float) -> Data:
    if one is None:
        return _cell("")
    quota = None if one.quota is None else one.quota / most
    return _cell(one.told, frame=one.elected, share=one.value / most, enough=quota)


def _pairs(picture: PairwiseTable, language: str) -> list[Data]:
    heads = [str(number + 1) for number in range(len(picture.options))]
    rows = [
        (
            f"{LEFT_TO_RIGHT}{row + 1} {name}",
            [_pair(picture, row, column) for column in range(len(heads))],
        )
        for row, name in enumerate(picture.options)
    ]
    return _tables(picture, heads, rows, language)


def _pair(picture: PairwiseTable, row: int, column: int) -> Data:
    votes, against = picture.before[row][column], picture.before[column][row]
    if votes is None or against is None:
        return _cell("–")
    return _cell(str(votes), full=votes > against, frame=votes == against)


def _cell(
    text: str,
    *,
    full: bool = False,
    frame: bool = False,
    share: float | None = None,
    enough: float | None = None,
) -> Data:
    return {"text": text, "full": full, "frame": frame, "share": share, "enough": enough}


def _tables(
    picture: Rounds | PairwiseTable,
    heads: Sequence[str],
    rows: Sequence[tuple[str, list[Data]]],
    language: str,
) -> list[Data]:
    """As many columns beside each other as the page takes; the rest beneath, in another table."""
    widest = max((len(cell["text"]) for _, cells in rows for cell in cells), default=1)
    most = max(1, TABLE // (widest * SIGN + CELL))
    blocks = -(-len(heads) // most)
    each = -(-len(heads) // blocks)
    return [
        {
            "kind": "table",
            "heads": heads[at : at + each],
            "rows": [
                {"name": _letters(name, language), "cells": cells[at : at + each]}
                for name, cells in _there(rows, at, at + each)
            ],
            **_named(picture, language, legend=at + each >= len(heads)),
        }
        for at in range(0, len(heads), each)
    ]


def _there(
    rows: Iterable[tuple[str, list[Data]]], first: int, end: int
) -> list[tuple[str, list[Data]]]:
    """The rows that have anything in these columns."""
    return [row for row in rows if any(cell["text"] for cell in row[1][first:end])]


def _named(picture: Counted, language: str, *, legend: bool = True) -> Data:
    said = _letters(picture.legend, language) if legend else ""
    return {"title": _letters(picture.title, language), "legend": said}


def _qr(link: str) -> str:
    """The code as SVG: sharp at whatever size it is printed."""
    import segno

    image = io.BytesIO()
    segno.make_qr(link, error="m").save(image, kind="svg", border=4, svgclass=None, lineclass=None)
    return image.getvalue().decode()
