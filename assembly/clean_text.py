"""Text without what can't be seen: controls, signs that turn its direction, piled up marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_MARKS = 3
"""Combining marks kept on one letter: Vietnamese, Hebrew and Thai need up to three, pranks more."""

_LINE_BREAK = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_SPACES = re.compile("[^\\S\n]+")
_AROUND_BREAK = re.compile(" ?\n ?")
_BLANK_LINES = re.compile("\n{3,}")
_LOOKS_EMPTY = str.maketrans({"\t": " ", "\u2800": " "})

_JOINER, _NON_JOINER = "\u200d", "\u200c"
_EMOJI_STYLES = "\ufe0e\ufe0f"
_UNSEEN = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Invisible by design (Unicode's Default_Ignorable_Code_Point, with every bidi control), apart from
joiners and emoji styles, which are judged by their neighbours."""


def clean(text: str) -> str:
    """The text without what can't be seen, in NFC, with ordinary spaces and at most one blank line.

    Gone are NUL and other controls except line breaks, lone surrogates, noncharacters, all bidi
    controls, zero-width characters (joiners stay within emoji and within scripts that need them)
    and combining marks beyond three on a letter or on none. Spaces are collapsed, ends trimmed.
    Cleaning what is clean changes nothing. Raises nothing. Source: Unicode UAX 9, UAX 15, UTR 36.
    """
    # repeated, so that two harmless halves can't meet where something was taken out between them
    while (cleaned := _clean_once(text)) != text:
        text = cleaned
    return text


def _clean_once(text: str) -> str:
    text = _LINE_BREAK.sub("\n", text).translate(_LOOKS_EMPTY)
    text = _UNSEEN.sub("", "".join(char for char in text if _is_text(char)))
    text = "".join(_with_fair_marks(unicodedata.normalize("NFC", text)))
    text = _AROUND_BREAK.sub("\n", _SPACES.sub(" ", text))
    return _BLANK_LINES.sub("\n\n", text).strip()


def _is_text(char: str) -> bool:
    code = ord(char)
    noncharacter = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return char == "\n" or not (noncharacter or unicodedata.category(char) in ("Cc", "Cs"))


def _with_fair_marks(text: str) -> Iterator[str]:
    """The characters, without marks piled up or hanging loose and joiners that join nothing."""
    before, marks = " ", 0
    for char, after in zip(text, text[1:] + " ", strict=False):
        if char in (_JOINER, _NON_JOINER):
            keep = _joins(before, char, after)
        elif char in _EMOJI_STYLES:
            keep = _is_pictograph(before) or before in "0123456789#*"
        elif unicodedata.category(char) in ("Mn", "Me"):
            marks += 1
            keep = marks <= _MARKS and not before.isspace()
        else:
            keep, marks = True, 0
        if keep:
            yield char
            before = char


def _joins(before: str, joiner: str, after: str) -> bool:
    if _is_pictograph(after):
        return joiner == _JOINER and (_is_pictograph(before) or before in _EMOJI_STYLES)
    return _is_caseless_letter(before) and _is_caseless_letter(after)


def _is_pictograph(char: str) -> bool:
    # unassigned ones too: emoji newer than this Python's Unicode tables
    return unicodedata.category(char) in ("So", "Sm", "Sk", "Cn")


def _is_caseless_letter(char: str) -> bool:
    # Persian, Hindi and their kin write with joiners; a, b, c never do
    return unicodedata.category(char) in ("Lo", "Mn", "Mc") and char not in _EMOJI_STYLES
