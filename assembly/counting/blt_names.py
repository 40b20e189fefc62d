"""The end of a BLT file: the candidates’ names and the title."""

from __future__ import annotations

import re

from assembly.counting.blt_words import BrokenBlt, Notes, Words, without_empty_cells
from assembly.immutable import immutable

_CELL = re.compile(r'\s*"((?:[^"]|"")*)"\s*')
_TEXT = re.compile(r'"[^"]*"?|#.*|[^"#]+')
_NAME_IN_COMMENT = re.compile(r"\s*#\s*ALTERNATIVE NAME ([0-9]{1,4}):\s*(\S.*)", re.ASCII)

_MORE_TEXTS = 2
"""So many may follow the title: the source of the ballots and a remark."""


@immutable
class _Line:
    """The texts of a line, as they were written and as they are read."""

    number: int
    written: list[str]

    @property
    def texts(self) -> list[str]:
        return [text.strip('"').strip() for text in self.written]


def names(words: Words, candidates: int, notes: Notes) -> tuple[tuple[str, ...], str]:
    """The names of so many candidates, each another one, and the title.

    In quotation marks, as Algorithm 123 has them, or each alone in its line; a second text beside
    a name, a party mostly, stands behind it in parentheses. Raises BrokenBlt where the texts don’t
    fit the candidates.
    """
    end, rest = words.end, words.rest()
    lines = [line for at, text in rest if (line := _line(at, text, notes)).written]
    in_comments = [found for _, text in rest if (found := _NAME_IN_COMMENT.fullmatch(text))]
    numbered = all(int(found.group(1)) == at for at, found in enumerate(in_comments, 1))
    if len(lines) == 1 and len(in_comments) == candidates and numbered:
        notes.say(lines[0].number, "the names are those of the comments above")
        texts = [(lines[0].number, found.group(2).strip()) for found in in_comments]
        texts.append((lines[0].number, lines[0].texts[0]))
    else:
        texts = _laid_out(lines, candidates, end, notes)
    _check(texts[:-1])
    title = texts[-1]
    if not title[1]:
        raise BrokenBlt(title[0], "the title in quotation marks", "nothing between them")
    return tuple(text for _, text in texts[:-1]), title[1]


def _laid_out(lines: list[_Line], candidates: int, end: int, notes: Notes) -> list[tuple[int, str]]:
    """The names and the title with their lines: a line for each of them, or in any lines."""
    total = sum(len(line.written) for line in lines)
    each = lines[:candidates]
    if total <= candidates + 1 or all(len(line.written) == 1 for line in lines):
        return _one_after_the_other(lines, candidates, end, notes)
    by_line = len(lines) == candidates + 1 and len(lines[-1].written) == 1
    told_apart = all(len(line.written) == 2 for line in each)
    told_apart |= total > candidates + 1 + _MORE_TEXTS
    for line in lines:
        if not (by_line and told_apart) or len(line.written) > 2:
            if len(line.written) > 1:
                expected = "one text in each line, or a name and a second text in each of the names"
                raise BrokenBlt(line.number, expected, line.written[1].strip())
        elif len(line.written) == 2:
            notes.say(line.number, "the second text of the line stands behind the name")
    return [(line.number, _with_party(*line.texts)) for line in lines]


def _with_party(name: str, party: str = "") -> str:
    """As Scottish councils write it; what is listed stays apart, which a comma would not do."""
    return f"{name} ({party})" if name and party else name


def _one_after_the_other(
    lines: list[_Line], candidates: int, end: int, notes: Notes
) -> list[tuple[int, str]]:
    found = [(line.number, text) for line in lines for text in line.texts]
    _check(found[:candidates])
    if len(found) <= candidates:
        title = len(found) == candidates
        what = "the title" if title else f"the name of candidate {len(found) + 1}"
        raise BrokenBlt(end, f"{what} in quotation marks", "the end of the file")
    more = [line for line in lines if line.number > found[candidates][0]]
    for at, line in enumerate(more):
        if at >= _MORE_TEXTS or not line.written[0].startswith('"'):
            expected = "the end of the file after the title"
            raise BrokenBlt(line.number, expected, line.written[0].strip())
        notes.say(line.number, "what follows the title, a source or a remark, is passed over")
    return found[: candidates + 1]


def _line(number: int, line: str, notes: Notes) -> _Line:
    """The texts of a line. Raises BrokenBlt for a quotation mark without its other one."""
    line = without_empty_cells(line, number, notes)
    cell = _CELL.fullmatch(line)
    if cell and '""' in cell.group(1):
        notes.say(number, "doubled quotation marks are a spreadsheet’s way to write one")
        line = cell.group(1).replace('""', '"')
    written = [text for text in _TEXT.findall(line) if text.strip()]
    written = [text for text in written if not text.startswith("#")]
    for text in written:
        if text.startswith('"') and (len(text) < 2 or not text.endswith('"')):
            raise BrokenBlt(number, "a closing quotation mark", "the end of the line")
    return _Line(number, [" ".join(text.split()) if text[0] != '"' else text for text in written])


def _check(named: list[tuple[int, str]]) -> None:
    """Refuse a candidate without a name, and two of one name."""
    known: set[str] = set()
    for candidate, (line, name) in enumerate(named, 1):
        if not name:
            expected = f"the name of candidate {candidate} in quotation marks"
            raise BrokenBlt(line, expected, "nothing between them")
        if name in known:
            raise BrokenBlt(line, "another name for each candidate", f'"{name}" again')
        known.add(name)
