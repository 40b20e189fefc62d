"""The copy as a page that a person reads: one file, no script, nothing loaded from anywhere.

It opens on a phone, prints on paper, and is dark where the device is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from handlers.core.speech import LANGUAGES, Speech
from handlers.profile.screens import copy_values as values
from handlers.profile.screens import copy_words as words

Sections = Mapping[str, Sequence[Mapping[str, Any]]]

# Whoever opens the file loads nothing, even if a text in it were to try.
_PAGE = Markup(
    '<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
    '<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; '
    'style-src &#39;unsafe-inline&#39;">\n'
    '<meta name="viewport" content="width=device-width">\n'
    '<meta name="color-scheme" content="light dark">\n<title>{title}</title>\n'
    "<style>\n{style}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{told}"
    "<nav>\n<ul>\n{contents}</ul>\n</nav>\n{sections}{nothing}</main>\n</body>\n</html>\n"
)
_STYLE = Markup(
    ":root { color-scheme: light dark; --ink: #1c1c1c; --quiet: #595959; --line: #b8b8b8;"
    " --paper: #ffffff }\n"
    "body { margin: 0; background: var(--paper); color: var(--ink);"
    " font: 1.0625rem/1.5 system-ui, sans-serif }\n"
    "main { max-width: 42rem; margin: 0 auto; padding: 1rem }\n"
    "h1 { font-size: 1.5rem; line-height: 1.25 }\n"
    "h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem }\n"
    "a { color: inherit }\n"
    "dl { border: 1px solid var(--line); border-radius: 0.4rem; margin: 0.75rem 0;"
    " padding: 0.6rem 0.8rem; break-inside: avoid }\n"
    "dt { color: var(--quiet); font-size: 0.9rem }\n"
    "dd { margin: 0 0 0.5rem; white-space: pre-line; overflow-wrap: anywhere }\n"
    "dl dl { margin: 0.25rem 0; white-space: normal }\n"
    "dd:last-child { margin-bottom: 0 }\n"
    "@media (min-width: 34rem) { main > section > dl { display: grid;"
    " grid-template-columns: 12rem 1fr; column-gap: 1rem; row-gap: 0.25rem }"
    " main > section > dl > dd { margin: 0 } }\n"
    "@media screen and (prefers-color-scheme: dark) { :root { --ink: #ececec;"
    " --quiet: #b0b0b0; --line: #5a5a5a; --paper: #161616 } }\n"
    "@media print { nav { display: none } main { max-width: none; padding: 0 }"
    " body { font-size: 11pt } h2 { break-after: avoid } }\n"
)
_TOLD = Markup("<p>{}</p>\n")
_ENTRY = Markup('<li><a href="#{}">{}</a> ({})</li>\n')
_SECTION = Markup('<section id="{}">\n<h2>{}</h2>\n{}\n</section>\n')
_ROW = Markup("<dl>\n{}</dl>")
_VALUE = Markup("<dt>{}</dt>\n<dd>{}</dd>\n")
_NOTHING = Markup("")


def page(speak: Speech, title: str, told: Iterable[str], sections: Sections) -> str:
    """Everything in `sections` under `title`, after some sentences; moments on the centre's clock.

    Each section is a list of rows, moments in UTC epoch seconds in columns that end in `_at`.
    Every text is escaped.
    """
    filled = {name: rows for name, rows in sections.items() if rows}
    empty = [section_title(speak, name) for name in sections if name not in filled]
    nothing = speak("Nothing is held of: {things}.", things="; ".join(empty)) if empty else None
    return str(
        _PAGE.format(
            language=speak.language,
            title=title,
            style=_STYLE,
            told=_joined(_TOLD.format(each) for each in told),
            contents=_joined(
                _ENTRY.format(name, section_title(speak, name), speak.number(len(rows)))
                for name, rows in filled.items()
            ),
            sections=_joined(_section(speak, name, rows) for name, rows in filled.items()),
            nothing=_NOTHING if nothing is None else _TOLD.format(nothing),
        )
    )


def section_title(speak: Speech, name: str) -> str:
    """What a section is called; a name without words of its own stands as it is."""
    return speak(words.SECTIONS[name]) if name in words.SECTIONS else _plain(name)


def _section(speak: Speech, name: str, rows: Sequence[Mapping[str, Any]]) -> Markup:
    told = Markup("\n").join(_row(speak, row) for row in rows)
    return _SECTION.format(name, section_title(speak, name), told)


def _row(speak: Speech, row: Mapping[str, Any]) -> Markup:
    """What there is of it, one line a thing; what was left empty is left out."""
    return _ROW.format(
        _joined(
            _VALUE.format(_label(speak, column), _value(speak, column, value))
            for column, value in row.items()
            if not _left_open(column, value)
        )
    )


def _left_open(column: str, value: Any) -> bool:
    return value in (None, "", [], (), {}) or (column.endswith("_at") and value == 0)


def _label(speak: Speech, column: str) -> str:
    return speak(words.LABELS[column]) if column in words.LABELS else _plain(column)


def _value(speak: Speech, column: str, value: Any) -> str | Markup:
    if column == "detail" and isinstance(value, str):
        return _row(speak, json.loads(value))
    if isinstance(value, Mapping):  # of what is half-written: the words, not the machine's notes
        return _row(speak, {key: value[key] for key in value if key in words.LABELS})
    if isinstance(value, (list, tuple)):
        return _items(speak, column, value)
    if column in values.VALUES and value in values.VALUES[column]:
        return speak(values.VALUES[column][value])
    if column in values.YES_OR_NO or isinstance(value, bool):
        return speak(values.YES if value else values.NO)
    if isinstance(value, int):
        return _number(speak, column, value)
    return LANGUAGES.get(value, value) if column == "language" else str(value)


def _items(speak: Speech, column: str, items: Sequence[Any]) -> str | Markup:
    if column == "answers":
        return _row_of(
            (each["question"], speak(values.SKIPPED) if each["skipped"] else each["answer"])
            for each in items
        )
    if all(isinstance(each, Mapping) for each in items):
        return _joined(_row(speak, each) for each in items)
    return ", ".join(str(each) for each in items)


def _number(speak: Speech, column: str, number: int) -> str:
    if column.endswith("_at") or column in ("from", "to"):
        return f"{speak.date(number)}, {speak.time(number)}"
    return speak.weekday(number) if column == "weekday" else str(number)


def _row_of(pairs: Iterable[tuple[str, str | None]]) -> Markup:
    return _ROW.format(_joined(_VALUE.format(name, value or "–") for name, value in pairs))


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _joined(parts: Iterable[Markup]) -> Markup:
    return _NOTHING.join(parts)
