"""A count as a page of its own: tables with captions and headings, no script, no style to load."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from assembly.count import Count
from bot.tally_tables import Table, story, tables
from bot.tally_words import heading, of_ties

_PAGE = Markup(
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n'
    "<style>table {{ border-collapse: collapse; margin: 1em 0 }} caption {{ text-align: left; "
    "font-weight: bold }} th, td {{ border: 1px solid; padding: 0.2em 0.6em; text-align: left }} "
    ".number {{ text-align: right }} .wide {{ overflow-x: auto }}</style>\n</head>\n<body>\n"
    "<main>\n<h1>{title}</h1>\n"
    "<p>{heading}</p>\n<p><strong>{reason}</strong></p>\n{tables}{story}{ties}"
    "</main>\n</body>\n</html>\n"
)
_TABLE = Markup(
    '<div class="wide" role="region" aria-label="{caption}" tabindex="0">\n'
    "<table>\n<caption>{caption}</caption>\n<thead>\n<tr>{heads}</tr>\n</thead>\n"
    "<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
)
_HEAD = Markup('<th scope="col"{}>{}</th>')
_ROW = Markup('<tr><th scope="row">{}</th>{}</tr>\n')
_CELL = Markup("<td{}>{}</td>")
_NUMBER = Markup(' class="number"')
_PART = Markup("<h2>{}</h2>\n<ul>\n{}</ul>\n")
_LINE = Markup("<li>{}</li>\n")
_NOTHING = Markup("")


def as_html(title: str, count: Count, cast: int, reason: str) -> str:
    """The count of so many ballots under its title. Every text is escaped."""
    return str(
        _PAGE.format(
            title=title,
            heading=heading(count, cast),
            reason=reason,
            tables=_NOTHING.join(_table(table) for table in tables(count)),
            story=_part("Round by round", story(count)),
            ties=_part("Ties", of_ties(count)),
        )
    )


def _table(table: Table) -> Markup:
    """Scrolled by itself where it is wider than the page; columns of numbers stand to the right."""
    columns = zip(*(cells for _, cells in table.rows), strict=True)
    sides = [_NOTHING if any(map(_has_letters, column)) else _NUMBER for column in columns]
    rows = (
        _ROW.format(name, _NOTHING.join(map(_CELL.format, sides, cells)))
        for name, cells in table.rows
    )
    heads = _NOTHING.join(map(_HEAD.format, (_NOTHING, *sides), (table.stub, *table.heads)))
    return _TABLE.format(caption=table.caption, heads=heads, rows=_NOTHING.join(rows))


def _has_letters(text: str) -> bool:
    return any(sign.isalpha() for sign in text)


def _part(title: str, lines: Iterable[str]) -> Markup:
    items = _NOTHING.join(_LINE.format(line) for line in lines)
    return _PART.format(title, items) if items else _NOTHING
